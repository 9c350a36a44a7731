"""CSL-JSON, which citation managers and pandoc read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_OWN_SOURCE, Cited, Row, Source, content_of
from newsarchive.formats.codec import loads
from newsarchive.formats.writing.citing import Citing, marks_of, publication
from newsarchive.formats.writing.feed import address
from newsarchive.formats.writing.json_ import JsonWriter
from newsarchive.formats.writing.relating import Relating, described

_MOST_DEPTH: Final = 20


class CslJsonWriter(Relating, Citing):
    """Writes an array, an item a line. CSL has no press release: a story is a page of the web.

    It has no translations either; what an entry is related to stands in `custom`, which is for what CSL lacks.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[int | None, str] = {}

    def keep_keys(self, rows: Iterable[Row], before: Path | None, left: Sequence[Cited] = ()) -> None:
        """Keep the keys of an earlier export. Raises OSError, and ValueError when it is no array of items."""
        self._keys.learn(rows, _marks, chain(left, () if before is None else map(_cited, _items_in(before))))

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the array, `[]` without rows."""
        JsonWriter().write(map(self._item, rows), out)

    def _item(self, row: Row) -> dict[str, Any]:
        relations = described(self.ties(row), url="URL", id_of=self._key)
        return _item(row, self._key(row), {"relations": relations} if relations else None)

    def _key(self, row: Row) -> str:
        known = self._made.get(row["id"])
        if known is None:
            known = self._made[row["id"]] = self._keys.key(row)
        return known


def _marks(row: Row) -> frozenset[str]:
    return marks_of(row["title"], address(row), row["date"])


def _items_in(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the items of a file; of a large one, one is held. Raises OSError and ValueError."""
    from newsarchive.formats.large_json import large_document  # spares start-up
    from newsarchive.formats.large_values import LargeArray

    try:
        items = large_document(Source(path.name, path))
        if items is None:
            text = content_of(Source(path.name, path), limit=MAX_OWN_SOURCE).decode("utf-8-sig", "replace")
            items = loads(text, depth=_MOST_DEPTH) if text.strip() else []
        for item in items if isinstance(items, list | LargeArray) else [items]:
            if not isinstance(item, dict) or item is items:
                raise ValueError("is no array of items")
            yield item
    except SourceError as error:
        raise ValueError(error.reason) from None


def _cited(item: dict[str, Any]) -> Cited:
    try:
        date = "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    except (KeyError, IndexError, TypeError, ValueError):
        date = ""
    title, url = (text if isinstance(text := item.get(name), str) else "" for name in ("title", "URL"))
    return Cited(str(item.get("id", "")), marks_of(title, url, date))


def _item(row: Row, key: str, custom: dict[str, Any] | None) -> dict[str, Any]:
    languages = row["languages"]
    item = {
        "id": key,
        "type": "webpage",
        "title": row["title"],
        "issued": _date(row["date"]) if row["date"] else None,
        "container-title": publication(row),
        "abstract": row["summary"],
        "URL": address(row),
        "language": languages[0] if languages else None,
        "keyword": ", ".join(row["tags"]) or None,
        "source": row["source"],
        "custom": custom,
    }
    return {name: value for name, value in item.items() if value is not None}


def _date(date: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]}
