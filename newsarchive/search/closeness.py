"""How much of a query an entry holds, and how closely: it decides between entries of the same score."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from operator import attrgetter

from newsarchive.search.groups import Group
from newsarchive.search.occurrences import Finder, finders
from newsarchive.search.postings import Document
from newsarchive.search.scoring import is_wide, weight_of


class Closeness:
    """Compares entries by the groups of one query, taken in the order in which they were typed."""

    def __init__(self, groups: Sequence[Group], size: int) -> None:
        self._weights = [weight_of(group, size) for group in groups]
        self._wide = frozenset(number for number, group in enumerate(groups) if is_wide(group))
        self._finders = finders(groups)

    def key(self, document: Document) -> tuple[float, int, int]:
        """Return what sorts the closest entries first.

        That is, negative, the weight of the groups that the entry holds and the number of neighbours in the
        query that follow each other in a field, and then the distances between those. What begins very many words
        has no neighbours.
        """
        held: set[int] = set()
        gaps: dict[int, int] = {}
        for finder, words in zip(self._finders, document.words, strict=True):
            places = _places(finder, words)
            held |= places.keys()
            for group in places:
                if self._wide and not self._wide.isdisjoint((group, group + 1)):
                    continue
                gap = _least_gap(places[group], places.get(group + 1, []))
                if gap:
                    gaps[group] = min(gap, gaps.get(group, gap))
        weight = sum(self._weights[group] for group in sorted(held))
        return -round(weight, 6), -len(gaps), sum(gaps.values())


def _places(finder: Finder, words: Sequence[str]) -> dict[int, list[int]]:
    """Return for each group that is in `words` its places, in ascending order."""
    places: dict[int, list[int]] = {}
    for found in sorted(finder.find(words), key=attrgetter("place")):
        places.setdefault(found.group, []).append(found.place)
    return places


def _least_gap(places: Sequence[int], next_places: Sequence[int]) -> int:
    """Return the least distance from one of `places` to a later one of `next_places`; 0 if there is none."""
    later = ((place, bisect(next_places, place)) for place in places)
    return min((next_places[found] - place for place, found in later if found < len(next_places)), default=0)
