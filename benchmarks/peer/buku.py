"""buku: bookmarks in SQLite. Each story is a bookmark whose comment is its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from .base import Peer, first_line

HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n"


class Buku(Peer):
    """Everything goes by its options for scripts: `--nostdin`, `--np`, `--nc`, `--tacit`, `--offline`."""

    name = "buku"
    most = 1_000

    @classmethod
    def version(cls) -> str | None:
        """Return the version."""
        return first_line("buku", "--nostdin", "--version")

    def prepare(self) -> None:
        """Write the file of bookmarks that browsers write, too."""
        with (self.folder / "stories.html").open("w", encoding="utf-8") as file:
            file.write(HEAD)
            for story in self.read_stories():
                tags = ",".join(story["tags"])
                file.write(f'<DT><A HREF="{story["url"]}" TAGS="{tags}">{escape(story["title"])}</A>\n')
                file.write(f"<DD>{escape(story['summary'])} {escape(story['body'])}\n")
            file.write("</DL><p>\n")

    def build(self) -> list[Sequence[str]]:
        """Import bookmarks."""
        return [_buku("--import", str(self.folder / "stories.html"))]

    def search(self, words: str) -> list[Sequence[str]]:
        """Search for whole words, by how many of them occur; what is misspelt it cannot find."""
        return [_buku("--np", "--count", "10", "--sany", words)]

    def list_newest(self) -> list[Sequence[str]]:
        """Print the last twenty."""
        return [_buku("--np", "--print", "-20")]

    def add(self) -> list[Sequence[str]]:
        """Add a bookmark without fetching its page."""
        return [_buku("--offline", "--add", "https://news.example/new", "topic-7", "--title", "A story")]

    def tag(self) -> list[Sequence[str]]:
        """Update what a search for a tag finds."""
        return [_buku("--np", "--stag", "campaign", "--update", "--tag", "+", "reviewed")]

    def environment(self) -> Mapping[str, str]:
        """Name the folder of the database."""
        return {**super().environment(), "XDG_DATA_HOME": str(self.folder)}


def _buku(*words: str) -> Sequence[str]:
    return ["buku", "--nostdin", "--nc", "--tacit", *words]
