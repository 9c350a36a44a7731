"""What stands in an index's way: strangers, limits of SQLite, odd values, and locks. The answers are right."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from clock import soon
from conftest import Result
from indexing import execute, index_of, selected, write_archive
from storing import opened
from test_index_answers import Unindexed

from newsarchive.archive import Archive
from newsarchive.entry import Entry
from newsarchive.search.index import file, tables


@pytest.fixture
def indexed(large: Path) -> Path:
    """Give a large archive its index."""
    opened(large).search(selected("saiga"))
    return large


def _ids(archive: Archive, query: str) -> list[int | None]:
    return [entry.id for entry in archive.page(selected(query, limit=0)).entries]


def test_a_pipe_in_the_place_of_the_index(indexed: Path, program: Callable[..., Result]) -> None:
    """It waits for nobody to write into a pipe, and puts an index in its place."""
    index_of(indexed).unlink()
    os.mkfifo(index_of(indexed))

    result = program("search", "saiga", "--format", "ids", "--limit", "1")

    assert (result.code, len(result.out.split())) == (0, 1)
    assert index_of(indexed).is_file()


def test_a_pipe_is_no_reason_to_wait_when_writing(indexed: Path, program: Callable[..., Result]) -> None:
    """It saves a change as if there were no index."""
    index_of(indexed).unlink()
    os.mkfifo(index_of(indexed))

    assert program("tag", "+x", "--id", "5").code == 0


def test_phrase_with_many_readings(alone: Path) -> None:
    """It takes no longer for a phrase of words that each have several counterparts in the other script."""
    many = [Entry(title=f"Story {number}", body="word " * 400) for number in range(100)]
    path = write_archive(alone / "archive.json", [*many, Entry(title="мама мамма маама мамаа " * 3)])
    archive = opened(path)
    archive.search(selected("word"))
    with soon(2):
        found = [_ids(archive, f'"{"mama " * 10}"'), _ids(archive, f"{'mama-' * 9}мам*")]

    assert index_of(path).exists()
    assert found == [[101], [101]]


def test_ranges_from_a_file(indexed: Path, invoke: Callable[..., Result]) -> None:
    """It takes as many as a file has, and says nothing of a damaged index."""
    ranges = "\n".join(f"{number}-{number + 1}" for number in range(1, 9_000, 3))

    result = invoke("search", "saiga", "--ids-from", "-", "--limit", "0", "--format", "ids", stdin=ranges)

    assert (result.code, result.err) == (0, "")
    assert {int(entry_id) % 3 for entry_id in result.out.split()} == {1, 2}


@pytest.mark.parametrize(
    "query", ["saiga " + "-" * 49 + "a", "saiga " + "(a OR (b AND " * 24 + "c" + "))" * 24]
)
def test_deep_queries(indexed: Path, query: str) -> None:
    """It answers as without an index where a query is too deep for SQLite, and keeps the index."""
    said: list[str] = []
    archive = opened(indexed, say=said.append)

    hits = [hit.entry.id for hit in archive.search(selected(query)).hits]

    assert hits == [hit.entry.id for hit in Unindexed(indexed).search(selected(query)).hits]
    assert _ids(archive, query) == _ids(Unindexed(indexed), query)
    assert said == []


def test_sqlite_without_full_text(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does without an index where SQLite cannot have one, and says why."""
    monkeypatch.setattr(
        "newsarchive.search.index.building.TABLES", tables.TABLES.replace("USING fts5", "USING fts9")
    )
    said: list[str] = []

    total = opened(large, say=said.append).search(selected("title:saiga")).total

    assert total == 214
    assert said == [
        "note: no search index can be used (SQLite was built without full text search: no such module: fts9); "
        "this takes longer without one"
    ]


@pytest.mark.parametrize("part", [{"limit": 10**30}, {"offset": 10**30}, {"limit": 10**30, "offset": 590}])
def test_numbers_beyond_sqlite(indexed: Path, part: dict[str, Any]) -> None:
    """It takes a limit and an offset of any size."""
    selection = selected("id:1..", **part)

    assert opened(indexed).page(selection) == Unindexed(indexed).page(selection)


@pytest.mark.parametrize(
    ("field", "value", "query"),
    [
        ("languages", ["fr-"], "lang:fr id:7"),
        ("languages", ["en_"], "lang:en id:7"),
        ("tags", ["zz/\0y"], "tag:zz/*"),
        ("tags", ["zz\0y"], "tag:zz"),
    ],
)
def test_odd_values_from_an_editor(large: Path, field: str, value: list[str], query: str) -> None:
    """It selects what was put into the file by hand as matching does."""
    contents = json.loads(large.read_text())
    contents["entries"]["7"][field] = value
    large.write_text(json.dumps(contents))

    assert _ids(opened(large), query) == _ids(Unindexed(large), query)


def test_index_that_is_locked(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits once in a command, then does without the index."""
    monkeypatch.setattr(file, "_PATIENCE", 2)
    start = time.monotonic()
    with closing(sqlite3.connect(index_of(indexed), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        archive = opened(indexed)
        pages = [archive.page(selected(query)).total for query in ("id:7", "id:8", "id:9")]

    assert pages == [1, 1, 1]
    assert time.monotonic() - start < 5.9  # waiting at each question would take 6


def test_posting_that_is_none(indexed: Path) -> None:
    """It builds an index anew in which a number stands where a posting belongs."""
    execute(
        indexed, "INSERT OR REPLACE INTO posting SELECT number << 32, 7, 7 FROM vocab WHERE word = 'saiga'"
    )
    said: list[str] = []

    total = opened(indexed, say=said.append).search(selected("saiga")).total

    assert total == Unindexed(indexed).search(selected("saiga")).total
    assert len(said) == 1
    assert said[0].endswith("it is built anew")


def test_prune_while_an_index_is_built(large: Path) -> None:
    """It keeps no index of what was forgotten while it was built."""

    def pruning(ids: Any) -> Any:
        yield from list(ids)[:300]
        opened(large).prune_history(0)
        yield from list(ids)[300:]

    reader = Archive(large, watch=pruning)

    assert reader.page(selected("id:7")).total == 1
    assert not index_of(large).exists()


def test_prune_of_a_folder_in_the_place_of_the_index(large: Path) -> None:
    """It forgets everything else."""
    index_of(large).mkdir()

    assert opened(large).prune_history(0) == 1


def test_time_zone_beyond_a_day(large: Path, program: Callable[..., Result]) -> None:
    """It counts days in UTC where the time zone is one that no clock has."""
    result = program("list", "added:2024-03-01", "--format", "ids", "--limit", "1", env={"TZ": "FOO-24:30"})

    assert (result.code, len(result.out.split())) == (0, 1)
