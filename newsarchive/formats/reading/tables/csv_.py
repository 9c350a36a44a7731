"""Reading tables: CSV of any delimiter, with a line of names or without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from newsarchive.errors import BadValueError, SourceError
from newsarchive.formats.base import MAX_OWN_SOURCE, MAX_SOURCE, Fault, Found, Remark, Source, reporting
from newsarchive.formats.cells import values
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.plain_lines import plain_lines
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.columns import SAMPLE, Columns, addresses_in, columns_of, delimiter_of

_DECLARED_DELIMITER: Final = r"(?i)sep=(.)(?=[\r\n])"
"""The first line that Excel understands; to other programs it is a row."""

_SAMPLE_ROWS: Final = 100


class CsvReader:
    """Reads a table whose first line names the columns, or whose columns can be told by what they hold."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each row, placed by the line it begins in."""
        lines = plain_lines(source, limit=MAX_OWN_SOURCE)
        if lines is not None:
            yield from read_table(Table(lines.with_ends(), lines.beginning(SAMPLE)), source)
            return
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        yield from read_table(table_of(text), source)


class Table:
    """The rows of a text, read each time that they are gone through; `beginning` is that of the text."""

    def __init__(self, lines: Iterable[str], beginning: str) -> None:
        declared = re.match(_DECLARED_DELIMITER, beginning)
        self._first = int(bool(declared))
        self._delimiter = declared[1] if declared else delimiter_of(beginning)
        self._lines = lines

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        return islice(_rows(self._lines, self._delimiter), self._first, None)


def table_of(text: str) -> Table:
    """Return the rows of a text that is held."""
    return Table(_TextLines(text), text[:SAMPLE])


class _TextLines:
    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return io.StringIO(self._text, newline="")  # which leaves a line break inside quotes as it is


def read_table(table: Table, source: Source) -> Iterator[Found]:
    """Yield an item or a fault for each row of a table in quotes; no more than some are held. Raises SourceError."""
    csv.field_size_limit(MAX_SOURCE)
    sound = list(islice(((line, row) for line, row in table if not isinstance(row, str)), _SAMPLE_ROWS))
    if not sound:
        yield from (Fault(f"{source.name}:{line}", row) for line, row in table if isinstance(row, str))
        raise SourceError(source.name, "holds no rows")
    first_line = sound[0][0]
    columns = columns_of([row for _, row in sound], source.hints.fields, f"{source.name}:{first_line}")
    if columns.note:
        yield Remark(source.name, columns.note)
    if columns.doubt:
        yield Remark(source.name, columns.doubt)
    for number, field in source.hints.fields.items():
        if number.isdecimal() and not 1 <= int(number) <= len(columns.names):
            yield Remark(source.name, f"it has no column {number}, which is to be the {field}")
    by_name = {name: field for name, field in source.hints.fields.items() if not name.isdecimal()}
    hints = source.hints._replace(fields=by_name)
    records = _Records(table, columns, source.name, first_line if columns.name_rows else 0)
    yield from items_of(records, source._replace(hints=hints), is_column=True)


class _Records:
    """The records of a table, each time that they are gone through, without the row of names in a line."""

    def __init__(self, table: Table, columns: Columns, name: str, names_in: int) -> None:
        self._table = table
        self._columns = columns
        self._name = name
        self._names_in = names_in

    def __iter__(self) -> Iterator[Record | Fault]:
        for line, row in self._table:
            if line == self._names_in:
                continue
            record = _record(self._columns.names, row, f"{self._name}:{line}")
            is_guessed = self._columns.note and isinstance(record, Record)
            yield _with_one_address(record) if is_guessed and isinstance(record, Record) else record


def cells_by_name(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the cells of each row below the line of names, by name, and the line that it begins in.

    Raises SourceError for a table without names or with a row that is none.
    """
    csv.field_size_limit(MAX_SOURCE)
    text, _ = text_of(source)
    names: list[str] | None = None
    for line, row in _rows(_TextLines(text), delimiter_of(text)):
        if isinstance(row, str):
            raise SourceError(f"{source.name}:{line}", row)
        if names is None:
            names = [name.strip().casefold() for name in row]
            continue
        if len(row) > len(names) and any(map(str.strip, row[len(names) :])):
            raise SourceError(f"{source.name}:{line}", f"has {len(row)} cells for {len(names)} columns")
        yield line, dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row that is not blank, or what is wrong with it, and the line it begins in."""
    # strict notices a quote that never closes.
    rows = csv.reader(iter(lines), strict=True, delimiter=delimiter)
    while True:
        line = rows.line_num + 1
        try:
            row: list[str] | str = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row = _explained(error, rows.line_num - line)
        if row and (isinstance(row, str) or any(map(str.strip, row))):
            yield line, row


def _explained(error: csv.Error, lines_below: int) -> str:
    if "end of data" in str(error):
        below = f"all {lines_below:,} lines below belong" if lines_below > 1 else "all below belongs"
        return f"a quote is opened here and never closed, so {below} to it"
    if "expected after" in str(error):
        return "has a quote inside a cell in quotes; write two for each that belongs to the text"
    return f"is not CSV: {error}"


def _record(columns: Sequence[str], row: Sequence[str] | str, place: str) -> Record | Fault:
    if isinstance(row, str):
        return Fault(place, row)
    if any("\0" in cell for cell in row):
        return Fault(place, "holds a zero byte, so the file is damaged or no text")
    missing = len(columns) - len(row)
    if missing < 0 and any(map(str.strip, row[missing:])):
        return Fault(place, f"has more cells ({len(row)}) than there are columns ({len(columns)})")
    if missing > 1 and len(row) == 1:
        return Fault(
            place, f"has 1 cell where there are {len(columns)} columns: a line break outside quotes?"
        )
    try:
        cells = values(dict(zip(columns, row, strict=False)))
    except BadValueError as error:
        return Fault(place, str(error))
    # Spreadsheets leave out empty cells at the end; a line that was cut looks the same.
    note = f"has {len(row)} cells of {len(columns)}; the others are taken for empty"
    return Record(place, cells, notes=(note,) if missing > 0 else ())


def _with_one_address(record: Record) -> Record:
    """Return a record whose address is the first of those in its cell, and keep them all beside it."""
    cell = record.values.get("url")
    parts = addresses_in(cell) if isinstance(cell, str) else []
    if len(parts) < 2:
        return record
    return record._replace(values={**record.values, "url": parts[0], "source_url": cell})
