"""Reading tab-separated values: ours without quotes, those of others with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError
from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.cells import values
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.csv_ import read_table, table_of

_PLAIN: Final = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


class TsvReader:
    """Reads what the writer writes, and tables that part their cells by tabs as CSV does by commas."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each row, placed by its line."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        if text.partition("\n")[0] != "\t".join(FIELDS):
            yield from read_table(table_of(text), source)
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
