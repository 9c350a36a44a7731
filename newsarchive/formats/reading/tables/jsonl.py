"""Reading JSON Lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsarchive.formats.base import (
    MAX_OWN_SOURCE,
    Fault,
    Found,
    Remark,
    Source,
    reporting,
    while_hopeful,
)
from newsarchive.formats.codec import BadJsonError, loads, loads_quickly
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.plain_lines import plain_lines, text_of_line
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.shapes import Shapes


class JsonLinesReader:
    """Reads an object a line; blank lines are passed over."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each line."""
        lines = plain_lines(source, limit=MAX_OWN_SOURCE)
        if lines is None:
            text, note = text_of(source, limit=MAX_OWN_SOURCE)
            if note:
                yield Remark(source.name, note)
            yield from items_of(LineRecords(Lines(text), source), source, is_column=False)
        else:
            yield from items_of(LineRecords(lines, source), source, is_column=False)


class LineRecords:
    """The record of each line, or the records inside it, or its fault: read each time they are gone through."""

    def __init__(self, lines: Iterable[str | bytes], source: Source) -> None:
        self._lines = lines
        self._name = source.name
        self._shapes = Shapes(source.hints.fields)

    def __iter__(self) -> Iterator[Record | Fault]:
        return while_hopeful(self._records(), self._name)

    def _records(self) -> Iterator[Record | Fault]:
        for number, line in enumerate(self._lines, 1):
            place = f"{self._name}:{number}"
            value = loads_quickly(line) if isinstance(line, bytes) else None
            if value is None:
                text = text_of_line(line, self._name)
                if not text.strip():
                    continue
                try:
                    value = loads(text)
                except BadJsonError as error:
                    yield Fault(f"{place}:{error.column}" if error.column else place, str(error))
                    continue
            yield from self._shapes.records_in(value, place)


class Lines:
    """The lines of a text, one by one: all of a large text would be held twice over."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        start = 0
        while (end := self._text.find("\n", start)) >= 0:
            yield self._text[start:end]
            start = end + 1
        yield self._text[start:]


def is_jsonl(text: str) -> bool:
    """Whether the first line is an object by itself, and the next one begins as another."""
    first, _, rest = text.lstrip().partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(loads(first), dict)
    except BadJsonError:
        return False
