"""Tab-separated values, a line an entry, without quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.cells import table

_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_ANY: Final = re.compile(r"[\\\t\n\r]")


class TsvWriter(NamedTuple):
    r"""Writes a table for `cut` and `awk`: TAB, LF, CR and backslash in a cell are `\t \n \r \\`."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        for cells in table(rows, self.options.fields):
            line = "\t".join([cell.translate(_ESCAPES) if _ANY.search(cell) else cell for cell in cells])
            out.write(f"{line}\n".encode())
