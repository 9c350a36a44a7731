"""Undo and redo: everything comes back byte by byte, or the reason is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storing import LATER, NOW, add, all_files, digest, entries_value, meta, opened, remove, tag, titles, undo

from newsarchive.changes import Change, adding, changing, planned, removing
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.errors import NothingToUndoError, UndoConflictError
from newsarchive.planning.undoing import Wanted, standing

Invoke = Callable[..., Any]

FULL = Entry(
    title="Saiga in Казахстан",
    date=PartialDate(2021, 1),
    summary="Short.",
    body="  indented\n\nlong",
    url="https://example.org/1",
    source="CAMI",
    languages=("en", "ru"),
    tags=("news", "species/saiga"),
    relations=(Relation("translation", 2),),
    extra={"draft": "yes", "nested": {"n": [1, 2.5, None, True]}},
)


@pytest.fixture
def path(alone: Path) -> Path:
    """Make an archive of three entries, one of which has every field."""
    archive = alone / "archive.json"
    changes = [adding(entry, NOW) for entry in (FULL, Entry(title="two"), Entry(title="three"))]
    opened(archive).commit(changes)
    return archive


def _change(path: Path, entry_id: int, **fields: Any) -> None:
    archive = opened(path)
    before = archive.snapshot.entry(entry_id)
    archive.commit(planned([changing(before, replace(before, **fields), LATER)]))


def full_of(path: Path) -> Entry:
    """Return the entry that has every field."""
    return opened(path).snapshot.entry(1)


# --- bytes ----------------------------------------------------------------------------------------------

OPERATIONS: dict[str, Callable[[Path], object]] = {
    "add": lambda path: add(path, "four", "five", now=LATER),
    "add with an id": lambda path: opened(path).commit([adding(Entry(id=9, title="nine"), LATER)]),
    "remove": lambda path: remove(path, 1, 3),
    "remove all": lambda path: remove(path, 1, 2, 3),
    "tag": lambda path: tag(path, "x", now=LATER),
    "title": lambda path: _change(path, 1, title="Another"),
    "no date": lambda path: _change(path, 1, date=None),
    "texts": lambda path: _change(path, 1, summary=None, body="another", url=None, source="x"),
    "lists": lambda path: _change(path, 1, languages=(), tags=("news",), relations=()),
    "extra": lambda path: _change(path, 1, extra={"draft": "no"}),
    "a mixture": lambda path: opened(path).commit(
        [
            removing(opened(path).snapshot.entry(2)),
            adding(Entry(title="new"), LATER),
            *planned([changing(full_of(path), replace(full_of(path), tags=(), relations=()), LATER)]),
        ]
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_undo(path: Path, name: str) -> None:
    """It brings back the very bytes of the entries, the time of the last change too."""
    before = entries_value(path)
    OPERATIONS[name](path)
    changed = entries_value(path)
    assert changed != before

    undo(path)

    assert entries_value(path) == before
    assert meta(path)["digest"] == digest(before)


@pytest.mark.parametrize("name", OPERATIONS)
def test_redo(path: Path, name: str) -> None:
    """It brings back what an undo took, ids included, by undoing the undo; and so on."""
    before = entries_value(path)
    OPERATIONS[name](path)
    changed = entries_value(path)
    undo(path)

    undo(path, 3)
    assert entries_value(path) == changed
    undo(path, 4)

    assert entries_value(path) == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_only_meta_and_history_differ(path: Path, name: str) -> None:
    """It changes nothing but the counters and the history when an operation is undone."""
    before = json.loads(path.read_bytes())
    OPERATIONS[name](path)

    undo(path)

    after = json.loads(path.read_bytes())
    assert after.pop("meta")["1"]["revision"] == before.pop("meta")["1"]["revision"] + 2
    assert after == before


def test_ids_after_undo(path: Path) -> None:
    """It does not give the id of an addition that was undone again."""
    add(path, "four")
    undo(path)

    add(path, "five")

    assert titles(path) == {1: "Saiga in Казахстан", 2: "two", 3: "three", 5: "five"}


def test_undo_everything(path: Path) -> None:
    """It goes back, operation by operation, to an empty archive, and says when it is there."""
    tag(path, "x", now=LATER)
    remove(path, 2)

    for _ in range(3):
        undo(path)

    assert titles(path) == {}
    with pytest.raises(NothingToUndoError, match="there is nothing to undo"):
        undo(path)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_ENTRIES = st.builds(
    Entry,
    title=_TEXTS.filter(lambda text: text.strip()),
    body=st.none() | _TEXTS,
    tags=st.lists(_TEXTS, max_size=2).map(tuple),
    extra=st.dictionaries(st.sampled_from(["x", "y"]), _TEXTS | st.integers() | st.none(), max_size=2),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(first=st.lists(_ENTRIES, min_size=1, max_size=3), second=st.lists(_ENTRIES, max_size=3))
def test_any_operation(alone: Path, first: list[Entry], second: list[Entry]) -> None:
    """It brings back the bytes whatever was changed, added and removed at once."""
    folder = alone / str(len(list(alone.iterdir())))
    folder.mkdir()
    path = folder / "archive.json"
    stored = opened(path).commit([adding(entry, NOW) for entry in first])
    assert stored is not None
    before = entries_value(path)
    changes: list[Change | None] = []
    for number, entry in enumerate(second):
        old = stored.changes[number].after if number < len(stored.changes) else None
        if old is None:
            changes.append(adding(entry, LATER))
        else:
            changes.append(
                changing(old, replace(entry, id=old.id, added=old.added, modified=old.modified), LATER)
            )
    changes += [removing(change.after) for change in stored.changes[len(second) :] if change.after]

    if opened(path).commit(planned(changes)):
        undo(path)

    assert entries_value(path) == before


# --- which operation ------------------------------------------------------------------------------------


def test_undo_is_not_undone_by_chance(path: Path) -> None:
    """It takes back, without a number, the newest operation that is neither an undo nor undone."""
    tag(path, "x")
    tag(path, "y")

    undo(path)
    undo(path)

    assert full_of(path).tags == ("news", "species/saiga")


def test_after_redo(path: Path) -> None:
    """It counts an operation again that was brought back."""
    tag(path, "x")
    undo(path)
    undo(path, 3)

    undo(path)

    assert full_of(path).tags == ("news", "species/saiga")


def test_undo_twice(path: Path, invoke: Invoke) -> None:
    """It says that an operation is undone already, with exit code 1, and changes nothing."""
    tag(path, "x")
    undo(path, 2)
    before = all_files(path.parent)

    result = invoke("undo", "2")

    assert (result.code, result.out) == (1, "")
    assert "operation 2 is undone already" in result.err
    assert all_files(path.parent) == before


@pytest.mark.parametrize("number", ["0", "17"])
def test_unknown_operation(path: Path, invoke: Invoke, number: str) -> None:
    """It says so when there is no such operation."""
    result = invoke("undo", number)

    assert (result.code, f"the history has no operation {number}" in result.err) == (1, True)


def test_nothing_recorded(path: Path, invoke: Invoke) -> None:
    """It says so when there is no history."""
    opened(path).prune_history(0)

    result = invoke("undo")

    assert (result.code, "there is nothing to undo" in result.err) == (1, True)


def test_dry_run(path: Path, invoke: Invoke) -> None:
    """It shows what an undo would do and writes nothing."""
    remove(path, 2)
    before = all_files(path.parent)

    result = invoke("undo", "--dry-run")

    assert result.code == 0
    assert "two" in result.out
    assert all_files(path.parent) == before


# --- newer changes --------------------------------------------------------------------------------------


def test_newer_change_of_another_field(path: Path) -> None:
    """It takes back a field and leaves what was changed in others since, and the newest time."""
    tag(path, "x", 2)
    _change(path, 2, title="second")

    undo(path, 2, now=LATER)

    entry = opened(path).snapshot.entry(2)
    assert (entry.title, entry.tags, entry.modified) == ("second", (), LATER)


def test_newer_change_of_the_same_field(path: Path, invoke: Invoke) -> None:
    """It refuses, with exit code 3 and both values, to take back fields that were changed again."""
    _change(path, 1, title="Mine", source="mine", extra={"draft": "no"})
    _change(path, 1, title="Theirs", extra={})
    before = path.read_bytes()

    result = invoke("undo", "2")

    assert (result.code, result.out) == (3, "")
    assert result.err == (
        "newsarchive: operation 2 cannot be undone whole, newer changes stand in the way; "
        "--skip-conflicts takes back the rest, --force overwrites them\n"
        "  title of entry 1 is 'Theirs' now; operation 2 made it 'Mine' out of 'Saiga in Казахстан'\n"
        "  extra.draft of entry 1 is nothing now; operation 2 made it 'no' out of 'yes'\n"
    )
    assert path.read_bytes() == before


def test_force(path: Path) -> None:
    """It overwrites newer changes when it is told to."""
    _change(path, 2, title="mine")
    _change(path, 2, title="theirs", source="theirs")

    undo(path, 2, force=True)

    entry = opened(path).snapshot.entry(2)
    assert (entry.title, entry.source) == ("two", "theirs")


def test_skip_conflicts(path: Path, invoke: Invoke) -> None:
    """It takes back what nobody changed since, names what it leaves, and can take that back later."""
    _change(path, 2, title="mine", source="mine", tags=("x",))
    _change(path, 2, title="theirs")

    result = invoke("undo", "2", "--skip-conflicts")

    entry = opened(path).snapshot.entry(2)
    assert (result.code, entry.title, entry.source, entry.tags) == (0, "theirs", None, ())
    assert (
        "left as it is: title of entry 2 is 'theirs' now; operation 2 made it 'mine' out of 'two'"
        in result.err
    )
    assert invoke("undo").err.startswith("Took back `test`, operation 3")
    assert invoke("undo", "2").code == 0
    assert opened(path).snapshot.entry(2).title == "two"


def test_added_entry_was_changed(path: Path) -> None:
    """It does not remove an added entry that was rewritten since, unless it is told to."""
    add(path, "four")
    _change(path, 4, title="fourth")

    with pytest.raises(UndoConflictError) as refused:
        undo(path, 2)
    undo(path, 2, force=True)

    assert refused.value.conflicts == (
        "title of entry 4, which operation 2 added, is 'fourth' now; it was 'four'",
    )
    assert list(titles(path)) == [1, 2, 3]


def test_added_entry_was_removed(path: Path) -> None:
    """It has nothing to undo when an added entry has gone since."""
    add(path, "four")
    remove(path, 4)

    with pytest.raises(NothingToUndoError, match="operation 2 changed nothing that is still there"):
        undo(path, 2)


def test_changed_entry_was_removed(path: Path) -> None:
    """It names entries that were removed since, and passes over them when it is told to."""
    tag(path, "x", 1, 2)
    remove(path, 2)

    with pytest.raises(UndoConflictError) as refused:
        undo(path, 2)
    undo(path, 2, force=True)

    assert refused.value.conflicts == ("entry 2 was removed since",)
    assert full_of(path).tags == ("news", "species/saiga")


def test_id_is_taken_again(path: Path) -> None:
    """It does not overwrite another entry that somebody gave the id of a removed one by hand."""
    remove(path, 2)
    path.write_bytes(path.read_bytes().replace(b'\n"3":', b'\n"2":{"title":"another two"},\n"3":'))

    with pytest.raises(UndoConflictError) as refused:
        undo(path, 2)
    undo(path, 2, force=True)

    assert refused.value.conflicts == ("entry 2 is there again, with another content",)
    assert titles(path)[2] == "two"


def test_edit_by_hand_stands_in_the_way(path: Path) -> None:
    """It notices an edit of the file by hand like any other newer change."""
    _change(path, 2, title="mine", tags=("x",))
    text = path.read_bytes().replace(b'"tags":["x"]', b'"tags":["x","by-hand"]')
    path.write_bytes(text.replace(b'"mine"', b'"by hand"'))

    with pytest.raises(UndoConflictError, match="title of entry 2 is 'by hand' now"):
        undo(path, 2)


# --- any operations in any order ------------------------------------------------------------------------

_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("tag"), st.sets(st.integers(1, 4), min_size=1)),
        st.tuples(st.just("key"), st.integers(1, 4)),
        st.tuples(st.just("undo"), st.integers(2, 12)),
        st.tuples(st.just("undo range"), st.integers(2, 12)),
    ),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_undo_leaves_what_counts(alone: Path, steps: list[tuple[str, Any]]) -> None:
    """It leaves, whatever was undone and redone in any order, just what the operations do that still count."""
    folder = alone / str(len(list(alone.iterdir())))
    folder.mkdir()
    path = folder / "archive.json"
    add(path, "1", "2", "3", "4")
    before = entries_value(path)

    for number, step in enumerate(steps, 2):
        _take_step(path, number, *step)

    counting = [record for record, by in standing(opened(path).newest_records()) if by is None]
    tags: dict[int, set[str]] = {n: set() for n in range(1, 5)}
    keys: dict[int, set[str]] = {n: set() for n in range(1, 5)}
    for record in counting[::-1]:
        kind, _, name = record.command.partition(" ")
        for n in record.ids if kind in ("tag", "key") else ():
            (keys if kind == "key" else tags)[n].add(name)
    found = opened(path).entries
    assert {entry.known_id: set(entry.tags) for entry in found} == tags
    assert {entry.known_id: set(entry.extra) for entry in found} == keys

    live = [record.number for record in counting if not record.undoes and record.number > 1]
    if live:
        undo(path, *live)
    assert entries_value(path) == before


def _take_step(path: Path, number: int, kind: str, what: Any) -> None:
    """Make a change that no other step makes, or undo one; where that cannot be, do nothing."""
    archive = opened(path, command=f"{kind} {kind[0]}{number}")
    entries = {entry.known_id: entry for entry in archive.entries}
    if kind.startswith("undo"):
        wanted = Wanted([(what, what if kind == "undo" else None)])
        with suppress(NothingToUndoError, UndoConflictError):
            plan = archive.plan_undo(wanted)
            archive.commit(plan.changes, undoes=plan.undoes)
        return
    if kind == "tag":
        after = [replace(entries[n], tags=(*entries[n].tags, f"t{number}")) for n in what]
    else:
        after = [replace(entries[what], extra={**entries[what].extra, f"k{number}": 1})]
    archive.commit(planned([changing(entries[one.known_id], one, LATER) for one in after]))


def test_the_time_of_what_was_so_twice(path: Path) -> None:
    """It brings back the time at which an entry held the same before the operation, not that of a later one."""
    tag(path, "draft", 3, now=LATER)
    before = entries_value(path)
    _change(path, 3, tags=())
    tag(path, "draft", 3, now=LATER + timedelta(days=1))

    undo(path, 4)
    undo(path, 3)

    assert entries_value(path) == before
