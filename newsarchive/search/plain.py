"""Answer by going through every entry: what an index answers, for an archive without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from newsarchive.entry import Entry
from newsarchive.query.sorting import sort_entries
from newsarchive.query.tree import Query
from newsarchive.selection import Page, Selection, TagCounts

if TYPE_CHECKING:
    from newsarchive.query.matching import TagAliases
    from newsarchive.search.fields import Reach
    from newsarchive.search.labels import Synonyms
    from newsarchive.search.ranking import Result

_HELD: Final = 5_000
_MOST: Final = 100_000  # of more, nothing is won by leaving some out


class PlainAnswers:
    """The entries of one revision; each answer is the one that its index would give."""

    def __init__(self, each: Callable[[], Iterable[Entry]], tag_aliases: TagAliases) -> None:
        """Take what returns every entry, from the first on, whenever it is called."""
        self._each = each
        self._tag_aliases = tag_aliases

    def page(self, selection: Selection) -> Page:
        """Return the part of a selection that is wanted; of the rest only some entries are held at a time."""
        matching = iter(self._matching(selection.query))
        if not selection.limit or selection.offset + selection.limit > _MOST:
            return selection.page(sort_entries(matching, selection.sort))
        most, total = selection.offset + selection.limit, 0
        first: list[Entry] = []
        while part := list(islice(matching, max(most, _HELD))):
            total += len(part)
            first = sort_entries([*first, *part], selection.sort)[:most]
        return Page(selection.page(first).entries, total)

    def search(self, selection: Selection, reach: Reach, synonyms: Synonyms) -> Result:
        """Rank the selected entries by the selection's query."""
        from newsarchive.search.postings import MemoryPostings  # spares start-up
        from newsarchive.search.ranking import search

        return search(
            selection.query,
            MemoryPostings(self._each(), tag_aliases=self._tag_aliases),
            limit=selection.limit,
            offset=selection.offset,
            reach=reach,
            synonyms=synonyms,
        )

    def tag_counts(self, query: Query) -> TagCounts:
        """Count the tags of the entries that match `query`."""
        counts: Counter[str] = Counter()
        untagged = 0
        for entry in self._matching(query):
            counts.update(entry.tags)
            untagged += not entry.tags
        return TagCounts(counts, untagged)

    def _matching(self, query: Query) -> Iterable[Entry]:
        if query.is_everything:
            return self._each()
        from newsarchive.query.matching import matcher  # spares start-up

        matches = matcher(query.root, tag_aliases=self._tag_aliases)
        return filter(matches, self._each())
