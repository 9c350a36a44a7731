"""An archive as it is read: what answers questions about its entries, and which of that is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from newsarchive.entry import Entry, Relation, plain_form
from newsarchive.opened import Opened
from newsarchive.selection import Page, Selection, TagCounts, missing_ids
from newsarchive.store.snapshot import Fingerprint

if TYPE_CHECKING:
    from newsarchive.planning.tallies import Tally
    from newsarchive.query.tree import Query
    from newsarchive.search.fields import Reach
    from newsarchive.search.index.file import State
    from newsarchive.search.index.glance import Glance
    from newsarchive.search.index.index import Index
    from newsarchive.search.index.keeping import IndexKeeper
    from newsarchive.search.kinds import Counts
    from newsarchive.search.plain import PlainAnswers
    from newsarchive.search.ranking import Result
    from newsarchive.store.base import Store


_HELD: Final = 1_000
"""So many entries are taken from the index at once; where there are more, each is read when its turn comes."""

_TELLING: Final = 24
"""How many of an entry's rarest words its neighbours are found by."""

_Answer = TypeVar("_Answer")
Watch = Callable[[Sequence[int]], Iterable[int]]
Clock = Callable[[], float]


class Reader(Opened):
    """Answers questions about one archive: by its index, or by going through its entries.

    Reading creates nothing, except for a large archive its index, which answers what it can.
    """

    def __init__(
        self, store: Store, say: Callable[[str], None], watch: Watch, clock: Clock | None = None
    ) -> None:
        """Read from `store`; `watch` may show how far the entries that it hands through are done.

        With a `clock`, which tells the seconds since 1970, a process of its own may build the index, while entries
        are gone through here.
        """
        super().__init__(store, say)
        self._watch = watch
        self._clock = clock

    # --- answers -----------------------------------------------------------------------------------------

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
        if tags is None:
            tags = self._store.tags()
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

        def question(index: Index) -> tuple[Mapping[str, Counts], int]:
            return index.counts(selection.query, kinds)

        # Without an index all entries are counted sooner than it is built, but what was edited is taken up once.
        counted = self._indexed(question, build=self._store.home.has_index, can_wait=True)
        if counted is not None:
            return in_order(counted[0]), counted[1]
        entries = self.select(selection)
        return tallies(entries, kinds), len(entries)

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return an entry that looks like the same story as `entry`, which is not in the archive."""
        from newsarchive.planning.twin_search import twin_among, twin_in  # spares start-up
        from newsarchive.planning.twins import page_of

        page = page_of(entry)
        if page != "":  # else any address may be a twin's
            found = self._indexed(lambda index: index.may_be_twins(entry, page), build=False)
            if found is not None:
                return twin_among(found, entry)
        return twin_in(self.snapshot, entry, self._store.outlines(str(entry.date or ""), page))

    def entries_with(self, ids: Collection[int]) -> Sequence[Entry]:
        """Return those of the entries with these ids that are there."""
        from newsarchive.query.tree import IdTerm, Query  # spares start-up

        return self.select(Selection(Query("", IdTerm(tuple((one, one) for one in sorted(ids))))))

    def related(self) -> Mapping[int, Sequence[Relation]]:
        """Return the relations of every entry that has any, by its id."""
        found = self._indexed(lambda index: index.related(), build=False)
        if found is None:
            return dict(self.snapshot.related())
        return {entry.known_id: entry.relations for entry in found}

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

    def _kept(self, state: Fingerprint) -> Mapping[int, Any] | None:
        return self._keeper.lines(state)

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

    def _forget(self) -> None:
        super()._forget()
        self.__dict__.pop("_plain", None)
