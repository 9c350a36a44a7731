"""BM25 over groups: how much of a query an entry holds, rare words and short fields counting for more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.groups import Group
from newsarchive.search.occurrences import Finder, starts
from newsarchive.search.postings import Document

# The constants of BM25F: how soon more of the same stops counting, and how much a long field is held back.
_SATURATION: Final = 1.5
_LENGTH: Final = 0.75
_FIELD_WEIGHTS: Final = {"title": 3.0, "tags": 2.0, "summary": 1.4, "body": 1.0}

_LARGE: Final = 1_000
_DECIMALS: Final = 6  # fewer than the sums are exact to, so that entries with the same words tie


class Scorer:
    """Scores entries by the groups of one query."""

    def __init__(self, groups: Sequence[Group], size: int, average_lengths: Sequence[float]) -> None:
        """Take the number of entries in the archive, and how many words each of their fields has on average."""
        telling = _telling(groups, size)
        self._weights = [rarity(group.frequency, size) for group in telling]
        self._fields = [
            _Field(telling, field, average)
            for field, average in zip(TEXT_FIELDS, average_lengths, strict=True)
        ]

    def score(self, document: Document) -> float:
        """Return the score of an entry, 0 if it holds none of the groups."""
        counts = [0.0] * len(self._weights)
        for field, words, frequencies in zip(self._fields, document.words, document.counts, strict=True):
            if words:
                field.count(words, frequencies, counts)
        score = 0.0
        for weight, count in zip(self._weights, counts, strict=True):
            if count:
                score += weight * count * (_SATURATION + 1) / (count + _SATURATION)
        return round(score, _DECIMALS)


class _Field:
    """Counts the groups in one field."""

    def __init__(self, groups: Sequence[Group], field: str, average_length: float) -> None:
        finder = Finder(groups, field)
        self._weight = _FIELD_WEIGHTS[field]
        self._average_length = average_length
        self._phrases = finder.phrases
        self._words = {
            word: [(group, member.weight) for group, member in members]
            for word, members in finder.words.items()
        }

    def count(self, words: Sequence[str], frequencies: Mapping[str, int], counts: list[float]) -> None:
        """Add to the `counts` of the groups; an occurrence counts for less the longer the field is."""
        factor = self._weight / (1 - _LENGTH + _LENGTH * len(words) / self._average_length)
        for word in filter(frequencies.__contains__, self._words):
            times = factor * frequencies[word]
            for group, weight in self._words[word]:
                counts[group] += times * weight
        for group, member in self._phrases:
            counts[group] += factor * member.weight * len(starts(member.phrase, words))


def rarity(frequency: int, size: int) -> float:
    """Return the weight of a group that `frequency` of `size` entries hold, its inverse document frequency."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _telling(groups: Sequence[Group], size: int) -> Sequence[Group]:
    """Leave out, in a large archive, the groups that over half of the entries hold, unless all are such.

    They tell nothing and take the most time. In a small archive the very thing it is about may be among them.
    """
    if size <= _LARGE:
        return groups
    return [group for group in groups if group.frequency <= size / 2] or groups
