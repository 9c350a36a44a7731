"""The archive as commands use it: open, select, get, search, commit, undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from newsarchive.changes import Change, Intent, Merged, Operation
from newsarchive.entry import Entry
from newsarchive.errors import NoArchiveError, NothingToUndoError, join_some
from newsarchive.search.fields import EVERYWHERE, Reach
from newsarchive.selection import Page, Selection, TagCounts, missing_ids
from newsarchive.store.reading import fingerprint_at
from newsarchive.store.snapshot import Fingerprint, Snapshot
from newsarchive.store.store import Again, Restored, Store, Writer

if TYPE_CHECKING:
    from newsarchive.copies import Merge
    from newsarchive.planning.undoing import UndoPlan, Wanted
    from newsarchive.search.index.glance import Glance
    from newsarchive.search.index.index import Index
    from newsarchive.search.index.keeping import IndexKeeper
    from newsarchive.search.plain import PlainAnswers
    from newsarchive.search.ranking import Result
    from newsarchive.store.history import Record
    from newsarchive.store.recovery import Recovered
    from newsarchive.thesaurus.thesaurus import Thesaurus


LARGE: Final = 150_000
"""Bytes of a file from which on looking into an index is faster than reading it."""

_TELLING: Final = 24
"""How many of an entry's rarest words its neighbours are found by."""

_Answer = TypeVar("_Answer")


def utc_now() -> datetime:
    """Return the present instant, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _size_of(path: Path) -> int:
    """Return the bytes of a file; 0 when they cannot be told, as reading it says what is wrong."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _unwatched(ids: Sequence[int]) -> Iterable[int]:
    return ids


class Archive:
    """One archive file. What it read stays as it was until a commit.

    Reading creates nothing, except for a large archive its index, which answers what it can.
    """

    def __init__(
        self,
        path: Path,
        *,
        command: str = "",
        user: str = "",
        clock: Callable[[], datetime] = utc_now,
        lock_timeout: float = 10.0,
        say: Callable[[str], None] = lambda _: None,
        watch: Callable[[Sequence[int]], Iterable[int]] = _unwatched,
    ) -> None:
        """Open the archive at `path`; `watch` may show how far the entries that it hands through are done."""
        self.path = path
        self.clock = clock
        self._watch = watch
        self._has_told = False
        self._read_from: list[Fingerprint | None] = []
        """The file that was read first since the last commit: what a plan is made on."""
        self._store = Store(path)
        self._writer = Writer(command, user, clock, lock_timeout, say)

    # --- reading ---------------------------------------------------------------------------------------

    @cached_property
    def snapshot(self) -> Snapshot:
        """The revision that was read; once said when someone edited the file by hand since the last commit.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """
        self._note_reading()
        snapshot = self._store.read()
        if snapshot.edited_by_hand:
            self._tell_of_hand_edit(snapshot.meta.revision, snapshot.meta.count)
        if snapshot.leftovers:
            self._writer.say(
                f"note: the next write leaves out what has no place: {join_some(snapshot.leftovers)}"
            )
        return snapshot

    def _tell_of_hand_edit(self, revision: int, count: int) -> None:
        """Say it once."""
        if not self._has_told:
            self._has_told = True
            self._writer.say(
                f"note: {self.path.name} was changed by hand since revision {revision}; "
                f"all {count:,} entries are valid"
            )

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
        return self.next_id == 1

    @property
    def next_id(self) -> int:
        """The id that the next added entry gets."""
        return max(self.snapshot.meta.next_id, self._store.history.next_id) if self.exists else 1

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The concepts that come with the program, and those of `thesaurus.toml` beside the archive.

        Raises BadThesaurusError.
        """
        from newsarchive.thesaurus.thesaurus import Thesaurus  # spares start-up

        return Thesaurus.load(self._store.beside.archive.with_name("thesaurus.toml"))

    @property
    def queries_file(self) -> Path:
        """The file of the saved queries, which need not be there."""
        return self._store.beside.archive.with_name("queries.toml")

    @cached_property
    def saved_queries(self) -> Mapping[str, str]:
        """The saved queries by name. Raises OwnFileError."""
        from newsarchive.query.saved import read_queries  # spares start-up

        return read_queries(self.queries_file)

    def _tag_aliases(self, tag: str) -> Collection[str]:
        return self.thesaurus.tag_aliases(tag)

    # --- reading a part ----------------------------------------------------------------------------------

    def page(self, selection: Selection) -> Page:
        """Return the part of the selected entries that is wanted, sorted."""
        is_all = selection.query.is_everything and not selection.limit
        page = None if is_all else self._indexed(lambda index: index.page(selection))
        return page or self._plain.page(selection)

    def stream(self, selection: Selection) -> tuple[Iterable[Entry], int, int]:
        """Return the entries of `page` for going through once, their number, and that of all selected ones.

        When those are all, newest first, each is built in its turn: so many are slow to walk in another order
        than they were built in, and need not be held.
        """
        is_plain = selection == Selection(selection.query) and selection.query.is_everything
        if not is_plain or self.snapshot.edited_by_hand:
            page = self.page(selection)
            return page.entries, len(page.entries), page.total
        ids = self.snapshot.newest_first()
        return map(self.snapshot.entry, ids), len(ids), len(ids)

    def select(self, selection: Selection) -> list[Entry]:
        """Return every selected entry, sorted; the selection's limit and offset are not applied."""
        whole = selection._replace(limit=0, offset=0)
        page = self._indexed(lambda index: index.page(whole), build=False) or self._plain.page(whole)
        return list(page.entries)

    def search(self, selection: Selection, reach: Reach = EVERYWHERE) -> Result:
        """Rank the selected entries by the selection's query, and return the part that is wanted."""

        def question(index: Index) -> Result:
            return index.search(selection, reach, self.thesaurus)

        result = self._indexed(question)
        if result is None and self.is_large:
            result = self._keeper.ask_in_memory(question, self.snapshot)
        return result or self._plain.search(selection, reach, self.thesaurus)

    def similar(self, entry: Entry, most: int) -> Sequence[Entry]:
        """Return the entries that share the rarest words with `entry`, at most so many; of a small archive all."""
        if not self.is_large:
            return self.entries
        from newsarchive.planning.suggesting.features import telling_words  # spares start-up
        from newsarchive.query.tree import And, Query, Word

        def question(index: Index) -> Mapping[str, int]:
            return index.frequencies(telling_words(entry))

        frequencies = self._indexed(question) or {}
        rare = sorted(frequencies, key=lambda word: (frequencies[word], word))
        words = [word for word in rare if frequencies[word] > 1][:_TELLING]
        if not words:
            return ()
        query = Query(" ".join(words), And(tuple(map(Word, words))))
        found = self.search(Selection(query, limit=most), Reach(("title", "summary", "body"), fuzzy=False))
        return [hit.entry for hit in found.hits]

    def missing(self, selection: Selection) -> list[int]:
        """Return the ids that the selection names and the archive does not hold."""
        ids = selection.ids
        if ids is None:
            return []
        missing = self._indexed(lambda index: index.missing(ids), build=False)
        return missing_ids(ids, self.snapshot.lines) if missing is None else missing

    def tags(self) -> Collection[str]:
        """Return every tag in use."""
        tags = self._indexed(lambda index: index.tags(), build=False)
        return {tag for entry in self.entries for tag in entry.tags} if tags is None else tags

    def meant_tag(self, tag: str) -> str | None:
        """Return the tag in use that is probably meant by one that neither is nor stands for one."""
        from newsarchive.planning.tagging import meant_tag  # spares start-up

        return meant_tag(tag, self.tags(), self._tag_aliases)

    def tag_counts(self, selection: Selection) -> TagCounts:
        """Count the tags of all selected entries."""
        counts = self._indexed(lambda index: index.tag_counts(selection.query))
        return counts or self._plain.tag_counts(selection.query)

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return an entry that looks like the same story as `entry`, which is not in the archive."""
        from newsarchive.planning.twins import twin_in  # spares start-up

        return twin_in(self.snapshot, entry)

    @cached_property
    def _plain(self) -> PlainAnswers:
        """What answers without an index."""
        from newsarchive.search.plain import PlainAnswers  # spares start-up: adding needs no query

        return PlainAnswers(self.entries, self._tag_aliases)

    # --- the index ---------------------------------------------------------------------------------------

    @property
    def is_large(self) -> bool:
        """Whether an index is worth it, and looking through all entries is not."""
        return _size_of(self._store.beside.archive) >= LARGE

    @cached_property
    def _keeper(self) -> IndexKeeper:
        from newsarchive.search.index.keeping import IndexKeeper, Surroundings  # spares start-up

        return IndexKeeper(Surroundings(self._store.beside, self._tag_aliases, self._writer.say, self._watch))

    def _indexed(self, question: Callable[[Index], _Answer], *, build: bool = True) -> _Answer | None:
        """Return the answer of a large archive's index; None where there is none and it is not to be built.

        A hand edit is told as it is when the file itself is read.
        """
        if not self.is_large:
            return None
        self._note_reading()
        answer = self._keeper.ask_fresh(lambda index: (index.state, question(index)))
        if answer is None and build:
            return self._keeper.ask(question, self.snapshot)
        if answer is None:
            return None
        state, found = answer
        if state.edited_by_hand:
            self._tell_of_hand_edit(state.revision, state.entries)
        return found

    def glance(self, most_bytes: int) -> Glance | None:
        """Look into the index of a file of more bytes than that; None for one that can be read in a moment.

        Nothing is built, written or said; where there is no index, a glance finds nothing.
        """
        if _size_of(self._store.beside.archive) <= most_bytes:
            return None
        from newsarchive.search.index.glance import Glance  # spares start-up

        return Glance(self._store.beside.index)

    # --- writing ---------------------------------------------------------------------------------------

    @property
    def done(self) -> str | None:
        """What was done to the file, in words, even when the command was interrupted directly after."""
        return self._store.done

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
            if self._store.beside.has_index:
                self._keeper.take(operation, *self._store.step)
        return operation

    def _note_reading(self) -> None:
        if not self._read_from:
            self._read_from.append(fingerprint_at(self._store.beside.archive))

    def _forget(self) -> None:
        self._read_from.clear()
        for name in ("snapshot", "entries", "_plain"):
            self.__dict__.pop(name, None)

    # --- history ---------------------------------------------------------------------------------------

    def records(self) -> list[Record]:
        """Return the operations that led to the present revision, oldest first."""
        return [*self.newest_records()][::-1]

    def newest_records(self) -> Iterator[Record]:
        """Yield the operations that led to the present revision, the newest first, as they are asked for."""
        meta = self.snapshot.meta
        return self._store.history.newest_first(meta.revision, meta.digest or None)

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
        from newsarchive.planning.undoing import Wanted, plan_undo  # spares start-up

        snapshot = self.snapshot
        if (doubt := self.doubt()) is not None:
            raise NothingToUndoError(None, doubt)
        return plan_undo(
            self.newest_records(),
            wanted or Wanted(),
            lambda entry_id: snapshot.entry(entry_id) if entry_id in snapshot.lines else None,
            self.clock(),
            force=force,
            skip_conflicts=skip_conflicts,
        )

    def doubt(self) -> str | None:
        """Say so when what is recorded here did not lead to this file: another copy of it was put in its place."""
        meta = self.snapshot.meta
        if self._store.history.knows(meta):
            return None
        return (
            f"{self.path.name} is a revision {meta.revision} that was made elsewhere: "
            "none of the operations that are recorded here led to it"
        )

    def plan_merge(
        self, path: Path, *, base: Path | None = None, prefer: Literal["ours", "theirs"] | None = None
    ) -> Merge:
        """Plan to take in what another copy of the archive has, since `base` where that is said.

        Raises NotAnArchiveError for what is no copy of it, and CannotReadError.
        """
        from newsarchive.copies import plan_with  # spares start-up

        return plan_with(self.snapshot, self._store.beside, path, base=base, prefer=prefer)

    def take_for(self, snapshot: Snapshot) -> None:
        """Take `snapshot` for what the file says, which has the marks of a conflict in it; see `Store.take_for`."""
        self._forget()
        taken = self._store.take_for(snapshot)
        self.__dict__["snapshot"] = taken
        self._read_from[:] = [taken.fingerprint]

    def has_copy_at(self, path: Path) -> bool:
        """Whether a file is another copy of this archive."""
        from newsarchive.copies import is_copy  # spares start-up

        return path.is_file() and is_copy(self.snapshot, self._store.beside, path)

    def recoverable(self) -> Recovered | None:
        """Return what `restore` would bring back, if there is anything."""
        return self._store.recoverable()

    def restore(self) -> Restored:
        """Bring back the last good revision of a damaged file; see `Store.restore`."""
        restored = self._store.restore(self._writer)
        self._forget()
        return restored

    def prune_history(self, keep: int) -> int:
        """Forget all but the newest `keep` operations for good."""
        return self._store.prune(keep, self._writer)
