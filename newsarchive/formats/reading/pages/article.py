"""A page that is one story: what its data for search engines, its head and its text tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from newsarchive.formats.reading.boilerplate import is_boilerplate, is_heading, is_update_line
from newsarchive.formats.reading.markup import plain_lines
from newsarchive.formats.reading.pages.head import Head
from newsarchive.formats.reading.pages.linked_data import address_in, keywords_in, names_in, text_in
from newsarchive.formats.reading.pages.tree import Element, Page
from newsarchive.formats.reading.stories import Story, absolute, summary_and_body

_DATES: Final = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "dcterms.date", "dcterms.created", "dc.date", "citation_publication_date"),
    *("pubdate", "publishdate", "publish_date", "publication_date", "date"),
)
_DESCRIPTIONS: Final = ("description", "og:description", "dcterms.description", "twitter:description")
_AUTHORS: Final = ("author", "article:author", "dcterms.creator", "dc.creator")

_BESIDE: Final = ("aside", "footer", "header", "nav")
_SHORTEST_PARAGRAPH: Final = 80
"""Characters; a shorter one may be a caption or a button."""
_SHORTEST_TEXT: Final = 200
_MOST_COMPARED: Final = 50
"""Headings of the first level that a page may have for one to be its title."""


def story_of(
    page: Page, head: Head, data: Mapping[str, Any], dates: Mapping[Element, str], place: str
) -> Story | None:
    """Return the story of a page, None when it has no title, or neither a date nor a text below one.

    `data` is what the page tells search engines, empty if it tells nothing; `dates` are those it shows.
    """
    heading = _heading(page, head)
    title = text_in(data, "headline", "name") or _title(head, heading)
    date = (
        text_in(data, "datePublished", "dateCreated")
        or head.first(*_DATES)
        or _shown_date(page, heading, dates)
    )
    text = _text(page, heading, dates)
    if not title or not (date or (heading is not None and len(text) >= _SHORTEST_TEXT)):
        return None
    description = head.first(*_DESCRIPTIONS) or text_in(data, "description")
    summary, body = summary_and_body(description, text or text_in(data, "articleBody"))
    return Story(
        place=place,
        title=title,
        date=date,
        summary=summary,
        body=body,
        url=head.address or absolute(address_in(data), head.base),
        language=head.language or text_in(data, "inLanguage"),
        tags=_tags(page, head, data),
        source=head.host,
        extra=_extra(head, data),
    )


def prose_in(page: Page) -> int:
    """Count the characters of the paragraphs where most of them stand together."""
    return max(_prose(page).values(), default=0)


# --- title and date ---------------------------------------------------------------------------------------


def _heading(page: Page, head: Head) -> Element | None:
    """Return the heading that is the title: one that the head repeats, else the first."""
    headings = [element for element in page.all("h1") if (line := element.line()) and not is_heading(line)]
    declared = head.first("og:title") + "\n" + head.title
    repeated = (heading for heading in headings[:_MOST_COMPARED] if heading.line() in declared)
    return next(repeated, headings[0] if headings else None)


def _title(head: Head, heading: Element | None) -> str:
    if heading is not None:
        return heading.line()
    title = head.first("og:title") or head.title
    site = head.first("og:site_name")
    title = title.removesuffix(site).rstrip(" |-–—·") if title != site else title
    return "" if is_heading(title) else title


def _shown_date(page: Page, heading: Element | None, dates: Mapping[Element, str]) -> str:
    """Return the first date below the title, else the first on the page; that of a change only for want."""
    beside, below = _beside(page), _elements_from(page, heading)
    shown = [(element, date) for element, date in dates.items() if element not in beside]
    ranked = [
        (is_update_line(element.line()), element not in below, number, date)
        for number, (element, date) in enumerate(shown)
    ]
    return min(ranked)[-1] if ranked else ""


def _elements_from(page: Page, start: Element | None) -> frozenset[Element]:
    first = 0 if start is None else page.elements.index(start)
    return frozenset(page.elements[first:])


def _beside(page: Page) -> frozenset[Element]:
    """Return the elements that are in what surrounds a story; a story can have a header of its own."""
    found: set[Element] = set()
    waiting = [(page.root, False)]
    while waiting:
        element, is_beside = waiting.pop()
        is_beside = element.tag != "article" and (is_beside or element.tag in _BESIDE)
        if is_beside:
            found.add(element)
        waiting.extend((child, is_beside) for child in element.children)
    return frozenset(found)


# --- text -------------------------------------------------------------------------------------------------


def _text(page: Page, heading: Element | None, dates: Mapping[Element, str]) -> str:
    """Return the text of a page without what surrounds it, its title and its date."""
    container = _container(page)
    without = [element for element in container.all(*_BESIDE) if element is not container]
    without += [] if heading is None else [heading]
    lines = container.text(without=frozenset([*without, *dates])).split("\n")
    return plain_lines("\n".join("" if is_boilerplate(line) else line for line in lines))


def _container(page: Page) -> Element:
    """Return the element that holds the text: the one that says so, else where most prose stands together."""
    said = next((element for element in page.elements if element.has_word("itemprop", "articlebody")), None)
    if said is not None:
        return said
    prose = _prose(page)
    if prose:
        return max(prose, key=prose.__getitem__)
    return page.first("article", "main", "body") or page.root


def _prose(page: Page) -> Counter[Element]:
    """Count the characters in long paragraphs, by the element that these are in."""
    prose: Counter[Element] = Counter()
    beside = _beside(page)
    for paragraph in page.all("p"):
        if paragraph.size >= _SHORTEST_PARAGRAPH and paragraph.parent and paragraph not in beside:
            prose[paragraph.parent] += paragraph.size
    return prose


# --- the rest ---------------------------------------------------------------------------------------------


def _tags(page: Page, head: Head, data: Mapping[str, Any]) -> list[str]:
    links = [link.line() for link in page.all("a") if link.has_word("rel", "tag")]
    return [tag for tag in (*keywords_in(data), *head.metas.get("article:tag", ()), *links) if tag]


def _extra(head: Head, data: Mapping[str, Any]) -> dict[str, str]:
    author = names_in(data.get("author")) or head.first(*_AUTHORS)
    updated = text_in(data, "dateModified") or head.first("article:modified_time")
    return {name: text for name, text in (("author", author), ("updated", updated)) if text}
