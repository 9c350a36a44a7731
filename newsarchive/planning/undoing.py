"""Plan how to take operations back: their changes, swapped, on top of what came after them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from newsarchive.changes import Change
from newsarchive.differences import SETS, Conflict, Difference, changed_parts, short
from newsarchive.entry import Entry, entry_from
from newsarchive.errors import NothingToUndoError, UndoConflictError, join_some
from newsarchive.planning.timing import timed
from newsarchive.store.record import Record, RecordedChange

Interval = tuple[int | None, int | None]


class Wanted(NamedTuple):
    """Which operations to take back: by their numbers, or all since an instant; the newest one without either."""

    numbers: Sequence[Interval] = ()
    since: datetime | None = None

    @property
    def is_newest(self) -> bool:
        """Whether the newest operation alone is wanted."""
        return not self.numbers and self.since is None

    @property
    def named(self) -> frozenset[int]:
        """The operations that were asked for one by one."""
        return frozenset(low for low, high in self.numbers if low is not None and low == high)

    def has(self, number: int) -> bool:
        """Whether an operation's number was asked for."""
        return any((low or 1) <= number and (high is None or number <= high) for low, high in self.numbers)

    def ends_before(self, record: Record) -> bool:
        """Whether neither this operation nor an older one was asked for."""
        if self.since is not None:
            return record.time < self.since
        return bool(self.numbers) and record.number < min(low or 1 for low, _ in self.numbers)


class UndoPlan(NamedTuple):
    """The operations to take back, the newest first, and the changes that do it.

    `conflicts` are the newer changes that were overwritten or left, `partly` the operations of which some was
    left, `notes` sentences on what goes along.
    """

    records: tuple[Record, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[str, ...] = ()
    partly: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def undoes(self) -> tuple[int, ...]:
        """The numbers of the operations."""
        return tuple(record.number for record in self.records)


def standing(newest_first: Iterable[Record]) -> Iterator[tuple[Record, Record | None]]:
    """Yield each operation with the one that took it back, None when it counts at present.

    Taking back an undo is a redo, which makes its operation count again.
    """
    undone: dict[int, Record] = {}
    for record in newest_first:
        by = undone.get(record.number)
        if by is None:
            undone.update(dict.fromkeys(record.undoes, record))
        yield record, by


def undone_operations(newest_first: Iterable[Record]) -> frozenset[int]:
    """Return the numbers of the operations that are taken back at present."""
    return frozenset(record.number for record, by in standing(newest_first) if by is not None)


def plan_undo(
    newest_first: Iterable[Record],
    wanted: Wanted,
    found: Callable[[Collection[int]], Mapping[int, Entry]],
    now: datetime,
    *,
    force: bool = False,
    skip_conflicts: bool = False,
) -> UndoPlan:
    """Plan to take operations back, the newest first, against the entries as they are now, which `found` looks up.

    An operation takes back the tags that it gave and the fields that it set, and nothing that others did. Where
    a field was set again since, `force` overwrites it and `skip_conflicts` leaves it. The history is read no
    further back than it has to be. Raises NothingToUndoError, and UndoConflictError when newer changes stand in
    the way.
    """
    seen: list[Record] = []
    records = _chosen(newest_first, wanted, seen)
    taking = _Taking(found, force=force)
    for record in records:
        taking.take(record)
    if taking.conflicts and not (force or skip_conflicts):
        raise UndoConflictError([record.number for record in records], taking.conflicts)
    changes = timed(taking.changes(), seen, {record.number for record in records}, now)
    if not changes and taking.conflicts:
        raise UndoConflictError([record.number for record in records], taking.conflicts)
    if not changes:
        raise NothingToUndoError(records[0].number, f"{_named(records)} changed nothing that is still there")
    partly = (
        () if force else tuple(record.number for record in records if record.number in taking.in_conflict)
    )
    return UndoPlan(tuple(records), changes, tuple(taking.conflicts), partly, taking.notes)


def _named(records: Sequence[Record]) -> str:
    numbers = [record.number for record in records]
    return f"operation {numbers[0]}" if len(numbers) == 1 else f"operations {', '.join(map(str, numbers))}"


# --- which operations -------------------------------------------------------------------------------------


def _chosen(newest_first: Iterable[Record], wanted: Wanted, seen: list[Record]) -> list[Record]:
    """Pick the operations, the newest first; note in `seen` all that were looked at.

    Each is taken back with those before it in mind: one whose undo is taken back too counts again.
    """
    found: list[Record] = []
    undone: dict[int, Record] = {}
    already: dict[int, Record] = {}
    lowest = 0
    for record in newest_first:
        is_over = bool(found) if wanted.is_newest else wanted.ends_before(record)
        if is_over and record.number < lowest:
            break
        seen.append(record)
        lowest = min([lowest or record.number, *record.undoes])
        by = undone.get(record.number)
        if is_over or not _is_wanted(record, by, wanted):
            if by is None:
                undone.update(dict.fromkeys(record.undoes, record))
        elif by is None or (record.number in by.partly and record.number in wanted.named):
            found.append(record)
        else:
            already[record.number] = by
    _check_found(found, already, wanted)
    return found


def _is_wanted(record: Record, by: Record | None, wanted: Wanted) -> bool:
    if wanted.is_newest:
        return by is None and not record.undoes and record.count > 0
    return wanted.since is not None or wanted.has(record.number)


def _check_found(found: Sequence[Record], already: dict[int, Record], wanted: Wanted) -> None:
    """Refuse operations that there are none of, and those that are undone already.

    Raises NothingToUndoError.
    """
    known = {record.number for record in found}
    for number in sorted(wanted.named - known):
        if number in already:
            by = already[number]
            reason = f"operation {number} is undone already, by operation {by.number} (`{by.command}`)"
            raise NothingToUndoError(number, f"{reason}; `newsarchive undo {by.number}` brings it back")
        raise NothingToUndoError(number, f"the history has no operation {number}")
    if not found and already:
        raise NothingToUndoError(None, "all of these operations are undone already")
    if not found and wanted.is_newest:
        raise NothingToUndoError(None, "there is nothing to undo")
    if not found:
        raise NothingToUndoError(None, "the history has no such operation")


# --- taking back ------------------------------------------------------------------------------------------


class _Taking:
    """Entries as they become while operations are taken back one after the other."""

    def __init__(self, found: Callable[[Collection[int]], Mapping[int, Entry]], *, force: bool) -> None:
        self._found = found
        self._force = force
        self._before: dict[int, Entry | None] = {}
        self._after: dict[int, Entry | None] = {}
        self.conflicts: list[str] = []
        self.in_conflict: set[int] = set()
        """The operations of which something stands in the way."""
        self._along: dict[str, list[int]] = {}
        """What was done to added entries since, and to which."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what goes along with entries that are taken out again."""
        return tuple(
            f"what was done since to {'entry' if len(ids) == 1 else 'entries'} {join_some(ids)} goes along: {parts}"
            for parts, ids in self._along.items()
        )

    def take(self, record: Record) -> None:
        """Take one operation back."""
        steps = {"add": self._adding, "remove": self._removing, "change": self._changing}
        present = self._found({recorded.id for recorded in record.changes} - self._before.keys())
        for recorded in reversed(record.changes):
            if recorded.id not in self._before:
                self._before[recorded.id] = self._after[recorded.id] = present.get(recorded.id)
            steps[recorded.kind](record, recorded, self._after[recorded.id])

    def changes(self) -> list[Change]:
        """Return what became of the entries, in the order in which they were met."""
        pairs = ((entry_id, self._before[entry_id], after) for entry_id, after in self._after.items())
        return [Change(entry_id, before, after) for entry_id, before, after in pairs if before != after]

    def _stands(self, record: Record, sentence: str) -> None:
        self.conflicts.append(sentence)
        self.in_conflict.add(record.number)

    def _adding(self, record: Record, recorded: RecordedChange, present: Entry | None) -> None:
        if present is None:
            return
        entry = f"entry {recorded.id}, which operation {record.number} added,"
        since = _since(recorded, present)
        texts = [name for name in since.old if name not in SETS]
        for name in texts:
            old, new = short(since.old[name]), short(since.new[name])
            self._stands(record, f"{name} of {entry} is {new} now; it was {old}")
        is_unknown = not recorded.after and present.added != present.modified  # by an older program
        if is_unknown:
            self._stands(record, f"{entry} was changed since")
        if self._force or not (texts or is_unknown):
            self._after[recorded.id] = None
            if since.old:
                self._along.setdefault("; ".join(changed_parts(since)), []).append(recorded.id)

    def _removing(self, record: Record, recorded: RecordedChange, present: Entry | None) -> None:
        removed = recorded.removed_entry
        if present is None:
            self._after[recorded.id] = removed
        elif present != removed:
            self._stands(record, f"entry {recorded.id} is there again, with another content")
            if self._force:
                self._after[recorded.id] = removed

    def _changing(self, record: Record, recorded: RecordedChange, present: Entry | None) -> None:
        if present is None:
            self._stands(record, f"entry {recorded.id} was removed since")
            return
        difference = Difference(recorded.after, recorded.before)
        self._after[recorded.id], conflicts = difference.apply(present, overwrite=self._force)
        for conflict in conflicts:
            self._stands(record, _sentence(conflict, record.number))


def _since(recorded: RecordedChange, present: Entry) -> Difference:
    """Return what was done to an added entry since."""
    if not recorded.after:
        return Difference({}, {})
    return Difference.between(entry_from(recorded.after, recorded.id), present)


def _sentence(conflict: Conflict, number: int) -> str:
    return (
        f"{conflict.field} of entry {conflict.id} is {short(conflict.present)} now; operation {number} made it "
        f"{short(conflict.base)} out of {short(conflict.wanted)}"
    )
