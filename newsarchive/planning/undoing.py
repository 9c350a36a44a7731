"""Plan how to take back an operation: its changes, swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from newsarchive.changes import Change
from newsarchive.entry import Entry, same_value, stored_form, with_fields
from newsarchive.errors import NothingToUndoError, UndoConflictError
from newsarchive.store.history import Record, RecordedChange, digest_of_entry


class UndoPlan(NamedTuple):
    """The changes that take an operation back, and what stands in the way, one sentence each."""

    record: Record
    changes: tuple[Change, ...]
    conflicts: tuple[str, ...]


def operation_to_undo(records: Sequence[Record], number: int | None) -> Record:
    """Find the operation with this number, or the newest that is neither an undo nor undone already.

    Raises NothingToUndoError.
    """
    if number is not None:
        for record in records:
            if record.number == number:
                return record
        raise NothingToUndoError(number, f"the history has no operation {number}")
    undone = undone_operations(records)
    for record in records[::-1]:
        if record.undoes is None and record.number not in undone:
            return record
    raise NothingToUndoError(None, "there is nothing to undo")


def undone_operations(records: Sequence[Record]) -> frozenset[int]:
    """Return the numbers of the operations that are taken back at present.

    Taking back an undo is a redo, which makes its operation count again.
    """
    undone: set[int] = set()
    by_number = {record.number: record for record in records}
    for record in records:
        if record.undoes is None:
            continue
        undone.add(record.undoes)
        target = by_number.get(record.undoes)
        while target is not None and target.undoes is not None:
            undone ^= {target.undoes}
            target = by_number.get(target.undoes)
    return frozenset(undone)


def plan_undo(
    records: Sequence[Record],
    number: int | None,
    entries: Mapping[int, Entry],
    now: datetime,
    *,
    force: bool = False,
) -> UndoPlan:
    """Plan to take back the operation of this number, or the newest, against the entries as they are now.

    Raises NothingToUndoError, and unless `force` UndoConflictError when newer changes stand in the way.
    """
    plan = _plan(operation_to_undo(records, number), entries, now)
    if plan.conflicts and not force:
        raise UndoConflictError(plan.record.number, plan.conflicts)
    if not plan.changes:
        raise NothingToUndoError(plan.record.number, f"operation {plan.record.number} is undone already")
    return plan


def _plan(record: Record, entries: Mapping[int, Entry], now: datetime) -> UndoPlan:
    changes: list[Change] = []
    conflicts: list[str] = []
    for recorded in reversed(record.changes):
        plan = {"add": _undo_adding, "remove": _undo_removing, "change": _undo_changing}[recorded.kind]
        change, conflict = plan(recorded, entries.get(recorded.id), now)
        if change is not None:
            changes.append(change)
        if conflict:
            conflicts.append(conflict)
    return UndoPlan(record, tuple(changes), tuple(conflicts))


_Step = tuple[Change | None, str | None]


def _undo_adding(recorded: RecordedChange, present: Entry | None, _now: datetime) -> _Step:
    if present is None:
        return None, None
    changed = digest_of_entry(present) != recorded.digest
    return Change(recorded.id, present, None), f"entry {recorded.id} was changed" if changed else None


def _undo_removing(recorded: RecordedChange, present: Entry | None, _now: datetime) -> _Step:
    removed = recorded.removed_entry
    if present is None:
        return Change(recorded.id, None, removed), None
    if present == removed:
        return None, None
    return Change(recorded.id, present, removed), f"entry {recorded.id} is there again, with another content"


def _undo_changing(recorded: RecordedChange, present: Entry | None, now: datetime) -> _Step:
    if present is None:
        return None, f"entry {recorded.id} was removed"
    values = stored_form(present)
    fields = [name for name in recorded.before if name != "modified"]
    if all(same_value(values[name], recorded.before[name]) for name in fields):
        return None, None
    sides = recorded.after, recorded.before
    newer = [name for name in fields if not any(same_value(values[name], side[name]) for side in sides)]
    after = with_fields(present, {name: recorded.before[name] for name in fields})
    after = with_fields(after, {"modified": _modified(recorded, values, now)})
    change = None if after == present else Change(recorded.id, present, after)
    return change, f"{', '.join(newer)} of entry {recorded.id}" if newer else None


def _modified(recorded: RecordedChange, values: Mapping[str, Any], now: datetime) -> str | None:
    """Bring back the time of the last change as well, unless the entry was changed again since."""
    if "modified" not in recorded.before:
        recent: str | None = values["modified"]
        return recent
    if values["modified"] == recorded.after["modified"]:
        before: str | None = recorded.before["modified"]
        return before
    return now.isoformat()
