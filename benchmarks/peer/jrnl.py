"""jrnl: a journal in one text file. Each story is an entry, its tags words that begin with @."""

from __future__ import annotations

from collections.abc import Sequence

from .base import Peer, first_line

CONFIG = """
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: sed -i "s/@campaign/@campaign @reviewed/"
encrypt: false
highlight: false
indent_character: '|'
journals: {{default: {{journal: {journal}}}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: {version}
"""


class Jrnl(Peer):
    """Bulk tagging is its `--edit`, with sed for an editor."""

    name = "jrnl"
    most = 1_000
    shown = r" (\d+)$"

    @classmethod
    def version(cls) -> str | None:
        """Return the version."""
        line = first_line("jrnl", "--version")
        return line and line.split()[-1].lstrip("v")

    def prepare(self) -> None:
        """Write the journal to import."""
        config = CONFIG.format(journal=self.folder / "journal.txt", version=self.version())
        (self.folder / "jrnl.yaml").write_text(config)
        with (self.folder / "stories.txt").open("w", encoding="utf-8") as file:
            for story in self.read_stories():
                tags = " ".join("@" + tag for tag in story["tags"])
                file.write(f"[{story['date']} 09:00] {story['title']}\n")
                file.write(f"{story['summary']}\n{story['body']}\n{tags}\n\n")

    def build(self) -> list[Sequence[str]]:
        """Import a journal."""
        return [self._jrnl("--import", "--file", str(self.folder / "stories.txt"))]

    def search(self, words: str) -> list[Sequence[str]]:
        """Show the newest ten titles of entries with the words; what is misspelt it cannot find."""
        return [self._jrnl("-contains", words, "-n", "10", "--short")]

    def list_newest(self) -> list[Sequence[str]]:
        """Show the titles of the newest twenty."""
        return [self._jrnl("-n", "20", "--short")]

    def add(self) -> list[Sequence[str]]:
        """Write an entry."""
        return [self._jrnl("2026-01-29: A story. @topic-7")]

    def tag(self) -> list[Sequence[str]]:
        """Edit what has a tag."""
        return [self._jrnl("@campaign", "--edit")]

    def _jrnl(self, *words: str) -> Sequence[str]:
        return ["jrnl", "--config-file", str(self.folder / "jrnl.yaml"), *words]
