"""Dates of three numbers: the order of day and month is settled for all dates of a column together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from newsarchive.dates.names import MONTHS
from newsarchive.dates.parsing import parse_date
from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError, BadValueError
from newsarchive.formats.base import DateOrder
from newsarchive.text.fold import fold

ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")

PIVOT: Final = 69
"""A year of two digits is 1969 to 1999 from here on, and 2000 to 2068 below, as POSIX has it."""

REMEDY: Final = f"say --date-order {'|'.join(ORDERS)}"
WITH_ORDER: Final = f", or {REMEDY}"
"""What an import says beside “write the one you mean”."""

_DATE: Final = r"""
    \s* (?: [^\W\d_]{2,12}+ \.? ,? \s+ )?                               # a weekday
    ([0-9]{1,4}) \s? ([-./ ]) \s? ([0-9]{1,2}) \s? \2 \s? ([0-9]{1,4}) (?![0-9])
    (?: \s* г(?:ода|\.)? )?
    (?: (?: T | [\s,]+ (?: - \s )? ) [0-9]{1,2} [:h.] [0-9]{2} (?![0-9/.-]) .* )?     # a time
    \s* $
"""
# What Excel makes of dates: 28-Aug-13. With a whole year, a month by its name leaves nothing open.
_NAMED: Final = (
    r"\s*([^\W\d_]{3,10}|[0-9]{1,2})[-./, ]{1,2}([^\W\d_]{3,10}|[0-9]{1,2})[-./, ]{1,2}([0-9]{2})\s*"
)
_SAME_BUT_FOR_MONTH: Final[dict[DateOrder, DateOrder]] = {"dmy": "mdy", "mdy": "dmy"}
"""Which of the numbers of 28-Aug-13 is the year does not depend on where the months stand in others."""
NO_DATE: Final = r"0[01][0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])"
"""How the dates begin that programs write where there is none: `0000-00-00`, `0001-01-01`, `0101-01-01`."""
_NO_DAY: Final = r"^([0-9]{4}(?:-(?!00)[0-9]{2})?)(?:-00){1,2}(?:[T ]00:00.*)?$"
"""What databases write where a day, or a month and a day, are not known: `2019-05-00`, `2019-00-00`."""
_DASH_BEFORE_TIME: Final = r" - (?=[0-9]{1,2}:[0-9]{2})"
_MICROSOFT: Final = r"/Date\((-?[0-9]{1,15})"
_LONGEST: Final = 100
_DASHES: Final = str.maketrans("‐‑‒–−", "-----")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Numbers(NamedTuple):
    """A date of three numbers as it was written, and what stands between them.

    `named` is the place, from 0, of a month that was written as a word.
    """

    first: str
    second: str
    third: str
    joint: str
    named: int | None = None


class Settled(NamedTuple):
    """The order that explains a column, or the reason why none does as the rest of a sentence.

    Both are None for a column in which nothing depends on the order.
    """

    order: DateOrder | None = None
    fault: str | None = None


# --- one date ---------------------------------------------------------------------------------------------


def read_date(text: str, order: DateOrder | None = None) -> PartialDate:
    """Read a date in any written form; three numbers in `order` unless their year comes first and is whole.

    Raises BadDateError, with each reading where there are several and no order says which one is meant, and
    BadValueError for what does not fit the order.
    """
    if not any(map(str.isdigit, text)):
        raise BadDateError(text[:_LONGEST])
    text = re.sub(_NO_DAY, r"\1", text.strip())
    if (numbers := _numbers(text)) is None:
        return parse_date(re.sub(_DASH_BEFORE_TIME, " ", text))
    readings = _readings(numbers)
    if order is None:
        return _only_reading(text, numbers, readings)
    if numbers.named is not None and (other := _SAME_BUT_FOR_MONTH.get(order)) in readings:
        return readings[other]
    if readings and order not in readings:
        raise BadValueError("date", f"{text!r} does not fit the order {order} of the dates")
    if not readings:
        raise BadDateError(text)
    return readings[order]


def _only_reading(text: str, numbers: _Numbers, readings: dict[DateOrder, PartialDate]) -> PartialDate:
    """Return what a date means when nothing but itself can tell."""
    found = list(dict.fromkeys(readings.values()))
    if numbers.joint == "." and len(numbers.third) == 4 and "dmy" in readings:
        return readings["dmy"]
    if len(found) != 1 or 4 not in (len(numbers.first), len(numbers.third)):
        raise BadDateError(text, [str(reading) for reading in found])
    return found[0]


def date_of_number(number: float) -> PartialDate:
    """Return the day in UTC of a count of seconds or milliseconds since 1970; 20210129 is a day, 2021 a year.

    Raises BadDateError.
    """
    if number == int(number) and 1000 <= number <= 9999:
        return PartialDate(int(number))
    if number == int(number) and 1000_01_01 <= number <= 9999_12_31:
        # A slip, such as 20210231, is not taken for seconds: they would be of 1970.
        return _day_in_digits(int(number))
    try:
        instant = _EPOCH + timedelta(seconds=number / 1000 if abs(number) >= 10**11 else number)
    except OverflowError:
        raise BadDateError(f"{number:g}") from None
    return PartialDate(instant.year, instant.month, instant.day)


def _day_in_digits(number: int) -> PartialDate:
    try:
        return PartialDate(number // 10_000, number // 100 % 100, number % 100)
    except BadDateError:
        raise BadDateError(str(number)) from None


def number_in(text: str) -> int | None:
    """Return the number of a text that is a count of seconds or milliseconds, or a day as 20210129."""
    if match := re.match(_MICROSOFT, text):
        return int(match[1])
    return int(text) if re.fullmatch(r"-?[0-9]{8,14}", text) else None


def is_date(text: str) -> bool:
    """Whether a text is a date in some order, and more than a number that could be a year."""
    if (numbers := _numbers(text)) is not None:
        return bool(_readings(numbers))
    try:
        return not text.strip().isdigit() and read_date(text) is not None
    except BadDateError:
        return False


def _numbers(text: str) -> _Numbers | None:
    if len(text) > _LONGEST:
        return None
    text = text.translate(_DASHES)
    match = re.match(_DATE, text, re.VERBOSE)
    return _Numbers(match[1], match[3], match[4], match[2]) if match else _with_named_month(text)


def _with_named_month(text: str) -> _Numbers | None:
    match = re.fullmatch(_NAMED, text)
    if match is None:
        return None
    parts = [str(MONTHS.get(fold(part), part)) for part in match.groups()]
    named = [place for place, part in enumerate(match.groups()) if part != parts[place]]
    if len(named) != 1 or not all(map(str.isdecimal, parts)):
        return None
    return _Numbers(parts[0], parts[1], parts[2], "-", named[0])


def _reading(numbers: _Numbers, order: DateOrder) -> PartialDate | None:
    """Return the date in an order; a year of four digits in front makes it year, month, day in any."""
    texts = numbers[:3]
    if len(numbers.first) == 4:
        order = "ymd"
    if numbers.named not in (None, order.index("m")):
        return None
    year, month, day = (texts[order.index(part)] for part in "ymd")
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    whole_year = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= PIVOT else 2000)
    with suppress(BadDateError):
        # Before 1000, a year is a slip.
        return PartialDate(whole_year, int(month), int(day)) if whole_year >= 1000 else None
    return None


def _readings(numbers: _Numbers) -> dict[DateOrder, PartialDate]:
    return {order: reading for order in ORDERS if (reading := _reading(numbers, order))}


# --- a column ---------------------------------------------------------------------------------------------


def settle(texts: Iterable[str]) -> Settled:
    """Find the order of day and month in which every date of a column can be read.

    Dates that no order can read are left out: they are faults of their own. Where several orders give
    different dates, that is a fault of the column, but for `02.03.2016`: dots are for day, month, year.
    """
    dates = {text: readings for text in texts if (readings := _unsettled(text))}
    candidates = [order for order in ORDERS if all(order in readings for readings in dates.values())]
    if not dates or len(candidates) == 1:
        return Settled(candidates[0] if dates else None)
    if not candidates:
        return Settled(fault=_contradiction(dates))
    unsure = [text for text, readings in dates.items() if len({readings[order] for order in candidates}) > 1]
    if not unsure:
        return Settled(candidates[0])
    if "dmy" in candidates and all("." in text for text in unsure):
        return Settled("dmy")
    example = next(text for text in unsure if "dmy" not in candidates or "." not in text)
    choice = " or ".join(dict.fromkeys(str(dates[example][order]) for order in candidates))
    return Settled(fault=f"{example!r} can be read as {choice}, and no other date settles it; {REMEDY}")


def depends_on_order(text: str) -> bool:
    """Whether a date is of three numbers, and says what order they are in or depends on it."""
    return bool(_unsettled(text))


def _unsettled(text: str) -> dict[DateOrder, PartialDate] | None:
    """Return the readings of a date of three numbers that does not begin with a whole year."""
    if text[:4].isdigit() or (numbers := _numbers(text)) is None:
        return None
    return _readings(numbers)


def _contradiction(dates: dict[str, dict[DateOrder, PartialDate]]) -> str:
    """Name the dates that leave no order, those that allow the fewest first."""
    left, told = set(ORDERS), []
    for text, readings in sorted(dates.items(), key=lambda item: len(item[1])):
        if not left <= readings.keys():
            told.append(f"{text!r} is {' or '.join(readings)}")
            left &= readings.keys()
        if not left:
            break
    return f"no order of day and month fits all dates, {' and '.join(told)}; {REMEDY}"
