"""Reading JSON Lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.formats.base import (
    MAX_OWN_SOURCE,
    Fault,
    Found,
    Remark,
    Source,
    reporting,
    while_hopeful,
)
from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.shapes import Shapes


class JsonLinesReader:
    """Reads an object a line; blank lines are passed over."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each line."""
        text, note = text_of(source, limit=MAX_OWN_SOURCE)
        if note:
            yield Remark(source.name, note)
        records = [*line_records(text, source)]
        del text  # it may be most of the memory
        yield from items_of(records, source, is_column=False)


def line_records(text: str, source: Source) -> Iterator[Record | Fault]:
    """Yield the record of each line, or the records inside it, or its fault."""
    yield from while_hopeful(_in_lines(text, source.name, Shapes(source.hints.fields)), source.name)


def _in_lines(text: str, name: str, shapes: Shapes) -> Iterator[Record | Fault]:
    for number, line in enumerate(_lines_of(text), 1):
        place = f"{name}:{number}"
        if not line.strip():
            continue
        try:
            yield from shapes.records_in(loads(line), place)
        except BadJsonError as error:
            yield Fault(f"{place}:{error.column}" if error.column else place, str(error))


def _lines_of(text: str) -> Iterator[str]:
    """Yield the lines one by one: all of a large text would be held twice over."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def is_jsonl(text: str) -> bool:
    """Whether the first line is an object by itself, and the next one begins as another."""
    first, _, rest = text.lstrip().partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(loads(first), dict)
    except BadJsonError:
        return False
