"""Plan how to merge another copy of an archive: what changed in each since they parted, carried over.

An entry is the same in both copies when it has one id and the instant it was added. Where both gave one id to
different entries, theirs gets a new one and keeps the old one among `former_ids` in `extra`, by which it is known
again in later merges, whichever copy is merged into the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from newsarchive.changes import Change
from newsarchive.differences import Difference, changed_parts
from newsarchive.entry import Entry, Relation, entry_from
from newsarchive.intake import admit
from newsarchive.planning.parting import Base, Copy, Entries, common_base

FORMER: Final = "former_ids"
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
    ours: Copy,
    theirs: Copy,
    base: Base | None,
    *,
    prefer: Prefer | None = None,
    removed: Entries | None = None,
) -> MergePlan:
    """Plan to bring what changed in `theirs` since `base` into `ours`.

    Fields in conflict keep our value unless theirs are preferred. Without a base every field that differs is a
    conflict, and nothing is removed. `removed` are entries that were removed here, by the ids that they had.
    """
    numbers = _Numbers(ours, theirs, base, removed or {})
    plan = _Merge(ours.entries, numbers.translated(theirs.entries), base is not None, prefer)
    began = _began(base, numbers)
    changes = [
        change
        for entry_id in sorted({*ours.entries, *plan.theirs, *began})
        if (change := plan.step(entry_id, began.get(entry_id))) is not None
    ]
    added = {change.id for change in changes if change.before is None}
    renumbered = {theirs: number for theirs, number in numbers.renumbered.items() if number in added}
    return MergePlan(tuple(changes), tuple(plan.clashes), renumbered, numbers.next_id)


def merged_entries(ours: Entries, plan: MergePlan) -> dict[int, Entry]:
    """Return the entries of ours with the changes of a plan."""
    entries = dict(ours)
    for change in plan.changes:
        assert change.id is not None
        if change.after is None:
            del entries[change.id]
        else:
            entries[change.id] = change.after
    return entries


def _began(base: Base | None, numbers: _Numbers) -> dict[int, Entry]:
    """Return what the entries of both copies began with, in our numbering."""
    if base is None:
        return {}
    if base.crossed is not None:
        one, other = base.crossed
        plan = plan_merge(one, other, common_base(one, other))
        began = numbers.as_here(merged_entries(one.entries, plan))
    else:
        began = numbers.translated(base.entries) if base.is_theirs else dict(base.entries)
    both = {n: entry for n, entry in base.first.items() if n in numbers.shared}
    return {n: one for n, one in {**both, **began}.items() if n not in base.doubtful}


# --- which entries are the same ---------------------------------------------------------------------------


class _Numbers:
    """Knows our ids of their entries, and gives new ones where both copies gave one id to different entries."""

    def __init__(self, ours: Copy, theirs: Copy, base: Base | None, removed: Entries) -> None:
        self._ours = ours
        self._base = base
        self._removed = removed
        self._ids: dict[tuple[int, datetime | None], int] = {}
        self._known: defaultdict[tuple[int, datetime | None], list[Entry]] = defaultdict(list)
        # What was removed here since they parted is known by its id, too: it stays removed.
        gone = base.entries if base is not None and not base.is_theirs else {}
        self._here = {**gone, **ours.entries}
        self._moved = set(_moved(theirs))
        for entry in self._here.values():
            for former in _former(entry):
                self._known[former, entry.added].append(entry)
        self.shared: set[int] = set()
        """Our ids of the entries that are in both."""
        self.renumbered: dict[int, int] = {}
        self.next_id = max(ours.next_id, theirs.next_id)
        entries = [entry for _, entry in sorted(theirs.entries.items())]
        for find in (self._renumbered, self._of_same_id):
            for entry in entries:
                if _key(entry) not in self._ids:
                    self._match(entry, find(entry))
        for entry in entries:
            if _key(entry) not in self._ids:
                self._number(entry)
        self._by_id = {entry.known_id: self.id_of(entry) for entry in entries}

    def _match(self, entry: Entry, candidates: Iterable[Entry]) -> None:
        for other in candidates:
            if other.known_id not in self.shared:
                self._ids[_key(entry)] = other.known_id
                self.shared.add(other.known_id)
                return

    def _renumbered(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entries of ours that one of theirs became in a merge, or was before one."""
        yield from self._known.get(_key(entry), ())
        for former in _former(entry):
            if (other := self._here.get(former)) is not None and other.added == entry.added:
                yield other
            yield from self._known.get((former, entry.added), ())

    def _of_same_id(self, entry: Entry) -> Iterator[Entry]:
        other = self._here.get(entry.known_id)
        if other is None or other.added != entry.added or _key(entry) in self._moved:
            return
        if self._is_in_base(entry) or self._are_same(other, entry):
            yield other

    def _is_in_base(self, entry: Entry) -> bool:
        began = self._base.entries.get(entry.known_id) if self._base else None
        if self._base is not None and not self._base.is_theirs and _key(entry) in self._moved:
            return False
        return began is not None and began.added == entry.added

    def _are_same(self, ours: Entry, theirs: Entry) -> bool:
        """Whether entries of one id and instant are one: two may have been added in one second."""
        if self._base is None:
            return True
        first = self._base.first.get(ours.known_id, ours)
        return _share_text(ours, theirs) or _share_text(first, theirs)

    def _number(self, entry: Entry) -> None:
        number = entry.known_id
        if not self._is_free(entry):
            number = self.next_id
            self.renumbered[entry.known_id] = number
        self.next_id = max(self.next_id, number + 1)
        self._ids[_key(entry)] = number

    def _is_free(self, entry: Entry) -> bool:
        """Whether an entry that is not here can have its id: it is new here, too, or was this very entry's."""
        number = entry.known_id
        if number in self._ours.entries:
            return False
        if number >= self._ours.next_id or self._is_in_base(entry):
            return True
        removed = self._removed.get(number)
        if removed is None:
            return self._base is None
        return removed.added == entry.added and _key(entry) not in self._moved and _share_text(removed, entry)

    def id_of(self, entry: Entry) -> int:
        """Return our id of one of their entries."""
        return self._ids.get(_key(entry), entry.known_id)

    def translated(self, theirs: Entries) -> dict[int, Entry]:
        """Return their entries in our numbering."""
        return {self.id_of(entry): self._translated(entry) for entry in theirs.values()}

    def as_here(self, entries: Entries) -> dict[int, Entry]:
        """Return entries of an earlier state of ours, of which those from the other copy may have new ids."""
        found = {}
        for entry in entries.values():
            same = next(self._renumbered(entry), entry) if _former(entry) else entry
            extra = {name: value for name, value in entry.extra.items() if name != FORMER}
            extra |= {FORMER: same.extra[FORMER]} if FORMER in same.extra else {}
            found[same.known_id] = replace(entry, id=same.known_id, extra=extra)
        return found

    def _translated(self, entry: Entry) -> Entry:
        number = self.id_of(entry)
        relations = tuple(Relation(one.kind, self._by_id.get(one.id, one.id)) for one in entry.relations)
        ours = self._ours.entries.get(number)
        former = [*_former(ours)] if ours is not None else [*_former(entry)]
        if ours is None and number != entry.id:
            former.append(entry.known_id)
        extra = {name: value for name, value in entry.extra.items() if name != FORMER}
        if former:
            extra[FORMER] = former
        if (number, relations, extra) == (entry.id, entry.relations, entry.extra):
            return entry
        return replace(entry, id=number, relations=relations, extra=extra)


def _moved(copy: Copy) -> Iterator[tuple[int, datetime | None]]:
    """Yield the ids in other copies, with the instants, of entries that have, or had, another one in this."""
    for entry in copy.entries.values():
        yield from ((former, entry.added) for former in _former(entry))
    for record in copy.records:
        for change in record.changes if record.merged else ():
            if change.kind == "add" and FORMER in change.after.get("extra", {}):
                entry = entry_from(change.after, change.id)
                yield from ((former, entry.added) for former in _former(entry))


def _key(entry: Entry) -> tuple[int, datetime | None]:
    return entry.known_id, entry.added


def _former(entry: Entry) -> Collection[int]:
    former = entry.extra.get(FORMER)
    return [one for one in former if type(one) is int] if isinstance(former, list) else []


def _share_text(one: Entry, other: Entry) -> bool:
    """Whether two entries have a text in common that tells a story."""
    return any(
        getattr(one, name) == getattr(other, name) is not None for name in ("title", "url", "summary", "body")
    )


# --- the fate of each entry -------------------------------------------------------------------------------


class _Merge:
    """Goes through the entries and collects what both copies changed otherwise."""

    def __init__(self, ours: Entries, theirs: Entries, has_base: bool, prefer: Prefer | None) -> None:  # noqa: FBT001
        self.ours = ours
        self.theirs = theirs
        self.clashes: list[Clash] = []
        self._has_base = has_base
        self._takes_theirs = prefer == "theirs"

    def step(self, entry_id: int, base: Entry | None) -> Change | None:
        """Return what becomes of one entry; None when it stays as it is."""
        ours, theirs = self.ours.get(entry_id), self.theirs.get(entry_id)
        after = self._after(ours, theirs, base)
        return None if after == ours else Change(entry_id, ours, after)

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
        """Give a merged entry the time of the last change to it, in whichever copy that was."""
        if _is_unchanged(ours, entry):
            return ours
        if _is_unchanged(theirs, entry):
            return theirs
        times = [time for time in (ours.modified, theirs.modified) if time is not None]
        return replace(admit(entry)[0], modified=max(times, default=None))

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
