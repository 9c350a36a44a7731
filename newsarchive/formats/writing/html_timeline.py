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
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
_MOST_LABELS: Final = 15
_MOST_LABELS_NARROW: Final = 7
_WIDEST: Final = 5  # per cent of the whole: a few years make no wall


class Bar(NamedTuple):
    """A year: its entries, its place in per cent of the width, its bar in pixels.

    `label` says when there is room for its name: `always`, `spare` on all but narrow screens, else `unnamed`.
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
    label: str


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
    for place, (year, label) in enumerate(zip(years, _labels(years), strict=True)):
        entries = counts.get(year, 0)
        height = max(round(_TALLEST * entries / most), _SHORTEST) if entries else 0
        yield Bar(
            year=year,
            entries=entries,
            slot=_percent(place * step),
            slot_width=_percent(step),
            x=_percent((place + 0.5) * step - width / 2),
            width=_percent(width),
            middle=_percent((place + 0.5) * step),
            y=FOOT - height,
            height=height,
            label=label,
        )


def _labels(years: list[int]) -> Iterator[str]:
    """Yield when each year is named; where none is left out, those are round years."""
    has_all = len(years) == years[-1] - years[0] + 1 if years else False
    spare = next(step for step in _STEPS if len(years) <= step * _MOST_LABELS)
    always = next(step for step in _STEPS if step % spare == 0 and len(years) <= step * _MOST_LABELS_NARROW)
    for number in years if has_all else range(len(years)):
        yield "unnamed" if number % spare else "spare" if number % always else "always"


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
