"""Instants in UTC whose day at the site is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsarchive.formats.base import Fault, Remark
from newsarchive.formats.reading.stories import Story

_DOUBT: Final = (
    "in the last three hours of a day in UTC, in which they are read; at the site it may be the next"
)
_LATE: Final = 21
_HOUR: Final = 3600
_IN_UTC: Final = r"\d{4}-\d\d-\d\d[T ](\d\d):[\d:.]+(?:Z|\+00:?00)"


def doubts(stories: Iterable[Story | Fault], name: str) -> Iterator[Remark]:
    """Yield a remark on the stories whose day depends on the time zone of a site in Europe or Asia."""
    if late := sum(1 for story in stories if isinstance(story, Story) and _is_late(story.date)):
        yield Remark(name, f"{late:,} of its dates {'is' if late == 1 else 'are'} {_DOUBT}")


def _is_late(date: str) -> bool:
    """Whether an instant, written out or a count of seconds, is late on its day in UTC."""
    if date.isdecimal() and len(date) > 8:
        return int(date) // _HOUR % 24 >= _LATE
    match = re.fullmatch(_IN_UTC, date)
    return match is not None and int(match[1]) >= _LATE
