"""Reads pages of the web as a browser saves them: an article, or a list of stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.reading.encodings import META, XML_DECLARATION, declared_text
from newsarchive.formats.reading.pages.article import Told, story_of
from newsarchive.formats.reading.pages.head import Head
from newsarchive.formats.reading.pages.kind import is_article, main_article
from newsarchive.formats.reading.pages.libraries import drop_controls
from newsarchive.formats.reading.pages.limits import within_limits
from newsarchive.formats.reading.pages.linked_data import (
    address_in,
    articles_in,
    keywords_in,
    names_in,
    text_in,
)
from newsarchive.formats.reading.pages.listing import ListedStory, stories_in
from newsarchive.formats.reading.pages.tree import document_of, page_of
from newsarchive.formats.reading.stories import Story, absolute, items_of

_NEITHER: Final = (
    "is neither an article nor a list of stories: there is no title with a date or a text"
    " (JSON-LD, Open Graph, meta, h1, time), nor are there blocks with a title and a date each;"
    " copy what the browser shows into a .txt file, and import that"
)

_SOFT_HYPHENS: Final = ("\u00ad", "&shy;", "&#173;", "&#xad;", "&#xAD;")
"""They say where a word may be parted, and are no part of it."""


class PageReader:
    """Reads a page."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of an article, or an item or a fault for each story of a list."""
        text, note = declared_text(source, XML_DECLARATION, META)
        if note:
            yield Remark(source.name, note)
        stories = _stories_of(text, source.name)
        if not stories:
            raise SourceError(source.name, _NEITHER)
        yield from items_of(stories, source)


def _stories_of(text: str, name: str) -> list[Story]:
    for hyphen in _SOFT_HYPHENS:
        text = text.replace(hyphen, "")
    document = document_of(within_limits(text, name))
    page = page_of(document, name)  # with control characters, so that their going is told
    if document is not None:
        drop_controls(document)
    try:
        return _stories(Told(page, document, name), articles_in(_data_in(document)), name)
    finally:
        page.dissolve()


def _data_in(document: HtmlElement | None) -> Iterator[str]:
    """Yield what a page tells search engines (JSON-LD)."""
    for script in () if document is None else document.iter("script"):
        if "ld+json" in script.get("type", "").lower() and script.text:
            yield script.text


def _stories(told: Told, data: Sequence[Mapping[str, Any]], name: str) -> list[Story]:
    """Return the story of an article, or the stories of a list."""
    main = main_article(told, data)
    listed = [] if main is not None else stories_in(told.page, told.dates)
    if main is None and not is_article(told, listed):
        if len(data) > max(1, len(listed)):
            return [_described(article, told.head, f"{name}, item {n}") for n, article in enumerate(data, 1)]
        if listed:
            return [_listed(story, told.head, f"{name}, item {n}") for n, story in enumerate(listed, 1)]
    story = story_of(told, main or {}, name)
    return [] if story is None else [story]


def _listed(story: ListedStory, head: Head, place: str) -> Story:
    return Story(
        place=place,
        title=story.title,
        date=story.date,
        summary=story.text,
        url=absolute(story.url, head.base),
        language=head.language if story.language is None else story.language,
        tags=story.tags,
        source=head.host,
    )


def _described(article: Mapping[str, Any], head: Head, place: str) -> Story:
    author = names_in(article.get("author"))
    return Story(
        place=place,
        title=text_in(article, "headline", "name"),
        date=text_in(article, "datePublished", "dateCreated"),
        summary=text_in(article, "description"),
        body=text_in(article, "articleBody"),
        url=absolute(address_in(article), head.base),
        language=text_in(article, "inLanguage") or head.language,
        tags=keywords_in(article),
        source=head.host,
        extra={"author": author} if author else {},
    )
