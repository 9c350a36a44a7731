"""Moments as people name them: `2 hours ago`, `14:30`, `yesterday`, a date, a time with its zone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from newsarchive.dates.local import local_time
from newsarchive.dates.parsing import parse_date
from newsarchive.dates.periods import months_before
from newsarchive.errors import BadDateError, BadOptionError

_UNITS: Final = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_UNITS_BY_NAME: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_MONTHS_BY_NAME: Final = {"month": 1, "year": 12}
_AGO: Final = re.compile(r"(an?|[0-9]{1,9})\s*([a-z]+?)(?:s)?(?:\s+ago)?")
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


def parse_moment(text: str, *, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Read a moment in the past; clock times and days are those of `zone`, the computer's unless told.

    A day is its beginning. Raises BadOptionError.
    """
    plain = " ".join(text.casefold().split())
    today = local_time(now, zone)
    found = (
        _ago(plain, now)
        or _months_ago(plain, today)
        or _clock(plain, today)
        or _instant(text.strip(), today)
        or _day(text, today)
    )
    if found is None:
        raise BadOptionError(f"{text[:80]!r} is no moment; write 2 hours ago, 14:30, yesterday or 2021-01-29")
    return found


def _ago(text: str, now: datetime) -> datetime | None:
    found = _AGO.fullmatch(text)
    seconds = found and (_UNITS_BY_NAME.get(found[2]) or _UNITS.get(found[2]))
    if not found or not seconds:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    with suppress(OverflowError):
        return now - timedelta(seconds=count * seconds)
    return datetime.min.replace(tzinfo=UTC)


def _months_ago(text: str, today: datetime) -> datetime | None:
    """Read a distance in months or years; the day is the last of its month where that has no such day."""
    found = _AGO.fullmatch(text)
    months = found and _MONTHS_BY_NAME.get(found[2])
    if not found or not months:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    with suppress(OverflowError, ValueError):
        day = months_before(today.date(), count * months)
        return datetime.combine(day, today.timetz())
    return datetime.min.replace(tzinfo=UTC)


def _clock(text: str, today: datetime) -> datetime | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    moment = today.replace(hour=int(found[1]), minute=int(found[2]), second=int(found[3] or 0), microsecond=0)
    return moment if moment <= today else moment - timedelta(days=1)


def _instant(text: str, today: datetime) -> datetime | None:
    """Read an ISO time; without a zone it is a local one."""
    if ":" not in text:
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=today.tzinfo)
    return None


def _day(text: str, today: datetime) -> datetime | None:
    with suppress(BadDateError):
        day = parse_date(text, today=today.date())
        first = date(day.year, day.month or 1, day.day or 1)
        return datetime.combine(first, time(), today.tzinfo)
    return None
