"""The counts that an index keeps are those of the entries, whatever was done to them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import index_of

from newsarchive.archive import Archive
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.search.index.building import build
from newsarchive.search.index.changing import change
from newsarchive.store.lines import line_of

DATES = (
    *(None, PartialDate(999), PartialDate(2019), PartialDate(2019, 1), PartialDate(2019, 1, 1)),
    *(PartialDate(2019, 12, 31), PartialDate(2020, 2)),
)
ENTRIES = st.builds(
    Entry,
    title=st.just("Saiga"),
    date=st.sampled_from(DATES),
    tags=st.lists(st.sampled_from(("0", "saiga", "Saiga", "сайгак"))).map(tuple),
    languages=st.lists(st.sampled_from(("en", "EN", "en-GB", "ru"))).map(tuple),
    source=st.sampled_from((None, "0", "Akipress", "akipress")),
)
STEPS = st.lists(st.dictionaries(st.integers(1, 5), st.none() | ENTRIES, max_size=4), max_size=4)


def _values(entry: Entry) -> Iterable[tuple[str, str | int]]:
    """Yield kind and value of all that an entry counts for."""
    date = str(entry.date or "")
    yield "year", date[:4] or 0
    yield "month", date[:7] if "-" in date else 0
    yield "source", entry.source or 0
    for kind, values in (("tag", entry.tags), ("language", entry.languages)):
        yield from ((kind, value) for value in values or (0,))


def _lines(entries: Mapping[int, Entry | None]) -> dict[int, Any]:
    return {number: None if entry is None else line_of(entry) for number, entry in entries.items()}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1, 5), ENTRIES), STEPS)
def test_any_changes(entries: dict[int, Entry], steps: list[dict[int, Entry | None]]) -> None:
    """It counts by every kind, what has no value included, and keeps nothing of what is gone."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        build(connection, _lines(entries), lambda ids: ids)
        for step in ({}, *steps):
            change(connection, _lines(step))
            entries = {number: entry for number, entry in (entries | step).items() if entry is not None}

            found = connection.execute("SELECT kind, value, entries FROM tally").fetchall()

            expected = Counter(pair for entry in entries.values() for pair in _values(entry))
            assert {(kind, value): count for kind, value, count in found} == expected


def _edit(path: Path) -> None:
    tables = json.loads(path.read_text())
    tables["entries"]["5"] |= {
        "date": "1998-07",
        "tags": ["by-hand"],
        "source": "Editor",
        "languages": ["kk"],
    }
    del tables["entries"]["6"]
    path.write_text(json.dumps(tables))


def _damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def test_commands(large: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints without reading the archive what counting all entries prints, to the byte, after each command."""
    large.with_name("more.csv").write_text(
        "title,date,tags,languages,source\nOne,2031-05-06,new;saiga,mn,Montsame\nTwo,,,,\nThree,2031,new,ru,0\n"
    )
    commands: list[str | Callable[[Path], None]] = [
        *("search saiga", "add --title Zhezkazgan --date 2030-01 --tag new,0 --lang kk"),
        *("tag +many -topic-3 --id 1-200", "edit 7 --set date=1994 --set source=Other", "undo"),
        "remove 300 --yes",
        *("import more.csv --yes", "undo", "undo 3", _edit, "stats", "tag +after --id 5"),
        *(_damage, "restore --yes", "undo"),
    ]
    for command in commands:
        if not isinstance(command, str):
            command(large)
            continue
        done = invoke(*command.split())
        assert done.code == 0, (command, done.err)
        invoke("stats")  # takes up what was done by hand
        with monkeypatch.context() as patch:
            patch.setattr(Archive, "snapshot", None)
            with_index = _printed(invoke)
        with monkeypatch.context() as patch:
            patch.setattr("newsarchive.opened.LARGE", 1 << 40)
            assert (command, with_index) == (command, _printed(invoke))
    assert index_of(large).exists()


def _printed(invoke: Callable[..., Any]) -> list[Any]:
    every = ("stats", "--by", "year,month,tag,language,source")
    return [invoke(*words) for words in (every, (*every, "--json"), ("tags", "--json"))]
