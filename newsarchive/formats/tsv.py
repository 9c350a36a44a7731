"""Tab-separated values, a line an entry, without quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError
from newsarchive.formats.base import Fault, Found, Remark, Row, Source, WriterOptions, reporting
from newsarchive.formats.cells import table, values
from newsarchive.formats.csv_ import read_table
from newsarchive.formats.decoding import text_of
from newsarchive.formats.records import Record, items_of

_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_PLAIN: Final = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


class TsvWriter(NamedTuple):
    r"""Writes a table for `cut` and `awk`: TAB, LF, CR and backslash in a cell are `\t \n \r \\`."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the names of the columns and every row."""
        for cells in table(rows, self.options.fields):
            line = "\t".join(cell.translate(_ESCAPES) for cell in cells)
            out.write(f"{line}\n".encode())


class TsvReader:
    """Reads what the writer writes, and tables that part their cells by tabs as CSV does by commas."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each row, placed by its line."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        if text.partition("\n")[0] != "\t".join(FIELDS):
            yield from read_table(text, source)
            return
        lines = enumerate(text.split("\n")[1:], 2)
        records = [_record(line, f"{source.name}:{number}") for number, line in lines if line]
        yield from items_of(records, source, is_column=True)


def _record(line: str, place: str) -> Record | Fault:
    cells = [re.sub(r"\\([tnr\\])", lambda match: _PLAIN[match[1]], cell) for cell in line.split("\t")]
    if len(cells) != len(FIELDS):
        return Fault(place, f"has {len(cells)} cells, where there are {len(FIELDS)} columns")
    try:
        return Record(place, values(dict(zip(FIELDS, cells, strict=True))))
    except BadValueError as error:
        return Fault(place, str(error))
