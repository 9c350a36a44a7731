"""JSON: one array of flat objects, one object a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_OWN_SOURCE, Fault, Found, Row, Source, item_from, reporting, text_of
from newsarchive.formats.codec import BadJsonError, dumps, loads


class JsonWriter:
    """Writes an array, valid and diffable: an entry a line."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the array, `[]` without rows."""
        before = b"[\n"
        for row in rows:
            out.write(before + dumps(dict(row)))
            before = b",\n"
        out.write(b"[]\n" if before == b"[\n" else b"\n]\n")


class JsonReader:
    """Reads an array of objects, a single object, or the table `entries` of an archive."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item for each object."""
        text = text_of(source, limit=MAX_OWN_SOURCE)
        try:
            document = loads(text)
        except BadJsonError as error:
            place = f"{source.name}:{error.line}:{error.column}" if error.line else source.name
            raise SourceError(place, str(error)) from None
        for place, value in _records(document, source.name):
            yield item_from_json(value, place, source)


def item_from_json(value: Any, place: str, source: Source) -> Found:
    """Return the item of a JSON value, or the fault of one that is no object."""
    if not isinstance(value, dict):
        return Fault(place, "is not an object")
    return item_from(value, place, source)


def _records(document: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the place and the value of each record."""
    match document:
        case list():
            yield from _listed(document, name)
        case {"title": _}:
            yield f"{name}, item 1", document
        case {"entries": list() as entries}:
            yield from _listed(entries, name)
        # TinyDB calls its table `_default` when nobody says otherwise.
        case {"entries": dict() as table} | {"_default": dict() as table}:
            for key, value in table.items():
                yield f"{name}, entry {key}", _with_id(value, key)
        case _:
            raise SourceError(name, "holds no entries: it is no list, and has neither `title` nor `entries`")


def _listed(values: list[Any], name: str) -> Iterator[tuple[str, Any]]:
    for number, value in enumerate(values, 1):
        yield f"{name}, item {number}", value


def _with_id(value: Any, key: str) -> Any:
    """Give a record of a table its key as its id, as a number where it is one."""
    if not isinstance(value, dict):
        return value
    return {**value, "id": int(key) if re.fullmatch("[1-9][0-9]{0,15}", key) else key}
