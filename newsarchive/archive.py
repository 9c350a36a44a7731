"""The archive as commands use it: open, select, get, search, commit, undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.changes import Change, Operation, by_id
from newsarchive.entry import Entry
from newsarchive.errors import NoArchiveError, NothingToUndoError, UndoConflictError
from newsarchive.history import Record, touching
from newsarchive.selection import Selection, missing_ids
from newsarchive.store.snapshot import Snapshot
from newsarchive.store.store import Store, Writer

if TYPE_CHECKING:
    from newsarchive.search.ranking import Result
    from newsarchive.thesaurus.thesaurus import Thesaurus
    from newsarchive.undoing import UndoPlan


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Archive:
    """One archive file. What it read stays as it was until a commit; nothing is created by reading."""

    def __init__(
        self,
        path: Path,
        *,
        command: str = "",
        user: str = "",
        clock: Callable[[], datetime] = _now,
        lock_timeout: float = 10.0,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.path = path
        self.clock = clock
        self._store = Store(path)
        self._writer = Writer(command, user, clock, lock_timeout, say)

    # --- reading ---------------------------------------------------------------------------------------

    @cached_property
    def snapshot(self) -> Snapshot:
        """The revision that was read; once said when someone edited the file by hand since the last commit.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """
        snapshot = self._store.read()
        if snapshot.edited_by_hand:
            self._writer.say(
                f"note: {self.path.name} was changed by hand since revision {snapshot.meta.revision}; "
                f"all {snapshot.meta.count:,} entries are valid"
            )
        return snapshot

    @cached_property
    def entries(self) -> list[Entry]:
        """Every entry, by id."""
        return self.snapshot.entries()

    @property
    def exists(self) -> bool:
        """Whether there is an archive to read."""
        try:
            return self.snapshot is not None
        except NoArchiveError:
            return False

    @property
    def is_new(self) -> bool:
        """Whether the archive never held an entry, so that ids of an import can be kept."""
        return not self.exists or self.snapshot.meta.next_id == 1

    @property
    def next_id(self) -> int:
        """The id that the next added entry gets."""
        return self.snapshot.meta.next_id if self.exists else 1

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The concepts that come with the program, and those of `thesaurus.toml` beside the archive.

        Raises BadThesaurusError.
        """
        from newsarchive.thesaurus.thesaurus import Thesaurus  # spares start-up

        return Thesaurus.load(self._store.beside.archive.with_name("thesaurus.toml"))

    def _tag_aliases(self, tag: str) -> Collection[str]:
        return self.thesaurus.tag_aliases(tag)

    def select(self, selection: Selection) -> list[Entry]:
        """Return every selected entry, sorted; the selection's limit and offset are not applied."""
        from newsarchive.query.matching import matcher  # spares start-up: adding needs no query
        from newsarchive.query.sorting import sort_entries

        found = self.entries
        if not selection.query.is_everything:
            matches = matcher(selection.query.root, tag_aliases=self._tag_aliases)
            found = [entry for entry in found if matches(entry)]
        return sort_entries(found, selection.sort)

    def search(self, selection: Selection) -> Result:
        """Rank the selected entries by the selection's query, and return the part that is wanted."""
        from newsarchive.search.postings import MemoryPostings  # spares start-up
        from newsarchive.search.ranking import search

        return search(
            selection.query,
            MemoryPostings(self.entries, tag_aliases=self._tag_aliases),
            limit=selection.limit,
            offset=selection.offset,
            synonyms=self.thesaurus,
        )

    def missing(self, selection: Selection) -> list[int]:
        """Return the ids that the selection names and the archive does not hold."""
        return [] if selection.ids is None else missing_ids(selection.ids, self.snapshot.lines)

    def tags(self) -> Collection[str]:
        """Return every tag in use."""
        return {tag for entry in self.entries for tag in entry.tags}

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return an entry that looks like the same story as `entry`, which is not in the archive."""
        from newsarchive.importing import find_duplicate, twin_test  # spares start-up

        may_be_twin = twin_test(entry)
        found = [
            self.snapshot.entry(entry_id)
            for entry_id, outline in self.snapshot.outlines()
            if may_be_twin(outline.title, outline.date, outline.url)
        ]
        return find_duplicate(entry, found)

    # --- writing ---------------------------------------------------------------------------------------

    @property
    def done(self) -> str | None:
        """What was done to the file, in words, even when the command was interrupted directly after."""
        return self._store.done

    def commit(self, changes: Sequence[Change], *, undoes: int | None = None) -> Operation | None:
        """Save the changes as one operation; None when there is nothing to save.

        Raises what `Store.commit` raises.
        """
        operation = self._store.commit(changes, self._writer, undoes=undoes)
        if operation is not None:
            self._forget()
        return operation

    def _forget(self) -> None:
        for name in ("snapshot", "entries"):
            self.__dict__.pop(name, None)

    # --- history ---------------------------------------------------------------------------------------

    def records(self) -> list[Record]:
        """Return the operations that led to the present revision, oldest first."""
        return self._store.history.records(self.snapshot.meta.revision)

    def records_touching(self, selection: Selection) -> list[Record]:
        """Return the operations that touched a selected entry, one that was removed since included."""
        from newsarchive.query.matching import matcher  # spares start-up

        records = self.records()
        matches = matcher(selection.query.root, tag_aliases=self._tag_aliases)
        removed = [
            change.removed_entry for record in records for change in record.changes if change.kind == "remove"
        ]
        ids = [entry.known_id for entry in (*self.entries, *removed) if matches(entry)]
        return touching(records, ids)

    def plan_undo(self, number: int | None, *, force: bool = False) -> UndoPlan:
        """Plan to take back an operation, the newest one when no number is given.

        Raises NothingToUndoError, and UndoConflictError when newer changes stand in the way.
        """
        from newsarchive.undoing import operation_to_undo, plan_undo  # spares start-up

        record = operation_to_undo(self.records(), number)
        plan = plan_undo(record, by_id(self.entries), self.clock())
        if plan.conflicts and not force:
            raise UndoConflictError(record.number, plan.conflicts)
        if not plan.changes:
            raise NothingToUndoError(record.number, f"operation {record.number} is undone already")
        return plan

    def previous(self) -> Snapshot | None:
        """Return the revision that `restore` would bring back, if there is one."""
        return self._store.previous()

    def restore(self) -> tuple[Snapshot, Path | None]:
        """Bring back the previous revision of a damaged file; see `Store.restore`."""
        restored = self._store.restore(self._writer)
        self._forget()
        return restored

    def prune_history(self, keep: int) -> int:
        """Forget all but the newest `keep` operations for good."""
        return self._store.prune(keep, self._writer)
