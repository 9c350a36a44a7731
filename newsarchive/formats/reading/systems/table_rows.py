"""Rows of a table of a database, as phpMyAdmin and others hand them out: CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE, Source
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.json_values import document_of, objects_at
from newsarchive.formats.reading.tables.columns import delimiter_of

MAX_LINES: Final = 100_000

Row = dict[str, str]
Rows = Sequence[tuple[str, Row]]
"""Rows with the place of each."""


def rows_of(source: Source, column: str) -> tuple[Rows, str | None]:
    """Return the rows of the table that has a column of this name, each with its place, and a note.

    The names of columns are in lower case. Raises SourceError.
    """
    text, note = text_of(source)
    if text.lstrip()[:1] in ("[", "{"):
        document, note = document_of(source)
        return [
            (f"{source.name}, item {n}", row) for n, row in enumerate(_objects(document, column), 1)
        ], note
    return [(f"{source.name}:{line}", row) for line, row in _lines(text, source.name)], note


def _objects(document: Any, column: str) -> Iterator[Row]:
    """Yield the rows in an array, in phpMyAdmin's parts with `data`, or in an object by their keys."""
    parts = document if isinstance(document, list) else [document]
    for part in parts:
        if not isinstance(part, dict):
            continue
        rows = [part] if column in map(str.lower, part) else objects_at(part, "data")
        if not rows:
            rows = [row for table in part.values() for row in _values(table)]
        yield from (_row(row) for row in rows if column in map(str.lower, row))


def _values(table: Any) -> list[dict[str, Any]]:
    held = table.values() if isinstance(table, dict) else table if isinstance(table, list) else []
    return [row for row in held if isinstance(row, dict)]


def _row(values: dict[str, Any]) -> Row:
    plain = {name.lower(): value for name, value in values.items()}
    return {name: str(value) for name, value in plain.items() if isinstance(value, str | int | float)}


def _lines(text: str, name: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(MAX_SOURCE)
    delimiter = delimiter_of(text)
    escape = "\\" if '\\"' in text else None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, escapechar=escape)
    columns: list[str] = []
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(f"{name}:{line}", f"is not CSV: {error}") from None
        if not columns:
            columns = [cell.strip().lower() for cell in row]
        elif line > MAX_LINES:
            raise SourceError(name, f"has more than {MAX_LINES:,} lines; export it in parts")
        elif any(map(str.strip, row)):
            yield line, {key: "" if cell == "NULL" else cell for key, cell in zip(columns, row, strict=False)}
