"""How alike entries in different languages are that are near in time, by the weights of what they share."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

NEAR: Final = 31
"""Days between a story and its translation at most, where both are dated."""

_WEEK: Final = 7
_LATER, _UNDATED = 0.8, 0.7
"""What likeness counts for when they are more than a week apart, or one is undated."""

_RAREST: Final = 24
_COMMON: Final = 2_000
"""Candidates share one of an entry's rarest traits, of which no more entries than this have any."""

_CANDIDATES: Final = 3
"""In each language."""


class Near(NamedTuple):
    """How alike an entry is to another, and that one's place."""

    likeness: float
    place: int


class Space:
    """The weights of traits, the rarer the more, and where each occurs, by day. An entry is known by its place."""

    def __init__(self, owned: Sequence[array[int]], days: Sequence[int], languages: Sequence[str]) -> None:
        """Take in the traits of each entry, the ordinal of its day, 0 for none, and its language, "" for none."""
        self._owned = owned
        self._languages = languages
        self._order = sorted(range(len(owned)), key=lambda place: (days[place], place))
        self._ranks = {place: rank for rank, place in enumerate(self._order)}
        self._dates = [days[place] for place in self._order]
        self._undated = bisect_right(self._dates, 0)
        self._holders: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for rank, place in enumerate(self._order):
            for trait in owned[place]:
                self._holders[trait].append(rank)
        size = len(owned) + 1
        self._weights = {trait: math.log(size / len(ranks)) for trait, ranks in self._holders.items()}
        self._lengths = array("d", map(self._length, owned))

    def holders(self, trait: int) -> int:
        """Return how many entries have a trait."""
        return len(self._holders[trait])

    def likest(self, place: int) -> dict[str, list[Near]]:
        """Return the entries near in time that are likest to one, in each language but its own."""
        rank = self._ranks[place]
        low, high = self._near(rank)
        sums: defaultdict[int, float] = defaultdict(float)
        for trait in self._telling(place):
            weight = self._weights[trait]
            for other in self._within(self._holders[trait], low, high):
                sums[other] += weight
        found: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
        for other, shared in sums.items():
            theirs = self._languages[self._order[other]]
            if theirs and theirs != self._languages[place]:
                found[theirs].append((shared / self._lengths[self._order[other]], other))
        return {
            language: [self._judged(rank, other) for _, other in sorted(others, reverse=True)[:_CANDIDATES]]
            for language, others in found.items()
        }

    def _judged(self, rank: int, other: int) -> Near:
        one, two = self._order[rank], self._order[other]
        shared = set(self._owned[one]).intersection(self._owned[two])
        likeness = math.fsum(self._weights[trait] for trait in shared) / (
            self._lengths[one] * self._lengths[two]
        )
        return Near(likeness * self._factor(rank, other), two)

    def _length(self, its: Sequence[int]) -> float:
        return math.sqrt(sum(self._weights[trait] for trait in its)) or 1.0

    def _telling(self, place: int) -> list[int]:
        rare = [trait for trait in self._owned[place] if self.holders(trait) <= _COMMON]
        return sorted(rare, key=lambda trait: (self.holders(trait), trait))[:_RAREST]

    def _near(self, rank: int) -> tuple[int, int]:
        """Return the ranks between which entries are near in time; all are near to one that is undated."""
        day = self._dates[rank]
        if not day:
            return 0, len(self._dates)
        return bisect_left(self._dates, day - NEAR), bisect_right(self._dates, day + NEAR)

    def _within(self, ranks: array[int], low: int, high: int) -> Iterator[int]:
        """Yield the ranks that are near, and those of undated entries."""
        start = bisect_left(ranks, low)
        yield from ranks[: min(start, bisect_left(ranks, self._undated))]
        yield from ranks[start : bisect_left(ranks, high)]

    def _factor(self, one: int, other: int) -> float:
        first, second = self._dates[one], self._dates[other]
        if not first or not second:
            return _UNDATED
        return 1.0 if abs(first - second) <= _WEEK else _LATER
