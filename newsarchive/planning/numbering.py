"""Tell which entries of another copy of an archive are which of ours, and what ids those get that are new here.

An entry is the same in both copies when it has one id and the instant it was added. Where both gave one id to
different entries, theirs gets a new one and keeps the old one among `former_ids` in `extra`, by which it is known
again in later merges, whichever copy is merged into the other. Entries that either copy has removed since are known
by their ids, too: an id that was given once stands for no other entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from newsarchive.entry import Entry, Relation
from newsarchive.planning.parting import Base, Copy, Entries
from newsarchive.planning.sameness import are_different, share_text

FORMER: Final = "former_ids"

_Key: TypeAlias = tuple[int, datetime | None]
"""An id that an entry has, or had in some copy, with the instant at which it was added."""


class Numbers:
    """Our ids of the entries of another copy."""

    def __init__(self, ours: Copy, theirs: Copy, base: Base | None) -> None:
        self._live = ours.entries
        self._base = base
        gone = base.entries if base is not None and not base.is_theirs else {}
        self._here = {**ours.removed, **gone, **ours.entries}
        self._known: defaultdict[_Key, list[Entry]] = defaultdict(list)
        for entry in self._here.values():
            for key in _former_keys(entry):
                self._known[key].append(entry)
        there = [*_in_order(theirs.entries), *_in_order(theirs.removed)]
        self._ids_there = {entry.known_id for entry in there}
        self._moved: defaultdict[_Key, list[_Key]] = defaultdict(list)
        for entry in there:
            for key in _former_keys(entry):
                self._moved[key].append(_key(entry))
        self._ids: dict[_Key, int] = {}
        self._taken: set[int] = set()
        self._match(there)
        self.renumbered: dict[int, int] = {}
        """Our ids of their entries, by their own, where the two differ."""
        self.next_id = max(ours.next_id, theirs.next_id)
        self._number(_in_order(theirs.entries), ours.next_id)
        self._former = {**self._all_former(there), **{n: _former(entry) for n, entry in self._live.items()}}
        self._lost = {entry.known_id for entry in there if _key(entry) not in self._ids}
        self._by_id = {
            entry.known_id: self._ids[_key(entry)] for entry in reversed(there) if _key(entry) in self._ids
        }

    def _match(self, there: Sequence[Entry]) -> None:
        """Find theirs among ours: those first of which a text tells the story.

        An id in theirs that another one of that instant had elsewhere tells nothing without a text, unless it is
        known which of ours that other one is.
        """
        for find, are_same in (
            (self._renumbered, self._share_text),
            (self._of_same_id, self._share_text),
            (self._renumbered, lambda *_: True),
            (self._of_same_id, self._began_as_one),
        ):
            for entry in there:
                if _key(entry) not in self._ids:
                    self._match_one(entry, find, are_same)

    def _match_one(
        self, entry: Entry, find: Callable[[Entry], Iterator[Entry]], are_same: Callable[[Entry, Entry], bool]
    ) -> None:
        for other in find(entry):
            if other.known_id not in self._taken and are_same(other, entry):
                self._ids[_key(entry)] = other.known_id
                self._taken.add(other.known_id)
                return

    def _renumbered(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entries of ours that one of theirs became in a merge, or was before one."""
        yield from self._known.get(_key(entry), ())
        for key in _former_keys(entry):
            if (other := self._here.get(key[0])) is not None and _key(other) == key:
                yield other
            yield from self._known.get(key, ())

    def _of_same_id(self, entry: Entry) -> Iterator[Entry]:
        other = self._here.get(entry.known_id)
        if other is not None and _key(other) == _key(entry):
            yield other

    def _share_text(self, ours: Entry, theirs: Entry) -> bool:
        """Whether two entries have a text in common, now or when ours was added: two may be added in one second."""
        first = self._base.first.get(ours.known_id, ours) if self._base else ours
        return share_text(ours, theirs) or share_text(first, theirs)

    def _began_as_one(self, ours: Entry, theirs: Entry) -> bool:
        is_guess = self._base is None or self._base.is_guess
        may_be_another = any(key not in self._ids for key in self._moved.get(_key(theirs), ()))
        if may_be_another or (is_guess and are_different(ours, theirs)):
            return False
        if self._base is None:
            return True
        began = self._base.entries.get(theirs.known_id)
        return began is not None and _key(began) == _key(theirs)

    def _number(self, theirs: Sequence[Entry], next_id: int) -> None:
        """Give ids to those that are new here: their own unless that was given here; without a base who knows."""
        for entry in theirs:
            number = self._ids.get(_key(entry))
            if number is None:
                is_free = entry.known_id not in self._here and (
                    entry.known_id >= next_id or self._base is None
                )
                number = entry.known_id if is_free else self.next_id
                self._ids[_key(entry)] = number
                self.next_id = max(self.next_id, number + 1)
            if number != entry.known_id:
                self.renumbered[entry.known_id] = number

    def _all_former(self, there: Sequence[Entry]) -> dict[int, list[int]]:
        """Return the ids that entries of theirs had in other copies, by their ids here."""
        former: dict[int, list[int]] = {}
        for entry in there:
            if (number := self._ids.get(_key(entry))) is not None:
                before = _former(self._here[number]) if number in self._here else []
                ids = dict.fromkeys([*before, *_former(entry), entry.known_id])
                former[number] = [one for one in ids if one != number]
        return former

    # --- in our numbering ---------------------------------------------------------------------------------

    def translated(self, theirs: Entries) -> dict[int, Entry]:
        """Return entries of theirs, as they are or were, that are known here or new."""
        known = [(self._ids[_key(entry)], entry) for entry in theirs.values() if _key(entry) in self._ids]
        return {number: self._numbered(entry, number, self._translated(entry)) for number, entry in known}

    def _translated(self, entry: Entry) -> tuple[Relation, ...]:
        """Return relations to the entries that they mean; one to what was only ever there means none here."""
        return tuple(
            Relation(one.kind, self._by_id.get(one.id, one.id))
            for one in entry.relations
            if one.id not in self._lost or one.id not in self._here
        )

    def as_here(self, ours: Entries) -> dict[int, Entry]:
        """Return entries of an earlier state of ours, as far as theirs can have had it, with their former ids.

        A relation to what was only ever here, and has the id of another one there, never came there.
        """
        return {
            number: self._numbered(
                entry,
                number,
                tuple(
                    one for one in entry.relations if one.id in self._taken or one.id not in self._ids_there
                ),
            )
            for number, entry in ours.items()
        }

    def _numbered(self, entry: Entry, number: int, relations: tuple[Relation, ...]) -> Entry:
        former = self._former.get(number, [])
        extra = dict(entry.extra)
        if former:
            extra[FORMER] = former
        elif _former(entry):
            del extra[FORMER]
        if (number, relations, extra) == (entry.id, entry.relations, entry.extra):
            return entry
        return replace(entry, id=number, relations=relations, extra=extra)


def _in_order(entries: Entries) -> list[Entry]:
    return [entry for _, entry in sorted(entries.items())]


def _key(entry: Entry) -> _Key:
    return entry.known_id, entry.added


def _former_keys(entry: Entry) -> list[_Key]:
    return [(former, entry.added) for former in _former(entry)]


def _former(entry: Entry) -> list[int]:
    former = entry.extra.get(FORMER)
    return [one for one in former if type(one) is int] if isinstance(former, list) else []
