"""The index of a large archive finds the twin of a story that going through all entries finds."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from indexing import NOW, index_of, selected
from storing import add, opened

from newsarchive.archive import Archive
from newsarchive.changes import adding
from newsarchive.entry import Entry
from newsarchive.planning.twin_search import twin_in
from newsarchive.reader import Reader
from newsarchive.search.index import twins
from newsarchive.store.file.filed import FileLines

ODD = (
    Entry(title="!!!"),
    Entry(title="会议通过了决议", url="https://news.example/"),
    Entry(title="O’Connell’s ёлки", url='https://news.example/a"b'),
    Entry(title="word " * 900, url="https://news.example/q?id=1&utm_source=x"),
    Entry(title="x" * 3000),
)


def _asked(entries: list[Entry]) -> Iterator[Entry]:
    chance = random.Random(5)
    for entry in chance.sample(entries, 60) + list(ODD):
        yield replace(entry, id=None)
        yield replace(entry, id=None, url=None, title=entry.title.upper() + " ")
        yield replace(entry, id=None, title="another", url=f"{(entry.url or '').upper()}#top")
        yield replace(entry, id=None, title="another", url=(entry.url or "x").replace("https", "http") + "/")
        yield replace(entry, id=None, url=None, date=None)
        yield Entry(title=entry.title, languages=("tg",))


@pytest.mark.parametrize("few", [1, 500])
def test_the_same_twin(large: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """It finds the same entry, or none, whatever the story, with many undated ones and with few."""
    monkeypatch.setattr(twins, "_FEW", few)
    opened(large).commit([adding(entry, NOW) for entry in ODD])
    archive = opened(large)
    archive.search(selected("saiga"))
    found = 0

    for entry in _asked(archive.entries):
        expected = twin_in(archive.snapshot, entry)

        assert archive.twin_of(entry) == expected, entry
        found += expected is not None

    assert found > 150


def test_writing_commands_read_no_more_than_they_change(
    large: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It adds, tags, takes back and lists what was done without going through the entries."""
    opened(large).search(selected("saiga"))
    for name in ("entries", "_plain"):
        monkeypatch.setattr(Reader, name, None)
    monkeypatch.setattr(FileLines, "survey", None)

    for command in (
        "add --title Story --date 2021 --url https://news.example/story",
        "tag +new takhi ranger",
        "tag +mine id:3-9",
        "undo",
        "undo 3",
        "history",
        "history show 3",
        "edit 5 --set source=Here",
        "remove id:7 --yes",
        "undo",
        "show 7",
    ):
        result = invoke(*command.split())
        assert (result.code, "changed by hand" in result.err) == (0, False), (command, result)
    assert invoke("list", "tag:mine").out == ""


@pytest.mark.parametrize("which", ["one revision behind", "of another file"])
def test_index_that_is_not_this_file_s(large: Path, invoke: Callable[..., Any], which: str) -> None:
    """It writes what is asked for, and goes by no index that knows another file or an older revision."""
    opened(large).search(selected("saiga"))
    kept = index_of(large).read_bytes()
    if which == "of another file":
        other = large.parent / "other" / "archive.json"
        shutil.copytree(large.parent / ".newsarchive", other.parent / ".newsarchive")
        shutil.copy(large, other)
        add(other, "A story of theirs")
        opened(other).search(selected("saiga"))
        kept = index_of(other).read_bytes()
    add(large, "A story of ours", "Another one")
    index_of(large).write_bytes(kept)

    invoke("tag", "+ours", "title:ours")
    again = invoke("add", "--title", "A story of ours")

    ids = [entry.known_id for entry in Archive(large).entries if "ours" in entry.tags]
    assert ids == [601]
    assert again.err.startswith("note: entry 601 looks like the same story")
    assert invoke("list", "tag:ours", "--format", "ids").out == "601\n"
