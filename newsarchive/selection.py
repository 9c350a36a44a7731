"""A selection: the query, the order and the part that is wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.query.tree import Everything, IdTerm, Query

NEWEST_FIRST: Final = "date-"
EVERYTHING: Final = Query("", Everything())


class Selection(NamedTuple):
    """What a command acts on.

    `query` says all of it; `ids` are those of it that were named as ids, for telling which do not exist.
    `limit` 0 means all; `given` says that anything was asked for at all.
    """

    query: Query = EVERYTHING
    ids: IdTerm | None = None
    sort: str = NEWEST_FIRST
    limit: int = 0
    offset: int = 0
    given: bool = False

    def page(self, entries: Sequence[Entry]) -> Page:
        """Cut all the selected entries to the part that is wanted."""
        end = self.offset + self.limit if self.limit else None
        return Page(entries[self.offset : end], len(entries))


class Page(NamedTuple):
    """The part of a selection that is wanted, and how many entries are in all of it."""

    entries: Sequence[Entry]
    total: int


class TagCounts(NamedTuple):
    """How many entries of a selection have each tag, and how many have none."""

    counts: Mapping[str, int]
    untagged: int


def missing_ids(term: IdTerm, present: Collection[int]) -> list[int]:
    """Return the ids named one by one that are not present, in order; a range takes what there is."""
    there = present if isinstance(present, Mapping) else set(present)
    named = dict.fromkeys(low for low, high in term.ranges if low is not None and low == high)
    return [entry_id for entry_id in named if entry_id not in there]
