"""Checks of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from newsarchive.dates.parsing import parse_date
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.errors import BadDateError
from newsarchive.planning.checks.base import Fault, Surroundings

SET_DATE: Final = "newsarchive edit {id} --set date="
NEAR: Final = 7
"""Days by which a date and a dateline may differ: a story is published when it was written, or soon after."""

_IN_ADDRESS: Final = re.compile(
    r"[/_=-] ((?:19|20)\d\d) [/-]? (0[1-9]|1[0-2]) (?: [/-]? (0[1-9]|[12]\d|3[01]) )? (?= [/_.?&-] | $ )",
    re.VERBOSE,
)
"""A year and month, perhaps a day, between the parts of an address: /2019/05/17/, /2019-05-17-saiga, /20190517."""

_DATELINE: Final = re.compile(
    r"""
    \A \s* [^\W\d_][\w.' -]{1,40} (?: , \s* [^\W\d_][\w.' -]{1,40} )? , \s*  # the place, perhaps its country
    ( \d{1,2} \W{1,2} [^\W\d_]{3,12}\.? ,? \s+ (?:19|20)\d\d                 # 14 February 2020
    | [^\W\d_]{3,12}\.? \s+ \d{1,2} ,? \s+ (?:19|20)\d\d )                   # February 14, 2020
    (?: \s* (?:г\.|года) )? \s* (?: [-–—:.]+ \s | $ )
    """,
    re.VERBOSE | re.MULTILINE,
)


def undated(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find entries without a date."""
    if entry.date is None:
        yield Fault("has no date", f"{SET_DATE}YYYY-MM-DD")


def in_the_future(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find dates that are still to come, as a whole."""
    if entry.date and entry.date.start > archive.today:
        yield Fault(f"{entry.date} is later than today", f"{SET_DATE}YYYY-MM-DD")


def before_the_archive(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find dates before the century in which the archive begins."""
    if entry.date and entry.date.year < archive.first_year:
        yield Fault(
            f"{entry.date} is before {archive.first_year}, where this archive begins", f"{SET_DATE}YYYY-MM-DD"
        )


def imprecise(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find dates of which the month or the day is not known."""
    if entry.date and entry.date.day is None:
        yield Fault(f"{entry.date} is a {entry.date.precision} only", f"{SET_DATE}YYYY-MM-DD")


def placeholder(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find the first of January, which programs write where only the year is known."""
    if entry.date and (entry.date.month, entry.date.day) == (1, 1):
        yield Fault(f"{entry.date} may stand for {entry.date.year}", f"{SET_DATE}{entry.date.year}")


def unlike_the_address(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find dates that are not the one in the entry's address."""
    if entry.date is None or not entry.url:
        return
    for year, month, day in _IN_ADDRESS.findall(entry.url):
        told = _date(f"{year}-{month}-{day}" if day else f"{year}-{month}")
        if told and _days_between(entry.date, told) > NEAR:
            yield Fault(f"{entry.date}, but its address says {told}", f"{SET_DATE}{told}")
            return


def unlike_the_dateline(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find dates that are not the one in the dateline with which the text begins."""
    if entry.date is None:
        return
    for text in filter(None, (entry.summary, entry.body)):
        match = _DATELINE.match(text)
        told = _date(match[1], archive.today) if match else None
        if match and told and _days_between(entry.date, told) > NEAR:
            yield Fault(f"{entry.date}, but the text begins “{match[0].strip()}”", f"{SET_DATE}{told}")
            return


def _date(text: str, today: date | None = None) -> PartialDate | None:
    try:
        return parse_date(text, today=today)
    except BadDateError:
        return None


def _days_between(one: PartialDate, other: PartialDate) -> int:
    """Return the days between two intervals, 0 when they meet."""
    return max(0, (other.start - one.end).days, (one.start - other.end).days)
