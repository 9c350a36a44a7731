"""Intervals of days, and the expressions of a query that name them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from newsarchive.dates.parsing import LONGEST, parse_date
from newsarchive.dates.partial import PartialDate
from newsarchive.dates.periods import offset_day, period
from newsarchive.dates.spoken import bounded, relative, two_ends
from newsarchive.errors import BadDateError
from newsarchive.text.fold import fold

_FIRST_YEAR: Final = 1900
_YEARS_AHEAD: Final = 10
"""Years in digits of another script are of our calendar from then to then; others are counted otherwise."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `start` to `end`, both included; None leaves that side open.

    `swapped` tells that it was written with its ends reversed, `note` what was decided in reading it.
    """

    start: date | None
    end: date | None
    swapped: bool = field(default=False, compare=False)
    note: str = field(default="", compare=False)

    def holds(self, when: PartialDate) -> bool:
        """Whether the whole interval of `when` lies in this one."""
        return (self.start is None or self.start <= when.start) and (self.end is None or when.end <= self.end)

    def holds_day(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def parse_range(text: str, *, today: date, fiscal: int | None = None) -> DateRange:
    """Read any date expression of a query, or two of them joined by `..`, of which one may be missing.

    In words too: `until 2020`, «с 2016 по 2018», `la semaine dernière`. An offset such as `-3w` reaches from
    that day to today; as one end of `X..Y` it is that day alone, so that `..-6m` means what is older than six
    months. `fiscal` is the month that fiscal years begin with. Raises BadDateError with the part that is at fault.
    """
    if len(text) > 2 * LONGEST:
        raise BadDateError(f"{text[:LONGEST]}…")
    reader = _Reader(today, fiscal)
    first, dots, last = _in_ascii_digits(text, today).partition("..")
    if not dots:
        return reader.whole(first)
    if not first.strip() and not last.strip():
        raise BadDateError(text)
    return _between(reader.end(first), reader.end(last))


def _between(first: DateRange | None, last: DateRange | None) -> DateRange:
    """Reach from the start of `first` to the end of `last`, or the other way round if that is no range."""
    start = first.start if first else None
    end = last.end if last else None
    note = "; ".join(days.note for days in (first, last) if days and days.note)
    if first and last and start and end and start > end:
        return DateRange(last.start, first.end, swapped=True, note=note)
    return DateRange(start, end, note=note)


class _Reader(NamedTuple):
    """Reads expressions for one day and one way to count fiscal years."""

    today: date
    fiscal: int | None

    def whole(self, text: str) -> DateRange:
        """Read an expression that is not joined by dots."""
        folded = fold(text).strip()
        for first, last in two_ends(folded):
            for start in _completed(first, last):
                with suppress(BadDateError):
                    return _between(self.interval(start), self.interval(last))
        if bound := bounded(folded):
            with suppress(BadDateError):
                return self._bounded(*bound, folded)
        return self.interval(text)

    def _bounded(self, bound: str, text: str, written: str) -> DateRange:
        days = self.end(text)
        if days is None or days.start is None or days.end is None:
            raise BadDateError(written)
        try:
            if bound == "before":
                return DateRange(None, days.start - timedelta(days=1), note=days.note)
            if bound == "after":
                return DateRange(days.end + timedelta(days=1), None, note=days.note)
        except OverflowError:
            raise BadDateError(written) from None
        if bound == "since":
            return DateRange(days.start, None, note=days.note)
        # In Russian «до 2020 года» may leave 2020 out.
        doubt = (
            f"«{written}» takes {days.end} in; «раньше {text}» does not" if written.startswith("до ") else ""
        )
        return DateRange(None, days.end, note=days.note or doubt)

    def end(self, text: str) -> DateRange | None:
        """Read one end of `X..Y`; None when it is left open."""
        if not text.strip():
            return None
        day = offset_day(text.strip().casefold(), self.today)
        return DateRange(day, day) if day else self.interval(text)

    def interval(self, text: str) -> DateRange:
        """Read one expression."""
        folded = fold(text).strip()
        if day := offset_day(folded, self.today):
            return DateRange(day, self.today)
        named = relative(folded) or folded
        if days := period(named, self.today, self.fiscal):
            return DateRange(days.start, days.end, note=days.note)
        when = parse_date(named if named in ("today", "yesterday") else text, today=self.today)
        return DateRange(when.start, when.end)


def _completed(first: str, last: str) -> Iterator[str]:
    """Yield `first`, then with what it shares with `last`: «с 14 по 17 февраля 2020», `from May to June 2020`."""
    yield first
    words = last.split()
    yield from (f"{first} {' '.join(words[place:])}" for place in range(1, len(words)))


def _in_ascii_digits(text: str, today: date) -> str:
    """Write the digits of other scripts as ASCII has them.

    Raises BadDateError for a year that must be counted otherwise: ۱۴۰۰ of the Iranian calendar is 2021, २०७८
    of the Nepali one, ๒๕๖๔ of the Thai one.
    """
    if text.isascii():
        return text
    digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
    if digits != text:
        for run in "".join(c if c.isdecimal() else " " for c in text).split():
            year = int(run)
            if len(run) == 4 and not run.isascii() and not _FIRST_YEAR <= year <= today.year + _YEARS_AHEAD:
                raise BadDateError(
                    run, doubt="is a year of another calendar; write that of ours, such as 2021"
                )
    return digits
