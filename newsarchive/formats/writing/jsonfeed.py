"""JSON Feed 1.1, as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.codec import dumps
from newsarchive.formats.writing.feed import ItemIds, address, content, feed_title, published
from newsarchive.formats.writing.relating import Relating, Tie, described

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeedWriter(Relating):
    """Writes a feed, an item a line.

    What it has no room for stands in an item's extension `_newsarchive`: `date` where the day is not known,
    null if nothing is, `languages` where there are several, and `relations` to other entries.
    """

    def __init__(self, options: WriterOptions | None = None) -> None:
        self.options = options or WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the feed."""
        about: dict[str, Any] = {
            "version": VERSION,
            "title": feed_title(self.options),
            "home_page_url": self.options.link,
            "feed_url": self.options.self_link,
            "items": [],
        }
        out.write(dumps(_given(about)).removesuffix(b"]}"))
        ids, before = ItemIds(), b"\n"
        for row in rows:
            out.write(before + dumps(_item(row, ids.id_of(row), self.ties(row))))
            before = b",\n"
        out.write(b"\n]}\n")


def _item(row: Row, item_id: str, ties: list[Tie]) -> dict[str, Any]:
    languages = row["languages"]
    item = {
        "id": item_id,
        "url": address(row),
        "title": row["title"],
        "summary": row["summary"],
        "content_text": content(row),
        "date_published": published(row),
        "date_modified": row["modified"],
        "language": languages[0] if languages else None,
        "tags": row["tags"] or None,
        "_newsarchive": _extension(row, ties) or None,
    }
    return _given(item)


def _extension(row: Row, ties: list[Tie]) -> dict[str, Any]:
    """Return what an item would otherwise say too exactly or not at all."""
    extension: dict[str, Any] = {}
    if row["date"] != (published(row) or "")[:10]:
        extension["date"] = row["date"]
    if len(row["languages"]) > 1:
        extension["languages"] = row["languages"]
    if ties:
        extension["relations"] = described(ties, url="url")
    return extension


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: a feed has no nulls."""
    return {name: value for name, value in values.items() if value is not None}
