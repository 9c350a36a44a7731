"""A date of the precision it came with: a year, a month or a day."""

from __future__ import annotations

from datetime import date

import msgspec

from newsarchive.errors import BadDateError


class PartialDate(msgspec.Struct, frozen=True):
    """A year, a month of a year or a day of a month that exists in the calendar, from 0001 to 9999.

    Raises BadDateError from the constructor when there is no such day, or a day comes without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        month = 1 if self.month is None else self.month
        day = 1 if self.day is None else self.day
        try:
            date(self.year, month, day)
        except (ValueError, OverflowError):
            raise BadDateError(str(self)) from None
        if self.month is None and self.day is not None:
            raise BadDateError(str(self))

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read exactly `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is a BadDateError."""
        length = len(text)
        padded = text + "0000-01-01"[length:]
        try:
            day = date.fromisoformat(padded)
            # The library also reads weeks and forms without hyphens; those do not come back the same.
            if length not in (4, 7, 10) or day.isoformat() != padded:
                raise BadDateError(text)
        except ValueError:
            raise BadDateError(text) from None
        return cls(day.year, day.month if length > 4 else None, day.day if length > 7 else None)

    def __str__(self) -> str:
        if self.day is not None:
            return f"{self.year:04}-{self.month or 0:02}-{self.day:02}"
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"

    @property
    def precision(self) -> str:
        """Say `year`, `month` or `day`."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def start(self) -> date:
        """The first day of the interval."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def end(self) -> date:
        """The last day of the interval."""
        month = self.month or 12
        return date(self.year, month, self.day or month_length(self.year, month))

    @property
    def sort_key(self) -> tuple[int, int]:
        """The start as a number such as 20210129, then 0 for a day, 1 for a month, 2 for a year.

        Ascending it puts the more precise first; for newest first, negate the number only.
        """
        if self.day is not None:
            return self.year * 10000 + (self.month or 1) * 100 + self.day, 0
        if self.month is not None:
            return self.year * 10000 + self.month * 100 + 1, 1
        return self.year * 10000 + 101, 2


def month_length(year: int, month: int) -> int:
    """Count the days of a month."""
    if month != 2:
        return 30 if month in (4, 6, 9, 11) else 31
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if is_leap else 28
