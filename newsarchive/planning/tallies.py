"""Count entries by year, month, tag, language and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.search.kinds import Counts, counted


class Tally(NamedTuple):
    """How many entries have a value of `by`; None is for those that have none."""

    by: str
    value: str | None
    entries: int


_IN_TIME: Final = ("year", "month")


def tallies(entries: Iterable[Entry], kinds: Sequence[str]) -> list[Tally]:
    """Count `entries` by each of `kinds`: times in their order, other values the most frequent first.

    Entries without a value come last.
    """
    return in_order(counted(entries, kinds))


def in_order(counts: Mapping[str, Counts]) -> list[Tally]:
    """Return what was counted by each kind in the order of `tallies`."""
    return [tally for kind, counter in counts.items() for tally in _in_order(kind, counter)]


def _in_order(kind: str, counter: Counts) -> list[Tally]:
    found = [Tally(kind, value, count) for value, count in counter.items()]
    by_time = kind in _IN_TIME
    return sorted(
        found,
        key=lambda tally: (tally.value is None, 0 if by_time else -tally.entries, tally.value or ""),
    )
