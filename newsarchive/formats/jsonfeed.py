"""JSON Feed 1.0 and 1.1, as other programs write it: https://jsonfeed.org/version/1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.decoding import text_of
from newsarchive.formats.markup import plain_lines, plain_text
from newsarchive.formats.stories import Story, absolute, is_allowed, items_of, summary_and_body

_READ: Final = frozenset(
    {
        *("id", "url", "title", "summary", "content_text", "content_html", "date_published", "date_modified"),
        *("tags", "language", "author", "authors", "attachments", "_newsarchive"),
    }
)
"""The keys of an item that become fields; all others are kept in `extra`."""


class JsonFeedReader:
    """Reads the items of a feed."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each item of the feed."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        try:
            feed = loads(text)
        except BadJsonError as error:
            place = f"{source.name}:{error.line}:{error.column}" if error.line else source.name
            raise SourceError(place, str(error)) from None
        items = feed.get("items") if isinstance(feed, dict) else None
        if not isinstance(items, list):
            raise SourceError(source.name, "is no JSON Feed: it has no list `items`")
        stories = [_story(item, feed, f"{source.name}, item {n}") for n, item in enumerate(items, 1)]
        yield from items_of(stories, source)


def _story(item: Any, feed: Mapping[str, Any], place: str) -> Story | Fault:
    if not isinstance(item, dict):
        return Fault(place, "is not an object")
    ours = item.get("_newsarchive")
    ours = ours if isinstance(ours, dict) else {}
    base = _text(feed, "home_page_url") or _text(feed, "feed_url")
    summary, body = summary_and_body(plain_lines(_text(item, "summary")), _content(item))
    return Story(
        place=place,
        title=_text(item, "title"),
        date=_text(ours, "date") or _text(item, "date_published") or _text(item, "date_modified"),
        summary=summary,
        body=body,
        url=absolute(_text(item, "url"), base),
        language=_text(item, "language") or _text(feed, "language"),
        languages=_texts(ours.get("languages")),
        tags=_texts(item.get("tags")),
        source=_text(feed, "title"),
        id=_text(item, "id"),
        extra=_extra(item, base),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    """Return a value that is text, or the number that some programs write as an id."""
    value = values.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _content(item: Mapping[str, Any]) -> str:
    """Return the long text of an item; of its two forms the one without markup."""
    text = _text(item, "content_text")
    return text if text.strip() else plain_text(_text(item, "content_html"), has_paragraphs=True)


def _extra(item: Mapping[str, Any], base: str) -> dict[str, Any]:
    extra = {name: value for name, value in item.items() if name not in _READ}
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author, "name") for author in authors or () if isinstance(author, dict)]
    if any(names):
        extra["author"] = "; ".join(filter(None, names))
    if _text(item, "date_published") and _text(item, "date_modified"):
        extra["updated"] = _text(item, "date_modified")
    attachments = item.get("attachments")
    files = [_enclosure(file, base) for file in attachments] if isinstance(attachments, list) else []
    if any(files):
        extra["enclosures"] = [file for file in files if file]
    return extra


def _enclosure(file: Any, base: str) -> dict[str, str]:
    """Return where a file is, its type and length; empty when its address is not one to keep."""
    if not isinstance(file, dict):
        return {}
    url = absolute(_text(file, "url"), base)
    told = {"url": url, "type": _text(file, "mime_type"), "length": _text(file, "size_in_bytes")}
    return {name: text for name, text in told.items() if text} if url and is_allowed(url) else {}
