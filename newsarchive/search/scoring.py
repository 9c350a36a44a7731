"""BM25 over groups: how much of a query an entry holds, rare words and short fields counting for more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from newsarchive.search.groups import PREFIX, Group
from newsarchive.search.occurrences import finders, starts
from newsarchive.search.postings import Document
from newsarchive.text.pairs import is_paired

# The constants of BM25F: how soon more of the same stops counting, and how much a long field is held back.
SATURATION: Final = 1.5
_LENGTH: Final = 0.7
FIELD_WEIGHTS: Final = (4.0, 3.0, 2.0, 1.0)  # of title, tags, summary, body

THERE: Final = 1.0
"""How much an entry has of a group that begins so many words that it tells no more than that one is there."""

_WIDE: Final = 200
_LARGE: Final = 1_000
DECIMALS: Final = 6  # fewer than the sums are exact to, so that entries with the same words tie


class Scorer:
    """Scores entries by the groups of one query."""

    def __init__(self, groups: Sequence[Group], size: int, average_lengths: Sequence[float]) -> None:
        """Take the number of entries in the archive, and the average number of words in each field."""
        telling = telling_groups(groups, size)
        self._weights = [weight_of(group, size) for group in telling]
        self._wide = [number for number, group in enumerate(telling) if is_wide(group)]
        self._fields = list(zip(FIELD_WEIGHTS, average_lengths, finders(telling), strict=True))

    def score(self, document: Document) -> float:
        """Return the score of an entry, 0 if it holds none of the groups."""
        score = 0.0
        for weight, amount in zip(self._weights, self._amounts(document), strict=True):
            if amount:
                score += weight * amount * (SATURATION + 1) / (amount + SATURATION)
        return round(score, DECIMALS)

    def _amounts(self, document: Document) -> list[float]:
        """Return how much of each group there is: an occurrence is less the longer the field it stands in."""
        amounts = [0.0] * len(self._weights)
        fields = zip(self._fields, document.words, document.counts, strict=True)
        for (field_weight, average_length, finder), words, counts in fields:
            if not words:
                continue
            occurrence = occurrence_amount(field_weight, len(words), average_length)
            for word in _in_both(finder.words, counts):
                amount = occurrence * counts[word]
                for group, member in finder.words[word]:
                    amounts[group] += amount * member.weight
            for group, member in finder.phrases:
                amounts[group] += occurrence * member.weight * len(starts(member.phrase, words))
        for group in self._wide:
            amounts[group] = THERE if amounts[group] else 0.0
        return amounts


def occurrence_amount(field_weight: float, length: int, average_length: float) -> float:
    """Return how much one occurrence in a field of `length` words is."""
    return field_weight / (1 - _LENGTH + _LENGTH * length / average_length)


def rarity(frequency: int, size: int) -> float:
    """Return the inverse document frequency of a group that `frequency` of `size` entries hold."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def is_wide(group: Group) -> bool:
    """Whether a group is the beginning of more words than tell anything by their number and place: `c*`."""
    if len(group.members) <= _WIDE:
        return False
    begun = (member for member in group.members if member.reason == PREFIX)
    return sum(not any(map(is_paired, member.phrase[0])) for member in begun) > _WIDE


def weight_of(group: Group, size: int) -> float:
    """Return how much it tells that an entry of an archive of `size` holds a group."""
    return rarity(group.frequency, size) * group.factor


def telling_groups(groups: Sequence[Group], size: int) -> Sequence[Group]:
    """Empty, in a large archive, the groups that over half of the entries hold, unless all are such.

    They tell nothing and take the most time. In a small archive the very thing it is about may be among them.
    """
    tells = [0 < group.frequency <= size / 2 for group in groups]
    if size <= _LARGE or not any(tells):
        return groups
    return [
        group if telling else group._replace(members=()) for group, telling in zip(groups, tells, strict=True)
    ]


def _in_both(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterable[str]:
    """Return the words that both hold; unlike `&` of their keys, always in the same order."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    return filter(many.__contains__, few)
