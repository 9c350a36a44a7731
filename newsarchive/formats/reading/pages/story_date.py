"""When the story of a page appeared: what the page says of it, shows with it, or a library finds."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from newsarchive.dates.names import MONTHS
from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError, BadValueError
from newsarchive.formats.reading.boilerplate import FULL_STOP, is_update_line
from newsarchive.formats.reading.dating import date_of_number, is_date, number_in, read_date
from newsarchive.formats.reading.pages.dating import date_of
from newsarchive.formats.reading.pages.head import Head
from newsarchive.formats.reading.pages.linked_data import text_in
from newsarchive.formats.reading.pages.tree import Element, Page
from newsarchive.text.fold import fold

_METAS: Final = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date", "parsely-pub-date"),
    *(
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "pubdate",
        "publishdate",
        "publish_date",
        "publish-date",
    ),
    *("publication_date", "og:pubdate", "article.published"),
)
_VAGUE_METAS: Final = ("dcterms.date", "dc.date", "date")
"""Which may be when the page was made, or last changed."""
_MARKS: Final = ("dt-published", "entry-date", "published")
"""Classes of the element that holds the date of an entry: https://microformats.org/wiki/h-entry."""

_BELOW: Final = 100
_BEFORE: Final = 12
"""Elements by a title among which the date of a story stands."""
_NOT_SHOWN: Final = ("base", "link", "meta", "title")
_LONGEST_LINE: Final = 150
_DAY_AND_MONTH: Final = (
    r"(?<![0-9])([0-9]{1,2})\.?\s+([^\W\d_]{3,12})|([^\W\d_]{3,12})\.?\s+([0-9]{1,2})(?![0-9])"
)


class StoryDates:
    """The dates of a page.

    `dates` gives the elements of the whole page that are nothing but a date, when they are needed; `around` is
    what is not the story.
    """

    def __init__(
        self,
        page: Page,
        heading: Element | None,
        dates: Callable[[], Mapping[Element, str]],
        around: Container[Element],
    ) -> None:
        self._page = page
        self._heading = heading
        self._dates = dates
        self._around = around

    def told(self, head: Head, data: Mapping[str, Any]) -> str:
        """Return when the story appeared, as the page says plainly; empty where it says nothing that is a date.

        What it declares comes first, then what it marks as such, then what it shows by the title. A date that
        can be read in two ways, and that nothing shown settles, comes back as it is.
        """
        declared = [text_in(data, "datePublished"), *head.all(*_METAS)]
        vague = [*head.all(*_VAGUE_METAS), text_in(data, "dateCreated")]
        ways = (self._declared(declared), self._marked(), self._beside_title(), self._declared(vague))
        unsettled = (text for text in (*declared, *vague) if _readings(text))
        return next((date for way in (*ways, unsettled) for date in way), "")

    def shown(self) -> str:
        """Return a date that the page shows somewhere, by the title with other words or elsewhere alone."""
        return next((date for way in (self._near_title(), self._shown_elsewhere()) for date in way), "")

    def _declared(self, texts: Sequence[str]) -> Iterator[str]:
        for text in texts:
            if (date := read(text)) is not None:
                yield self._as_shown(text, date)
                continue
            shown = [reading for reading in _readings(text) if self._shows_anywhere(reading)]
            if len(shown) == 1:
                yield str(shown[0])

    # --- what is shown ------------------------------------------------------------------------------------

    def _as_shown(self, text: str, date: PartialDate) -> str:
        """Return a declared date, that of the day before or after where this is the one that is shown.

        An instant in UTC is often that of the evening before.
        """
        if date.day is None or self._shows(date):
            return text
        for days in (1, -1):
            neighbour = date.start + timedelta(days=days)
            other = PartialDate(neighbour.year, neighbour.month, neighbour.day)
            if self._shows(other):
                return str(other)
        return text

    def _shows(self, date: PartialDate) -> bool:
        """Whether the page shows a day by the title, perhaps without its year."""
        if any(read(text) == date for text in self._by_title):
            return True
        for line in self._lines():
            if any(read(text) == date for text in dates_in(line)):
                return True
            for match in re.finditer(_DAY_AND_MONTH, line):
                day, month = match[1] or match[4], match[2] or match[3]
                if int(day) == date.day and MONTHS.get(fold(month)) == date.month:
                    return True
        return False

    def _shows_anywhere(self, date: PartialDate) -> bool:
        """Whether the page shows a day, alone in a line or with other words."""
        if self._shows(date) or any(read(text) == date for text in self._shown.values()):
            return True
        lines = (e.short_line(_LONGEST_LINE) for e in self._page.elements if e not in self._around)
        return any(read(text) == date for line in lines if line for text in dates_in(line))

    def _marked(self) -> Iterator[str]:
        """Yield the dates that stand where entries have theirs."""
        for element in self._page.elements:
            if element in self._around or element.tag == "meta" or not _is_marked(element):
                continue
            inner = next((time.get("datetime") for time in element.all("time")), "")
            for text in (
                element.short_line(_LONGEST_LINE),
                element.get("datetime"),
                element.get("content"),
                inner,
            ):
                if text and (date := read(text)) is not None:
                    yield self._as_shown(text, date)

    @functools.cached_property
    def _shown(self) -> Mapping[Element, str]:
        """The dates of the page that stand alone, but for those around the story."""
        return {element: date for element, date in self._dates().items() if element not in self._around}

    @functools.cached_property
    def _by_title(self) -> Sequence[str]:
        """The dates by the title that stand alone and are not those of a change, days before months."""
        near = ((element, date_of(element)) for element in self._near)
        shown = [date for element, date in near if date and not is_update_line(element.line())]
        return sorted(shown, key=lambda text: (found := read(text)) is None or found.day is None)

    def _beside_title(self) -> Iterator[str]:
        yield from self._by_title

    def _shown_elsewhere(self) -> Iterator[str]:
        """Yield the dates below the title, then the others; those of a change only for want."""
        elements = self._page.elements
        start = 0 if self._heading is None else elements.index(self._heading)
        below = frozenset(elements[start:])
        ranked = sorted(
            (is_update_line(element.line()), element not in below, number, date)
            for number, (element, date) in enumerate(self._shown.items())
        )
        return (date for *_, date in ranked)

    def _near_title(self) -> Iterator[str]:
        """Yield the dates that stand by the title with other words, such as who wrote the story."""
        for line in self._lines():
            if not re.search(FULL_STOP, line) and not is_update_line(line):
                yield from dates_in(line)

    def _lines(self) -> Iterator[str]:
        """Yield the lines by the title, those below first."""
        for element in self._near:
            if line := element.short_line(_LONGEST_LINE):
                yield line

    @functools.cached_property
    def _near(self) -> Mapping[Element, None]:
        """The elements by the title, those below up to the text first."""
        if self._heading is None:
            return {}
        elements = self._page.elements
        place = elements.index(self._heading)
        before = reversed(elements[max(0, place - _BEFORE) : place])
        near = [*_up_to_text(elements[place + 1 : place + _BELOW]), *before]
        return {e: None for e in near if e not in self._around and e.tag not in _NOT_SHOWN}


def _is_marked(element: Element) -> bool:
    return element.has_word("class", *_MARKS) or element.has_word("itemprop", "datepublished")


def _up_to_text(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield elements up to the second long paragraph: above the first, pictures have captions."""
    paragraphs = 0
    for element in elements:
        paragraphs += element.tag == "p" and element.size > _LONGEST_LINE
        if paragraphs > 1:
            return
        yield element


def read(text: str) -> PartialDate | None:
    """Return the date that a text is, None where it is none, or may be several."""
    text = text.strip()
    if not text:
        return None
    try:
        number = number_in(text)
        return read_date(text) if number is None else date_of_number(number)
    except (BadDateError, BadValueError):
        return None


def _readings(text: str) -> list[PartialDate]:
    """Return the different dates that a text can be read as, none where it is no date or only one."""
    try:
        read_date(text)
    except BadDateError as error:
        return [PartialDate.from_iso(reading) for reading in error.readings]
    except BadValueError:
        pass
    return []


def dates_in(line: str) -> list[str]:
    """Return the dates that stand in a line with other words."""
    found = (match[0] for match in _date_inside().finditer(line))
    return [text for text in islice(found, 10) if is_date(text) and read(text) is not None]


@functools.cache
def _date_inside() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?<![0-9./-]) (?: [0-9]{4} ([./-]) [0-9]{1,2} \1 [0-9]{1,2} | [0-9]{1,2} ([./-]) [0-9]{1,2} \2 [0-9]{4} )
            (?![0-9]|[./-][0-9])
        | (?<![0-9]) [0-9]{1,2} (?: \.|er|º )? \s+ (?:de\s+)? [^\W\d_]{3,12} \.? ,? \s+ (?:del?\s+)? [0-9]{4}
            (?![0-9])
        | (?<!\w) [^\W\d_]{3,12} \.? \s+ [0-9]{1,2} (?:st|nd|rd|th)? ,? \s+ [0-9]{4} (?![0-9])
        | (?<![0-9]) [0-9]{4} \s? 年 \s? [0-9]{1,2} \s? 月 \s? [0-9]{1,2} \s? 日
        """,
        re.VERBOSE,
    )
