"""An archive as it is read: its entries, what answers questions about them, and which of that is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from newsarchive.entry import Entry, plain_form
from newsarchive.errors import NoArchiveError, join_some
from newsarchive.selection import Page, Selection, TagCounts, missing_ids
from newsarchive.store.snapshot import Fingerprint, Snapshot

if TYPE_CHECKING:
    from newsarchive.planning.tallies import Tally
    from newsarchive.query.tree import Query
    from newsarchive.search.fields import Reach
    from newsarchive.search.index.file import State
    from newsarchive.search.index.glance import Glance
    from newsarchive.search.index.index import Index
    from newsarchive.search.index.keeping import IndexKeeper
    from newsarchive.search.plain import PlainAnswers
    from newsarchive.search.ranking import Result
    from newsarchive.store.base import Store
    from newsarchive.thesaurus.thesaurus import Thesaurus


LARGE: Final = 150_000
"""Bytes of an archive from which on looking into an index is faster than reading it."""

_HELD: Final = 1_000
"""So many entries are taken from the index at once; where there are more, each is read when its turn comes."""

_TELLING: Final = 24
"""How many of an entry's rarest words its neighbours are found by."""

_Answer = TypeVar("_Answer")
Watch = Callable[[Sequence[int]], Iterable[int]]
Clock = Callable[[], float]


class Reader:
    """Reads one archive, from whichever store. What it read stays as it was until it is told to forget.

    Reading creates nothing, except for a large archive its index, which answers what it can.
    """

    def __init__(
        self, store: Store, say: Callable[[str], None], watch: Watch, clock: Clock | None = None
    ) -> None:
        """Read from `store`; `watch` may show how far the entries that it hands through are done.

        With a `clock`, which tells the seconds since 1970, a process of its own may build the index, while entries
        are gone through here.
        """
        self._clock = clock
        self._store = store
        self._say = say
        self._watch = watch
        self._has_told = False
        self._read_from: list[Fingerprint | None] = []
        """The state that was read first since the last commit: what a plan is made on."""

    # --- reading ---------------------------------------------------------------------------------------

    @cached_property
    def snapshot(self) -> Snapshot:
        """The revision that was read; once said when someone edited the file by hand since the last commit.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """
        self._note_reading()
        snapshot = self._store.read(self._kept)
        if snapshot.edited_by_hand:
            self._tell_of_hand_edit(snapshot.meta.revision, snapshot.meta.count)
        if snapshot.leftovers:
            self._say(f"note: the next write leaves out what has no place: {join_some(snapshot.leftovers)}")
        return snapshot

    def _kept(self, state: Fingerprint) -> Mapping[int, Any] | None:
        """Return the lines of a state where the index has them."""
        return self._keeper.lines(state)

    def _tell_of_hand_edit(self, revision: int, count: int) -> None:
        """Say it once."""
        if not self._has_told:
            self._has_told = True
            self._say(
                f"note: {self._store.home.name} was changed by hand since revision {revision}; "
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

        return Thesaurus.load(self.own_file("thesaurus.toml"))

    def own_file(self, name: str) -> Path:
        """Return where the user's own file of this name lies, which need not be there."""
        return self._store.home.own_file(name)

    @property
    def queries_file(self) -> Path:
        """The file of the saved queries, which need not be there."""
        return self.own_file("queries.toml")

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
        page = (
            None
            if is_all and not self._store.home.always_indexes
            else self._indexed(lambda index: index.page(selection), can_wait=True)
        )
        return page or self._plain.page(selection)

    def rows(self, selection: Selection) -> tuple[Iterable[Mapping[str, Any]], int, int]:
        """Return the entries of `page` as `plain_form` has them, their number, and that of all selected ones.

        They are for going through once. Each of many is read in its turn, and none is held.
        """
        ordered = self._ordered(selection)
        if isinstance(ordered, Page):
            return map(plain_form, ordered.entries), len(ordered.entries), ordered.total
        ids, total = ordered
        return self.snapshot.rows(ids), len(ids), total

    def _ordered(self, selection: Selection) -> Page | tuple[Sequence[int], int]:
        """Return what `page` does or, of many entries that the present snapshot has, the ids, and the total."""
        is_all = selection.query.is_everything and not selection.limit
        if is_all and selection == Selection(selection.query) and not self.snapshot.edited_by_hand:
            ids = self.snapshot.newest_first()
            return ids, len(ids)
        if self._store.home.always_indexes:
            return self.page(selection)

        def question(index: Index) -> Page | tuple[State, Sequence[int], int]:
            ids, total = index.order(selection)
            is_few = len(ids) <= _HELD or index.state.edited_by_hand
            return Page(index.entries(ids), total) if is_few else (index.state, ids, total)

        found = self._indexed(question, build=not is_all, can_wait=True)
        if found is None or isinstance(found, Page):
            return found or self._plain.page(selection)
        state, ids, total = found
        return (ids, total) if state.is_of(self.snapshot) else self.page(selection)

    def select(self, selection: Selection) -> list[Entry]:
        """Return every selected entry, sorted; the selection's limit and offset are not applied."""
        return self.select_each([selection])[0]

    def select_each(self, selections: Sequence[Selection]) -> list[list[Entry]]:
        """Return what `select` returns of each; the index is opened once for all."""
        whole = [selection._replace(limit=0, offset=0) for selection in selections]
        pages = self._indexed(lambda index: [index.page(one) for one in whole], build=False)
        return [list(page.entries) for page in pages or map(self._plain.page, whole)]

    def selects(self, query: Query) -> bool:
        """Whether a query selects any entry."""
        one = Selection(query, sort="id", limit=1)
        page = self._indexed(lambda index: index.page(one), build=False)
        return (page or self._plain.page(one)).total > 0

    def search(self, selection: Selection, reach: Reach | None = None) -> Result:
        """Rank the selected entries by the selection's query, and return the part that is wanted."""
        from newsarchive.search.fields import EVERYWHERE  # spares start-up: listing needs no words

        reach = reach or EVERYWHERE

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
        from newsarchive.search.fields import Reach

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
        counts = self._indexed(lambda index: index.tag_counts(selection.query), can_wait=True)
        return counts or self._plain.tag_counts(selection.query)

    def tallies(self, selection: Selection, kinds: Sequence[str]) -> tuple[list[Tally], int]:
        """Count all selected entries by each of `kinds`, and in all."""
        from newsarchive.planning.tallies import in_order, tallies  # spares start-up

        counted = self._indexed(lambda index: index.counts(selection.query, kinds), build=False)
        if counted is not None:
            return in_order(counted[0]), counted[1]
        entries = self.select(selection)
        return tallies(entries, kinds), len(entries)

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return an entry that looks like the same story as `entry`, which is not in the archive."""
        from newsarchive.planning.twin_search import twin_among, twin_in  # spares start-up
        from newsarchive.planning.twins import page_of

        page = page_of(entry)
        if page == "":  # any address may be a twin's
            return twin_in(self.snapshot, entry)
        found = self._indexed(lambda index: index.may_be_twins(entry, page), build=False)
        return twin_in(self.snapshot, entry) if found is None else twin_among(found, entry)

    def entries_with(self, ids: Collection[int]) -> Sequence[Entry]:
        """Return those of the entries with these ids that are there."""
        from newsarchive.query.tree import IdTerm, Query  # spares start-up

        return self.select(Selection(Query("", IdTerm(tuple((one, one) for one in sorted(ids))))))

    def related_to(self, ids: Collection[int]) -> list[Entry]:
        """Return the entries that say that they are related to one of these, which need not be there."""
        related = self._indexed(lambda index: index.related(), build=False)
        if related is not None:
            return [entry for entry in related if any(tie.id in ids for tie in entry.relations)]
        snapshot = self.snapshot
        found = [entry_id for entry_id, ties in snapshot.related() if any(tie.id in ids for tie in ties)]
        return [snapshot.entry(entry_id) for entry_id in found]

    @cached_property
    def _plain(self) -> PlainAnswers:
        """What answers without an index."""
        from newsarchive.search.plain import PlainAnswers  # spares start-up: adding needs no query

        return PlainAnswers(self._each, self._tag_aliases)

    def _each(self) -> Iterable[Entry]:
        """Return every entry, by id; those of a large archive one by one."""
        return self.snapshot.each() if self.is_large and "entries" not in self.__dict__ else self.entries

    # --- the index ---------------------------------------------------------------------------------------

    @property
    def is_large(self) -> bool:
        """Whether an index is worth it, and looking through all entries is not."""
        return self._store.home.size >= LARGE

    @cached_property
    def _keeper(self) -> IndexKeeper:
        from newsarchive.search.index.keeping import IndexKeeper, Surroundings  # spares start-up

        return IndexKeeper(
            Surroundings(self._store.home, self._tag_aliases, self._say, self._watch, self._clock)
        )

    def _indexed(
        self, question: Callable[[Index], _Answer], *, build: bool = True, can_wait: bool = False
    ) -> _Answer | None:
        """Return the answer of a large archive's index; None where there is none and it is not to be built.

        It `can_wait` where going through all entries takes less time than building it: then it may be built by
        another process meanwhile. A hand edit is told as it is when the file itself is read.
        """
        if not (self.is_large or self._store.home.always_indexes):
            return None
        self._note_reading()
        answer = self._keeper.ask_fresh(lambda index: (index.state, question(index)))
        if answer is None and build and not (can_wait and self._keeper.is_built_apart()):
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
        if self._store.home.size <= most_bytes:
            return None
        from newsarchive.search.index.glance import Glance  # spares start-up

        return Glance(self._store.home.index)

    # --- what was read ----------------------------------------------------------------------------------

    def _note_reading(self) -> None:
        if not self._read_from:
            self._read_from.append(self._store.home.present())

    def _forget(self) -> None:
        self._read_from.clear()
        for name in ("snapshot", "entries", "_plain"):
            self.__dict__.pop(name, None)
