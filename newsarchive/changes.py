"""A write is a list of changes: what an entry was before, and what it is after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from newsarchive.entry import Entry, same_value, stored_form


class Change(NamedTuple):
    """One entry's way from `before` to `after`.

    Adding is None → entry, removing is entry → None. `id` is None only for an added entry that the archive
    has yet to number.
    """

    id: int | None
    before: Entry | None
    after: Entry | None

    @property
    def kind(self) -> str:
        """Say `add`, `remove` or `change`."""
        if self.before is None:
            return "add"
        return "remove" if self.after is None else "change"

    @property
    def is_real(self) -> bool:
        """Whether it changes something."""
        return self.before is None or self.before != self.after


class Operation(NamedTuple):
    """A commit that is recorded: one command line, any number of changes.

    `number` is the archive's revision that it made. `undoes` names the operations it took back, and `partly`
    those among them of which it left some. `merged` names the revisions of a copy that it took in.
    """

    number: int
    time: datetime
    command: str
    user: str
    changes: Sequence[Change]
    undoes: tuple[int, ...] = ()
    partly: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


class Merged(NamedTuple):
    """The copy that a commit takes in: the names of its revisions, and the id below which all were given in it."""

    names: tuple[str, ...]
    next_id: int


class Intent(NamedTuple):
    """What a commit is to do as one operation, with what it takes back or takes in; see `Operation`."""

    changes: Sequence[Change]
    undoes: Sequence[int] = ()
    partly: Sequence[int] = ()
    merges: Merged | None = None

    @property
    def gives_back(self) -> bool:
        """Whether entries may come back that were here before, with the ids that they had."""
        return bool(self.undoes) or self.merges is not None

    @property
    def is_worth_writing(self) -> bool:
        """Whether there is something to save; of a merge also that a copy was looked at, and nothing taken."""
        return any(change.is_real for change in self.changes) or (
            self.merges is not None and bool(self.merges.names)
        )

    @property
    def real_changes(self) -> list[Change]:
        """The changes that change something."""
        return [change for change in self.changes if change.is_real]


def adding(entry: Entry, now: datetime) -> Change:
    """Return the change that adds `entry`, stamped with the present time unless it brings its own."""
    stamped = replace(entry, added=entry.added or now, modified=entry.modified or now)
    return Change(entry.id, None, stamped)


def changing(before: Entry, after: Entry, now: datetime) -> Change | None:
    """Return the change from `before` to `after`, or None when nothing but its time would change."""
    if same_but_for_time(before, after):
        return None
    return Change(before.id, before, replace(after, modified=now))


def same_but_for_time(before: Entry, after: Entry) -> bool:
    """Whether nothing but the time of its last change tells an entry from what it was."""
    same_time = after if after.modified == before.modified else replace(after, modified=before.modified)
    return same_time == before


def removing(entry: Entry) -> Change:
    """Return the change that removes `entry`."""
    return Change(entry.id, entry, None)


def changed_fields(before: Entry, after: Entry) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name, the old and the new JSON value of each field that differs."""
    old, new = stored_form(before), stored_form(after)
    for name, value in old.items():
        if getattr(before, name) is not getattr(after, name) and not same_value(value, new[name]):
            yield name, value, new[name]


def planned(changes: Sequence[Change | None]) -> list[Change]:
    """Leave out what would not change anything."""
    return [change for change in changes if change is not None]


def by_id(entries: Sequence[Entry]) -> Mapping[int, Entry]:
    """Index stored entries by id."""
    return {entry.known_id: entry for entry in entries}
