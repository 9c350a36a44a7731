"""Instants that a spreadsheet has written anew: `29.11.2026 23:03:45`, `11/29/26 11:03 PM`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_NUMBERS: Final = re.compile(r"[0-9]+")
_HALF: Final = re.compile(r"\b([ap])\.? ?m\b", re.IGNORECASE)

MINUTES: Final = 2
SECONDS: Final = 3


def agreement(text: str, instant: datetime) -> int:
    """Return how exactly a text can be an instant in UTC: to MINUTES or SECONDS, 0 when it is another one.

    The order of day, month and year is not known, so all are tried: this tells whether a known instant is meant,
    and reads none.
    """
    found = _NUMBERS.findall(text[:40])
    if len(found) not in (5, 6) or any(len(number) > 4 for number in found):
        return 0
    numbers = [int(number) for number in found]
    moment = instant.astimezone(UTC)
    days = [sorted((year, moment.month, moment.day)) for year in (moment.year, moment.year % 100)]
    hour, minute, *second = numbers[3:]
    if half := _HALF.search(text):
        hour = hour % 12 + 12 * (half[1] in "pP")
    if sorted(numbers[:3]) not in days or (hour, minute) != (moment.hour, moment.minute):
        return 0
    if second and second[0] != moment.second:
        return 0
    return SECONDS if second else MINUTES
