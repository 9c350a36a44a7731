"""RSS 2.0, with elements of Atom, Dublin Core and the content module where it has none of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape, unescape
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.writing.feed import (
    address,
    feed_id,
    feed_title,
    on_the_web,
    partial_date,
    published,
)
from newsarchive.formats.writing.relating import Relating, Tie, add_links
from newsarchive.formats.writing.xml import XML, add, serialised, write_items

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
        for element in _about(self.options):
            out.write(serialised(element))
        newest = write_items(rows, out, lambda row, item_id: _item(row, item_id, self.ties(row)))
        out.write(f"<lastBuildDate>{_rfc_822(newest)}</lastBuildDate>\n</channel>\n</rss>\n".encode())


def _about(options: WriterOptions) -> list[ET.Element]:
    """Return what a feed says of itself; its page must be said, so what stands for it is the feed's id."""
    channel = ET.Element("channel")
    add(channel, "title", readable(feed_title(options)))
    add(channel, "link", options.link or feed_id(options))
    add(channel, "description", readable(feed_title(options)))
    if options.self_link:
        add(channel, "atom:link", rel="self", type="application/rss+xml", href=options.self_link)
    return list(channel)


def _item(row: Row, item_id: str, ties: list[Tie]) -> ET.Element:
    url, date, issued = address(row), published(row), partial_date(row)
    item = ET.Element("item", {"xml:lang": row["languages"][0]} if row["languages"] else {})
    add(item, "title", readable(row["title"]))
    if url:
        add(item, "link", url)
    add(item, "guid", item_id, isPermaLink="true" if on_the_web(item_id) else "false")
    if date:
        add(item, "pubDate", _rfc_822(date))
    if issued:
        add(item, "dcterms:issued", issued)
    add_links(item, "atom:link", ties)
    for tag in row["tags"]:
        add(item, "category", tag)
    if row["summary"]:
        add(item, "description", readable(row["summary"]))
    if row["body"]:
        add(item, "content:encoded", escape(row["body"], quote=False).replace("\n", "<br>\n"))
    return item


def readable(text: str) -> str:
    """Return `text` as it is where it means the same to those who take it for HTML, else as HTML.

    RSS does not say which of the two titles and descriptions are; readers look for tags and entities.
    """
    is_plain = unescape(text) == text and not _TAG.search(text)
    return text if is_plain else escape(text, quote=False)


def _rfc_822(instant: str) -> str:
    return format_datetime(datetime.fromisoformat(instant), usegmt=True)
