"""Rank what a query finds: by score, then by how much of the query it holds and how closely, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import chain
from typing import Any, NamedTuple

from newsarchive.entry import Entry
from newsarchive.query.tree import Query
from newsarchive.search.asking import Asking
from newsarchive.search.closeness import Closeness
from newsarchive.search.fields import EVERYWHERE, Reach
from newsarchive.search.groups import Group
from newsarchive.search.highlight import Highlighter, Match
from newsarchive.search.labels import Synonyms
from newsarchive.search.postings import Candidates, Document, Postings
from newsarchive.search.relaxing import asked, relaxed
from newsarchive.search.scoring import Scorer


class Hit:
    """An entry that was found, and its score."""

    __slots__ = ("_highlighter", "entry", "score")

    def __init__(self, entry: Entry, score: float, highlighter: Highlighter) -> None:
        self.entry = entry
        self.score = score
        self._highlighter = highlighter

    @property
    def matches(self) -> tuple[Match, ...]:
        """What in the entry matched, looked for when it is asked for: not every format shows it."""
        return self._highlighter.matches(self.entry)


class Result(NamedTuple):
    """The hits that were asked for, how many there are in all, how the query was understood, and what to say."""

    hits: tuple[Hit, ...]
    total: int
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()


def search(
    query: Query,
    postings: Postings,
    *,
    limit: int = 0,
    offset: int = 0,
    reach: Reach = EVERYWHERE,
    synonyms: Synonyms | None = None,
) -> Result:
    """Return the entries that match `query`, best first, from `offset` on, `limit` of them (0: all).

    A query that finds nothing is relaxed, unless words count only as they are spelt; `notes` say how.
    """
    most = offset + limit if limit else None
    ways = chain([asked(query)], relaxed(query) if reach.fuzzy else ())
    tried: list[Asking] = []
    for way in ways:
        asking = Asking(way, postings, reach=reach, synonyms=synonyms)
        tried.append(asking)
        # Which words are meant takes longest to tell, and need not be told where nothing can be found.
        may_find = postings.may_find(asking.needed, way.required)
        found = postings.find(asking.groups, way.required, most) if may_find else Candidates((), 0)
        if found.total:
            break
    understood = tried[-1 if found.total else 0]
    groups, note = understood.groups, understood.asked.note
    ranked = Ranking(groups, postings).best(found.documents, most)[offset:]
    highlighter = Highlighter(groups)
    hits = (Hit(document.entry, score, highlighter) for score, document in ranked)
    return Result(tuple(hits), found.total, groups, (note,) if note else ())


Scored = tuple[float, Document]


class Ranking:
    """Puts documents in order by the groups of one query."""

    def __init__(self, groups: Sequence[Group], postings: Postings) -> None:
        self._score = Scorer(groups, postings.size, postings.average_lengths).score
        self._closeness = Closeness(groups, postings.size)

    def best(self, documents: Sequence[Document], most: int | None) -> list[Scored]:
        """Return score and document of the best `most`, the best first."""
        scored = [(self._score(document), document) for document in documents]
        if most is not None and most < len(scored):
            least = nlargest(most, (score for score, _ in scored))[-1]
            scored = [item for item in scored if item[0] >= least]
        # What scores nothing holds only words that tell nothing: its closeness tells nothing either.
        tied = {score for score, n in Counter(score for score, _ in scored).items() if score and n > 1}

        def order(item: Scored) -> tuple[Any, ...]:
            score, document = item
            return -score, self._closeness.key(document) if score in tied else (), _age(document.entry)

        return sorted(scored, key=order)[:most]


def _age(entry: Entry) -> tuple[bool, int, int, int]:
    """Return what is less for the newer; undated entries are the oldest, and the id is the last to decide."""
    number, coarseness = entry.date.sort_key if entry.date else (0, 0)
    return entry.date is None, -number, coarseness, entry.known_id
