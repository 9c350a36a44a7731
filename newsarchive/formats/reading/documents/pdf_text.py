"""From the lines of a PDF to its paragraphs: words that were parted are whole again, page numbers gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from newsarchive.formats.reading.documents.pdf_lines import PARTED, Line
from newsarchive.formats.reading.documents.prose import Paragraph

_LARGER: Final = 1.15
"""How much larger than most letters those of a heading are."""
_APART: Final = 1.35
"""How much farther apart than most lines two paragraphs are."""
_WIDEST: Final = 1.5
"""How far apart the lines of a paragraph may be, in heights of letters."""
_FULL: Final = 0.8
"""The part of the width of a page that a line must reach for the next one to belong to it."""
_PAGE_NUMBER: Final = (
    r"(?i)(?:page|seite|страница|стр\.?|página|p\.)?[ ]?[-–|]?[ ]?\d{1,4}[ ]?[-–|]?"
    r"(?:[ ]?(?:of|/|von|из|sur|de)[ ]?\d{1,4})?"
)
_LONGEST_REPEATED: Final = 120


def paragraphs_of(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs; that of the largest letters on the first page is the title."""
    lines = _without_margins(lines)
    if not lines:
        return
    usual = median(line.size for line in lines for _ in range(min(len(line.text) // 20 + 1, 10)))
    title = _title_size(lines, usual)
    gap, whole = _usual_gap(lines), "\n".join(line.text for line in lines)
    rights = {
        page: max(line.right for line in lines if line.page == page) for page in {line.page for line in lines}
    }
    waiting: list[Line] = []
    for line in lines:
        if waiting and not _belongs(waiting[-1], line, gap, rights[line.page]):
            yield _paragraph(waiting, title, whole)
            waiting = []
        waiting.append(line)
    yield _paragraph(waiting, title, whole)


def _without_margins(lines: Sequence[Line]) -> list[Line]:
    """Leave out page numbers, and what stands at the top or bottom of three pages or more."""
    edges: dict[tuple[int, bool], Line] = {}
    for line in lines:
        edges.setdefault((line.page, True), line)
        edges[line.page, False] = line
    repeated = Counter(re.sub(r"\d+", "0", line.text) for line in edges.values())
    unwanted = {
        id(line)
        for line in edges.values()
        if re.fullmatch(_PAGE_NUMBER, line.text)
        or (len(line.text) <= _LONGEST_REPEATED and repeated[re.sub(r"\d+", "0", line.text)] > 2)
    }
    return [line for line in lines if id(line) not in unwanted]


def _title_size(lines: Sequence[Line], usual: float) -> float:
    """Return the size of the letters of the title, 0 where none are larger than most."""
    first = [line.size for line in lines if line.page == 0 and any(map(str.isalpha, line.text))]
    largest = max(first, default=0.0)
    return largest if largest > usual * _LARGER else 0.0


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [
        above.bottom - below.top
        for above, below in pairwise(lines)
        if above.page == below.page and above.bottom > below.top
    ]
    return min(median(gaps), _WIDEST * lines[0].size) if gaps else 0.0


def _belongs(above: Line, below: Line, gap: float, right: float) -> bool:
    """Whether a line carries on the one above it."""
    if abs(above.size - below.size) > 0.1 * max(above.size, below.size):
        return False
    if above.text.endswith(("-", "\u2010")) and below.text[0].islower():
        return True
    if above.page != below.page or above.bottom < below.top:  # the next page or column
        return below.text[0].islower()
    if above.bottom - below.top > _APART * max(gap, above.size):
        return False
    return above.right - above.left >= _FULL * (right - above.left) or below.text[0].islower()


def _paragraph(lines: Sequence[Line], title: float, whole: str) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        is_parted = text.endswith(("-", "\u2010")) and line.text[0].islower()
        text = f"{text[:-1]}{PARTED}{line.text}" if is_parted else f"{text} {line.text}"
    is_title = title > 0 and lines[0].page == 0 and abs(lines[0].size - title) < 0.05 * title
    return Paragraph(_with_whole_words(text, whole), 0 if is_title else None)


def _with_whole_words(text: str, whole: str) -> str:
    """Return a text without the marks where words were parted; a hyphen stays if the word has it elsewhere, too."""
    start, *parts = text.split(PARTED)
    for part in parts:
        end = re.split(r"\W", part, maxsplit=1)[0]
        compound = f"{start.rpartition(' ')[2]}-{end}"
        start = f"{start}{'-' * (compound in whole)}{part}"
    return start
