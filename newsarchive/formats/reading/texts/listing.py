"""A news page that was copied from the browser: title, summary and, alone in the line below, the date.

Nothing but that date tells where an item ends, so text without one is reported, not joined to its neighbour.
What a page has beside its items, such as headings, pagers and captions, is left out. Other sites have the
date above the title, or between title and summary; a page is read in one of the three ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Remark, Source, item_from, reporting, unix_lines
from newsarchive.formats.reading.boilerplate import FULL_STOP, is_heading, is_update_line
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.texts.listing_lines import (
    Line,
    is_like_summary,
    is_like_title,
    is_prose,
    lines_of,
    parts_of,
    quoted,
)
from newsarchive.formats.reading.texts.notations import foreign_notation


class ListingReader:
    """Reads a pasted page whose items have a line that is nothing but a date."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item for each date, and a fault for text or a date that lacks the other."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        text = unix_lines(text)
        if notation := foreign_notation(text):
            raise SourceError(source.name, notation)
        lines = lines_of(text, source)
        places = [index for index, line in enumerate(lines) if line.is_end]
        if _dates_stand_between(lines, places):
            yield from _read_dates_between(lines, places, source)
        elif _dates_stand_above(lines, places):
            yield from _read_dates_above(lines, places, source)
        else:
            yield from _read_dates_below(lines, source)


# --- where the dates stand --------------------------------------------------------------------------------


def _dates_stand_above(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether the dates of this page stand above the titles."""
    if not _stories(lines[places[-1] :]):
        return False
    if not _stories(_without_page_head(lines[: places[0]])):
        return True
    # There is text at both ends: what the dates touch decides. The foot of the page may touch the last one.
    touching_above = sum(not lines[index].is_below_blank for index in places[:-1])
    touching_below = sum(not lines[index + 1].is_below_blank for index in places[:-1])
    return touching_below > touching_above


def _dates_stand_between(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether a title stands above each date of this page, and its summary below."""
    head = _without_page_head(lines[: places[0]])
    foot = _stories(lines[places[-1] :])
    if len(head) != 1 or not foot or not is_like_summary(foot[0].text):
        return False
    blocks = [block for start, end in pairwise(places) if (block := _stories(lines[start:end]))]
    fitting = [block for block in blocks if is_like_title(block[-1].text)]
    with_summaries = [block for block in fitting if len(block) > 1 and is_like_summary(block[0].text)]
    return not blocks or (2 * len(fitting) > len(blocks) and 2 * len(with_summaries) > len(blocks))


def _stories(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.is_story]


def _without_page_head(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out what stands above the first title: headings, and sentences that introduce the page."""
    rest = _stories(lines[_end_of_headings(lines) :])
    introduction = list(takewhile(_introduces, rest[:-1]))
    return rest[len(introduction) :]


def _end_of_headings(lines: Sequence[Line]) -> int:
    """Return the index below the last heading that has a title below it.

    Below a heading that got inside an item there is a summary, or nothing.
    """
    below = ""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.is_story:
            below = line.text
        elif below and is_heading(line.text) and not re.search(FULL_STOP, below):
            return index + 1
    return 0


def _introduces(line: Line) -> bool:
    return line.text.endswith(":") or is_prose(line.text)


# --- from lines to items ----------------------------------------------------------------------------------


def _read_dates_below(lines: Sequence[Line], source: Source) -> Iterator[Found]:
    block: list[Line] = []
    is_first = True
    for line in lines:
        if not line.is_end:
            block.append(line)
            continue
        stories = _stories(_without_page_head(block) if is_first else block)
        if stories or not is_update_line(line.text):
            *undated, dated = parts_of(stories)
            yield from (_undated(part, source) for part in undated)
            yield _item(dated, line, source)
        block, is_first = [], False
    if left_over := _stories(block):
        yield _undated(left_over, source)


def _read_dates_above(lines: Sequence[Line], places: Sequence[int], source: Source) -> Iterator[Found]:
    for start, end in zip(places, [*places[1:], len(lines)], strict=True):
        stories, date = _stories(lines[start:end]), lines[start]
        if stories or not is_update_line(date.text):
            dated, *undated = parts_of(stories)
            yield _item(dated, date, source)
            yield from (_undated(part, source) for part in undated)


def _read_dates_between(lines: Sequence[Line], places: Sequence[int], source: Source) -> Iterator[Found]:
    title = _without_page_head(lines[: places[0]])
    for start, end in zip(places, [*places[1:], len(lines)], strict=True):
        below = _stories(lines[start:end])
        is_last = end == len(lines)
        summary, next_title = (below, []) if is_last else (below[:-1], below[-1:])
        dated, *undated = parts_of([*title, *(_up_to_foot(summary) if is_last else summary)])
        yield _item(dated, lines[start], source)
        yield from (_undated(part, source) for part in undated)
        title = next_title
        if is_last and (foot := summary[len(_up_to_foot(summary)) :]):
            yield _undated(foot, source)


def _up_to_foot(summary: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of the last summary, without what stands apart and does not read like text."""
    foot = (
        n for n, line in enumerate(summary) if n and line.is_below_blank and not is_like_summary(line.text)
    )
    return summary[: next(foot, len(summary))]


def _item(block: Sequence[Line], date: Line, source: Source) -> Found:
    if not block:
        return Fault(_place(source, date), f"the date {date.text!r} belongs to no title")
    title, *summary = block
    if date.is_unread:
        return Fault(
            _place(source, date), f"{date.text!r} is no date that can be read, so {quoted(title)} is left out"
        )
    if is_prose(title.text):
        return Fault(_place(source, title), f"no title stands above {quoted(title)}")
    values = {
        "title": title.text,
        "date": str(date.date),
        "summary": "\n".join(line.text for line in summary) or None,
    }
    return item_from(values, _place(source, title), source)


def _undated(block: Sequence[Line], source: Source) -> Fault:
    return Fault(_place(source, block[0]), f"no date stands by {quoted(block[0])}, so it is left out")


def _place(source: Source, line: Line) -> str:
    return f"{source.name}:{line.number}"
