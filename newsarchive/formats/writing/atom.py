"""Atom after RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import GENERATOR, Row, WriterOptions
from newsarchive.formats.writing.feed import (
    address,
    content,
    feed_id,
    feed_title,
    partial_date,
    published,
    updated,
)
from newsarchive.formats.writing.relating import Relating, Tie, add_links
from newsarchive.formats.writing.xml import XML, add, serialised, write_items

_START: Final = b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/">\n'


class AtomWriter(Relating):
    """Writes a feed. A date of which the day is not known stands in `dcterms:issued` as it is, too."""

    def __init__(self, options: WriterOptions | None = None) -> None:
        self.options = options or WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the feed; when it was updated comes last, as only then the newest change is known."""
        out.write(XML + _START)
        for element in _about(self.options):
            out.write(serialised(element))
        newest = write_items(rows, out, lambda row, item_id: _entry(row, item_id, self.ties(row)))
        out.write(f"<updated>{newest}</updated>\n</feed>\n".encode())


def _about(options: WriterOptions) -> list[ET.Element]:
    """Return what a feed says of itself."""
    root = ET.Element("feed")
    add(root, "id", feed_id(options))
    add(root, "title", feed_title(options))
    author = ET.SubElement(root, "author")
    add(author, "name", feed_title(options))
    add(root, "generator", GENERATOR)
    if options.link:
        add(root, "link", rel="alternate", href=options.link)
    if options.self_link:
        add(root, "link", rel="self", type="application/atom+xml", href=options.self_link)
    return list(root)


def _entry(row: Row, item_id: str, ties: list[Tie]) -> ET.Element:
    url, date, issued = address(row), published(row), partial_date(row)
    entry = ET.Element("entry", {"xml:lang": row["languages"][0]} if row["languages"] else {})
    add(entry, "id", item_id)
    add(entry, "title", row["title"])
    add(entry, "updated", updated(row))
    if date:
        add(entry, "published", date)
    if issued:
        add(entry, "dcterms:issued", issued)
    if url:
        add(entry, "link", rel="alternate", href=url)
    add_links(entry, "link", ties)
    for tag in row["tags"]:
        add(entry, "category", term=tag)
    if row["summary"]:
        add(entry, "summary", row["summary"])
    # Without an address an entry must have content, whatever is known of it.
    if row["body"] or not url:
        add(entry, "content", content(row))
    return entry
