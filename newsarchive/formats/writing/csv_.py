"""CSV after RFC 4180, and its variant for spreadsheets."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.cells import table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell; the full-width ones where the keyboard is Japanese."""


class CsvWriter(NamedTuple):
    """Writes a table in UTF-8; reading it back gives the same entries."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        cells = table(rows, self.options.fields)
        csv.writer(_Encoding(out), lineterminator="\r\n").writerows(cells)


class ExcelWriter(NamedTuple):
    """Writes a table for spreadsheets: with a byte order mark, and no cell a formula. For reading only."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        out.write(codecs.BOM_UTF8)
        guarded = ([_guarded(cell) for cell in cells] for cells in table(rows, self.options.fields))
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
