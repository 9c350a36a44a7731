"""Reading tab-separated values: ours without quotes, those of others with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError
from newsarchive.formats.base import MAX_OWN_SOURCE, Fault, Found, Remark, Source, reporting
from newsarchive.formats.cells import values
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.plain_lines import plain_lines, text_of_line
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.tables.columns import SAMPLE
from newsarchive.formats.reading.tables.csv_ import Table, read_table, table_of

_PLAIN: Final = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


class TsvReader:
    """Reads what the writer writes, and tables that part their cells by tabs as CSV does by commas."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each row, placed by its line."""
        plain = plain_lines(source, limit=MAX_OWN_SOURCE)
        if plain is not None:
            is_own = plain.beginning(len(_HEADER) + 1).partition("\n")[0] == _HEADER
            table = (
                _OwnRows(plain, source.name) if is_own else Table(plain.with_ends(), plain.beginning(SAMPLE))
            )
        else:
            text, note = text_of(source)
            if note:
                yield Remark(source.name, note)
            is_own = text.partition("\n")[0] == _HEADER
            table = _OwnRows(text.split("\n"), source.name) if is_own else table_of(text)
        if isinstance(table, Table):
            yield from read_table(table, source)
        else:
            yield from items_of(table, source, is_column=True)


_HEADER: Final = "\t".join(FIELDS)


class _OwnRows:
    """The records of the lines below the names, each time that they are gone through."""

    def __init__(self, lines: Iterable[str | bytes], name: str) -> None:
        self._lines = lines
        self._name = name

    def __iter__(self) -> Iterator[Record | Fault]:
        for number, line in enumerate(self._lines, 1):
            if number > 1 and line:
                yield _record(text_of_line(line, self._name), f"{self._name}:{number}")


def _record(line: str, place: str) -> Record | Fault:
    cells = [re.sub(r"\\([tnr\\])", lambda match: _PLAIN[match[1]], cell) for cell in line.split("\t")]
    if len(cells) != len(FIELDS):
        return Fault(place, f"has {len(cells)} cells, where there are {len(FIELDS)} columns")
    try:
        return Record(place, values(dict(zip(FIELDS, cells, strict=True))))
    except BadValueError as error:
        return Fault(place, str(error))
