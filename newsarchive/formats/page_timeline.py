"""The timeline of the page: a bar for each year, in per cent of the width so that it fits every screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

HEIGHT: Final = 88
"""Of the whole drawing in pixels, the labels below the bars included."""

FOOT: Final = 68
"""Where the bars stand, in pixels from the top."""

_TALLEST: Final = 52
_SHORTEST: Final = 2
_MOST_YEARS: Final = 80  # with more between the first and the last, years without entries are left out
_SHARE: Final = 0.76  # of a year's width that its bar takes
_WIDEST: Final = 5  # per cent of the whole: a few years make no wall


class Bar(NamedTuple):
    """A year: its entries, its place in per cent of the width, its bar in pixels.

    `rank` says how dear its label is where there is little room: `first`, `second` or `third`.
    """

    year: int
    entries: int
    slot: str
    slot_width: str
    x: str
    width: str
    middle: str
    y: int
    height: int
    rank: str


def timeline(counts: Mapping[int, int]) -> list[Bar]:
    """Return the bars of the years with their numbers of entries, the oldest first."""
    return list(_bars(counts, _years(counts)))


def _years(counts: Mapping[int, int]) -> list[int]:
    years = sorted(counts)
    is_narrow = bool(years) and years[-1] - years[0] < _MOST_YEARS
    return list(range(years[0], years[-1] + 1)) if is_narrow else years


def _bars(counts: Mapping[int, int], years: list[int]) -> Iterator[Bar]:
    most = max(counts.values(), default=0)
    step = 100 / max(len(years), 1)
    width = min(_SHARE * step, _WIDEST)
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        height = max(round(_TALLEST * count / most), _SHORTEST) if count else 0
        yield Bar(
            year=year,
            entries=count,
            slot=_percent(place * step),
            slot_width=_percent(step),
            x=_percent((place + 0.5) * step - width / 2),
            width=_percent(width),
            middle=_percent((place + 0.5) * step),
            y=FOOT - height,
            height=height,
            rank=_rank(place, len(years)),
        )


def _rank(place: int, years: int) -> str:
    """Label some 6 years everywhere, 12 where there is more room, 24 where there is much."""
    for rank, labels in (("first", 6), ("second", 12), ("third", 24)):
        if place % -(-years // labels) == 0:
            return rank
    return "none"


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
