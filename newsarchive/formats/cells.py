"""An entry as a row of text cells, for the formats that are tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError
from newsarchive.formats.base import Row
from newsarchive.formats.codec import BadJsonError, dumps, loads
from newsarchive.intake import MAX_DEPTH

_JOINED: Final = ("languages", "tags")
_JSON: Final = ("relations", "extra")


def table(rows: Iterable[Row], fields: Sequence[str] | None = None) -> Iterator[list[str]]:
    """Yield the names of the columns, then the cells of each row.

    The columns are `fields`, or the keys of the first row when that is None.
    """
    rows = iter(rows)
    first = next(rows, None)
    columns = list(fields or first or FIELDS)
    yield columns
    for row in rows if first is None else chain([first], rows):
        cells = zip(columns, map(row.get, columns), strict=True)
        yield [
            # 0 and false are values; None, [] and {} are their absence.
            value if type(value) is str else "" if not value and value != 0 else _cell(column, value)
            for column, value in cells
        ]


def _cell(column: str, value: Any) -> str:
    if type(value) is int:
        return str(value)
    # Neither a tag nor the code of a language holds a semicolon.
    return "; ".join(value) if column in _JOINED else dumps(value).decode()


def values(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON values of the cells of a row, by column. Raises BadValueError.

    A column without a name, or an empty cell of a column that is no field, says nothing.
    """
    return dict(
        (column, value_of(column, cell))
        if column not in _JSON or _is_json(cell)
        else (f"source_{column}", cell)
        for column, cell in cells.items()
        if column and (cell or column in FIELDS)
    )


def value_of(column: str, cell: str) -> Any:
    """Return the JSON value of one cell; an empty one is null. Raises BadValueError."""
    if not cell:
        return None
    if column in _JOINED:
        return [part for text in cell.split(";") if (part := text.strip())]
    if column in _JSON:
        return _from_json(column, cell)
    return int(cell) if column == "id" and re.fullmatch("[1-9][0-9]{0,15}", cell) else cell


def _is_json(cell: str) -> bool:
    """Whether a cell is meant to be JSON; another program may have a column `extra`, too."""
    return cell.lstrip()[:1] in ("", "[", "{")


def _from_json(column: str, cell: str) -> Any:
    try:
        return loads(cell, depth=MAX_DEPTH)
    except BadJsonError as error:
        raise BadValueError(column, str(error)) from None
