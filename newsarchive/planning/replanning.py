"""What a plan becomes when the archive has changed since it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from newsarchive.changes import Change, changing, planned
from newsarchive.differences import Conflict, Difference, short
from newsarchive.entry import Entry
from newsarchive.errors import ChangedMeanwhileError, FieldsChangedError


class Rebased(NamedTuple):
    """The same changes on the entries as they are now, and those that somebody else changed in other fields."""

    changes: list[Change]
    ids: list[int]


def rebased(changes: Sequence[Change], present: Mapping[int, Entry], now: datetime) -> Rebased:
    """Make the same changes on the entries as they are at present; what is gone need not be removed.

    Raises FieldsChangedError for a field that somebody else changed as well, and ChangedMeanwhileError for an
    entry that is gone, or to be removed and another now.
    """
    again: list[Change | None] = []
    conflicts: list[Conflict] = []
    ids = []
    for change in changes:
        if change.before is None or change.id is None:
            again.append(change)
            continue
        entry = present.get(change.id)
        if change.after is None:
            again.append(_removal(change, entry))
            continue
        if entry is None:
            raise ChangedMeanwhileError(f"entry {change.id}")
        applied = Difference.between(change.before, change.after).apply(entry)
        conflicts += applied.conflicts
        again.append(changing(entry, applied.entry, now))
        if entry != change.before:
            ids.append(change.id)
    refuse(conflicts)
    return Rebased(planned(again), ids)


def _removal(change: Change, entry: Entry | None) -> Change | None:
    if entry is not None and entry != change.before:
        raise ChangedMeanwhileError(f"entry {change.id}")
    return change if entry is not None else None


def clashes(before: Sequence[Change], again: Sequence[Change]) -> Iterator[Conflict]:
    """Yield the fields that a plan was to change, that somebody else changed since, and that it would again."""
    first = {change.id: change for change in before if change.before and change.after}
    for change in again:
        old = first.get(change.id)
        if old is None or not (change.before and change.after and old.before and old.after):
            continue
        wanted = Difference.between(change.before, change.after).old
        for conflict in Difference.between(old.before, old.after).apply(change.before).conflicts:
            if conflict.field.partition(".")[0] in wanted:
                yield conflict


def refuse(conflicts: Sequence[Conflict]) -> None:
    """Raise FieldsChangedError when there are any."""
    if conflicts:
        raise FieldsChangedError(
            [
                f"{conflict.field} of entry {conflict.id} became {short(conflict.present)} meanwhile; "
                f"it was {short(conflict.base)} and was to be {short(conflict.wanted)}"
                for conflict in conflicts
            ]
        )


def are_alike(one: Sequence[Change], other: Sequence[Change]) -> bool:
    """Whether two plans do the same, but for the times at which they do it."""
    return [*map(_essence, one)] == [*map(_essence, other)]


def _essence(change: Change) -> tuple[int | None, Difference | Entry | None, bool]:
    if change.before and change.after:
        return change.id, Difference.between(change.before, change.after), False
    entry = change.after or change.before
    timeless = None if entry is None else replace(entry, id=None, added=None, modified=None)
    return change.id if change.before else None, timeless, change.after is None
