"""papis: a library of documents, each a folder with an info.yaml, found through SQLite's full text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from .base import Peer, first_line

CONFIG = """
[settings]
default-library = news
database-backend = sqlite
sqlite-schema-fields-extend = ['abstract']
[news]
dir = {library}
"""


class Papis(Peer):
    """The folders are there; `papis cache reset` reads them. Its SQLite database is the fastest of its three."""

    name = "papis"
    most = 1_000

    @classmethod
    def version(cls) -> str | None:
        """Return the version."""
        line = first_line("papis", "--version")
        return line and line.split()[-1]

    def prepare(self) -> None:
        """Write a folder for each story. JSON is YAML."""
        (self.folder / "papis").mkdir()
        (self.folder / "papis" / "config").write_text(CONFIG.format(library=self.folder / "library"))
        for story in self.read_stories():
            document = {
                "ref": f"story-{story['number']}",
                "papis_id": f"{story['number']:032x}",
                "type": "misc",
                "title": story["title"],
                "year": int(story["date"][:4]),
                "date": story["date"],
                "abstract": f"{story['summary']} {story['body']}",
                "url": story["url"],
                "tags": story["tags"],
            }
            folder = self.folder / "library" / f"story-{story['number']}"
            folder.mkdir(parents=True)
            folder.joinpath("info.yaml").write_text(
                json.dumps(document, ensure_ascii=False), encoding="utf-8"
            )

    def build(self) -> list[Sequence[str]]:
        """Read the library."""
        return [["papis", "cache", "reset"]]

    def search(self, words: str) -> list[Sequence[str]]:
        """List what matches, all of it, by BM25; what is misspelt it cannot find."""
        return [_list(words)]

    def list_newest(self) -> list[Sequence[str]]:
        """List all, for there is no limit."""
        return [_list("--sort", "year", "--reverse", "*")]

    def add(self) -> list[Sequence[str]]:
        """Add a document without a file."""
        title, year = ["--set", "title", "A story"], ["--set", "year", "2026"]
        return [["papis", "add", "--batch", *title, *year, "--set", "tags", "['topic-7']"]]

    def tag(self) -> list[Sequence[str]]:
        """Tag what a query selects."""
        return [["papis", "tag", "--batch", "--all", "--append", "reviewed", "tags:campaign"]]

    def environment(self) -> Mapping[str, str]:
        """Name the folders of the configuration and of the cache."""
        folders = {"XDG_CONFIG_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache")}
        return {**super().environment(), **folders}


def _list(*words: str) -> Sequence[str]:
    return ["papis", "list", "--all", "--format", "{doc[year]} {doc[title]} {doc[url]}", *words]
