"""Plan how to merge another copy of an archive: what changed in each since they parted, carried over.

Which entries of the two are the same, and which ids those of the copy have here, is told by `numbering`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from newsarchive.changes import Change
from newsarchive.differences import Difference, changed_parts
from newsarchive.entry import Entry
from newsarchive.intake import admit
from newsarchive.planning.common import common_base
from newsarchive.planning.numbering import Numbers
from newsarchive.planning.parting import Base, Copy, Entries
from newsarchive.planning.relations import keeping_ties_whole

Prefer: TypeAlias = Literal["ours", "theirs"]


class Clash(NamedTuple):
    """What two copies made of one field differently, as JSON values; or of a whole entry, in words.

    `base` is what both began with; None also where that cannot be told.
    """

    id: int
    field: str
    base: Any
    ours: Any
    theirs: Any


class MergePlan(NamedTuple):
    """The changes that merge, what both copies changed otherwise, and the new ids of theirs by their own.

    The next id is above all that were given in either copy.
    """

    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    renumbered: Mapping[int, int]
    next_id: int


def plan_merge(
    ours: Copy, theirs: Copy, base: Base | None, now: datetime, *, prefer: Prefer | None = None
) -> MergePlan:
    """Plan to bring what changed in `theirs` since `base` into `ours`.

    Fields in conflict keep our value unless theirs are preferred. Without a base every field that differs is a
    conflict, and nothing is removed. A tie that one copy made to what the other has removed goes with that.
    """
    numbers = Numbers(ours, theirs, base)
    merge = _Merge(ours.entries, numbers.translated(theirs.entries), now, prefer)
    changes = merge.changes(_began(base, numbers, merge.shared, now))
    sides = merge.ours, merge.theirs
    changes = keeping_ties_whole(changes, ours.entries.get, ours.tied_to, now, sides=sides)
    added = {change.id for change in changes if change.before is None}
    renumbered = {theirs: number for theirs, number in numbers.renumbered.items() if number in added}
    return MergePlan(tuple(changes), tuple(merge.clashes), renumbered, numbers.next_id)


def merged_entries(ours: Entries, changes: Iterable[Change]) -> dict[int, Entry]:
    """Return the entries of ours with the changes of a plan."""
    entries = dict(ours)
    for change in changes:
        assert change.id is not None
        if change.after is None:
            del entries[change.id]
        else:
            entries[change.id] = change.after
    return entries


def _began(base: Base | None, numbers: Numbers, shared: Collection[int], now: datetime) -> dict[int, Entry]:
    """Return what the entries of two copies began with, in our numbering; `shared` are those that both have."""
    if base is None:
        return {}
    if base.crossed is not None:
        began = _crossed(*base.crossed, numbers, now)
    else:
        began = (numbers.translated if base.is_theirs else numbers.as_here)(base.entries)
    both = {n: entry for n, entry in base.first.items() if n in shared}
    return {n: one for n, one in {**both, **began}.items() if n not in base.doubtful}


def _crossed(one: Copy, other: Copy, numbers: Numbers, now: datetime) -> dict[int, Entry]:
    """Return an earlier state of ours and one of theirs, merged, in our present numbering."""
    base = common_base(one, other)
    ours = numbers.as_here(one.entries)
    merge = _Merge(ours, numbers.translated(other.entries), now)
    return merged_entries(ours, merge.changes(_began(base, numbers, merge.shared, now)))


# --- the fate of each entry -------------------------------------------------------------------------------


class _Merge:
    """Goes through the entries and collects what both copies changed otherwise."""

    def __init__(
        self,
        ours: Entries,
        theirs: Entries,
        now: datetime,
        prefer: Prefer | None = None,
    ) -> None:
        self.ours = ours
        self.theirs = theirs
        self.shared = ours.keys() & theirs.keys()
        self.clashes: list[Clash] = []
        self._now = now
        self._takes_theirs = prefer == "theirs"

    def changes(self, began: Entries) -> list[Change]:
        """Return what becomes of ours, by what the entries of both began with."""
        ids = sorted({*self.ours, *self.theirs, *began})
        steps = (
            Change(n, ours := self.ours.get(n), self._after(ours, self.theirs.get(n), began.get(n)))
            for n in ids
        )
        return [step for step in steps if step.before != step.after]

    def _after(self, ours: Entry | None, theirs: Entry | None, base: Entry | None) -> Entry | None:
        if ours is not None and theirs is not None:
            return self._both(ours, theirs, base)
        if base is None:
            return ours or theirs
        if ours is not None:
            return self._removed(ours, base, is_theirs=False)
        return None if theirs is None else self._removed(theirs, base, is_theirs=True)

    def _both(self, ours: Entry, theirs: Entry, base: Entry | None) -> Entry:
        if base is None:
            return self._without_base(ours, theirs)
        if _is_unchanged(base, theirs):
            return ours
        if _is_unchanged(base, ours):
            return theirs
        applied = Difference.between(base, theirs).apply(ours, overwrite=self._takes_theirs)
        self.clashes += [
            Clash(one.id, one.field, one.base, one.present, one.wanted) for one in applied.conflicts
        ]
        return self._stamped(ours, theirs, applied.entry)

    def _without_base(self, ours: Entry, theirs: Entry) -> Entry:
        difference = Difference.between(ours, theirs)
        self.clashes += [
            Clash(ours.known_id, name, None, value, difference.new[name])
            for name, value in difference.old.items()
        ]
        return theirs if self._takes_theirs and difference.old else ours

    def _stamped(self, ours: Entry, theirs: Entry, entry: Entry) -> Entry:
        """Give a merged entry the time of that copy whose state it has; what is neither's was changed just now."""
        if _is_unchanged(ours, entry):
            return ours
        if _is_unchanged(theirs, entry):
            return theirs
        return replace(admit(entry)[0], modified=self._now)

    def _removed(self, kept: Entry, base: Entry, *, is_theirs: bool) -> Entry | None:
        """Decide on an entry that one copy removed; `is_theirs` says that the other one is theirs."""
        if _is_unchanged(base, kept):
            return None
        changed = f"changed: {', '.join(changed_parts(Difference.between(base, kept)))}"
        sides = ("removed", changed) if is_theirs else (changed, "removed")
        self.clashes.append(Clash(kept.known_id, "entry", "there", *sides))
        return kept if is_theirs == self._takes_theirs else None


def _is_unchanged(before: Entry, after: Entry) -> bool:
    return not Difference.between(before, after).old
