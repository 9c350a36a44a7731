"""Plan how entries are related: ties that both of them have, and that go when one of them goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from newsarchive.changes import Change, changing, planned, removing, same_but_for_time
from newsarchive.entry import MUTUAL, REPLACES, Entry, Relation
from newsarchive.errors import BadValueError

Related = Mapping[int, Sequence[Relation]]
"""The relations of the entries that have any, by id."""


class Tie(NamedTuple):
    """Two related entries, the one with the lower id first where both say so: `is_mutual`."""

    id: int
    kind: str
    other: int
    is_mutual: bool


class Group(NamedTuple):
    """Entries that are all related to each other, and how."""

    kind: str
    entries: Sequence[Entry]


# --- what there is ----------------------------------------------------------------------------------------


def ties(related: Related, kinds: Collection[str]) -> Iterator[Tie]:
    """Yield the relations of these kinds, each once, by the first entry's id."""
    for entry_id in sorted(related):
        for kind, other in related[entry_id]:
            if kind not in kinds:
                continue
            is_mutual = Relation(kind, entry_id) in related.get(other, ())
            if not is_mutual or entry_id < other:
                yield Tie(entry_id, kind, other, is_mutual)


def unrelated(group: Group, related: Related) -> list[tuple[int, int]]:
    """Return the pairs that a translation makes translations of each other and that nobody has related.

    What is a translation of an entry is one of that entry's other translations too.
    """
    ids = {entry.known_id for entry in group.entries}
    family = ids | {
        relation.id for one in ids for relation in related.get(one, ()) if relation.kind == group.kind
    }
    return [
        (one, other)
        for one, other in combinations(sorted(family), 2)
        if not {one, other} <= ids and Relation(group.kind, other) not in related.get(one, ())
    ]


# --- what is to change ------------------------------------------------------------------------------------


def plan_ties(groups: Iterable[Group], now: datetime) -> list[Change]:
    """Plan to relate the entries of each group to each other, on both sides."""
    before: dict[int, Entry] = {}
    added: dict[int, list[Relation]] = {}
    for kind, entries in groups:
        for entry in entries:
            before[entry.known_id] = entry
            others = (other.known_id for other in entries if other.id != entry.id)
            added.setdefault(entry.known_id, []).extend(Relation(kind, other) for other in others)
    return planned(
        [
            changing(entry, replace(entry, relations=(*entry.relations, *added[number])), now)
            for number, entry in before.items()
        ]
    )


def plan_parting(entries: Sequence[Entry], kinds: Collection[str], now: datetime) -> list[Change]:
    """Plan to take away the relations of these kinds that the entries have to each other."""
    ids = {entry.known_id for entry in entries}
    return planned([changing(entry, _without(entry, ids, kinds), now) for entry in entries])


def plan_removal(entries: Sequence[Entry], tied: Iterable[Entry], now: datetime) -> list[Change]:
    """Plan to remove entries; `tied` are those that stay and are related to one of them, which they are then not."""
    return letting_go(list(map(removing, entries)), lambda _: tied, now)


def letting_go(
    changes: Sequence[Change], tied_to: Callable[[Collection[int]], Iterable[Entry]], now: datetime
) -> list[Change]:
    """Add to changes that those which stay lose their relations to those which go.

    `tied_to` gives the entries that are related to some of these ids.
    """
    gone = {change.id for change in changes if change.id is not None and change.after is None}
    if not gone:
        return list(changes)
    met = {change.id for change in changes}
    let_go = (changing(entry, _without(entry, gone), now) for entry in tied_to(gone) if entry.id not in met)
    return [
        *(change._replace(after=change.after and _without(change.after, gone)) for change in changes),
        *planned([*let_go]),
    ]


def check_new_ties(after: Entry, before: Entry, is_there: Callable[[int], bool]) -> None:
    """Refuse ties that an entry did not have before and that lead to nothing. Raises BadValueError."""
    for kind, other in after.relations:
        if kind not in MUTUAL or Relation(kind, other) in before.relations:
            continue
        if other == before.id:
            raise BadValueError("relations", f"{kind} {other} is the entry itself")
        if not is_there(other):
            raise BadValueError("relations", f"there is no entry {other} for {kind}")


def on_both_sides(
    changes: Sequence[Change], entry_of: Callable[[int], Entry | None], now: datetime
) -> list[Change]:
    """Add to changes that the ties which they bring or take come to, or go from, the other entry as well.

    This is for what was written into one of the two; an entry that is new is left as it comes. `entry_of` gives
    the entries as they are.
    """
    changed = [*_changed_ties(change for change in changes if change.before is not None)]
    if not changed:
        return list(changes)
    known = {change.id: change for change in changes if change.id is not None}
    after = {number: change.after for number, change in known.items()}
    for number, tie in changed:
        entry, other = known[number].after, after[tie.id] if tie.id in after else entry_of(tie.id)
        mirrored = Relation(tie.kind, number)
        if entry is None or other is None or (tie in entry.relations) == (mirrored in other.relations):
            continue
        kept = tuple(one for one in other.relations if one != mirrored)
        brought = (mirrored,) if tie in entry.relations else ()
        after[tie.id] = replace(other, relations=(*kept, *brought))
    also = ((entry_of(number), entry) for number, entry in after.items() if number not in known)
    return [
        *(change if change.id is None else change._replace(after=after[change.id]) for change in changes),
        *planned([changing(before, entry, now) for before, entry in also if before and entry]),
    ]


def keeping_ties_whole(
    changes: Sequence[Change],
    entry_of: Callable[[int], Entry | None],
    tied_to: Callable[[Collection[int]], Iterable[Entry]],
    now: datetime,
    *,
    sides: Sequence[Mapping[int, Entry]] = (),
) -> list[Change]:
    """Add to changes that ties which they bring or take are in both entries, and none leads to what is not there.

    This is for changes put together from those of `sides`, or from others, of which the half that is in one of the
    two entries may be missing. A tie that is left in one of them is kept; one that a side has in one alone stays as
    it is. `entry_of` gives the entries as they are; for `tied_to` see `letting_go`.
    """
    changes = letting_go(changes, tied_to, now)
    known = {change.id: change for change in changes if change.id is not None}
    after = {number: change.after for number, change in known.items()}

    def state(number: int) -> Entry | None:
        return after[number] if number in after else entry_of(number)

    for number, tie in [*_changed_ties(known.values())]:
        entry, other = state(number), state(tie.id)
        mirrored = Relation(tie.kind, number)
        if entry is None or any(_is_half(side, number, tie) for side in sides):
            continue
        if other is None:
            after[number] = _without(entry, {tie.id}, (tie.kind,))
        elif (tie in entry.relations) != (mirrored in other.relations):
            after[number] = replace(entry, relations=(*entry.relations, tie))
            after[tie.id] = replace(other, relations=(*other.relations, mirrored))
    also = ((entry_of(number), entry) for number, entry in after.items() if number not in known)
    whole = (change if change.id is None else change._replace(after=after[change.id]) for change in changes)
    return [
        *(change for change in whole if not _changes_time_alone(change)),
        *planned([changing(before, entry, now) for before, entry in also if before and entry]),
    ]


def _is_half(entries: Mapping[int, Entry], number: int, tie: Relation) -> bool:
    """Whether only one of two entries has a tie, or the other one is not there."""
    mirrored = Relation(tie.kind, number)
    halves = ((number, tie), (tie.id, mirrored))
    return sum(one in entries[of].relations for of, one in halves if of in entries) == 1


def _changes_time_alone(change: Change) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and same_but_for_time(before, after)


def _changed_ties(changes: Iterable[Change]) -> Iterator[tuple[int, Relation]]:
    """Yield the ties that changes bring or take, with the entry that they bring them to."""
    for change in changes:
        old, new = (entry.relations if entry else () for entry in (change.before, change.after))
        for one in (*old, *new):
            if change.id is not None and one.kind in MUTUAL and (one in old) != (one in new):
                yield change.id, one


def _without(entry: Entry, ids: Collection[int], kinds: Collection[str] = ()) -> Entry:
    """Return the entry without relations to these ids, of these kinds or of all that lead to an entry."""
    kept = tuple(
        one
        for one in entry.relations
        if one.id not in ids or (one.kind not in kinds if kinds else one.kind == REPLACES)
    )
    return replace(entry, relations=kept)
