"""A page that is one story: what its data for search engines, its head and its text tell of it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from lxml.html import HtmlElement

from newsarchive.dates.names import LABELS
from newsarchive.formats.reading.boilerplate import is_boilerplate, is_heading
from newsarchive.formats.reading.markup import plain_lines
from newsarchive.formats.reading.pages.dating import dates_of, written_date
from newsarchive.formats.reading.pages.head import Head, head_of
from newsarchive.formats.reading.pages.libraries import (
    MAX_ELEMENTS,
    dated,
    extracted_text,
    without_controls,
)
from newsarchive.formats.reading.pages.linked_data import address_in, keywords_in, names_in, text_in
from newsarchive.formats.reading.pages.story_date import StoryDates
from newsarchive.formats.reading.pages.surroundings import Surroundings
from newsarchive.formats.reading.pages.tree import HEADINGS, Element, Page
from newsarchive.formats.reading.stories import Story, absolute, summary_and_body
from newsarchive.text.fold import fold

_DESCRIPTIONS: Final = ("description", "og:description", "dcterms.description", "twitter:description")
_AUTHORS: Final = ("author", "article:author", "dcterms.creator", "dc.creator")

_BESIDE: Final = ("aside", "footer", "header", "nav")
_SHORTEST_PARAGRAPH: Final = 80
"""Characters; a shorter one may be a caption or a button."""
_SHORTEST_TEXT: Final = 200
_SHORTEST_TITLE: Final = 12
"""Characters of a heading below the first level that is the title; a shorter one may be that of a section."""
_SHORTEST_STORY: Final = 400
"""Characters of a text that is a story without a heading or a date."""
_LEVELS: Final = 3
_MOST_COMPARED: Final = 50
"""Headings of a level that a page may have for one to be its title."""


class Told:
    """What a page is and tells: its elements, the tree they are from, its head, and the rest when asked for."""

    def __init__(self, page: Page, document: HtmlElement | None, place: str) -> None:
        self.page = page
        self.document = document
        self.head = head_of(page)
        self._place = place

    @functools.cached_property
    def dates(self) -> Mapping[Element, str]:
        """The elements that are nothing but a date. Raises SourceError for a page that has too many."""
        return dates_of(self.page, self._place)

    @functools.cached_property
    def heading(self) -> Element | None:
        """The heading that is the title."""
        return _heading(self.page, self.head)

    @functools.cached_property
    def around(self) -> Surroundings:
        """The elements that are around the story."""
        return Surroundings(self.page, self.heading)

    @functools.cached_property
    def text(self) -> str:
        """The text of the page that trafilatura finds, empty for a page that is too long for it."""
        if self.document is None or self.is_long:
            return ""
        return extracted_text(self.document, self.prose.total())

    @property
    def is_long(self) -> bool:
        """Whether a library would take too long for the page."""
        return len(self.page.elements) > MAX_ELEMENTS

    @functools.cached_property
    def prose(self) -> Counter[Element]:
        """The characters in long paragraphs, by the element that these are in."""
        prose: Counter[Element] = Counter()
        for paragraph in self.page.all("p"):
            if paragraph.size >= _SHORTEST_PARAGRAPH and paragraph.parent and paragraph not in self.around:
                prose[paragraph.parent] += paragraph.size
        return prose


def story_of(told: Told, data: Mapping[str, Any], place: str) -> Story | None:
    """Return the story of a page, None when it has no title, or neither a date nor a text below one.

    `data` is what the page tells search engines of its story, empty if it tells nothing.
    """
    head = told.head
    title = text_in(data, "headline", "name") or _title(told)
    text = _text(told)
    date = _date(told, data)
    if not title or not (date or len(text) >= (_SHORTEST_STORY if told.heading is None else _SHORTEST_TEXT)):
        return None
    summary, body = summary_and_body(_description(told, data), text or text_in(data, "articleBody"))
    return Story(
        place=place,
        title=title,
        date=date,
        summary=summary,
        body=body,
        url=_address(told, data),
        language=head.language or text_in(data, "inLanguage"),
        tags=_tags(told, data),
        source=head.host,
        extra=_extra(head, data),
    )


# --- title and date ---------------------------------------------------------------------------------------


def _heading(page: Page, head: Head) -> Element | None:
    """Return the heading that is the title: the one that the head repeats, else the first.

    It may repeat the name of the site, too, which is none.
    """
    site = head.first("og:site_name").casefold()
    declared = [text.casefold() for text in (head.first("og:title"), head.title) if text]
    best: list[tuple[int, int, Element]] = []
    firsts: list[Element] = []
    for level, tag in enumerate(HEADINGS[:_LEVELS]):
        for number, element in enumerate(page.all(tag)[:_MOST_COMPARED]):
            line = element.line().casefold()
            if not line or line == site or is_heading(line):
                continue
            firsts += [element] if not level else []
            if amount := max((_repeated(line, text) for text in declared), default=0):
                best.append(
                    (
                        amount if not level or amount >= _SHORTEST_TITLE else 0,
                        -level * _MOST_COMPARED - number,
                        element,
                    )
                )
    told = max(
        (candidate for candidate in best if candidate[0]), key=lambda candidate: candidate[:2], default=None
    )
    return told[-1] if told else next(iter(firsts), None)


def _repeated(heading: str, declared: str) -> int:
    """Count the characters of a heading that a title in the head repeats, double where it begins with them."""
    if heading in declared:
        return len(heading) * (2 if declared.startswith(heading) else 1)
    return 2 * len(declared) if len(declared) >= _SHORTEST_TITLE and heading.startswith(declared) else 0


def _title(told: Told) -> str:
    head = told.head
    if told.heading is not None:
        return told.heading.line()
    title = head.first("og:title") or head.title
    site = head.first("og:site_name")
    title = title.removesuffix(site).rstrip(" |-–—·") if title != site else title
    return "" if is_heading(title) else title


def _date(told: Told, data: Mapping[str, Any]) -> str:
    """Return when the story appeared: as the page says plainly, else as a library finds, else as it shows."""
    dates = StoryDates(told.page, told.heading, lambda: told.dates, told.around)
    plain = dates.told(told.head, data)
    if plain or told.document is None or told.is_long:
        return plain or dates.shown()
    return dated(told.document) or dates.shown()


# --- text -------------------------------------------------------------------------------------------------


def _text(told: Told) -> str:
    """Return the text of a story without what surrounds it, its title and its date."""
    text = "" if _is_in_one(told) else _without_title(told)
    return text or _own_text(told) or _without_title(told)


def _is_in_one(told: Told) -> bool:
    """Whether all of a page was put into one line with its title: so the library reads what is too short for it."""
    title = "" if told.heading is None else without_controls(told.heading.line()).strip()
    return bool(title) and "\n" not in told.text and told.text.startswith(f"{title} ")


def _without_title(told: Told) -> str:
    """Return the text without the title and the date of the story at its beginning, and without links to others."""
    lines = ["" if is_boilerplate(line) else line for line in told.text.split("\n")]
    title = "" if told.heading is None else told.heading.line()
    while lines and (lines[0].strip() in ("", title) or _is_dateline(lines[0])):
        del lines[0]
    return plain_lines("\n".join(lines))


def _is_dateline(line: str) -> bool:
    return fold(line).strip(" :") in LABELS or bool(written_date(line.strip()))


def _own_text(told: Told) -> str:
    """Return the text of the element that holds most prose: of a page that is too short or long for a library."""
    container = _container(told)
    without = [element for element in container.all() if element.tag in _BESIDE or element in told.around]
    without = [element for element in without if element is not container]
    without += [] if told.heading is None else [told.heading]
    lines = without_controls(container.text(without=frozenset([*without, *told.dates]))).split("\n")
    return plain_lines("\n".join("" if is_boilerplate(line) else line for line in lines))


def _container(told: Told) -> Element:
    """Return the element that holds the text: the one that says so, else where most prose stands together."""
    page = told.page
    said = next((element for element in page.elements if element.has_word("itemprop", "articlebody")), None)
    if said is not None:
        return said
    if told.prose:
        return max(told.prose, key=told.prose.__getitem__)
    return page.first("article", "main", "body") or page.root


# --- the rest ---------------------------------------------------------------------------------------------


def _description(told: Told, data: Mapping[str, Any]) -> str:
    subtitle = next(
        (element for element in told.page.elements if element.has_word("class", "p-summary")), None
    )
    return (
        told.head.first(*_DESCRIPTIONS)
        or text_in(data, "description")
        or ("" if subtitle is None else subtitle.text())
    )


def _address(told: Told, data: Mapping[str, Any]) -> str:
    """Return the address that the story wants to be known by."""
    marked = (
        link.get("href") for link in told.page.all("a") if link.has_word("class", "p-canonical", "u-url")
    )
    declared = told.head.address or absolute(address_in(data), told.head.base)
    return declared or next((url for url in marked if "://" in url), "")


def _tags(told: Told, data: Mapping[str, Any]) -> list[str]:
    links = [link.line() for link in told.page.all("a") if link.has_word("rel", "tag")]
    return [tag for tag in (*keywords_in(data), *told.head.metas.get("article:tag", ()), *links) if tag]


def _extra(head: Head, data: Mapping[str, Any]) -> dict[str, str]:
    author = names_in(data.get("author")) or head.first(*_AUTHORS)
    updated = text_in(data, "dateModified") or head.first("article:modified_time")
    return {name: text for name, text in (("author", author), ("updated", updated)) if text}
