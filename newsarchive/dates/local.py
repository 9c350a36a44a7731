"""Instants as the clock on the wall shows them."""

from __future__ import annotations

from datetime import datetime, tzinfo


def local_time(instant: datetime, timezone: tzinfo | None = None) -> datetime:
    """Return an instant in a time zone, that of the computer unless told; where that cannot be, as it is.

    It cannot in the first and last hours of the calendar, and in a TZ a day or more from UTC, which POSIX allows.
    """
    try:
        return instant.astimezone(timezone)
    except (OverflowError, ValueError):
        return instant
