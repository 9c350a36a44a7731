"""Days on which no story can have appeared, or none yet: slips, and years of other calendars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from newsarchive.dates.partial import PartialDate

_FIRST_NEWSPAPER: Final = 1605
"""The year of the first one, the Relation of Strasbourg. Iranian years are now 14.., those of Islam, too."""

TOMORROW: Final = timedelta(days=1)
"""What a person dates: somewhere it is tomorrow already."""

NEXT_YEAR: Final = timedelta(days=366)
"""What a source may date: events that are announced. Thai years are 543 ahead of ours, Nepali ones 56."""


def doubt(when: PartialDate | None, today: date, *, ahead: timedelta) -> str | None:
    """Say why a story hardly has this date, as a sentence without an end; None when it may, or has none.

    `ahead` is how far after `today` it may be.
    """
    if when is None:
        return None
    if when.year < _FIRST_NEWSPAPER:
        return f"{when} is before there were newspapers; is {when.year:04} a year of another calendar?"
    if when.start > today and when.start - today > ahead:
        return f"{when} is later than today"
    return None
