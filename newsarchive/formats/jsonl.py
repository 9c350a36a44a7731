"""JSON Lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from newsarchive.formats.base import (
    MAX_OWN_SOURCE,
    Fault,
    Found,
    Remark,
    Row,
    Source,
    WriterOptions,
    reporting,
    while_hopeful,
)
from newsarchive.formats.codec import BadJsonError, dumps, loads
from newsarchive.formats.decoding import text_of
from newsarchive.formats.records import Record, items_of
from newsarchive.formats.shapes import Shapes


class JsonLinesWriter(NamedTuple):
    """Writes an object a line; nothing without rows."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write every row and a line end after it."""
        for row in rows:
            out.write(dumps(self.options.chosen(row)) + b"\n")


class JsonLinesReader:
    """Reads an object a line; blank lines are passed over."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each line."""
        text, note = text_of(source, limit=MAX_OWN_SOURCE)
        if note:
            yield Remark(source.name, note)
        yield from items_of([*line_records(text, source)], source, is_column=False)


def line_records(text: str, source: Source) -> Iterator[Record | Fault]:
    """Yield the record or the fault of each line."""
    shapes = Shapes(source.hints.fields)
    lines = enumerate(text.split("\n"), 1)
    records = (_record(line, f"{source.name}:{n}", shapes) for n, line in lines if line.strip())
    yield from while_hopeful(records, source.name)


def is_jsonl(text: str) -> bool:
    """Whether the first line is an object by itself, and the next one begins as another."""
    first, _, rest = text.lstrip().partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(loads(first), dict)
    except BadJsonError:
        return False


def _record(line: str, place: str, shapes: Shapes) -> Record | Fault:
    try:
        value = loads(line)
    except BadJsonError as error:
        return Fault(f"{place}:{error.column}" if error.column else place, str(error))
    return shapes.record_of(value, place)
