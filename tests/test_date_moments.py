"""Moments in the past, as people name them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsarchive.dates.moments import parse_moment
from newsarchive.errors import BadOptionError

ZONE = timezone(timedelta(hours=5))
NOW = datetime(2024, 3, 1, 21, 30, tzinfo=UTC)
"""In ZONE that is 02:30 on the second of March."""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2 hours ago", "2024-03-01T19:30Z"),
        ("an hour ago", "2024-03-01T20:30Z"),
        ("90 minutes", "2024-03-01T20:00Z"),
        ("30min", "2024-03-01T21:00Z"),
        ("2h", "2024-03-01T19:30Z"),
        ("1 Week ago", "2024-02-23T21:30Z"),
        ("3d", "2024-02-27T21:30Z"),
        ("a month ago", "2024-02-01T21:30Z"),
        ("3 months ago", "2023-12-01T21:30Z"),
        ("2 years", "2022-03-01T21:30Z"),
        ("9999 years ago", "0001-01-01T00:00Z"),
        ("999999999 months ago", "0001-01-01T00:00Z"),
        ("999999999 weeks ago", "0001-01-01T00:00Z"),
        ("02:15", "2024-03-01T21:15Z"),
        ("14:30", "2024-03-01T09:30Z"),
        ("today", "2024-03-01T19:00Z"),
        ("yesterday", "2024-02-29T19:00Z"),
        ("2024-02", "2024-01-31T19:00Z"),
        ("29 February 2024", "2024-02-28T19:00Z"),
        ("2024-03-01T12:00", "2024-03-01T07:00Z"),
        ("2024-03-01 12:00:30", "2024-03-01T07:00:30Z"),
        ("2024-03-01T12:00Z", "2024-03-01T12:00Z"),
    ],
)
def test_moment(text: str, moment: str) -> None:
    """It counts back from now, and takes clock times and days for those of the place."""
    assert parse_moment(text, now=NOW, zone=ZONE) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["", "soon", "2 moons ago", "25:00", "hours ago", "02/03/2024", "-1 hour"])
def test_no_moment(text: str) -> None:
    """It refuses what names none, or two."""
    with pytest.raises(BadOptionError, match="is no moment"):
        parse_moment(text, now=NOW, zone=ZONE)
