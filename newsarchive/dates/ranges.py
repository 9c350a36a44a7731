"""Intervals of days, and the expressions of a query that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from newsarchive.dates.parsing import parse_date
from newsarchive.dates.partial import PartialDate, month_length
from newsarchive.errors import BadDateError

_OFFSET: Final = r"-([0-9]{1,5})([dwmy])"
_QUARTER: Final = r"([0-9]{4})-?q([1-4])"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `start` to `end`, both included; None leaves that side open.

    `swapped` tells that it was written with its ends reversed.
    """

    start: date | None
    end: date | None
    swapped: bool = field(default=False, compare=False)

    def holds(self, when: PartialDate) -> bool:
        """Whether the whole interval of `when` lies in this one."""
        return (self.start is None or self.start <= when.start) and (self.end is None or when.end <= self.end)

    def holds_day(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def parse_range(text: str, *, today: date) -> DateRange:
    """Read any date expression of a query, or two of them joined by `..`, of which one may be missing.

    An offset such as `-3w` reaches from that day to today; as one end of `X..Y` it is that day alone, so that
    `..-6m` means what is older than six months. Raises BadDateError with the part that is at fault.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return _interval(text, today)
    if not first.strip() and not last.strip():
        raise BadDateError(text)
    return _between(_end(first, today), _end(last, today))


def _between(first: DateRange | None, last: DateRange | None) -> DateRange:
    """Reach from the start of `first` to the end of `last`, or the other way round if that is no range."""
    start = first.start if first else None
    end = last.end if last else None
    if first and last and start and end and start > end:
        return DateRange(last.start, first.end, swapped=True)
    return DateRange(start, end)


def _end(text: str, today: date) -> DateRange | None:
    """Read one end of `X..Y`; None when it is left open."""
    if not text.strip():
        return None
    day = _offset_day(text, today)
    return DateRange(day, day) if day else _interval(text, today)


def _interval(text: str, today: date) -> DateRange:
    """Read one expression."""
    if day := _offset_day(text, today):
        return DateRange(day, today)
    word = "-".join(text.casefold().split())
    if quarter := re.fullmatch(_QUARTER, word):
        return _quarter(text, int(quarter[1]), int(quarter[2]))
    which, _, period = word.partition("-")
    if which in ("this", "last") and period in ("week", "month", "year"):
        return _period(period, today, back=which == "last")
    when = parse_date(text, today=today)
    return DateRange(when.start, when.end)


def _offset_day(text: str, today: date) -> date | None:
    """Return the day that `-10d`, `-3w`, `-6m` or `-1y` leads to; None when `text` is something else."""
    offset = re.fullmatch(_OFFSET, text.strip().casefold())
    if offset is None:
        return None
    count, unit = int(offset[1]), offset[2]
    try:
        if unit in "dw":
            return today - timedelta(days=count * (7 if unit == "w" else 1))
        return _months_before(today, count * (12 if unit == "y" else 1))
    except (OverflowError, ValueError):  # before the year 1
        raise BadDateError(text) from None


def _months_before(day: date, months: int) -> date:
    """Go back by months to the same day of the month, or to its last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def _period(period: str, today: date, *, back: bool) -> DateRange:
    """Return the ISO week, the month or the year around today, or with `back` the one before it."""
    if period == "week":
        monday = today - timedelta(days=today.weekday() + (7 if back else 0))
        return DateRange(monday, monday + timedelta(days=6))
    if period == "month":
        day = _months_before(today, 1 if back else 0)
        when = PartialDate(day.year, day.month)
    else:
        when = PartialDate(today.year - (1 if back else 0))
    return DateRange(when.start, when.end)


def _quarter(text: str, year: int, quarter: int) -> DateRange:
    try:
        start, end = PartialDate(year, 3 * quarter - 2).start, PartialDate(year, 3 * quarter).end
    except BadDateError:
        raise BadDateError(text) from None
    return DateRange(start, end)
