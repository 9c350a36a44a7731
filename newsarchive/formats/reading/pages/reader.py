"""Reads pages of the web as a browser saves them: an article, or a list of stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.reading.encodings import META, XML_DECLARATION, declared_text
from newsarchive.formats.reading.pages.article import prose_in, story_of
from newsarchive.formats.reading.pages.dating import dates_of
from newsarchive.formats.reading.pages.head import Head, head_of
from newsarchive.formats.reading.pages.linked_data import (
    address_in,
    articles_in,
    keywords_in,
    names_in,
    text_in,
)
from newsarchive.formats.reading.pages.listing import ListedStory, stories_in
from newsarchive.formats.reading.pages.markup import simplified
from newsarchive.formats.reading.pages.tree import Page, parse
from newsarchive.formats.reading.stories import Story, absolute, items_of

_NEITHER: Final = (
    "is neither an article nor a list of stories: there is no title with a date or a text"
    " (JSON-LD, Open Graph, meta, h1, time), nor are there blocks with a title and a date each;"
    " copy what the browser shows into a .txt file, and import that"
)


class PageReader:
    """Reads a page."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of an article, or an item or a fault for each story of a list."""
        text, note = declared_text(source, XML_DECLARATION, META)
        if note:
            yield Remark(source.name, note)
        markup = simplified(text, source.name)
        page, data = parse(markup.text), articles_in(markup.data)
        stories = _stories(page, data, source.name)
        if not stories:
            raise SourceError(source.name, _NEITHER)
        yield from items_of(stories, source)


def _stories(page: Page, data: Sequence[Mapping[str, Any]], name: str) -> list[Story]:
    """Return the story of an article, or the stories of a list."""
    head = head_of(page)
    main = _main_article(page, head, data)
    dates = dates_of(page, name)
    listed = stories_in(page, dates)
    if main is None and len(data) > max(1, len(listed)):
        return [_described(article, head, f"{name}, item {n}") for n, article in enumerate(data, 1)]
    if main is None and listed and not _is_article(page, head, listed):
        return [_listed(story, head, f"{name}, item {n}") for n, story in enumerate(listed, 1)]
    story = story_of(page, head, main or {}, dates, name)
    return [] if story is None else [story]


def _main_article(page: Page, head: Head, data: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the data of the article that the page is, None if it is no article or says nothing of it."""
    if len(data) == 1:
        return data[0]
    titles = {heading.line() for heading in page.all("h1")}
    same = [
        article
        for article in data
        if (head.address and address_in(article) == head.address) or text_in(article, "headline") in titles
    ]
    return same[0] if len(same) == 1 else None


def _is_article(page: Page, head: Head, listed: Sequence[ListedStory]) -> bool:
    """Whether a page says that it is one, or has more text in one place than in all that it lists."""
    if head.first("article:published_time"):
        return True
    return prose_in(page) > sum(len(story.title) + len(story.text) for story in listed)


def _listed(story: ListedStory, head: Head, place: str) -> Story:
    return Story(
        place=place,
        title=story.title,
        date=story.date,
        summary=story.text,
        url=absolute(story.url, head.base),
        language=head.language,
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
