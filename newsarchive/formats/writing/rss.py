"""RSS 2.0, with elements of Atom, Dublin Core and the content module where it has none of its own."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape, unescape
from typing import BinaryIO, Final

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.writing.feed import (
    address,
    feed_id,
    feed_title,
    on_the_web,
    partial_date,
    published,
)
from newsarchive.formats.writing.relating import Relating, Tie, links
from newsarchive.formats.writing.xml import XML, element, item, write_items

_START: Final = (
    b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
)
_TAG: Final = re.compile("<[A-Za-z/!?]")


class RssWriter(Relating):
    """Writes a feed. A date of which the day is not known stands in `dcterms:issued` as it is, too."""

    def __init__(self, options: WriterOptions | None = None) -> None:
        self.options = options or WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the feed; when it was built comes last, as only then the newest change is known."""
        out.write(XML + _START)
        out.write("".join(f"{part}\n" for part in _about(self.options)).encode())
        newest = write_items(rows, out, self._item)
        out.write(f"<lastBuildDate>{_rfc_822(newest)}</lastBuildDate>\n</channel>\n</rss>\n".encode())

    def _item(self, row: Row, item_id: str) -> str:
        return item("item", next(iter(row["languages"]), None), _parts(row, item_id, self.ties(row)))


def _about(options: WriterOptions) -> Iterator[str]:
    """Yield what a feed says of itself; its page must be said, so what stands for it is the feed's id."""
    yield element("title", readable(feed_title(options)))
    yield element("link", options.link or feed_id(options))
    yield element("description", readable(feed_title(options)))
    if options.self_link:
        yield element("atom:link", rel="self", type="application/rss+xml", href=options.self_link)


def _parts(row: Row, item_id: str, ties: list[Tie]) -> Iterator[str]:
    url, date, issued = address(row), published(row), partial_date(row)
    yield element("title", readable(row["title"]))
    if url:
        yield element("link", url)
    yield element("guid", item_id, isPermaLink="true" if on_the_web(item_id) else "false")
    if date:
        yield element("pubDate", _rfc_822(date))
    if issued:
        yield element("dcterms:issued", issued)
    yield from links("atom:link", ties)
    for tag in row["tags"]:
        yield element("category", tag)
    if row["summary"]:
        yield element("description", readable(row["summary"]))
    if row["body"]:
        yield element("content:encoded", escape(row["body"], quote=False).replace("\n", "<br>\n"))


def readable(text: str) -> str:
    """Return `text` as it is where it means the same to those who take it for HTML, else as HTML.

    RSS does not say which of the two titles and descriptions are; readers look for tags and entities.
    """
    is_plain = unescape(text) == text and not _TAG.search(text)
    return text if is_plain else escape(text, quote=False)


@functools.lru_cache(maxsize=1 << 12)
def _rfc_822(instant: str) -> str:
    return format_datetime(datetime.fromisoformat(instant), usegmt=True)
