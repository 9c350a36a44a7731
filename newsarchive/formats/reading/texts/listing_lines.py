"""The lines of a pasted page: which are dates, and which look like titles, summaries or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsarchive.dates.parsing import date_line
from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError, BadValueError, SourceError
from newsarchive.formats.base import DateOrder, Source
from newsarchive.formats.reading.boilerplate import FULL_STOP, is_boilerplate
from newsarchive.formats.reading.dating import read_date, settle
from newsarchive.text.script import script

# Longer than this, a line is taken for a summary whose title is missing.
_LONGEST_TITLE: Final = 250
_LONGEST_TITLE_WITH_STOP: Final = 120
# Longer than this, a line inside an item is a part of its summary even when it was cut before its full stop.
_LONGEST_TITLE_INSIDE: Final = 150

_LONGEST_DATE: Final = 40
_SHAPE: Final = r"""
    (?: [0-3]?[0-9] (?: \. | -?\w{1,3} )? \s (?: de\s )? [^\W\d_]{3,14} \.? ,? \s (?: del?\s )? [12][0-9]{3} \W?
      | [12][0-9]{3} (?: -?\s?[^\W\d_]{1,8} )? \s [0-3]?[0-9] [-\s] [^\W\d_]{3,14} \W?
      | [0-9]{1,2} ([./-]) [0-9]{1,2} \1 [0-9]{4} | [12][0-9]{3} - [0-9]{2} - [0-9]{2} )
"""
"""A day, a word that may be a month, and a year; or three numbers."""
_NUMERIC_DATE: Final = r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})"
_DATELINE: Final = r"""
    [^\W\d_][\w\s.'’/-]{1,40},\ +       # Bonn, or: Astana / Bonn,
    \d{1,2}\.?\ +[^\W\d_]+\.?\ +\d{4}   # 14 February 2020
    \s*[-–—:]                           # and the text begins
"""
_NO_DATES: Final = (
    "no line is only a date, so nothing tells where an item ends;"
    " put each date in a line of its own, below its story"
)
_SENTENCE_END: Final = r"""[.…!?]["'»”’)\]]*$"""
_NO_TITLE_ENDS: Final = tuple(".…,;:")


class Line(NamedTuple):
    """A line that is not blank; `is_story` when it can be part of an item.

    `is_unread` is one that has the shape of a date and is none that can be read.
    """

    number: int
    text: str
    date: PartialDate | None
    is_story: bool
    is_below_blank: bool
    is_unread: bool = False

    @property
    def is_end(self) -> bool:
        """Whether an item ends here, be the date one that can be read or not."""
        return self.date is not None or self.is_unread


def lines_of(text: str, source: Source) -> list[Line]:
    """Return the lines that are not blank.

    Raises SourceError when there is no text or no date, and when dates of three numbers can be read in
    several orders and no hint says in which.
    """
    texts = [line.strip().strip("\ufeff\u200b").strip() for line in text.split("\n")]
    if not any(texts):
        raise SourceError(source.name, "holds no text")
    numeric = [line for line in texts if re.fullmatch(_NUMERIC_DATE, line)]
    order = source.hints.date_order
    if order is None:
        order, fault = settle(numeric)
        if fault:
            raise SourceError(source.name, fault)
    numeric_dates = {line: date for line in numeric if (date := _read(line, order))}
    dates = [numeric_dates.get(line) or date_line(line) for line in texts]
    if not any(dates):
        raise SourceError(source.name, _NO_DATES)
    return [
        Line(
            number,
            line,
            date,
            date is None and not is_boilerplate(line) and not _is_unread(line, date),
            number == 1 or not texts[number - 2],
            _is_unread(line, date),
        )
        for number, (line, date) in enumerate(zip(texts, dates, strict=True), 1)
        if line
    ]


def _is_unread(line: str, date: PartialDate | None) -> bool:
    return date is None and len(line) <= _LONGEST_DATE and re.fullmatch(_SHAPE, line, re.VERBOSE) is not None


def _read(line: str, order: DateOrder | None) -> PartialDate | None:
    try:
        return read_date(line, order)
    except (BadDateError, BadValueError):
        return None


def parts_of(block: Sequence[Line]) -> list[Sequence[Line]]:
    """Part a block of title and summary where a line inside it looks like the title of another story."""
    starts = [0]
    for index in range(2, len(block) - 1):
        if index > starts[-1] + 1 and _begins_item(block, starts[-1], index):
            starts.append(index)
    return [block[start:end] for start, end in zip(starts, [*starts[1:], len(block)], strict=True)]


def _begins_item(block: Sequence[Line], start: int, index: int) -> bool:
    """Whether a line inside a block looks like a title between two summaries.

    The title of a translation, in another script than that of the item, belongs to the item.
    """
    line = block[index].text
    return (
        is_like_title(line)
        and is_like_summary(block[index - 1].text)
        and is_like_summary(block[index + 1].text)
        and script(line) == script(block[start].text)
    )


def is_like_title(line: str) -> bool:
    """Whether a line inside a page can be a title."""
    if " " not in line or len(line) > _LONGEST_TITLE_INSIDE or line[-1:] in _NO_TITLE_ENDS:
        return False
    first = line.lstrip("\"'«“‘([")[:1]
    return first.isupper() or first.isdigit()


def is_like_summary(line: str) -> bool:
    """Whether a line is long, or ends like a sentence."""
    return len(line) > _LONGEST_TITLE_INSIDE or re.search(_SENTENCE_END, line) is not None


def is_prose(line: str) -> bool:
    """Whether a line can only be text, not a title."""
    if len(line) > _LONGEST_TITLE or re.match(_DATELINE, line, re.VERBOSE):
        return True
    return len(line) > _LONGEST_TITLE_WITH_STOP and re.search(FULL_STOP, line) is not None


def quoted(line: Line) -> str:
    """Return the text of a line for a report, long ones cut."""
    text = line.text if len(line.text) <= 60 else f"{line.text[:59]}…"
    return f"“{text}”"
