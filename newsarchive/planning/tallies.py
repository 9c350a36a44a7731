"""Count entries by year, month, tag, language and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from newsarchive.entry import Entry


class Tally(NamedTuple):
    """How many entries have a value of `by`; None is for those that have none."""

    by: str
    value: str | None
    entries: int


def _year(entry: Entry) -> Iterator[str]:
    if entry.date is not None:
        yield f"{entry.date.year:04}"


def _month(entry: Entry) -> Iterator[str]:
    if entry.date is not None and entry.date.month is not None:
        yield f"{entry.date.year:04}-{entry.date.month:02}"


def _source(entry: Entry) -> Iterator[str]:
    if entry.source is not None:
        yield entry.source


KINDS: Final[Mapping[str, Callable[[Entry], Iterable[str]]]] = {
    "year": _year,
    "month": _month,
    "tag": lambda entry: entry.tags,
    "language": lambda entry: entry.languages,
    "source": _source,
}
"""What can be counted by, and the values of an entry; one with two tags counts for both."""

_IN_TIME: Final = ("year", "month")


def tallies(entries: Iterable[Entry], kinds: Sequence[str]) -> list[Tally]:
    """Count `entries` by each of `kinds`: times in their order, other values the most frequent first.

    Entries without a value come last.
    """
    counters = {kind: Counter[str | None]() for kind in kinds}
    for entry in entries:
        for kind, counter in counters.items():
            counter.update(tuple(KINDS[kind](entry)) or (None,))
    return in_order(counters)


def in_order(counts: Mapping[str, Mapping[str | None, int]]) -> list[Tally]:
    """Return what was counted by each kind in the order of `tallies`."""
    return [tally for kind, counter in counts.items() for tally in _in_order(kind, counter)]


def _in_order(kind: str, counter: Mapping[str | None, int]) -> list[Tally]:
    found = [Tally(kind, value, count) for value, count in counter.items()]
    by_time = kind in _IN_TIME
    return sorted(
        found,
        key=lambda tally: (tally.value is None, 0 if by_time else -tally.entries, tally.value or ""),
    )
