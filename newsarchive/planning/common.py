"""Find where two copies of an archive parted: the newest revision that both come from.

Records of operations keep the digests of the revisions that they made and were made on, so where both histories
are known there is no doubt. Of a copy that comes alone only its entries are known: each state in which the copy
has an entry tells which of our operations on it the copy has seen, and which it has not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from newsarchive.entry import Entry
from newsarchive.planning.parting import Base, Copy, Entries, at, earlier, held, newest_within, states_back
from newsarchive.planning.sameness import is_same_story


def common_base(ours: Copy, theirs: Copy) -> Base | None:
    """Return what both come from; None when that cannot be told."""
    if theirs.name in held(ours, 0):
        return Base(theirs.entries, is_theirs=True)
    here = newest_within(ours, held(theirs, 0))
    there = newest_within(theirs, held(ours, 0))
    if here is None and there is None:
        return _by_entries(ours, theirs)
    if here is not None and (there is None or theirs.names[there] in held(ours, here)):
        entries, first = at(ours, here)
        return Base(entries, first=first)
    assert there is not None
    _, first = at(ours, len(ours.records))
    entries, _ = at(theirs, there)
    if here is None or ours.names[here] in held(theirs, there):
        return Base(entries, is_theirs=True, first=first)
    crossed = earlier(ours, here), earlier(theirs, there)
    return Base(entries, is_theirs=True, crossed=crossed, first=first)


def may_come_from(entries: Entries, theirs: Copy) -> bool:
    """Whether a copy may be a later state of `entries`, such as those of a previous revision.

    It is none when it has an entry as it was before, or one that was given anew.
    """
    known = 0
    for entry_id, entry in entries.items():
        other = theirs.entries.get(entry_id)
        if other is None:
            if theirs.next_id <= entry_id:
                return False
            continue
        is_same = other.added == entry.added
        is_older = bool(other.modified and entry.modified and other.modified < entry.modified)
        if not is_same or is_older or (other.modified == entry.modified and other != entry):
            return False
        known += 1
    return known > 0


def unsure(entries: Entries, theirs: Copy) -> frozenset[int]:
    """Return which entries of a revision the copy may have as they were before it, with changes of its own.

    That of an entry is certain where the copy has it as it is in the revision, or where it had only been added.
    """
    return frozenset(
        number
        for number, entry in entries.items()
        if entry.modified != entry.added
        and (other := theirs.entries.get(number)) is not None
        and other != entry
    )


# --- by entries -------------------------------------------------------------------------------------------


class _Versions(NamedTuple):
    """The states that an entry has had here, the newest first, and the places of the operations between."""

    states: list[Entry | None]
    places: list[int]


def _by_entries(ours: Copy, theirs: Copy) -> Base | None:
    if ours.committed is None:
        return None
    versions = _versions(ours)
    if any(record.merged for record in ours.records):
        return _entry_by_entry(ours, theirs, versions)
    newest, oldest = 0, len(ours.records)
    for entry_id, (states, places) in versions.items():
        other = theirs.entries.get(entry_id)
        if other is None:
            if theirs.next_id <= entry_id and states[-1] is None:
                newest = max(newest, places[-1] + 1)  # it was never given there
            continue
        same = [n for n, state in enumerate(states) if state == other]
        if same:
            newest = max([newest, *(place + 1 for place in places[: same[0]])])
            oldest = min([oldest, *places[same[-1] :]])
        elif states[-1] is None and any(state and is_same_story(state, other) for state in states):
            oldest = min(oldest, places[-1])  # it was added here, and came there from here
    if newest > oldest:
        return None
    entries, first = at(ours, oldest)
    if oldest == len(ours.records) and not may_come_from(entries, theirs):
        return None
    between = frozenset(change.id for record in ours.records[newest:oldest] for change in record.changes)
    before = unsure(entries, theirs) if oldest == len(ours.records) else frozenset()
    return Base(entries, doubtful=between | before, first=first, is_guess=True)


def _entry_by_entry(ours: Copy, theirs: Copy, versions: Mapping[int, _Versions]) -> Base:
    """Return what the copy has of ours where no one revision is what both come from: each took in some of the other.

    Of an entry that has had several states here, and is in none of them there, it cannot be told.
    """
    known: dict[int, Entry] = {}
    doubtful = set()
    for number, other in theirs.entries.items():
        states = [state for state in versions[number].states if state] if number in versions else []
        states = states or [one for one in (ours.entries.get(number),) if one]
        if not any(is_same_story(state, other) for state in states):
            continue
        if other in states or len(states) == 1:
            known[number] = other if other in states else states[0]
        else:
            doubtful.add(number)
    return Base(known, doubtful=frozenset(doubtful), is_guess=True)


def _versions(copy: Copy) -> Mapping[int, _Versions]:
    versions: defaultdict[int, _Versions] = defaultdict(lambda: _Versions([], []))
    going_back = states_back(copy)
    state, _ = next(going_back)
    for place, record in enumerate(copy.records):
        ids = dict.fromkeys(change.id for change in record.changes)
        for entry_id in ids:
            if not versions[entry_id].states:
                versions[entry_id].states.append(state.get(entry_id))
        if next(going_back, None) is None:
            break
        for entry_id in ids:
            versions[entry_id].states.append(state.get(entry_id))
            versions[entry_id].places.append(place)
    return {entry_id: found for entry_id, found in versions.items() if found.places}
