"""Reading JSON: an array, a single object, an archive, and the shapes in which others hand out records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newsarchive.errors import SourceError
from newsarchive.formats.base import (
    MAX_OWN_SOURCE,
    Fault,
    Found,
    Remark,
    Source,
    reporting,
    while_hopeful,
)
from newsarchive.formats.codec import BadJsonError
from newsarchive.formats.large_json import large_document
from newsarchive.formats.large_values import LARGE
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.plain_lines import plain_lines
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.jsonl import LineRecords, Lines, is_jsonl
from newsarchive.formats.reading.tables.shapes import TABLES, Shapes, is_table
from newsarchive.formats.splicing import loads_spliced, repeated_key


class JsonReader:
    """Reads an array of objects, a single object, the table of an archive, or records inside others."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item for each object, and a fault where the text stops being JSON."""
        records = _streamed(source)
        if records is None:
            text, note = text_of(source, limit=MAX_OWN_SOURCE)
            if note:
                yield Remark(source.name, note)
            if is_jsonl(text):
                records = LineRecords(Lines(text), source)
            else:
                records = [*while_hopeful(_records(text, source), source.name)]
        yield from items_of(records, source, is_column=False)


def _streamed(source: Source) -> Iterable[Record | Fault] | None:
    """Return the records of a large source that is sound; None for others, as these must be read whole."""
    lines = plain_lines(source, limit=MAX_OWN_SOURCE)
    if lines is None:
        return None
    if is_jsonl(lines.beginning(LARGE)):
        return LineRecords(lines, source)
    document = large_document(source, TABLES)
    return None if document is None else _LargeRecords(document, source)


class _LargeRecords:
    """The records of a document that is not held, each time they are gone through."""

    def __init__(self, document: Any, source: Source) -> None:
        self._document = document
        self._source = source

    def __iter__(self) -> Iterator[Record | Fault]:
        records = Shapes(self._source.hints.fields).records_of(self._document, self._source.name)
        return while_hopeful(records, self._source.name)


def _records(text: str, source: Source) -> Iterator[Record | Fault]:
    name = source.name
    try:
        document, fault = loads_spliced(text)
    except BadJsonError as error:
        raise SourceError(_place(name, error), str(error)) from None
    yield from Shapes(source.hints.fields).records_of(document, name)
    if fault is not None:
        yield Fault(_place(name, fault), f"{fault}; nothing from here on is read")
    elif is_table(document) and (key := repeated_key(text)) is not None:
        yield Fault(name, f"the key {key!r} is there twice in one object, of which only the last one is read")


def _place(name: str, error: BadJsonError) -> str:
    return f"{name}:{error.line}:{error.column}" if error.line else name
