"""CSL-JSON, which citation managers and pandoc read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from newsarchive.formats.base import Row
from newsarchive.formats.writing.citing import citation_key, publication
from newsarchive.formats.writing.feed import address
from newsarchive.formats.writing.json_ import JsonWriter


class CslJsonWriter:
    """Writes an array, an item a line. CSL has no press release: a story is a page of the web."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the array, `[]` without rows."""
        JsonWriter().write(map(_item, rows), out)


def _item(row: Row) -> dict[str, Any]:
    languages = row["languages"]
    item = {
        "id": citation_key(row),
        "type": "webpage",
        "title": row["title"],
        "issued": _date(row["date"]) if row["date"] else None,
        "container-title": publication(row),
        "abstract": row["summary"],
        "URL": address(row),
        "language": languages[0] if languages else None,
        "keyword": ", ".join(row["tags"]) or None,
        "source": row["source"],
    }
    return {name: value for name, value in item.items() if value is not None}


def _date(date: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]}
