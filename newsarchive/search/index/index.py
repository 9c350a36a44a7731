"""An index that is open: what the archive asks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Final

from newsarchive.entry import Entry
from newsarchive.query.matching import TagAliases
from newsarchive.query.tree import IdTerm, Query
from newsarchive.search.index.conditions import condition_of
from newsarchive.search.index.contents import present_bit
from newsarchive.search.index.expressions import Condition, among, exact_matches
from newsarchive.search.index.file import State
from newsarchive.search.index.orders import order_of
from newsarchive.search.index.payload import read_entries, read_in_order
from newsarchive.search.index.sql import HIGHEST, values_of
from newsarchive.search.index.tags import IndexTags
from newsarchive.search.index.vocabulary import IndexVocabulary
from newsarchive.selection import Page, Selection, TagCounts, missing_ids

if TYPE_CHECKING:
    from newsarchive.search.fields import Reach
    from newsarchive.search.kinds import Counts
    from newsarchive.search.labels import Synonyms
    from newsarchive.search.ranking import Result

_FEW: Final = 0.02
"""Of a smaller share of the entries it takes less time to read each than to look which rows are theirs."""


class Index:
    """The index of one revision of an archive; each answer is the one that all its entries would give."""

    def __init__(self, connection: Connection, state: State, tag_aliases: TagAliases) -> None:
        self.state = state
        self._connection = connection
        self._tags = IndexTags(connection)
        self._tag_aliases = tag_aliases

    def page(self, selection: Selection) -> Page:
        """Return the part of a selection that is wanted."""
        ids, total = self.order(selection)
        return Page(self.entries(ids), total)

    def order(self, selection: Selection) -> tuple[Sequence[int], int]:
        """Return the ids of the part of a selection that is wanted, and the number of all selected entries."""
        condition = self._condition(selection.query)
        joins, by = order_of(selection.sort)
        select = f"SELECT id FROM entry {joins} WHERE {condition.sql} ORDER BY {by}"
        if not (selection.limit or selection.offset):
            ids = self._values(select, *condition.values)
            return ids, len(ids)
        if selection.query.is_everything:
            total = self.state.entries
        else:
            total = self._values(f"SELECT count(*) FROM entry WHERE {condition.sql}", *condition.values)[0]
        if not total:
            return [], 0
        most, first = min(selection.limit or HIGHEST, HIGHEST), min(selection.offset, HIGHEST)
        return self._values(f"{select} LIMIT ? OFFSET ?", *condition.values, most, first), total

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """Return the entries with these ids, in their order."""
        return read_in_order(self._connection, ids)

    def search(self, selection: Selection, reach: Reach, synonyms: Synonyms) -> Result:
        """Rank the selected entries by the selection's query."""
        from newsarchive.search.index.postings import IndexPostings  # spares start-up
        from newsarchive.search.ranking import search

        postings = IndexPostings(self._connection, self.state.entries, self._tag_aliases)
        return search(
            selection.query,
            postings,
            limit=selection.limit,
            offset=selection.offset,
            reach=reach,
            synonyms=synonyms,
        )

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """Return how many entries hold each of these folded words; those that none holds are left out."""
        vocabulary = IndexVocabulary(self._connection)
        return {word: count for word in words if (count := vocabulary.frequency(word))}

    def tag_counts(self, query: Query) -> TagCounts:
        """Count the tags of the entries that match `query`."""
        counts, _ = self.counts(query, ("tag",))
        tags = {tag: entries for tag, entries in counts["tag"].items() if tag is not None}
        return TagCounts(tags, counts["tag"].get(None, 0))

    def counts(self, query: Query, kinds: Collection[str]) -> tuple[Mapping[str, Counts], int]:
        """Count the entries that match `query` by each of `kinds`, and in all."""
        from newsarchive.search.index.counts import CHOSEN, OTHERS, choose, kept, without  # spares start-up

        every = self.state.entries
        if query.is_everything:
            return {kind: kept(self._connection, kind) for kind in kinds}, every
        condition = self._condition(query)
        total = choose(self._connection, condition.sql, condition.values)
        if total <= every / 2:
            return self._counted(CHOSEN, total, kinds), total
        others = self._counted(OTHERS, every - total, kinds)
        return {kind: without(kept(self._connection, kind), others[kind]) for kind in kinds}, total

    def _counted(self, which: str, total: int, kinds: Collection[str]) -> Mapping[str, Counts]:
        """Count so many entries that are or are not chosen by each of `kinds`."""
        from newsarchive.search.index.counts import count  # spares start-up
        from newsarchive.search.kinds import counted

        if total > _FEW * self.state.entries:
            return count(self._connection, kinds, which)
        ids = self._values(f"SELECT id FROM entry WHERE {which}") if total else ()
        return counted(read_entries(self._connection, ids), kinds)

    def tags(self) -> Collection[str]:
        """Return every tag in use."""
        return self._tags.all

    def may_be_twins(self, entry: Entry, page: str | None) -> list[Entry]:
        """Return few entries, among them all with the title and date of `entry`, or with `page` in the address."""
        from newsarchive.search.index.twins import may_be_twins  # spares start-up: most commands add nothing

        return [*may_be_twins(self._connection, entry, page)]

    def related(self) -> list[Entry]:
        """Return the entries that are related to another one, by id."""
        ids = self._values("SELECT id FROM entry WHERE present & ? ORDER BY id", present_bit("relations"))
        return read_in_order(self._connection, ids)

    def missing(self, term: IdTerm) -> list[int]:
        """Return the ids named one by one that are not there."""
        named = values_of(missing_ids(term, ()))
        select = "SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))"
        return missing_ids(term, self._values(select, named))

    def _condition(self, query: Query) -> Condition:
        """Return an exact condition; what no condition can say is looked up in the entries first."""
        vocabulary = IndexVocabulary(self._connection)
        condition = condition_of(query.root, self._connection, vocabulary, self._tag_aliases, self._tags)
        if condition.is_exact:
            return condition
        return among(exact_matches(condition, query.root, self._connection, self._tag_aliases))

    def _values(self, select: str, *values: Any) -> list[Any]:
        return [value for (value,) in self._connection.execute(select, values)]
