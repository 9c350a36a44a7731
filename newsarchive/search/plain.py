"""Answer by going through every entry: what an index answers, for an archive without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsarchive.entry import Entry
from newsarchive.query.sorting import sort_entries
from newsarchive.query.tree import Query
from newsarchive.selection import Page, Selection, TagCounts

if TYPE_CHECKING:
    from newsarchive.query.matching import TagAliases
    from newsarchive.search.fields import Reach
    from newsarchive.search.labels import Synonyms
    from newsarchive.search.ranking import Result


class PlainAnswers:
    """The entries of one revision; each answer is the one that its index would give."""

    def __init__(self, entries: Sequence[Entry], tag_aliases: TagAliases) -> None:
        self._entries = entries
        self._tag_aliases = tag_aliases

    def page(self, selection: Selection) -> Page:
        """Return the part of a selection that is wanted."""
        return selection.page(sort_entries(self._matching(selection.query), selection.sort))

    def search(self, selection: Selection, reach: Reach, synonyms: Synonyms) -> Result:
        """Rank the selected entries by the selection's query."""
        from newsarchive.search.postings import MemoryPostings  # spares start-up
        from newsarchive.search.ranking import search

        return search(
            selection.query,
            MemoryPostings(self._entries, tag_aliases=self._tag_aliases),
            limit=selection.limit,
            offset=selection.offset,
            reach=reach,
            synonyms=synonyms,
        )

    def tag_counts(self, query: Query) -> TagCounts:
        """Count the tags of the entries that match `query`."""
        entries = self._matching(query)
        counts = Counter(tag for entry in entries for tag in entry.tags)
        return TagCounts(counts, sum(not entry.tags for entry in entries))

    def _matching(self, query: Query) -> Sequence[Entry]:
        if query.is_everything:
            return self._entries
        from newsarchive.query.matching import matcher  # spares start-up

        matches = matcher(query.root, tag_aliases=self._tag_aliases)
        return [entry for entry in self._entries if matches(entry)]
