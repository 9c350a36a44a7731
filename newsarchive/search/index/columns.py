"""How much of a group of words each entry has at most, and what it scores for that."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Sequence
from heapq import nlargest
from itertools import chain
from typing import Final

Part = tuple[float, Collection[int], Sequence[float]]
"""The weight of a word, the ids of the entries that hold it, and how much of it each has."""

_MUCH_LONGER: Final = 4
_SLACK: Final = 1 - 1e-9  # of what is reckoned back from a bound
_LOOK_UP: Final = 6  # so many entries of a posting are gone through while one is looked up in it


class Column:
    """The bound of each entry for one group: `most * amount / (amount + half)`, which never reaches `most`.

    The amounts of several words are added up by id. A posting that is much longer than all others stays as it is,
    and what is added up includes what is in it: of frequent words only few entries are ever asked for.
    `is_exact` says that the amounts are what entries have, not only the most that they may have, and `is_wide` that
    all have the same.
    """

    def __init__(
        self, parts: Iterable[Part], most: float, half: float, *, is_exact: bool, is_wide: bool
    ) -> None:
        self.most = most
        self.is_exact = is_exact
        self.is_wide = is_wide
        self._half = half
        self._summed: dict[int, float] = {}
        self._weight = 1.0
        self._ids: Sequence[int] = ()
        self._amounts: Sequence[float] = ()
        ordered = sorted(parts, key=lambda part: len(part[1]))
        if ordered and sum(len(ids) for _, ids, _ in ordered[:-1]) * _MUCH_LONGER < len(ordered[-1][1]):
            self._weight, ids, amounts = ordered.pop()
            self._ids, self._amounts = _ascending(ids, amounts)
        self._add_up(reversed(ordered))

    def _add_up(self, parts: Iterable[Part]) -> None:
        total = self._summed
        for weight, ids, amounts in parts:
            if not total:
                total.update(zip(ids, amounts if weight == 1 else map(weight.__mul__, amounts), strict=True))
                continue
            for entry_id, amount in zip(ids, amounts, strict=True):
                total[entry_id] = total.get(entry_id, 0.0) + amount * weight
        if self._ids:
            for entry_id in total:
                total[entry_id] += self._of_longest(entry_id)

    def _of_longest(self, entry_id: int) -> float:
        place = bisect_left(self._ids, entry_id)
        is_there = place < len(self._ids) and self._ids[place] == entry_id
        return self._amounts[place] * self._weight if is_there else 0.0

    @property
    def ids(self) -> Collection[int]:
        """The entries that have some of the group, each once."""
        return {*self._summed, *self._ids} if self._summed else self._ids

    def __len__(self) -> int:
        """Return the number of entries that have some of the group, or a little more."""
        return len(self._summed) + len(self._ids)

    def __contains__(self, entry_id: object) -> bool:
        """Whether an entry has some of the group."""
        return isinstance(entry_id, int) and self.bound(entry_id) > 0

    def bound(self, entry_id: int) -> float:
        """Return the bound of one entry, 0 if it has nothing of the group."""
        amount = self._summed.get(entry_id)
        amount = self._of_longest(entry_id) if amount is None else amount
        return self.most * amount / (amount + self._half)

    def add_to(self, total: dict[int, float], allowed: Container[int] | None) -> None:
        """Add the bounds of all entries that are `allowed` to what each has in `total`."""
        is_first, summed = not total, self._summed
        for ids, amounts in ((summed.keys(), summed.values()), (self._ids, self._weighed())):
            known = list(amounts)
            # Of many entries only so many have as much as no other one: lengths of fields repeat.
            bound_of = {amount: self.most * amount / (amount + self._half) for amount in set(known)}
            pairs: Iterable[tuple[int, float]] = zip(ids, map(bound_of.__getitem__, known), strict=True)
            if ids is self._ids and summed:
                pairs = (pair for pair in pairs if pair[0] not in summed)
            if allowed is not None:
                pairs = (pair for pair in pairs if pair[0] in allowed)
            if is_first:
                total.update(pairs)
                continue
            for entry_id, bound in pairs:
                total[entry_id] = total.get(entry_id, 0.0) + bound

    def add_to_those_in(self, total: dict[int, float]) -> None:
        """Add the bounds of those entries that are in `total`, and of no others."""
        if len(total) * _LOOK_UP < len(self):
            for entry_id in total:
                total[entry_id] += self.bound(entry_id)
            return
        others: dict[int, float] = {}
        self.add_to(others, None)
        for entry_id in total:
            total[entry_id] += others.get(entry_id, 0.0)

    def highest(self, count: int) -> float:
        """Return the bound that at most `count` entries exceed."""
        found = nlargest(count, chain(self._summed.values(), self._weighed()))
        amount = found[-1] if found else 0.0
        return self.most * amount / (amount + self._half)

    def at_least(self, bound: float, allowed: Container[int] | None) -> dict[int, float]:
        """Return the bounds of the entries that are `allowed` and have at least this one."""
        if bound >= self.most:
            return {}
        least = bound * self._half / (self.most - bound) * _SLACK
        found = {entry_id: n for entry_id, n in zip(self._ids, self._weighed(), strict=True) if n >= least}
        found |= {entry_id: n for entry_id, n in self._summed.items() if n >= least}
        bounds = {entry_id: self.most * n / (n + self._half) for entry_id, n in found.items()}
        if allowed is None:
            return bounds
        return {entry_id: bound for entry_id, bound in bounds.items() if entry_id in allowed}

    def _weighed(self) -> Iterable[float]:
        return self._amounts if self._weight == 1 else map(self._weight.__mul__, self._amounts)


def _ascending(ids: Collection[int], amounts: Sequence[float]) -> tuple[Sequence[int], Sequence[float]]:
    """Return a posting in the order of its ids, which that of a single word has."""
    if isinstance(ids, array):
        return ids, amounts
    pairs = sorted(zip(ids, amounts, strict=True))
    return [entry_id for entry_id, _ in pairs], [amount for _, amount in pairs]
