"""How much each entry can score at most, told from postings alone.

Only entries whose bound reaches the score of the last one that is wanted have to be read and scored: that
gives the very answer that scoring all of them would give. The full text's own bm25() is no bound, takes three
times as long, and puts a rare misspelling above the word.

The groups that tell most come first. As soon as all others together can't bring an entry among the best, only the
entries that are known by then are looked up in them: so the postings of frequent words are not gone through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain
from typing import Final, Generic, TypeVar

from newsarchive.search.groups import Group
from newsarchive.search.index.columns import Column, Part
from newsarchive.search.index.holders import Holders
from newsarchive.search.occurrences import Finder
from newsarchive.search.scoring import DECIMALS, SATURATION, THERE, is_wide, telling_groups, weight_of

_BATCH: Final = 300
_ROUNDING: Final = 10.0**-DECIMALS
_PRECISION: Final = 1.00001  # of amounts, which have 32 bits
_LONG: Final = 5_000
"""So long postings may be worth reading some entries early, whose scores show that they need not be gone through."""

_Document = TypeVar("_Document")
Newest = Callable[[Collection[int], int], Iterable[int]]
"""Returns so many of these entries, the newest."""


def columns_of(groups: Sequence[Group], size: int, holders: Holders, growth: float) -> list[Column]:
    """Return the bounds of each group that tells something, those that tell most first.

    `growth` is the most by which the average length of a field has grown since amounts were reckoned.
    """
    half = SATURATION / (growth * _PRECISION)
    telling = [group for group in telling_groups(groups, size) if group.members]
    columns = [
        Column(
            _parts(group, holders),
            weight_of(group, size) * (SATURATION + 1),
            half,
            is_exact=all(len(member.phrase) == 1 for member in group.members),
            is_wide=is_wide(group),
        )
        for group in telling
    ]
    return sorted(columns, key=lambda column: -column.most)


def _parts(group: Group, holders: Holders) -> Iterable[Part]:
    """Yield how much of each word and phrase of a group each entry has at most."""
    if is_wide(group):
        ids = holders.of([member.phrase for member in group.members], group.fields)
        yield 1.0, ids, [THERE] * len(ids)
        return
    finder = Finder({0: group})
    for word, ((_, member),) in finder.words.items():
        yield member.weight, *holders.posting(word, group.fields)
    for _, member in finder.phrases:
        yield member.weight, *holders.phrase_posting(member.phrase)


class Silent:
    """A group that does not score, only brings an entry closer."""

    def __init__(self, group: Group, holders: Holders) -> None:
        self.is_exact = True
        self.is_wide = is_wide(group)
        self._group = group
        self._holders = holders

    def __contains__(self, entry_id: object) -> bool:
        """Whether an entry holds the group."""
        return entry_id in self.ids

    @cached_property
    def ids(self) -> Collection[int]:
        """The entries that hold the group."""
        phrases = [member.phrase for member in self._group.members]
        return self._holders.of(phrases, self._group.fields)


def silent_groups(groups: Sequence[Group], size: int, holders: Holders) -> list[Silent]:
    """Return the groups that tell nothing, see `scoring.telling_groups`."""
    pairs = zip(groups, telling_groups(groups, size), strict=True)
    return [Silent(group, holders) for group, telling in pairs if group.members and not telling.members]


class Best(Generic[_Document]):
    """Looks for the documents among which the best `most` are; only entries that are `allowed` are looked at.

    Of those that score as much as the last one all have to be compared, which is closer. Only those that hold the
    same groups, no more than one of which is not wide, are equally close: the newest of them are enough. `silent` are
    the groups that have no column.
    """

    def __init__(
        self,
        most: int,
        read: Callable[[Collection[int]], list[_Document]],
        score: Callable[[_Document], float],
        newest: Newest,
        *,
        allowed: Container[int] | None = None,
        silent: Sequence[Silent] = (),
    ) -> None:
        self._most = most
        self._read = read
        self._score = score
        self._newest = newest
        self._allowed = allowed
        self._silent = silent
        self._documents: list[_Document] = []
        self._scores: list[float] = []
        self._taken: set[int] = set()

    def of(self, columns: Sequence[Column]) -> list[_Document]:
        """Return the documents; the columns have their bounds, those of the highest first."""
        rest = self._of_one(*columns) if len(columns) == 1 else self._of_several(columns)
        if not self._documents:
            self._take(rest, 2 * self._most)
        rest = self._left(rest)
        if len(rest) > max(_BATCH, self._most * len(set(rest.values()))):
            rest = self._newest_of_each(rest, columns)
        while rest:
            self._take(rest, _BATCH)
            rest = self._left(rest)
        return self._documents

    @property
    def _least(self) -> float:
        """What an entry must be able to score to be among the best."""
        return self._scores[-1] - _ROUNDING if len(self._scores) == self._most else 0.0

    def _of_one(self, column: Column) -> Mapping[int, float]:
        if self._allowed is None and not self._silent and column.is_wide:
            return dict.fromkeys(self._newest(column.ids, self._most), column.most)
        if self._allowed is None and len(column) > _LONG:
            count = 2 * self._most
            self._take(column.at_least(column.highest(count), None), count)
        return column.at_least(self._least, self._allowed)

    def _of_several(self, columns: Sequence[Column]) -> Mapping[int, float]:
        total: dict[int, float] = {}
        others = list(columns)
        while others and _most_of(others) >= self._least:
            others.pop(0).add_to(total, self._allowed)
            if sum(map(len, others)) > _LONG and self._may_decide(total, others):
                self._take(self._left(total), 2 * self._most)
        while others:
            least = self._least - _most_of(others)
            total = {entry_id: bound for entry_id, bound in total.items() if bound >= least}
            others.pop(0).add_to_those_in(total)
        return total

    def _may_decide(self, total: Mapping[int, float], others: Sequence[Column]) -> bool:
        """Whether the best of `total` may score more than any entry can for the others alone."""
        highest = nlargest(self._most, total.values())
        return len(highest) == self._most and highest[-1] > _most_of(others)

    def _take(self, bound_by_id: Mapping[int, float], count: int) -> None:
        """Read and score those with the highest bounds, so many of them."""
        batch = _highest(bound_by_id, count, self._newest)
        found = self._read(batch)
        self._documents += found
        self._scores = nlargest(self._most, chain(self._scores, map(self._score, found)))
        self._taken.update(batch)

    def _left(self, total: Mapping[int, float]) -> Mapping[int, float]:
        """Return the entries of `total` that may be among the best and have not been read."""
        least, taken = self._least, self._taken
        return {
            entry_id: bound for entry_id, bound in total.items() if bound >= least and entry_id not in taken
        }

    def _newest_of_each(
        self, bound_by_id: Mapping[int, float], columns: Sequence[Column]
    ) -> Mapping[int, float]:
        """Leave of the entries that hold as much of the same groups the newest, where none is closer than another."""
        known: Sequence[Column | Silent] = (*columns, *self._silent)
        is_long = len(bound_by_id) > _LONG  # worth sets
        holders = [(one, frozenset(one.ids) if is_long else one) for one in known]
        levels: defaultdict[tuple[Sequence[Column | Silent], float], list[int]] = defaultdict(list)
        for entry_id, bound in bound_by_id.items():
            its = tuple([one for one, ids in holders if entry_id in ids]) if len(known) > 1 else known
            levels[its, bound].append(entry_id)
        kept: dict[int, float] = {}
        for (its, bound), level in levels.items():
            are_equal = sum(not one.is_wide for one in its) <= 1 and all(one.is_exact for one in its)
            is_enough = are_equal and len(level) > self._most
            kept |= dict.fromkeys(self._newest(level, self._most) if is_enough else level, bound)
        return kept


def _most_of(columns: Iterable[Column]) -> float:
    return sum(column.most for column in columns)


def _highest(bound_by_id: Mapping[int, float], count: int, newest: Newest) -> Collection[int]:
    """Return the `count` ids with the highest bounds, of those with the same bound the newest."""
    if len(bound_by_id) <= count:
        return bound_by_id.keys()
    floor = nlargest(count, bound_by_id.values())[-1]
    above = [entry_id for entry_id, bound in bound_by_id.items() if bound > floor]
    level = [entry_id for entry_id, bound in bound_by_id.items() if bound == floor]
    return [*above, *newest(level, count - len(above))]
