"""CSV after RFC 4180, and its variant for spreadsheets."""

from __future__ import annotations

import codecs
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
        for cells in table(rows, self.options.fields):
            out.write(_line(cells))


class ExcelWriter(NamedTuple):
    """Writes a table for spreadsheets: with a byte order mark, and no cell a formula. For reading only."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        out.write(codecs.BOM_UTF8)
        for cells in table(rows, self.options.fields):
            out.write(_line(map(_guarded, cells)))


def _line(cells: Iterable[str]) -> bytes:
    """Return the bytes that the csv module writes, which takes twice as long: it looks at each character by itself.

    A line of one empty cell is no blank line.
    """
    quoted = [
        '"' + cell.replace('"', '""') + '"'
        if '"' in cell or "," in cell or "\n" in cell or "\r" in cell
        else cell
        for cell in cells
    ]
    return (",".join(quoted) or '""').encode() + b"\r\n"


def _guarded(cell: str) -> str:
    # https://owasp.org/www-community/attacks/CSV_Injection
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
