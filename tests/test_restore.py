"""Restoring a damaged archive: the last revision comes back, or it is said what does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storing import LATER, NOW, add, beside, opened, recorded, remove, tag, titles, undo

from newsarchive.changes import adding, changing, planned
from newsarchive.entry import Entry

Invoke = Callable[..., Any]


@pytest.fixture
def path(alone: Path) -> Path:
    """Make an archive with a history of every kind of change, values of every type among them."""
    archive = alone / "archive.json"
    extra = {"n": 1.0, "m": -0.0, "big": 2**53, "deep": {"a": [None, True, "é\u2028"]}}
    opened(archive).commit([adding(Entry(title="one", body="x\n\ny", extra=extra), NOW)])
    add(archive, "two", "three")
    tag(archive, "x", now=LATER)
    undo(archive, 3)
    remove(archive, 2)
    first = opened(archive).snapshot.entry(1)
    opened(archive).commit(planned([changing(first, replace(first, date=None, extra={"k": 1}), LATER)]))
    return archive


def spoil(path: Path, operation: int) -> None:
    """Change a text in the record of an operation."""
    log = beside(path) / "history.jsonl"
    lines = [json.loads(line) for line in log.read_bytes().splitlines()]
    for line in lines:
        if line["operation"] == operation:
            line["changes"][0]["after"] = {**line["changes"][0]["after"], "summary": "spoilt"}
    log.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in lines))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(b"\0" * 5000),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-5]),
    "cut at the front": lambda path: path.write_bytes(path.read_bytes()[200:]),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("previous", [True, False], ids=["with the previous revision", "without"])
def test_last_revision(path: Path, invoke: Invoke, damage: str, *, previous: bool) -> None:
    """It brings back the very bytes of the last revision, from the previous one or from the history alone."""
    before = path.read_bytes()
    DAMAGE[damage](path)
    if not previous:
        (beside(path) / "previous.json").unlink()

    seen, restored = invoke("list"), invoke("restore", "--yes")

    assert seen.code == 4
    assert "`newsarchive restore` brings back revision 6 with 2 entries" in seen.err
    assert restored.code == 0
    assert path.read_bytes() == before
    assert ("Carried out again: operation 6, test\n" in restored.err) == previous
    assert ("and 1 more, up to operation 6\n" in restored.err) != previous
    assert recorded(path) == [1, 2, 3, 4, 5, 6]


def test_what_the_history_cannot_give(path: Path, invoke: Invoke) -> None:
    """It brings back the revision before the first operation that cannot be carried out again, and names those."""
    add(path, "last")
    spoil(path, 7)
    path.write_bytes(b"damaged")

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert result.err.startswith("Brought back revision 6 with 2 entries; ")
    assert result.err.endswith("Lost with it: operation 7, test\n")
    assert recorded(path) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("pruned", [False, True])
@pytest.mark.parametrize("by", ["add", "import"])
def test_ids_of_lost_operations(path: Path, invoke: Invoke, by: str, *, pruned: bool) -> None:
    """It gives the ids of operations that are lost to no other entry, whatever command adds it, and when."""
    add(path, "four", "five")
    spoil(path, 7)
    path.write_bytes(b"damaged")
    invoke("restore", "--yes")
    if pruned:
        invoke("history", "prune", "--keep", "0", "--yes")

    if by == "add":
        invoke("add", "--title", "new")
    else:
        invoke("import", "-", stdin='[{"title": "new", "date": "2021"}]')

    assert titles(path)[6] == "new"


def test_pruned_history(path: Path, invoke: Invoke) -> None:
    """It brings back what was kept when the history was pruned, though no operation leads there."""
    invoke("history", "prune", "--keep", "0", "--yes")
    before = path.read_bytes()
    path.write_bytes(b"damaged")

    result = invoke("restore", "--yes")

    assert (result.code, path.read_bytes()) == (0, before)
    assert "Lost" not in result.err


def test_record_of_a_commit_that_died(path: Path, invoke: Invoke) -> None:
    """It brings back the revision that the file says it was, not one that a commit had only begun."""
    before = path.read_bytes()
    log = beside(path) / "history.jsonl"
    add(path, "never acknowledged")
    (beside(path) / "previous.json").unlink()
    path.write_bytes(before[:-5])
    assert log.read_bytes().count(b"never acknowledged") == 1

    invoke("restore", "--yes")

    assert path.read_bytes() == before


def test_dry_run(path: Path, invoke: Invoke) -> None:
    """It says which revision would come back."""
    path.write_bytes(b"damaged")

    result = invoke("restore", "--dry-run")

    assert result.err == "Would bring back revision 6 with 2 entries; nothing was written\n"
    assert path.read_bytes() == b"damaged"


_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text(min_size=1, max_size=5).filter(str.strip)),
        st.tuples(st.just("tag"), st.text("abc", min_size=1, max_size=2)),
        st.tuples(st.just("remove"), st.integers(1, 4)),
        st.tuples(st.just("undo"), st.none()),
    ),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(changes=_CHANGES)
def test_any_history(alone: Path, changes: list[tuple[str, Any]]) -> None:
    """It brings back the very bytes after any history, from its first operation on."""
    folder = alone / str(len(list(alone.iterdir())))
    folder.mkdir()
    path = folder / "archive.json"
    add(path, "first")
    for kind, what in changes:
        if kind == "add":
            add(path, what.encode(errors="replace").decode())
        elif kind == "tag" and any(what not in entry.tags for entry in opened(path).entries):
            tag(path, what)
        elif kind == "remove" and what in titles(path):
            remove(path, what)
        elif kind == "undo" and recorded(path) == [1]:
            undo(path)
    before = path.read_bytes()
    path.write_bytes(b"")
    (beside(path) / "previous.json").unlink(missing_ok=True)

    opened(path).restore()

    assert path.read_bytes() == before
