"""CSV after RFC 4180, and its variant for spreadsheets."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError, SourceError
from newsarchive.formats.base import MAX_SOURCE, Fault, Found, Row, Source, item_from, reporting, text_of
from newsarchive.formats.cells import table, values

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell; the full-width ones where the keyboard is Japanese."""


class CsvWriter:
    """Writes a table in UTF-8; reading it back gives the same entries."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        csv.writer(_Encoding(out), lineterminator="\r\n").writerows(table(rows))


class ExcelWriter:
    """Writes a table for spreadsheets: with a byte order mark, and no cell a formula. For reading only."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        out.write(codecs.BOM_UTF8)
        guarded = ([_guarded(cell) for cell in cells] for cells in table(rows))
        csv.writer(_Encoding(out), lineterminator="\r\n").writerows(guarded)


class _Encoding:
    """Stands between the csv module, which writes text, and a stream of bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def write(self, text: str) -> None:
        self.out.write(text.encode())


def _guarded(cell: str) -> str:
    # https://owasp.org/www-community/attacks/CSV_Injection
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class CsvReader:
    """Reads a table with a line of column names; columns that are no field go to `extra`."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each row, placed by the line it begins in."""
        text = text_of(source)
        csv.field_size_limit(MAX_SOURCE)
        columns: list[str] | None = None
        for line, row in _rows(text):
            place = f"{source.name}:{line}"
            if isinstance(row, csv.Error):
                yield Fault(place, _explained(row))
            elif columns is None:
                columns = _columns(row, place)
            else:
                yield _found(columns, row, place, source)
        if columns is None:
            raise SourceError(source.name, "has no line of column names")


def _rows(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row that is not blank, or what is wrong with it, and the line it begins in."""
    # newline="" leaves a line break inside quotes as it is; strict notices a quote that never closes.
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = rows.line_num + 1
        try:
            row: list[str] | csv.Error = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row = error
        if row:
            yield line, row


def _explained(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quote is opened here and never closed, so all lines below belong to it"
    return f"is not CSV: {error}"


def _columns(names: Sequence[str], place: str) -> list[str]:
    """Return the names of the columns, the fields among them in lower case."""
    columns = [name if (name := text.strip()).casefold() not in FIELDS else name.casefold() for text in names]
    twice = [name for name, count in Counter(columns).items() if name and count > 1]
    if twice:
        raise SourceError(place, f"two columns are named {twice[0]!r}")
    if "title" not in columns:
        raise SourceError(place, "no column is named `title`; the first line names the columns")
    return columns


def _found(columns: Sequence[str], row: Sequence[str], place: str, source: Source) -> Found:
    # Fewer is all right: spreadsheets leave out empty cells at the end.
    if len(row) > len(columns):
        return Fault(place, f"has more cells ({len(row)}) than there are columns ({len(columns)})")
    try:
        record = values(dict(zip(columns, row, strict=False)))
    except BadValueError as error:
        return Fault(place, str(error))
    return item_from(record, place, source)
