"""The operations log: what it keeps, what it skips, and how it is bounded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from storing import LATER, NOW, add, all_files, beside, meta, opened, recorded, remove, tag, titles, undo

from newsarchive.changes import adding, changing
from newsarchive.entry import Entry
from newsarchive.errors import CannotReadError, NothingToUndoError

Invoke = Callable[..., Any]

FAILED = (
    '{"operation":3,"time":"2024-03-01T09:30:00Z","command":"lost","user":"","undoes":null,"changes":[]}\n'
)


def _log(path: Path) -> Path:
    return beside(path) / "history.jsonl"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _log(path).read_bytes().splitlines()]


# --- what is recorded -----------------------------------------------------------------------------------


def test_added(alone: Path) -> None:
    """It records the whole of an added entry, and the digests of the revisions before and after."""
    path = alone / "archive.json"

    add(path, "A title", command="newsarchive add")

    stored = {"title": "A title", "date": None, "summary": None, "body": None, "url": None, "source": None}
    stored |= {"languages": [], "tags": [], "relations": []}
    stored |= {"added": "2024-03-01T09:30:00Z", "modified": "2024-03-01T09:30:00Z", "extra": {}}
    (line,) = _lines(path)
    assert line.pop("length") > 400
    assert [line] == [
        {
            "operation": 1,
            "time": "2024-03-01T09:30:00Z",
            "command": "newsarchive add",
            "user": "tester",
            "undoes": [],
            "next_id": 2,
            "base": "",
            "digest": meta(path)["digest"],
            "schema": 2,
            "entries": 1,
            "removes": False,
            "changes": [{"id": 1, "kind": "add", "after": stored}],
        }
    ]


def test_changed(alone: Path) -> None:
    """It records of a changed entry the fields that changed, before and after."""
    path = alone / "archive.json"
    add(path, "one")

    tag(path, "x", now=LATER)

    assert _lines(path)[1]["changes"] == [
        {
            "id": 1,
            "kind": "change",
            "before": {"tags": [], "modified": "2024-03-01T09:30:00Z"},
            "after": {"tags": ["x"], "modified": "2024-03-02T18:00:00Z"},
        }
    ]


def test_removed(alone: Path) -> None:
    """It records the whole of a removed entry."""
    path = alone / "archive.json"
    add(path, "one")

    remove(path, 1)

    (change,) = _lines(path)[1]["changes"]
    assert (change["id"], change["kind"], change["before"]["title"]) == (1, "remove", "one")
    assert len(change["before"]) == 12


def test_one_operation_for_many_entries(alone: Path) -> None:
    """It takes one command line for one operation, whatever the number of entries."""
    path = alone / "archive.json"
    add(path, *(f"story {number}" for number in range(1000)))

    tag(path, "x")

    assert [len(line["changes"]) for line in _lines(path)] == [1000, 1000]


def test_nothing_changed(alone: Path, invoke: Invoke) -> None:
    """It records nothing when nothing changes."""
    path = alone / "archive.json"
    add(path, "one")
    tag(path, "x")

    result = invoke("tag", "+x", "--all")

    assert result.code == 0
    assert recorded(path) == [1, 2]


# --- what is skipped ------------------------------------------------------------------------------------


def test_record_of_a_crash(alone: Path) -> None:
    """It leaves out a record that was written by a commit which then died, and goes on with its number."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    with _log(path).open("a") as log:
        log.write(FAILED)

    assert recorded(path) == [1, 2]
    tag(path, "x", command="the third")

    assert [record.command for record in opened(path).records()] == ["test", "test", "the third"]


def test_record_cut_short(alone: Path) -> None:
    """It goes on after a record of which a crash left only the beginning."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    with _log(path).open("a") as log:
        log.write(FAILED[:50])

    tag(path, "x")

    assert recorded(path) == [1, 2, 3]
    undo(path, 3)
    undo(path, 2)
    assert titles(path) == {1: "one"}


def test_record_of_a_crash_before_one_cut_short(alone: Path) -> None:
    """It leaves out the record of a crash although a second crash left half a line after it."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    with _log(path).open("a") as log:
        log.write(FAILED + '{"operat')

    tag(path, "x", command="the third")

    assert [record.command for record in opened(path).records()] == ["test", "test", "the third"]


def test_older_file_put_back(alone: Path) -> None:
    """It takes the operations after a copy that was put back for void."""
    path = alone / "archive.json"
    add(path, "one")
    shutil.copy(path, alone / "copy.json")
    add(path, "two")
    tag(path, "x", command="forgotten")
    shutil.copy(alone / "copy.json", path)

    assert recorded(path) == [1]
    add(path, "another two", command="new")

    assert [record.command for record in opened(path).records()] == ["test", "new"]
    undo(path)
    assert titles(path) == {1: "one"}


def test_ids_of_a_dropped_revision(alone: Path) -> None:
    """It gives the number of an operation again that a copy put back has dropped, but not its entries' ids."""
    path = alone / "archive.json"
    add(path, "one")
    shutil.copy2(path, alone / "copy.json")
    add(path, "two", command="dropped")
    shutil.copy2(alone / "copy.json", path)

    operation = add(path, "another two", command="new")

    assert operation.number == 2
    assert [record.command for record in opened(path).records()] == ["test", "new"]
    assert titles(path) == {1: "one", 3: "another two"}


def test_ids_that_were_dropped_stay_given(alone: Path) -> None:
    """It never gives an id again: dropped twice over, with changes in between that gave none, and pruned."""
    path = alone / "archive.json"
    add(path, "one")
    shutil.copy2(path, alone / "copy.json")
    add(path, "two", "three")
    for _ in range(2):
        shutil.copy2(alone / "copy.json", path)
        tag(path, "t")
    opened(path).prune_history(0)
    shutil.copy2(alone / "copy.json", path)
    tag(path, "t")
    add(path, "four")

    assert titles(path) == {1: "one", 4: "four"}


def test_ids_of_an_import_after_a_drop(alone: Path, invoke: Invoke) -> None:
    """It gives no id again in an import either, that of a command which then failed included."""
    path = alone / "archive.json"
    add(path, "one")
    shutil.copy2(path, alone / "copy.json")
    add(path, "two", "three")
    shutil.copy2(alone / "copy.json", path)

    invoke("import", "-", stdin='[{"title": "new", "date": "2021"}, {"title": "newer", "date": "2021"}]')

    assert titles(path) == {1: "one", 4: "new", 5: "newer"}


# --- another copy's file --------------------------------------------------------------------------------


@pytest.fixture
def swapped(alone: Path) -> Path:
    """Make an archive beside whose history a sync tool has put what a colleague made of a copy."""
    path, folder = alone / "archive.json", alone / "colleague"
    folder.mkdir()
    add(path, "one", "two")
    shutil.copy2(path, folder / "archive.json")
    add(folder / "archive.json", "theirs", "theirs too", "and more")
    tag(folder / "archive.json", "theirs")
    add(path, "ours")
    tag(path, "ours")
    shutil.copy2(folder / "archive.json", path)
    return path


def test_file_of_another_copy(swapped: Path, invoke: Invoke) -> None:
    """It says that the recorded operations did not make this file, though their numbers would fit."""
    before = swapped.read_bytes()

    history, undone = invoke("history"), invoke("undo", "2")

    told = (
        "archive.json is a revision 3 that was made elsewhere: none of the operations that are recorded here"
    )
    assert (history.code, undone.code) == (0, 1)
    assert f"note: {told} led to it" in history.err
    assert told in undone.err
    assert swapped.read_bytes() == before


def test_ids_beside_another_copy(swapped: Path) -> None:
    """It gives no id that either side gave, and undoes only what was done to this file."""
    add(swapped, "new")
    assert max(titles(swapped)) == 6

    undo(swapped)

    assert recorded(swapped) == [4, 5]
    with pytest.raises(NothingToUndoError, match="the history has no operation 2"):
        undo(swapped, 2)


def test_own_file_comes_back(swapped: Path) -> None:
    """It knows its own operations again when their file is put back, whatever was done meanwhile."""
    ours = beside(swapped) / "previous.json"
    kept = ours.read_bytes()
    add(swapped, "on theirs")
    swapped.write_bytes(kept)

    assert recorded(swapped) == [1, 2]
    assert opened(swapped).doubt() is None


def test_ids_above_both_sides(swapped: Path) -> None:
    """It counts the ids of both sides as given, whichever gave more."""
    kept = swapped.read_bytes()
    for number in range(5):
        add(swapped, f"story {number}")
    highest = max(titles(swapped))
    swapped.write_bytes(kept)

    add(swapped, "new")

    assert max(titles(swapped)) == highest + 1


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b"not JSON",
        b'{"operation":"two"}',
        b'{"operation":2}',
        b'{"operation":[],"changes":[]}',
        b'{"void_above":"x"}',
        b'{"operation":2,"time":"soon","command":"","user":"","changes":[]}',
        b'{"operation":2,"time":"2024-03-01T09:30:00Z","command":"","user":"","changes":[5]}',
        b'{"operation":2,"time":"2024-03-01T09:30:00Z","command":"","user":"","changes":[{"id":1,"kind":"x"}]}',
        b'{"operation":2,"time":"2024-03-01T09:30:00Z","command":"\xff","user":"","changes":[]}',
        b"[" * 100_000,
    ],
)
def test_spoilt_line(alone: Path, line: bytes) -> None:
    """It does without a line that is not a record, and keeps the others."""
    path = alone / "archive.json"
    add(path, "one")
    with _log(path).open("ab") as log:
        log.write(line + b"\n")

    tag(path, "x")
    tag(path, "y")
    opened(path).prune_history(3)

    assert recorded(path) == [1, 2, 3]


def test_unreadable_log(alone: Path) -> None:
    """It says so when the log is there and cannot be read."""
    path = alone / "archive.json"
    add(path, "one")
    _log(path).unlink()
    _log(path).mkdir()

    with pytest.raises(CannotReadError, match=r"history\.jsonl: is a directory"):
        opened(path).records()


# --- reading from the end -------------------------------------------------------------------------------


def test_read_from_its_end(alone: Path, invoke: Invoke) -> None:
    """It reads no more of a history of 64 GiB than what is asked for."""
    path = alone / "archive.json"
    add(path, "one", command="first")
    hole = 1 << 36
    with _log(path).open("r+b") as log:
        lines = log.read()
        log.truncate(0)
        log.seek(hole)
        log.write(b"\n" + lines)
    for tag_name in ("x", "y", "z"):
        tag(path, tag_name, command=f"tag {tag_name}")
    assert _log(path).stat().st_size > hole

    newest, touching, undone = (
        invoke("history", "--limit", "2"),
        invoke("history", "id:1"),
        invoke("undo", "3"),
    )

    assert newest.out.count("\n") == 3
    assert newest.err == "2 operations; there are more; --limit 0 shows all\n"
    assert touching.out.count("\n") == 5
    assert undone.err.startswith("Took back `tag y`, operation 3, 1 entry (operation 5)")


def test_long_lines(alone: Path) -> None:
    """It puts lines together that are longer than the pieces in which the history is read."""
    path = alone / "archive.json"
    for number in range(3):
        entry = Entry(title=f"story {number}", body="x" * 700_000)
        opened(path).commit([adding(entry, NOW)])

    assert recorded(path) == [1, 2, 3]
    undo(path, 1)
    assert titles(path) == {2: "story 1", 3: "story 2"}


# --- pruning --------------------------------------------------------------------------------------------


def test_prune(alone: Path) -> None:
    """It forgets all but the newest operations and says how many."""
    path = alone / "archive.json"
    for number in range(5):
        add(path, f"story {number}")

    gone = opened(path).prune_history(2)

    assert gone == 3
    assert recorded(path) == [4, 5]
    assert len(titles(path)) == 5


def test_undo_after_prune(alone: Path) -> None:
    """It undoes what is still recorded, and says so of what is not."""
    path = alone / "archive.json"
    add(path, "one")
    remove(path, 1)
    add(path, "two")
    opened(path).prune_history(1)

    with pytest.raises(NothingToUndoError, match="the history has no operation 2"):
        undo(path, 2)
    undo(path)

    assert titles(path) == {}


def test_numbers_go_on_after_prune(alone: Path) -> None:
    """It goes on counting when everything was forgotten."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    opened(path).prune_history(0)

    operation = add(path, "three")

    assert operation.number == 3
    assert recorded(path) == [3]


def test_removed_text_is_gone(alone: Path, invoke: Invoke) -> None:
    """It leaves no trace of a removed text, neither in a file nor in one that was put aside."""
    path = alone / "archive.json"
    add(path, "keep this", "xyzzy the secret")
    damaged = path.read_bytes()[:-20]
    tag(path, "t")
    path.write_bytes(damaged)
    opened(path).restore()
    invoke("search", "xyzzy")
    remove(path, 2)
    assert any(b"xyzzy" in data for data in all_files(alone).values())

    result = invoke("history", "prune", "--keep", "0", "--yes")

    assert result.code == 0
    assert [name for name, data in all_files(alone).items() if b"xyzzy" in data] == []
    assert titles(path) == {1: "keep this"}


def test_changed_text_is_gone(alone: Path) -> None:
    """It leaves no trace of a text that was replaced by another."""
    path = alone / "archive.json"
    add(path, "xyzzy")
    archive = opened(path)
    (entry,) = archive.entries
    change = changing(entry, replace(entry, title="another"), NOW)
    assert change is not None
    archive.commit([change])

    opened(path).prune_history(0)

    assert [name for name, data in all_files(alone).items() if b"xyzzy" in data] == []
