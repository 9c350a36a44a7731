"""The operations log: what it keeps, what it skips, and how it is bounded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from storing import LATER, NOW, add, all_files, beside, opened, recorded, remove, tag, titles, undo

from newsarchive.changes import changing
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
    """It records only the id and a digest of an added entry: its text is in the archive."""
    path = alone / "archive.json"

    add(path, "A secret title", command="newsarchive add")

    stored = (
        '{"title":"A secret title","date":null,"summary":null,"body":null,"url":null,"source":null,'
        '"languages":[],"tags":[],"relations":[],"added":"2024-03-01T09:30:00Z",'
        '"modified":"2024-03-01T09:30:00Z","extra":{}}'
    )
    digest = blake2b(stored.encode(), digest_size=16).hexdigest()
    assert _lines(path) == [
        {
            "operation": 1,
            "time": "2024-03-01T09:30:00Z",
            "command": "newsarchive add",
            "user": "tester",
            "undoes": None,
            "changes": [{"id": 1, "kind": "add", "digest": digest}],
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
    """It leaves out a record that was written by a commit which then died, and voids it at the next one."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    with _log(path).open("a") as log:
        log.write(FAILED)

    assert recorded(path) == [1, 2]
    tag(path, "x", command="the third")

    assert [record.command for record in opened(path).records()] == ["test", "test", "the third"]
    assert [line.get("void_above", line.get("operation")) for line in _lines(path)] == [1, 2, 3, 2, 3]


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
    """It voids the record of a crash although a second crash left half a line after it."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    with _log(path).open("a") as log:
        log.write(FAILED + '{"void_abo')

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


def test_restore_voids_what_it_drops(alone: Path) -> None:
    """It gives the number of the operation that `restore` dropped again, but not its entries' ids."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two", command="dropped")
    path.write_bytes(b"damaged")

    opened(path).restore()
    assert recorded(path) == [1]
    assert _lines(path)[-1] == {"void_above": 1, "next_id": 3}
    operation = add(path, "another two", command="new")

    assert operation.number == 2
    assert [record.command for record in opened(path).records()] == ["test", "new"]
    assert titles(path) == {1: "one", 3: "another two"}


def test_ids_that_restore_dropped_stay_given(alone: Path) -> None:
    """It never gives an id again that was dropped twice over, with a change in between that gave none."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two", "three")
    for _ in range(2):
        path.write_bytes(b"damaged")
        opened(path).restore()
        tag(path, "t")
    add(path, "four")

    assert titles(path) == {1: "one", 4: "four"}


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
