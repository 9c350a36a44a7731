"""JSON Lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from newsarchive.formats.base import MAX_OWN_SOURCE, Fault, Found, Row, Source, reporting, text_of
from newsarchive.formats.codec import BadJsonError, dumps, loads
from newsarchive.formats.json_ import item_from_json


class JsonLinesWriter:
    """Writes an object a line; nothing without rows."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write every row and a line end after it."""
        for row in rows:
            out.write(dumps(dict(row)) + b"\n")


class JsonLinesReader:
    """Reads an object a line; blank lines are passed over."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each line."""
        for number, line in enumerate(text_of(source, limit=MAX_OWN_SOURCE).split("\n"), 1):
            if line.strip():
                yield _found(line, f"{source.name}:{number}", source)


def _found(line: str, place: str, source: Source) -> Found:
    try:
        value = loads(line)
    except BadJsonError as error:
        return Fault(f"{place}:{error.column}" if error.column else place, str(error))
    return item_from_json(value, place, source)
