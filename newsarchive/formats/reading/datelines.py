"""The date with which a text itself says when it is from: `Bonn, 14 February 2020 –`, or a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from newsarchive.dates.parsing import date_line
from newsarchive.formats.reading.dating import is_date

_PARAGRAPHS: Final = 12
"""So far down a dateline may stand; below, a date is one that the text tells of."""
_LONGEST: Final = 120
_MOST_WORDS: Final = 5
"""Of a place, or of what a text says it is: `Press release, 12 May 2021`."""
_END: Final = r"\s[-–—]+\s|[–—]|[|•·]|:\s"
_OPENINGS: Final = ",:(|–—-"


def dateline_in(paragraphs: Iterable[str]) -> str:
    """Return the date, as it is written, that a text has at its beginning; empty if it has none."""
    for paragraph in islice((text for text in paragraphs if text.strip()), _PARAGRAPHS):
        line = paragraph.strip().partition("\n")[0][: _LONGEST * 2]
        for part in dict.fromkeys((line, *map(str.strip, re.split(_END, line)[:3]))):
            if len(part) <= _LONGEST and (date := _date_at_the_end(part)):
                return date
    return ""


def _date_at_the_end(part: str) -> str:
    """Return the date with which a part of a line ends if before it is nothing but a place or a label."""
    words = part.replace("(", " ( ").split()
    for start in range(min(len(words), _MOST_WORDS + 2)):
        place = " ".join(words[:start])
        if place and (place[-1] not in _OPENINGS or not place[0].isupper()) and place != "(":
            continue
        date = " ".join(words[start:]).strip("().,;: \u2013\u2014-")
        if _is_day(date):
            return date
    return ""


def _is_day(text: str) -> bool:
    """Whether a text is a date that names its day: a year or a month alone may be part of a title."""
    found = date_line(text)
    return (found is not None and found.day is not None) or (
        re.fullmatch(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}", text) is not None and is_date(text)
    )
