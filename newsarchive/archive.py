"""The archive as commands use it: open, select, get, search, commit, undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsarchive.entry import Entry
from newsarchive.errors import NothingToUndoError
from newsarchive.reader import Reader
from newsarchive.selection import Selection
from newsarchive.store.opening import store_at
from newsarchive.store.snapshot import Fingerprint, Snapshot

if TYPE_CHECKING:
    from newsarchive.changes import Change, Intent, Merged, Operation
    from newsarchive.copies import Merge, Side
    from newsarchive.planning.undoing import UndoPlan, Wanted
    from newsarchive.store.base import Recoverable, Restored, Writer
    from newsarchive.store.copying import Copied
    from newsarchive.store.record import Record
    from newsarchive.store.server.address import Address


def utc_now() -> datetime:
    """Return the present instant, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _unwatched(ids: Sequence[int]) -> Iterable[int]:
    return ids


class Archive(Reader):
    """One archive, to read and to write."""

    def __init__(
        self,
        place: Path | Address,
        *,
        command: str = "",
        user: str = "",
        clock: Callable[[], datetime] = utc_now,
        lock_timeout: float = 10.0,
        offline: bool = False,
        say: Callable[[str], None] = lambda _: None,
        watch: Callable[[Sequence[int]], Iterable[int]] = _unwatched,
        may_build_apart: bool = False,
    ) -> None:
        """Open the archive at `place`; `watch` may show how far the entries that it hands through are done.

        With `may_build_apart`, a process that builds the index may go on when this one has ended.
        """
        store = store_at(place, say, offline=offline)
        super().__init__(store, say, watch, (lambda: clock().timestamp()) if may_build_apart else None)
        self.place = place
        self.clock = clock
        self._who = (command, user, clock, lock_timeout, say)

    # --- writing ---------------------------------------------------------------------------------------

    @cached_property
    def _writer(self) -> Writer:
        from newsarchive.store.base import Writer  # spares start-up: most commands only read

        return Writer(*self._who)

    @property
    def done(self) -> str | None:
        """What was done to the file, in words, even when the command was interrupted directly after."""
        return self._store.done

    def give_roles(self) -> list[str]:
        """Make roles by which rights on the archive are given, and return their names; see `Store.give_roles`."""
        return self._store.give_roles(self._writer)

    def start(self) -> bool:
        """Make an empty archive where there is none; return whether that was needed.

        Raises what `Store.start` raises.
        """
        is_new = self._store.start(self._writer)
        self._forget()
        return is_new

    def commit(
        self,
        changes: Sequence[Change],
        *,
        undoes: Sequence[int] = (),
        partly: Sequence[int] = (),
        merges: Merged | None = None,
        again: Callable[[], Intent] | None = None,
    ) -> Operation | None:
        """Save the changes as one operation; None when there is nothing to save.

        When the archive has changed since it was read, `again` says what to do with it as it is now; no other
        writer can come in between. Raises what `Store.commit` and `again` raise.
        """
        from newsarchive.changes import Intent  # spares start-up: most commands only read
        from newsarchive.store.base import Again

        def plan(snapshot: Snapshot) -> Intent:
            self._forget()
            self.__dict__["snapshot"] = snapshot
            self._read_from.append(snapshot.fingerprint)
            return again() if again is not None else intent

        intent = Intent(changes, undoes, partly, merges)
        anew = None if again is None or not self._read_from else Again(self._read_from[0], plan)
        operation = self._store.commit(intent, self._writer, anew)
        if operation is not None:
            self._forget()
            if self._store.home.has_index:
                self._keeper.take(operation, *self._store.step)
        return operation

    def copy_to(self, other: Archive) -> Copied:
        """Copy this archive with its ids and its history into one that is absent or empty, and compare the two.

        Raises NotEmptyError, NotCopiedError, CannotSaveError, and what reading raises.
        """
        from newsarchive.store.copying import copy  # spares start-up

        copied = copy(self._store, other._store, self._writer)
        other._forget()
        return copied

    # --- history ---------------------------------------------------------------------------------------

    def records(self) -> list[Record]:
        """Return the operations that led to the present revision, oldest first."""
        return [*self.newest_records()][::-1]

    def newest_records(self) -> Iterator[Record]:
        """Yield the operations that led to the present revision, the newest first, as they are asked for."""
        meta = self.snapshot.meta
        return self._store.history.newest_first(meta.revision, meta.digest or None)

    def records_after(self, number: int) -> list[Record]:
        """Return the operations that came after one and led to the present revision, oldest first."""
        return [*takewhile(lambda record: record.number > number, self.newest_records())][::-1]

    def matching(self, selection: Selection, ids: Collection[int]) -> list[Entry]:
        """Return those of the entries with these ids that are there and selected, by id."""
        from newsarchive.query.matching import matcher  # spares start-up

        matches = matcher(selection.query.root, tag_aliases=self._tag_aliases)
        return sorted(filter(matches, self.entries_with(ids)), key=lambda entry: entry.known_id)

    def wait(self, seconds: float) -> None:
        """Wait until somebody has changed the archive, at most so long; what is read then is what is there then.

        It may return for nothing. Raises UnreachableError.
        """
        self._store.wait(self._read_from[0] if self._read_from else None, seconds)
        self._forget()

    def glance_at_records(self, most_bytes: int) -> Iterator[Record]:
        """Yield what `newest_records` does, where no file of more bytes must be read for it."""
        glance = self.glance(most_bytes)
        if glance is None:
            return self.newest_records()
        return self._store.history.newest_first(glance.revision)

    def touching(self, selection: Selection) -> Callable[[Record], bool]:
        """Return the test whether an operation touched a selected entry, one that was removed since included.

        It must be put to the operations in their order, the newest first: a removal tells what was there before.
        """
        from newsarchive.query.matching import matcher  # spares start-up

        matches = matcher(selection.query.root, tag_aliases=self._tag_aliases)
        wanted = {entry.known_id for entry in self.select(selection)}

        def touches(record: Record) -> bool:
            if record.removes:
                gone = (change.removed_entry for change in record.changes if change.kind == "remove")
                wanted.update(entry.known_id for entry in gone if matches(entry))
            return not wanted.isdisjoint(record.ids)

        return touches

    def plan_undo(
        self, wanted: Wanted | None = None, *, force: bool = False, skip_conflicts: bool = False
    ) -> UndoPlan:
        """Plan to take operations back, the newest one unless told.

        Raises NothingToUndoError, and UndoConflictError when newer changes stand in the way.
        """
        from newsarchive.planning.relations import keeping_ties_whole, letting_go  # spares start-up
        from newsarchive.planning.undoing import Wanted, plan_undo

        snapshot = self.snapshot
        if (doubt := self.doubt()) is not None:
            raise NothingToUndoError(None, doubt)
        now = self.clock()
        plan = plan_undo(
            self.newest_records(),
            wanted or Wanted(),
            snapshot.found,
            now,
            force=force,
            skip_conflicts=skip_conflicts,
        )
        if plan.conflicts:  # what was left may have been the other half
            changes = keeping_ties_whole(plan.changes, snapshot.find, self.related_to, now)
        else:
            changes = letting_go(plan.changes, self.related_to, now)
        return plan._replace(changes=tuple(changes))

    def doubt(self) -> str | None:
        """Say so when what is recorded here did not lead to this file: another copy of it was put in its place."""
        meta = self.snapshot.meta
        if self._store.history.knows(meta):
            return None
        return (
            f"{self._store.home.name} is a revision {meta.revision} that was made elsewhere: "
            "none of the operations that are recorded here led to it"
        )

    def plan_merge(
        self,
        other: Path | Address,
        *,
        base: Path | Address | None = None,
        prefer: Literal["ours", "theirs"] | None = None,
    ) -> Merge:
        """Plan to take in what another copy of the archive has, since `base` where that is said.

        Raises NotAnArchiveError for what is no copy of it, CannotReadError, and what reading from a server raises.
        """
        from newsarchive.copies import plan_with, side_of  # spares start-up

        since = None if base is None else self._side_at(base).snapshot
        here = side_of(self._store, self.snapshot)
        return plan_with(here, self._side_at(other), self.clock(), base=since, prefer=prefer)

    def _side_at(self, place: Path | Address) -> Side:
        from newsarchive.copies import side_in_file, side_of, snapshot_of  # spares start-up

        if isinstance(place, Path):
            return side_in_file(snapshot_of(place))
        return side_of(store_at(place, self._writer.say, offline=False))

    def take_for(self, snapshot: Snapshot) -> None:
        """Take `snapshot` for what the file says, which has the marks of a conflict in it; see `Store.take_for`."""
        self._forget()
        taken = self._store.take_for(snapshot)
        self.__dict__["snapshot"] = taken
        self._read_from[:] = [taken.fingerprint]

    def has_copy_at(self, path: Path) -> bool:
        """Whether a file is another copy of this archive."""
        from newsarchive.copies import is_copy, side_of  # spares start-up

        return path.is_file() and is_copy(side_of(self._store, self.snapshot), path)

    @property
    def file(self) -> Path | None:
        """The archive's file, where it has one."""
        return self.place if isinstance(self.place, Path) else None

    def examine(self) -> None:
        """Make sure that the archive is sound; see `Store.examine`. Raises what reading and that raise."""
        assert self.snapshot is not None  # it is read
        self._store.examine(self._kept_or_older)

    def _kept_or_older(self, state: Fingerprint) -> Mapping[int, Any]:
        """Return the lines of a state where the index has them, else those of the state that it has."""
        return self._kept(state) or self._keeper.older_lines()

    def recoverable(self) -> Recoverable | None:
        """Return what `restore` would bring back, if there is anything."""
        return self._store.recoverable(self._kept_or_older)

    def restore(self, *, force: bool = False) -> Restored:
        """Bring back the last good revision of a damaged archive; see `Store.restore`."""
        restored = self._store.restore(self._writer, self._kept_or_older, force=force)
        self._forget()
        return restored

    def prune_history(self, keep: int) -> int:
        """Forget all but the newest `keep` operations for good."""
        return self._store.prune(keep, self._writer)
