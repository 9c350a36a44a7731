"""Periods of a query that have a name or a number: weeks, quarters, halves, fiscal years, this and last."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from newsarchive.dates.partial import PartialDate, month_length
from newsarchive.errors import BadDateError

_OFFSET: Final = r"-([0-9]{1,5})([dwmy])"
_COMPACT: Final = r"[12][0-9]{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_PART: Final = r"([0-9]{4})-?([qh])([1-4])"
_PART_FIRST: Final = r"([qh])([1-4])-?([0-9]{4})"
_WEEK: Final = r"([0-9]{4})-?w([0-9]{2})(?:-?([1-7]))?"
_FISCAL: Final = r"fy-?([0-9]{4})(?:[/-]([0-9]{4}|[0-9]{2}))?(?:-?([qh])([1-4]))?"

_PARTS: Final = {"q": 3, "h": 6}
"""Months of a quarter and of a half."""

_SOME_PERIOD: Final = "q[1-4]|h[12]"


class Period(NamedTuple):
    """The first and the last day, and a sentence on what was decided in reading it."""

    start: date
    end: date
    note: str = ""


def period(text: str, today: date, fiscal: int | None) -> Period | None:
    """Return the period that a folded text names in one of these forms, None when it has none of them.

    `20201007`, `2020-W41` and `2020-W41-3` as ISO 8601 has them, `2020Q1`, `Q1 2020`, `2020H2`, `this-week`,
    `last-quarter`, and `FY2020Q1`, for which `fiscal` is the month that fiscal years begin with. Raises
    BadDateError for one that does not exist.
    """
    word, text = "-".join(text.split()), text.upper()
    if re.fullmatch(_COMPACT, word):
        when = PartialDate(int(word[:4]), int(word[4:6]), int(word[6:]))
        return Period(when.start, when.end)
    if week := re.fullmatch(_WEEK, word):
        return _week(text, int(week[1]), int(week[2]), week[3])
    if part := re.fullmatch(_PART, word):
        return _part(text, int(part[1]), 1, part[2], int(part[3]))
    if part := re.fullmatch(_PART_FIRST, word):
        return _part(text, int(part[3]), 1, part[1], int(part[2]))
    if year := re.fullmatch(_FISCAL, word):
        return _fiscal(text, year, fiscal)
    which, _, name = word.partition("-")
    if which in ("this", "last") and name in ("week", "month", "quarter", "half", "year"):
        return around(name, today, back=which == "last")
    return None


def around(name: str, today: date, *, back: bool) -> Period:
    """Return the ISO week, month, quarter, half or year around today, or with `back` the one before it."""
    if name == "week":
        monday = today - timedelta(days=today.weekday() + (7 if back else 0))
        return Period(monday, monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[name]
    first = (today.month - 1) // months * months + 1
    try:
        start = months_before(date(today.year, first, 1), months if back else 0)
    except ValueError:
        raise BadDateError(f"last-{name}") from None
    return _months(start.year, start.month, months)


def offset_day(text: str, today: date) -> date | None:
    """Return the day that `-10d`, `-3w`, `-6m` or `-1y` leads to; None when `text` is something else."""
    offset = re.fullmatch(_OFFSET, text)
    if offset is None:
        return None
    count, unit = int(offset[1]), offset[2]
    try:
        if unit in "dw":
            return today - timedelta(days=count * (7 if unit == "w" else 1))
        return months_before(today, count * (12 if unit == "y" else 1))
    except (OverflowError, ValueError):  # before the year 1
        raise BadDateError(text) from None


def months_before(day: date, months: int) -> date:
    """Go back by months to the same day of the month, or to its last day where it has none such.

    Raises ValueError before the year 1.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def _months(year: int, month: int, count: int) -> Period:
    """Return so many whole months from that one on. Raises BadDateError."""
    last_year, last = divmod(year * 12 + month - 2 + count, 12)
    return Period(PartialDate(year, month).start, PartialDate(last_year, last + 1).end)


def _week(text: str, year: int, week: int, day: str | None) -> Period:
    try:
        start = date.fromisocalendar(year, week, int(day or 1))
        return Period(start, start if day else start + timedelta(days=6))
    except (ValueError, OverflowError):
        raise BadDateError(text) from None


def _part(text: str, year: int, month: int, kind: str, number: int) -> Period:
    """Return a quarter or half of the twelve months that begin with `month` of `year`."""
    length = _PARTS[kind]
    place = year * 12 + month - 1 + length * (number - 1)
    if length * number > 12:
        raise BadDateError(text)
    try:
        return _months(place // 12, place % 12 + 1, length)
    except BadDateError:
        raise BadDateError(text) from None


def _fiscal(text: str, found: re.Match[str], month: int | None) -> Period:
    """Read a fiscal year or a part of it. Of two years that it lies in, a single number is the later one."""
    if month is None:
        doubt = "needs the month that fiscal years begin with: --fiscal-year 4"
        raise BadDateError(text, doubt=doubt)
    first, second = int(found[1]), found[2]
    crosses = month > 1
    if second and (not crosses or (first + 1) % 10 ** len(second) != int(second)):
        raise BadDateError(text)
    start = first if second or not crosses else first - 1
    is_part = found[3] is not None
    days = _part(text, start, month, found[3], int(found[4])) if is_part else _months(start, month, 12)
    return days._replace(note=f"{text} is taken for {days.start}..{days.end}")
