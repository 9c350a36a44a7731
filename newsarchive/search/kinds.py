"""What entries are counted by: year, month, tag, language and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from newsarchive.entry import Entry

Counts = Mapping[str | None, int]
"""How many entries have each value; None is for those that have none."""


class Kind(NamedTuple):
    """A kind of values: the field that they come from, and which of them an entry has."""

    field: str
    values: Callable[[Entry], Iterable[str]]


def _year(entry: Entry) -> Iterator[str]:
    if entry.date is not None:
        yield f"{entry.date.year:04}"


def _month(entry: Entry) -> Iterator[str]:
    if entry.date is not None and entry.date.month is not None:
        yield f"{entry.date.year:04}-{entry.date.month:02}"


def _source(entry: Entry) -> Iterator[str]:
    if entry.source is not None:
        yield entry.source


KINDS: Final[Mapping[str, Kind]] = {
    "year": Kind("date", _year),
    "month": Kind("date", _month),
    "tag": Kind("tags", lambda entry: entry.tags),
    "language": Kind("languages", lambda entry: entry.languages),
    "source": Kind("source", _source),
}
"""All of them; an entry with two tags counts for both."""


def counted(entries: Iterable[Entry], kinds: Iterable[str]) -> Mapping[str, Counts]:
    """Count entries by each of `kinds`."""
    counters = {kind: Counter[str | None]() for kind in kinds}
    for entry in entries:
        for kind, counter in counters.items():
            counter.update(values_of(entry, kind))
    return counters


def values_of(entry: Entry, kind: str) -> tuple[str | None, ...]:
    """Return what an entry counts for: its values of a kind, or None."""
    return tuple(KINDS[kind].values(entry)) or (None,)
