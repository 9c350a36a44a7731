"""Rank what a query finds: by score, then by how much of the query it holds and how closely, newest first."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from newsarchive.entry import Entry
from newsarchive.query.tree import Query
from newsarchive.search.asking import groups_of
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.grouping import Synonyms
from newsarchive.search.groups import Group
from newsarchive.search.highlight import Highlighter, Match
from newsarchive.search.occurrences import Finder
from newsarchive.search.postings import Document, Postings
from newsarchive.search.scoring import Scorer, rarity


class Hit(NamedTuple):
    """An entry that was found, its score, and what in it matched."""

    entry: Entry
    score: float
    matches: tuple[Match, ...]


class Result(NamedTuple):
    """The hits that were asked for, how many there are in all, and how the query was understood."""

    hits: tuple[Hit, ...]
    total: int
    groups: tuple[Group, ...]


def search(
    query: Query,
    postings: Postings,
    *,
    limit: int = 0,
    offset: int = 0,
    fuzzy: bool = True,
    fields: Sequence[str] = TEXT_FIELDS,
    synonyms: Synonyms | None = None,
) -> Result:
    """Return the entries that match `query`, best first, from `offset` on, `limit` of them (0: all).

    Bare words are looked for in `fields`, and without `fuzzy` only as they are spelt.
    """
    groups = groups_of(query, postings, fuzzy=fuzzy, fields=fields, synonyms=synonyms)
    most = offset + limit if limit else None
    found = postings.find(groups, query.required, most)
    ranked = Ranking(groups, postings).best(found.documents, most)[offset:]
    highlighter = Highlighter(groups)
    hits = (Hit(document.entry, score, highlighter.matches(document.entry)) for score, document in ranked)
    return Result(tuple(hits), found.total, groups)


Scored = tuple[float, Document]


class Ranking:
    """Puts documents in order by the groups of one query."""

    def __init__(self, groups: Sequence[Group], postings: Postings) -> None:
        self._score = Scorer(groups, postings.size, postings.average_lengths).score
        self._ties = _Ties(groups, postings.size)

    def best(self, documents: Sequence[Document], most: int | None) -> list[Scored]:
        """Return score and document of the best `most`, the best first."""
        scored = [(self._score(document), document) for document in documents]
        if most is not None and most < len(scored):
            least = nlargest(most, (score for score, _ in scored))[-1]
            scored = [item for item in scored if item[0] >= least]
        tied = {score for score, n in Counter(score for score, _ in scored).items() if n > 1}

        def order(item: Scored) -> tuple[Any, ...]:
            score, document = item
            return -score, self._ties.key(document) if score in tied else (), _age(document.entry)

        return sorted(scored, key=order)[:most]


class _Ties:
    """Decides between documents of the same score."""

    def __init__(self, groups: Sequence[Group], size: int) -> None:
        self._weights = [rarity(group.frequency, size) for group in groups]
        self._finders = [Finder(groups, field) for field in TEXT_FIELDS]

    def key(self, document: Document) -> tuple[float, int, int]:
        """Return what is less for the better: how much of the query it lacks, how little in order, gaps."""
        fields = zip(self._finders, document.words, strict=True)
        places = [self._places(finder, words) for finder, words in fields]
        held = [weight for group, weight in enumerate(self._weights) if any(field[group] for field in places)]
        gaps = []
        for one, following in pairwise(range(len(self._weights))):
            if found := [gap for field in places if (gap := _least_gap(field[one], field[following]))]:
                gaps.append(min(found))
        return -round(sum(held), 6), -len(gaps), sum(gaps)

    def _places(self, finder: Finder, words: Sequence[str]) -> list[list[int]]:
        """Return for each group where it stands among `words`, in ascending order."""
        places: list[list[int]] = [[] for _ in self._weights]
        for place, group, _ in sorted(finder.find(words), key=itemgetter(0)):
            places[group].append(place)
        return places


def _least_gap(places: Sequence[int], next_places: Sequence[int]) -> int:
    """Return the least distance from one of `places` to a later one of `next_places`; 0 if there is none."""
    later = ((place, bisect(next_places, place)) for place in places)
    return min((next_places[found] - place for place, found in later if found < len(next_places)), default=0)


def _age(entry: Entry) -> tuple[bool, int, int, int]:
    """Return what is less for the newer; undated entries are the oldest, and the id is the last to decide."""
    number, coarseness = entry.date.sort_key if entry.date else (0, 0)
    return entry.date is None, -number, coarseness, entry.known_id
