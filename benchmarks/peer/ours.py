"""newsarchive itself: `import` and the first search, which builds the index."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import newsarchive

from .base import Peer


class Newsarchive(Peer):
    """The program of this environment."""

    name = "newsarchive"
    shown = r"^ *(\d+)  \d{4}-"

    @classmethod
    def version(cls) -> str | None:
        """Return the version."""
        return newsarchive.__version__

    def build(self) -> list[Sequence[str]]:
        """Import JSON lines, and search once."""
        return [self._ours("import", str(self.stories)), self._ours("search", "saiga", "--limit", "1")]

    def search(self, words: str) -> list[Sequence[str]]:
        """Search, which is always in spite of spelling."""
        return [self._ours("search", words, "--limit", "10")]

    def list_newest(self) -> list[Sequence[str]]:
        """List, newest first."""
        return [self._ours("list", "--limit", "20")]

    def add(self) -> list[Sequence[str]]:
        """Add."""
        return [self._ours("add", "--title", "A story", "--date", "2026-01-29", "--tag", "topic-7")]

    def tag(self) -> list[Sequence[str]]:
        """Tag what a query selects."""
        return [self._ours("tag", "+reviewed", "tag:campaign")]

    def _ours(self, *words: str) -> Sequence[str]:
        archive = self.folder / "archive.json"
        return [sys.executable, "-P", "-m", "newsarchive", "-q", "-a", str(archive), *words]
