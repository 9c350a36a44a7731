"""How much each entry can score at most, told from postings alone.

Only entries whose bound reaches the score of the last one that is wanted have to be read and scored: that
gives the very answer that scoring all of them would give. The full text's own bm25() is no bound, takes three
times as long, and puts a rare misspelling above the word.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from typing import Final, TypeVar

from newsarchive.search.groups import Group
from newsarchive.search.index.holders import Holders, add_up
from newsarchive.search.index.sql import MANY
from newsarchive.search.occurrences import Finder
from newsarchive.search.scoring import DECIMALS, SATURATION, telling_groups, weight_of

_BATCH: Final = 300
_ROUNDING: Final = 10.0**-DECIMALS
_PLENTY: Final = 1e9
_PRECISION: Final = 1.00001  # of amounts, which have 32 bits

_Document = TypeVar("_Document")
Newest = Callable[[Collection[int], int], Iterable[int]]
"""Returns so many of these entries, the newest."""


def bounds(groups: Sequence[Group], size: int, holders: Holders, growth: float) -> Mapping[int, float]:
    """Return the most that each entry can score, without those that score nothing.

    `growth` is the most by which the average length of a field has grown since amounts were reckoned.
    """
    half = SATURATION / (growth * _PRECISION)
    total: dict[int, float] = {}
    for group in telling_groups(groups, size):
        most = weight_of(group, size) * (SATURATION + 1)
        amounts = _amounts(group, holders)
        # Of many entries only so many have as much as no other one: lengths of fields repeat.
        bound_of = {amount: most * amount / (amount + half) for amount in set(amounts.values())}
        its_bounds = zip(amounts, map(bound_of.__getitem__, amounts.values()), strict=True)
        if not total:
            total = dict(its_bounds)
            continue
        for entry_id, bound in its_bounds:
            total[entry_id] = total.get(entry_id, 0.0) + bound
    return total


def _amounts(group: Group, holders: Holders) -> Mapping[int, float]:
    """Return how much of a group each entry has at most."""
    finder = Finder({0: group})
    if len(finder.words) > MANY:
        return dict.fromkeys(holders.of(member.phrase for member in group.members), _PLENTY)
    words = ((member.weight, *holders.posting(word)) for word, ((_, member),) in finder.words.items())
    phrases = ((member.weight, *holders.phrase_posting(member.phrase)) for _, member in finder.phrases)
    return add_up(chain[tuple[float, Iterable[int], Iterable[float]]](words, phrases))


def best(
    bound_by_id: Mapping[int, float],
    most: int,
    read: Callable[[Collection[int]], list[_Document]],
    score: Callable[[_Document], float],
    newest: Newest,
    *,
    is_one_word: bool,
) -> list[_Document]:
    """Return the documents among which the best `most` are.

    Of those that score as much as the last one only the newest are wanted with `is_one_word`: none of them is
    closer than another. Else all of them have to be compared.
    """
    batch = _highest(bound_by_id, 2 * most, newest)
    rest, documents, scores = bound_by_id, list[_Document](), list[float]()
    while batch:
        found = read(batch)
        documents += found
        scores = nlargest(most, chain(scores, map(score, found)))
        least = scores[-1] - _ROUNDING if len(scores) == most else 0.0
        taken = set(batch)
        rest = {
            entry_id: bound for entry_id, bound in rest.items() if bound >= least and entry_id not in taken
        }
        if is_one_word and len(rest) > _BATCH:
            rest = dict(_newest_of_each(rest, most, newest))
        batch = list(_highest(rest, _BATCH, newest))
    return documents


def _newest_of_each(bound_by_id: Mapping[int, float], most: int, newest: Newest) -> Mapping[int, float]:
    """Leave of the entries with the same bound, which have as much of a word, the newest `most`."""
    levels: defaultdict[float, list[int]] = defaultdict(list)
    for entry_id, bound in bound_by_id.items():
        levels[bound].append(entry_id)
    return {
        entry_id: bound
        for bound, level in levels.items()
        for entry_id in (newest(level, most) if len(level) > most else level)
    }


def _highest(bound_by_id: Mapping[int, float], count: int, newest: Newest) -> Collection[int]:
    """Return the `count` ids with the highest bounds, of those with the same bound the newest."""
    if len(bound_by_id) <= count:
        return bound_by_id.keys()
    floor = min(nlargest(count, bound_by_id.values()), default=math.inf)
    above = [entry_id for entry_id, bound in bound_by_id.items() if bound > floor]
    level = [entry_id for entry_id, bound in bound_by_id.items() if bound == floor]
    return [*above, *newest(level, count - len(above))]
