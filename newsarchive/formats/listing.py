"""A news page that was copied from the browser: title, summary and, alone in the line below, the date.

Nothing but that date tells where an item ends, so text without one is reported, not joined to its neighbour.
What a page has beside its items, such as headings, pagers and captions, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from newsarchive.dates.parsing import date_line
from newsarchive.dates.partial import PartialDate
from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Source, item_from, reporting, text_of, unix_lines
from newsarchive.formats.boilerplate import is_boilerplate, is_heading, is_update_line
from newsarchive.text.script import script

# Longer than this, a line is taken for a summary whose title is missing.
_LONGEST_TITLE: Final = 250
_LONGEST_TITLE_WITH_STOP: Final = 120
# Longer than this, a line inside an item is a part of its summary even when it was cut before its full stop.
_LONGEST_TITLE_INSIDE: Final = 150

_DATELINE: Final = r"""
    [^\W\d_][\w\s.'’/-]{1,40},\ +       # Bonn, or: Astana / Bonn,
    \d{1,2}\.?\ +[^\W\d_]+\.?\ +\d{4}   # 14 February 2020
    \s*[-–—:]                           # and the text begins
"""
_FULL_STOP: Final = r"""[.…]["'»”’)\]]*$"""
_SENTENCE_END: Final = r"""[.…!?]["'»”’)\]]*$"""
_NO_TITLE_END: Final = r"""[.…,;:]$"""


class _Line(NamedTuple):
    """A line that is not blank; `is_story` when it can be part of an item."""

    number: int
    text: str
    date: PartialDate | None
    is_story: bool
    is_below_blank: bool


class ListingReader:
    """Reads a pasted page whose items end, on other sites begin, with a line that is nothing but a date."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item for each date, and a fault for text or a date that lacks the other."""
        lines = _lines(unix_lines(text_of(source)))
        if not lines:
            raise SourceError(source.name, "holds no text")
        if not any(line.date for line in lines):
            raise SourceError(source.name, "no line is only a date, so nothing tells where an item ends")
        yield from _read_dates_first(lines, source) if _begins_with_dates(lines) else _read(lines, source)


def _lines(text: str) -> list[_Line]:
    """Return the lines that are not blank."""
    lines = []
    is_below_blank = True
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip().strip("\ufeff\u200b").strip()
        if stripped:
            date = date_line(stripped)
            is_story = date is None and not is_boilerplate(stripped)
            lines.append(_Line(number, stripped, date, is_story, is_below_blank))
        is_below_blank = not stripped
    return lines


# --- dates below their items, or above --------------------------------------------------------------------


def _begins_with_dates(lines: Sequence[_Line]) -> bool:
    """Whether the dates of this page stand above the titles."""
    places = [index for index, line in enumerate(lines) if line.date]
    if not _stories(lines[places[-1] :]):
        return False
    if not _stories(_without_page_head(lines[: places[0]])):
        return True
    # There is text at both ends: what the dates touch decides. The foot of the page may touch the last one.
    touching_above = sum(not lines[index].is_below_blank for index in places[:-1])
    touching_below = sum(not lines[index + 1].is_below_blank for index in places[:-1])
    return touching_below > touching_above


def _read(lines: Sequence[_Line], source: Source) -> Iterator[Found]:
    block: list[_Line] = []
    is_first = True
    for line in lines:
        if line.date is None:
            block.append(line)
            continue
        yield from _items(_stories(_without_page_head(block) if is_first else block), line, source)
        block, is_first = [], False
    left_over = _stories(block)
    if left_over:
        yield Fault(_place(source, left_over[0]), f"no date stands below {_quoted(left_over[0])}")


def _read_dates_first(lines: Sequence[_Line], source: Source) -> Iterator[Found]:
    places = [index for index, line in enumerate(lines) if line.date]
    for start, end in zip(places, [*places[1:], len(lines)], strict=True):
        story, date = _stories(lines[start:end]), lines[start]
        if story or not is_update_line(date.text):
            yield _item(story, date, source)


def _stories(lines: Sequence[_Line]) -> list[_Line]:
    return [line for line in lines if line.is_story]


def _without_page_head(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Leave out what stands above the first title: headings, and sentences that introduce the page."""
    rest = _stories(lines[_end_of_headings(lines) :])
    introduction = list(takewhile(_introduces, rest[:-1]))
    return rest[len(introduction) :]


def _end_of_headings(lines: Sequence[_Line]) -> int:
    """Return the index below the last heading that has a title below it.

    Below a heading that got inside an item there is a summary, or nothing.
    """
    below = ""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.is_story:
            below = line.text
        elif below and is_heading(line.text) and not re.search(_FULL_STOP, below):
            return index + 1
    return 0


def _introduces(line: _Line) -> bool:
    return line.text.endswith(":") or _is_prose(line.text)


# --- the lines of one item --------------------------------------------------------------------------------


def _items(block: Sequence[_Line], date: _Line, source: Source) -> Iterator[Found]:
    """Yield the item that ends with `date`, and a fault for each one above it that lacks its own."""
    if not block and is_update_line(date.text):
        return
    start = 0
    for index in range(2, len(block) - 1):
        if index > start + 1 and _begins_item(block, start, index):
            reason = f"no date stands between {_quoted(block[start])} and {_quoted(block[index])}"
            yield Fault(_place(source, block[start]), reason)
            start = index
    yield _item(block[start:], date, source)


def _item(block: Sequence[_Line], date: _Line, source: Source) -> Found:
    if not block:
        return Fault(_place(source, date), f"the date {date.text!r} belongs to no title")
    title, *summary = block
    if _is_prose(title.text):
        return Fault(_place(source, title), f"no title stands above {_quoted(title)}")
    values = {
        "title": title.text,
        "date": str(date.date),
        "summary": "\n".join(line.text for line in summary) or None,
    }
    return item_from(values, _place(source, title), source)


def _begins_item(block: Sequence[_Line], start: int, index: int) -> bool:
    """Whether a line inside a block looks like a title between two summaries.

    The title of a translation, in another script than that of the item, belongs to the item.
    """
    before, line, after = (block[index + step].text for step in (-1, 0, 1))
    return (
        _is_like_title(line)
        and _is_like_summary(before)
        and _is_like_summary(after)
        and script(line) == script(block[start].text)
    )


def _is_like_title(line: str) -> bool:
    first = line.lstrip("\"'«“‘([")[:1]
    return (
        len(line) <= _LONGEST_TITLE_INSIDE
        and " " in line
        and (first.isupper() or first.isdigit())
        and not re.search(_NO_TITLE_END, line)
    )


def _is_like_summary(line: str) -> bool:
    return len(line) > _LONGEST_TITLE_INSIDE or re.search(_SENTENCE_END, line) is not None


def _is_prose(line: str) -> bool:
    """Whether a line can only be text, not a title."""
    if len(line) > _LONGEST_TITLE or re.match(_DATELINE, line, re.VERBOSE):
        return True
    return len(line) > _LONGEST_TITLE_WITH_STOP and re.search(_FULL_STOP, line) is not None


def _place(source: Source, line: _Line) -> str:
    return f"{source.name}:{line.number}"


def _quoted(line: _Line) -> str:
    text = line.text if len(line.text) <= 60 else f"{line.text[:59]}…"
    return f"“{text}”"
