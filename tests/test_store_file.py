"""The file: what stands in it, and what other programs make of it."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storing import (
    NOW,
    add,
    all_files,
    digest,
    entries_value,
    meta,
    opened,
    recorded,
    remove,
    tag,
    titles,
)
from tinydb import TinyDB

from newsarchive.changes import Change, adding
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.errors import BadValueError, CannotSaveError, ChangedMeanwhileError

TWO_ENTRIES = (
    '{"meta":{"1":{"schema":2,"revision":1,"next_id":3,"count":2,"digest":"DIGEST"}},\n'
    '"entries":{\n'
    '"1":{"title":"Межнев","date":null,"summary":null,"body":null,"url":null,"source":null,'
    '"languages":[],"tags":[],"relations":[],"added":"2024-03-01T09:30:00Z",'
    '"modified":"2024-03-01T09:30:00Z","extra":{}},\n'
    '"2":{"title":"Saiga","date":"2021-01","summary":null,"body":"one\\ntwo","url":null,"source":null,'
    '"languages":["en"],"tags":["news"],"relations":[{"kind":"translation","id":1}],'
    '"added":"2024-03-01T09:30:00Z","modified":"2024-03-01T09:30:00Z","extra":{"draft":"yes"}}\n'
    "}}\n"
)


def _two_entries(path: Path) -> None:
    saiga = Entry(
        title="Saiga",
        date=PartialDate(2021, 1),
        body="one\ntwo",
        languages=("en",),
        tags=("news",),
        relations=(Relation("translation", 1),),
        extra={"draft": "yes"},
    )
    opened(path).commit([adding(Entry(title="Межнев"), NOW), adding(saiga, NOW)])


def test_one_entry_a_line(alone: Path) -> None:
    """It writes readable UTF-8 with one entry a line, by id, and a newline at the end."""
    path = alone / "archive.json"

    _two_entries(path)

    stated = digest(entries_value(path))
    assert path.read_text(encoding="utf-8") == TWO_ENTRIES.replace("DIGEST", stated)


def test_meta(alone: Path) -> None:
    """It says how many entries there are, which id comes next, and the digest of their lines."""
    path = alone / "archive.json"

    add(path, "one", "two", "three")
    remove(path, 3)

    assert meta(path) == {
        "schema": 2,
        "revision": 2,
        "next_id": 4,
        "count": 2,
        "digest": digest(entries_value(path)),
    }


def test_empty_archive(alone: Path) -> None:
    """It reads back an archive whose last entry was removed."""
    path = alone / "archive.json"
    add(path, "one")

    remove(path, 1)

    assert entries_value(path) == b"{}"
    assert titles(path) == {}


def test_tinydb_opens_it(alone: Path) -> None:
    """It is a plain TinyDB file whose document ids are the entries' ids."""
    path = alone / "archive.json"
    _two_entries(path)

    with TinyDB(path) as database:
        documents = database.table("entries").all()
        found = [(document.doc_id, document["title"]) for document in documents]

    assert found == [(1, "Межнев"), (2, "Saiga")]


def test_tinydb_writes_it(alone: Path) -> None:
    """It accepts what another program did through plain TinyDB, says so, and restamps it when it writes."""
    path = alone / "archive.json"
    add(path, "one", "two")
    with TinyDB(path) as database:
        database.table("entries").insert({"title": "by another program"})

    said: list[str] = []
    assert [entry.title for entry in opened(path, say=said.append).entries] == [
        "one",
        "two",
        "by another program",
    ]
    add(path, "four")

    assert said == ["note: archive.json was changed by hand since revision 1; all 3 entries are valid"]
    assert titles(path) == {1: "one", 2: "two", 3: "by another program", 4: "four"}
    assert not opened(path).snapshot.edited_by_hand


def test_other_tables_stay(alone: Path) -> None:
    """It keeps tables that it does not know, byte by byte."""
    path = alone / "archive.json"
    add(path, "one")
    path.write_bytes(path.read_bytes()[: -len(b"}\n")] + b',\n"notes":{"1":{"by":"me","n":1.50}}}\n')

    add(path, "two")

    assert path.read_bytes().endswith(b'}\n},\n"notes":{"1":{"by":"me","n":1.50}}}\n')
    assert titles(path) == {1: "one", 2: "two"}


@pytest.mark.parametrize("arguments", [["list"], ["show", "1"], ["history"], ["tags"], ["export"], ["stats"]])
def test_reading_creates_nothing(alone: Path, invoke: Callable[..., object], arguments: list[str]) -> None:
    """It leaves a folder with nothing but an archive as it was."""
    source = alone / "elsewhere" / "archive.json"
    source.parent.mkdir()
    add(source, "one")
    path = alone / "here" / "archive.json"
    path.parent.mkdir()
    path.write_bytes(source.read_bytes())

    invoke(*arguments, "-a", str(path))

    assert list(all_files(path.parent)) == ["archive.json"]
    assert not (path.parent / ".newsarchive").exists()


def test_reading_what_is_not_there(alone: Path, invoke: Callable[..., object]) -> None:
    """It creates nothing when there is no archive to read."""
    invoke("list")

    assert list(alone.iterdir()) == []


def test_unchanged_lines_pass_through(alone: Path) -> None:
    """It leaves the bytes of the entries that a commit does not touch alone."""
    path = alone / "archive.json"
    add(path, *(f"story {number}" for number in range(50)))
    before = path.read_bytes().splitlines()

    tag(path, "x", 7)

    after = path.read_bytes().splitlines()
    assert [number for number, line in enumerate(before) if line != after[number]] == [0, 8]


def test_same_archive_same_bytes(alone: Path) -> None:
    """It gives the same bytes to the same entries, whatever the way to them."""
    one, other = alone / "one.json", alone / "other.json"
    add(one, "a", "b")
    add(other, "a", "b", "c")

    remove(other, 3)

    assert entries_value(one) == entries_value(other)


# --- ids -------------------------------------------------------------------------------------------------


def test_ids_are_not_given_twice(alone: Path) -> None:
    """It gives a new id after the newest entry was removed and the archive opened again."""
    path = alone / "archive.json"
    add(path, "one", "two")
    remove(path, 2)

    add(path, "three")

    assert titles(path) == {1: "one", 3: "three"}


def test_ids_are_not_given_twice_when_all_are_gone(alone: Path) -> None:
    """It goes on counting in an archive that was emptied."""
    path = alone / "archive.json"
    add(path, "one", "two")
    remove(path, 1, 2)

    add(path, "three")

    assert titles(path) == {3: "three"}


def test_free_id(alone: Path) -> None:
    """It keeps the id that an added entry brings, and counts on from the highest."""
    path = alone / "archive.json"
    add(path, "one")

    opened(path).commit([adding(Entry(id=7, title="seven"), NOW), adding(Entry(title="next"), NOW)])

    assert titles(path) == {1: "one", 7: "seven", 8: "next"}
    assert meta(path)["next_id"] == 9


def test_id_that_was_given(alone: Path) -> None:
    """It gives the id of a removed entry to no other, though a plan asks for it."""
    path = alone / "archive.json"
    add(path, "one", "two")
    remove(path, 2)

    with pytest.raises(ChangedMeanwhileError):
        opened(path).commit([adding(Entry(id=2, title="another two"), NOW)])

    assert titles(path) == {1: "one"}


def test_taken_id(alone: Path) -> None:
    """It refuses an added entry whose id is taken, and changes nothing."""
    path = alone / "archive.json"
    add(path, "one")
    before = path.read_bytes()

    with pytest.raises(ChangedMeanwhileError) as refused:
        opened(path).commit([adding(Entry(id=1, title="another"), NOW)])

    assert refused.value.exit_code == 3
    assert path.read_bytes() == before


def test_highest_id(alone: Path) -> None:
    """It refuses an id above which other programs would round numbers."""
    path = alone / "archive.json"

    with pytest.raises(BadValueError, match="leaves no room"):
        opened(path).commit([adding(Entry(id=2**53, title="far"), NOW)])

    assert not path.exists()


# --- what cannot be written ------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["\ud800", float("nan"), float("inf"), {1: 2}, b"bytes", NOW])
def test_values_that_json_cannot_hold(alone: Path, value: object) -> None:
    """It refuses, before it writes, an entry that would not read back as it is."""
    path = alone / "archive.json"
    add(path, "one")
    before = path.read_bytes()

    with pytest.raises(CannotSaveError, match="entry 2"):
        opened(path).commit([adding(Entry(title="two", extra={"key": value}), NOW)])

    assert path.read_bytes() == before


def test_more_than_is_read(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes no file that is larger than what it reads."""
    path = alone / "archive.json"
    add(path, "one")
    before = path.read_bytes()
    monkeypatch.setattr("newsarchive.store.file.tables.MOST_BYTES", 1 << 20)

    with pytest.raises(CannotSaveError, match="larger than 1 MiB, the most that is read"):
        opened(path).commit([adding(Entry(title="two", body="x" * (1 << 20)), NOW)])

    assert path.read_bytes() == before
    assert recorded(path) == [1]


def test_nothing_to_change(alone: Path) -> None:
    """It writes nothing when the changes change nothing."""
    path = alone / "archive.json"
    add(path, "one")
    before = all_files(alone)
    archive = opened(path)
    (entry,) = archive.entries

    operation = archive.commit([Change(1, entry, entry)])

    assert operation is None
    assert all_files(alone) == before


def test_new_archive_is_private(alone: Path) -> None:
    """It lets nobody else read a new archive, its history or its previous revision."""
    path = alone / "archive.json"

    add(path, "one")
    add(path, "two")

    folder = alone / ".newsarchive" / "archive.json"
    for file in (path, folder / "history.jsonl", folder / "previous.json", folder / "lock"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    title=TEXTS.filter(lambda text: text.strip()),
    body=TEXTS,
    tags=st.lists(TEXTS, max_size=3),
    extra=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map("x{}".format),
        JSON_VALUES,
        max_size=3,
    ),
)
def test_round_trip(alone: Path, title: str, body: str, tags: list[str], extra: dict[str, object]) -> None:
    """It reads back every entry as it was committed, and the file stays one entry a line."""
    path = alone / "archive.json"
    path.unlink(missing_ok=True)
    shutil.rmtree(alone / ".newsarchive", ignore_errors=True)
    entry = Entry(title=title, body=body, tags=tuple(tags), extra=extra)

    opened(path).commit([adding(entry, NOW)])

    (found,) = opened(path).entries
    assert found == replace(entry, id=1, added=NOW, modified=NOW)
    assert path.read_bytes().count(b"\n") == 4
    assert list(json.loads(path.read_bytes())["entries"]) == ["1"]
