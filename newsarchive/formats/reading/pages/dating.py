"""Where a page shows a date."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from newsarchive.dates.parsing import date_line
from newsarchive.errors import SourceError
from newsarchive.formats.reading.dating import is_date
from newsarchive.formats.reading.pages.tree import Element, Page

MAX_DATES: Final = 5_000
"""Of a page; for each, everything is gone through that it is inside of."""

_LONGEST: Final = 60
_HOLDERS: Final = frozenset({"a", "div", "h5", "h6", "li", "p", "span", "td", "th", "time"})
_MOST_INSIDE: Final = 3
"""How many elements may be directly inside of one that is nothing but a date."""


def dates_of(page: Page, place: str) -> dict[Element, str]:
    """Return the elements that are nothing but a date, and each date as it is written.

    Raises SourceError for a page that has too many.
    """
    found: dict[Element, str] = {}
    for element, date in _dates_in(page.root):
        found[_outermost(element)] = date
        if len(found) > MAX_DATES:
            raise SourceError(place, f"shows more than {MAX_DATES:,} dates")
    return found


def _dates_in(root: Element) -> Iterator[tuple[Element, str]]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        date = date_of(element)
        if date:
            yield element, date
        else:
            waiting.extend(child for child in reversed(element.children) if child.digits)


def date_of(element: Element) -> str:
    """Return the date that an element is, empty if it is something else.

    What is to be read counts before what is for machines, which often is midnight in another time zone.
    """
    if element.tag not in _HOLDERS or len(element.children) > _MOST_INSIDE or _is_wrapper(element):
        return ""
    line = element.short_line(_LONGEST)
    shown = written_date(line)
    for_machines = element.get("datetime") or (element.get("content") if line else "")
    return for_machines if not shown and is_date(for_machines) else shown


def _is_wrapper(element: Element) -> bool:
    """Whether an element holds nothing but another one, which will be asked itself."""
    is_alone = len(element.children) == 1 and element.tag != "time" and not element.get("content")
    return is_alone and not any(isinstance(text, str) and text.strip() for text in element.content)


def _outermost(element: Element) -> Element:
    while element.parent is not None and element.parent.tag in _HOLDERS and _is_wrapper(element.parent):
        element = element.parent
    return element


@functools.lru_cache(maxsize=1 << 10)
def written_date(line: str) -> str:
    """Return the date in a line that is nothing else, but for a label, or a name or place beside it.

    Numbers stay as they are: the order of day and month is settled for all dates of the page.
    """
    if not line or len(line) > _LONGEST or not re.search("[0-9]", line):
        return ""
    parts = [part.strip() for part in re.split("[|·•]", line)]
    for part in parts if len(parts) == 1 else [line, *parts]:
        if is_date(part):
            return part
        if (date := date_line(part)) is not None:
            return str(date)
    return ""
