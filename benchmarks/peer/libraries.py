"""Libraries without a command line for archives: each has a small program here, which runs as a process, too."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from .base import Peer, first_line


class Library(Peer):
    """A library that one of the programs in this folder uses."""

    program: str
    python = sys.executable

    def build(self) -> list[Sequence[str]]:
        """Build the index."""
        return [self._do("build", str(self.stories))]

    def search(self, words: str) -> list[Sequence[str]]:
        """Search by BM25."""
        return [self._do("search", words)]

    def search_misspelt(self, words: str) -> list[Sequence[str]]:
        """Search in spite of spelling."""
        return [self._do("search-misspelt", words)]

    def list_newest(self) -> list[Sequence[str]]:
        """List, newest first."""
        return [self._do("list")]

    def add(self) -> list[Sequence[str]]:
        """Add."""
        return [self._do("add")]

    def tag(self) -> list[Sequence[str]]:
        """Tag."""
        return [self._do("tag")]

    def _do(self, *words: str) -> Sequence[str]:
        return [self.python, str(Path(__file__).with_name(self.program)), str(self.folder / "index"), *words]


class Fts5(Library):
    """SQLite with its full-text search."""

    name = "SQLite FTS5"
    program = "fts5_program.py"

    @classmethod
    def version(cls) -> str | None:
        """Return the version of SQLite, which has a trigram tokenizer since 3.34."""
        return sqlite3.sqlite_version if sqlite3.sqlite_version_info >= (3, 34) else None


class Tantivy(Library):
    """tantivy through its Python package."""

    name = "tantivy"
    program = "tantivy_program.py"

    @classmethod
    def version(cls) -> str | None:
        """Return the version of the package."""
        return first_line(
            cls.python, "-c", "from importlib.metadata import version; print(version('tantivy'))"
        )
