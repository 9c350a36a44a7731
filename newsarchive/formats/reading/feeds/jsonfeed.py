"""JSON Feed 1.0 and 1.1, as other programs write it: https://jsonfeed.org/version/1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.large_values import plain
from newsarchive.formats.reading.json_values import array_at, large_document_of
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.stories import Story, absolute, file_of, items_of, summary_and_body

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
        feed, note = large_document_of(source)
        if note:
            yield Remark(source.name, note)
        items = array_at(feed, "items")
        if items is None:
            raise SourceError(source.name, "is no JSON Feed: it has no list `items`")
        is_exact = any(isinstance(item, dict) and _text(item, "date_published") for item in items)
        dates = ("date_published",) if is_exact else ("date_published", "date_modified")
        stories = (
            _story(item, feed, dates, f"{source.name}, item {n}")
            for n, item in enumerate(map(plain, items), 1)
        )
        yield from items_of(stories, source, may_lack_titles=True)


def _story(item: Any, feed: Mapping[str, Any], dates: Sequence[str], place: str) -> Story | Fault:
    if not isinstance(item, dict):
        return Fault(place, "is not an object")
    ours = item.get("_newsarchive")
    ours = ours if isinstance(ours, dict) else {}
    # Our own writer says null of an entry without a date, and of no other that the date is null.
    date, told = (_text(ours, "date"), "") if "date" in ours else _date(item, dates)
    base = _text(feed, "home_page_url") or _text(feed, "feed_url")
    summary, body = summary_and_body(plain_lines(_text(item, "summary")), _content(item))
    return Story(
        place=place,
        title=_text(item, "title"),
        date=date,
        summary=summary,
        body=body,
        url=absolute(_text(item, "url"), base),
        language=_text(item, "language") or _text(feed, "language"),
        languages=_texts(ours.get("languages")),
        tags=_texts(item.get("tags")),
        source=_text(feed, "title"),
        id=_text(item, "id"),
        extra=_extra(item, base, has_updated=told != "date_modified"),
    )


def _date(item: Mapping[str, Any], names: Sequence[str]) -> tuple[str, str]:
    """Return when an item appeared, and which of the names says so."""
    return next(((text, name) for name in names if (text := _text(item, name))), ("", ""))


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


def _extra(item: Mapping[str, Any], base: str, *, has_updated: bool) -> dict[str, Any]:
    authors = item["authors"] if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    attachments = item["attachments"] if isinstance(item.get("attachments"), list) else []
    files = [_file(attachment, base) for attachment in attachments if isinstance(attachment, dict)]
    told = {
        "author": "; ".join(filter(None, names)),
        "updated": _text(item, "date_modified") if has_updated else "",
        "enclosures": [file for file in files if file],
    }
    others = {name: value for name, value in item.items() if name not in _READ}
    return {**others, **{name: value for name, value in told.items() if value}}


def _file(attachment: Mapping[str, Any], base: str) -> dict[str, str]:
    url = absolute(_text(attachment, "url"), base)
    return file_of(url, _text(attachment, "mime_type"), _text(attachment, "size_in_bytes"))
