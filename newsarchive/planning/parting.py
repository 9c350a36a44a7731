"""What two copies of an archive know of each other: their revisions by name, and the states that led to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from newsarchive.entry import Entry, with_fields
from newsarchive.planning.undoing import undone_operations
from newsarchive.store.record import Record

Entries = Mapping[int, Entry]


def revision_name(number: int, digest: str | None, mark: str = "") -> str:
    """Name a revision by its number and the digest of its entries; empty for one whose digest is not known.

    Both are needed: taking an operation back makes the entries of an earlier revision again. Where the operation
    that made it is known, its mark tells it from a revision of another copy that came to the same otherwise.
    """
    return f"{number}:{digest}{mark and f':{mark}'}" if digest else ""


class _Names:
    """Names of revisions; a name without a mark is that of any with its number and digest."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name for name in names if name}
        self._short = {_short(name) for name in self._names}

    def __contains__(self, name: str) -> bool:
        return name in self._names or (_short(name) in (self._short if name == _short(name) else self._names))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


def _short(name: str) -> str:
    """Return a name without its mark."""
    return ":".join(name.split(":")[:2])


class Copy(NamedTuple):
    """One side of a merge: its entries, and the operations that led to them as far as they are known.

    `number` and `digest` are those of the last commit, and `committed` its entries: None where the file was
    edited by hand since and they cannot be told. `content` is the digest of the entries as they are. `records`
    are the newest first. Every id below `next_id` was given.
    """

    entries: Entries
    number: int
    digest: str
    next_id: int
    records: Sequence[Record] = ()
    committed: Entries | None = None
    content: str = ""

    @property
    def name(self) -> str:
        """The name of the revision as it is, edits by hand included."""
        return self.names[0] if self.content == self.digest else revision_name(self.number, self.content)

    @property
    def names(self) -> list[str]:
        """The names of the revisions that are known, the newest first."""
        if not self.records:
            return [revision_name(self.number, self.digest)]
        marks = [revision_name(record.number, record.digest, record.mark) for record in self.records]
        newest = revision_name(self.number, self.digest, self.records[0].mark)
        return [newest, *marks[1:], revision_name(self.records[-1].number - 1, self.records[-1].base)]

    def comes_from(self, name: str) -> bool:
        """Whether a revision is among those that are known."""
        return name in _Names(self.names)

    def tied_to(self, ids: Collection[int]) -> list[Entry]:
        """Return the entries that are related to some of these."""
        return [entry for entry in self.entries.values() if any(one.id in ids for one in entry.relations)]

    @property
    def removed(self) -> dict[int, Entry]:
        """The entries that were removed here, as they were when that was done last, by their ids."""
        removed: dict[int, Entry] = {}
        for record in self.records:
            for change in record.changes if record.removes else ():
                if change.kind == "remove":
                    removed.setdefault(change.id, change.removed_entry)
        return removed


class Base(NamedTuple):
    """What two copies have in common.

    `entries` is a state of ours, or with `is_theirs` of theirs. Where each has taken in another state of the
    other, what they have in common is both states, `crossed`, merged. Of entries with the ids `doubtful` it
    cannot be told. `first` holds entries that were added here since, as they were then. `is_guess` says that the
    entries alone tell.
    """

    entries: Entries
    is_theirs: bool = False
    crossed: tuple[Copy, Copy] | None = None
    doubtful: frozenset[int] = frozenset()
    first: Entries = MappingProxyType({})
    is_guess: bool = False


def are_relatives(ours: Copy, theirs: Copy, *others: Entries) -> bool:
    """Whether two files can be copies of one archive: they have an entry, or a revision, in common."""
    known = {(entry.id, entry.added) for entries in (ours.entries, *others) for entry in entries.values()}
    if any((entry.id, entry.added) in known for entry in theirs.entries.values()):
        return True
    names = _Names(ours.names)
    return any(name in names for name in theirs.names if name)


# --- by digests -------------------------------------------------------------------------------------------


def held(copy: Copy, place: int) -> _Names:
    """Return the names of all revisions that a state of a copy comes from, those merged into it included."""
    undone = undone_operations(copy.records)
    merged = (record.merged for record in copy.records[place:] if record.number not in undone)
    return _Names((*copy.names[place:], *chain(*merged)))


def new_names(ours: Copy, theirs: Copy) -> tuple[str, ...]:
    """Return the names of the revisions in `theirs` that ours knew nothing of."""
    known = held(ours, 0)
    return tuple(sorted(name for name in {theirs.name, *held(theirs, 0)} if name not in known))


def newest_within(copy: Copy, names: _Names) -> int | None:
    """Return how many operations to go back to a revision that is among those named."""
    if copy.committed is None:
        return None
    return next((place for place, name in enumerate(copy.names) if name in names), None)


def earlier(copy: Copy, place: int) -> Copy:
    """Return a copy as it was some operations ago."""
    entries, _ = at(copy, place)
    digest = copy.names[place].split(":")[1]
    return Copy(entries, copy.number - place, digest, copy.next_id, copy.records[place:], entries, digest)


# --- going back -------------------------------------------------------------------------------------------


def states_back(copy: Copy) -> Iterator[tuple[Entries, Mapping[int, Entry]]]:
    """Yield the entries of a copy, and before each operation in turn; with those added since, as they were then.

    It is one mapping that changes. It ends where the history does not fit the entries.
    """
    state = dict(copy.committed or {})
    first: dict[int, Entry] = {}
    yield state, first
    for record in copy.records:
        if not _undo(record, state, first):
            return
        yield state, first


def _undo(record: Record, state: dict[int, Entry], first: dict[int, Entry]) -> bool:
    """Take an operation back in `state`; return whether that was possible."""
    for change in reversed(record.changes):
        present = state.pop(change.id, None)
        if change.kind == "remove":
            state[change.id] = change.removed_entry
        elif present is None:
            return False
        elif change.kind == "add":
            first[change.id] = present
        else:
            state[change.id] = with_fields(present, change.before)
    return True


def at(copy: Copy, place: int) -> tuple[Entries, Entries]:
    """Return the entries some operations ago, and those added since, as they were then."""
    return [*islice(states_back(copy), place + 1)][-1]
