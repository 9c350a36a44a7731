"""Atom after RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

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
from newsarchive.formats.writing.relating import Relating, Tie, links
from newsarchive.formats.writing.xml import XML, element, item, write_items

_START: Final = b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/">\n'


class AtomWriter(Relating):
    """Writes a feed. A date of which the day is not known stands in `dcterms:issued` as it is, too."""

    def __init__(self, options: WriterOptions | None = None) -> None:
        self.options = options or WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the feed; when it was updated comes last, as only then the newest change is known."""
        out.write(XML + _START)
        out.write("".join(f"{part}\n" for part in _about(self.options)).encode())
        newest = write_items(rows, out, self._entry)
        out.write(f"<updated>{newest}</updated>\n</feed>\n".encode())

    def _entry(self, row: Row, item_id: str) -> str:
        return item("entry", next(iter(row["languages"]), None), _parts(row, item_id, self.ties(row)))


def _about(options: WriterOptions) -> Iterator[str]:
    """Yield what a feed says of itself."""
    yield element("id", feed_id(options))
    yield element("title", feed_title(options))
    yield f"<author>{element('name', feed_title(options))}</author>"
    yield element("generator", GENERATOR)
    if options.link:
        yield element("link", rel="alternate", href=options.link)
    if options.self_link:
        yield element("link", rel="self", type="application/atom+xml", href=options.self_link)


def _parts(row: Row, item_id: str, ties: list[Tie]) -> Iterator[str]:
    url, date, issued = address(row), published(row), partial_date(row)
    yield element("id", item_id)
    yield element("title", row["title"])
    yield element("updated", updated(row))
    if date:
        yield element("published", date)
    if issued:
        yield element("dcterms:issued", issued)
    if url:
        yield element("link", rel="alternate", href=url)
    yield from links("link", ties)
    for tag in row["tags"]:
        yield element("category", term=tag)
    if row["summary"]:
        yield element("summary", row["summary"])
    # Without an address an entry must have content, whatever is known of it.
    if row["body"] or not url:
        yield element("content", content(row))
