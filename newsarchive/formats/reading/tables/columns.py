"""What the columns of a foreign table are: what parts them, and what they are called or seem to hold."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from shlex import quote
from statistics import fmean, median_high
from typing import Final, NamedTuple

from newsarchive.entry import FIELDS
from newsarchive.errors import SourceError
from newsarchive.formats.fields import ALIASES, field_called, plain_name
from newsarchive.formats.reading.dating import is_date

DELIMITERS: Final = (",", ";", "\t", "|")
"""Of several that fit a table equally, the first one listed is meant."""

SAMPLE: Final = 1 << 16
_SAMPLE_ROWS: Final = 100
_FIRST_ROWS: Final = 3
_MOST: Final = 0.8
"""The part of a column's cells that must look alike."""
_MOST_COLUMNS: Final = 1 << 14
"""As in a spreadsheet."""
_ADDRESS: Final = r"(?:https?://|www\.)\S+"
_NEARLY_ALL: Final = 0.8
"""The part of the rows that have a title."""
_FEWEST_WORDS: Final = 3
"""In the middle of a column; what has fewer may hold names and places."""
_LONGEST_NAME: Final = 60
"""Characters; the first row is none of names if one of its cells has more."""
_SHORTEST_TITLE: Final = 8
"""Characters in the middle of a column; what is shorter holds codes and categories."""


class Columns(NamedTuple):
    """The name of each column, how many rows at the top hold names, and a note where these were found out.

    `doubt` is what to say of the names where they seem to hide something.
    """

    names: list[str]
    name_rows: int
    note: str | None = None
    doubt: str | None = None


def delimiter_of(text: str) -> str:
    """Return what parts the cells of a table: what makes its first row names, and all rows of one length."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(text[:SAMPLE], delimiter))


def _fitness(sample: str, delimiter: str) -> tuple[bool, bool, float, int]:
    rows = [row for row in islice(_loose_rows(sample, delimiter), _SAMPLE_ROWS) if row]
    if len(sample) == SAMPLE and len(rows) > 1:
        rows.pop()  # it may be cut
    width = len(rows[0]) if rows else 0
    if not 2 <= width <= _MOST_COLUMNS:
        return False, False, 0.0, 0
    share = sum(len(row) == width for row in rows) / len(rows)
    return _names_a_title(rows[0]), _quotes_fit(sample, delimiter), share, width


def _quotes_fit(sample: str, delimiter: str) -> bool:
    """Whether what parts the cells stands outside of the quotes in the first rows."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    try:
        return sum(1 for _ in islice(rows, _FIRST_ROWS)) > 0
    except csv.Error:
        return False


def _loose_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _names_a_title(row: Sequence[str]) -> bool:
    return any(plain_name(cell) in ALIASES["title"] for cell in row)


# --- names ------------------------------------------------------------------------------------------------


def columns_of(rows: Sequence[Sequence[str]], mapping: Mapping[str, str], place: str) -> Columns:
    """Return the columns of a table from its first rows; `mapping` is what the user says of them.

    Raises SourceError at `place`, with the remedy, when nothing tells which column is the title.
    """
    first = rows[0]
    if len(first) > _MOST_COLUMNS:
        raise SourceError(place, f"has {len(first):,} columns; {_MOST_COLUMNS:,} are allowed")
    by_number = {int(key): field for key, field in mapping.items() if key.isdecimal()}
    if _names_a_title(first) or any(plain_name(cell) in map(plain_name, mapping) for cell in first):
        found = _unique([cell.strip() for cell in first], by_number, place)
        return Columns(found, 1, doubt=_hidden_dates(found, rows[1:], mapping))
    if "title" in by_number.values():
        date_column = next((number for number, field in by_number.items() if field == "date"), 0)
        has_names = bool(date_column) and not any(map(is_date, first[date_column - 1 : date_column]))
        names = first if has_names else [""] * len(first)
        return Columns(_unique([name.strip() for name in names], by_number, place), int(has_names))
    if not _is_of_data(first, rows[1:]):
        named = ", ".join(repr(cell.strip()[:40]) for cell in first[:10])
        raise SourceError(
            place, f"none of its columns ({named}) is a title by its name; say --map NAME=title"
        )
    return _guessed(rows, place)


def _hidden_dates(
    names: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[str, str]
) -> str | None:
    """Say which column holds dates where none is called so; None where there is none, or one that tells the time."""
    fields = {_field_of(name) for name in names} | set(mapping.values())
    if not fields.isdisjoint(_TELLING_WHEN):
        return None
    unnamed = {n: cells for n, cells in _filled(rows, len(names)).items() if not _field_of(names[n - 1])}
    name = names[found - 1] if (found := _fullest(unnamed, is_date)) else ""
    told = f"none of its columns is called a date, though {name!r} holds some; --map {quote(f'{name}=date')} reads it"
    return told if found else None


def _field_of(name: str) -> str:
    return name if name in FIELDS else field_called(name)


_TELLING_WHEN: Final = frozenset({"date", "added"})


def _unique(names: Sequence[str], by_number: Mapping[int, str], place: str) -> list[str]:
    """Return a name for each column, that of a field in lower case and once."""
    unique: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        own = name.casefold() if name.casefold() in FIELDS else name
        if number in by_number:
            own = by_number[number]
        elif own in by_number.values():
            own = f"source_{own}"
        if own in unique and any(plain_name(own) in aliases for aliases in ALIASES.values()):
            raise SourceError(
                place, f"two columns are named {own!r}; say which one with --map {number}=FIELD"
            )
        unique[own if own and own not in unique else f"{own or 'column'} {number}"] = None
    return list(unique)


# --- contents ---------------------------------------------------------------------------------------------


def _guessed(rows: Sequence[Sequence[str]], place: str) -> Columns:
    """Tell date, address, title and text from what the columns of a table without names hold.

    The title is the shortest text that nearly every row has: a column with few filled cells is shorter, and none.
    """
    width = Counter(map(len, rows)).most_common(1)[0][0]
    columns = _filled(rows, width)
    date = _fullest(columns, is_date)
    fields = {date: "date", _fullest(columns, _is_address): "url"}
    others = {number: cells for number, cells in columns.items() if number not in fields}
    texts = sorted(_texts_of(others, len(rows)), key=lambda number: fmean(map(len, columns[number])))
    if not texts or date == 0:
        remedy = "say which column is which: --map 1=title --map 2=date"
        raise SourceError(place, f"its columns have no names, and cannot be told by what they hold; {remedy}")
    fields |= {texts[0]: "title"} if len(texts) == 1 else {texts[0]: "title", texts[-1]: "summary"}
    told = ", ".join(f"{number} is the {fields[number]}" for number in sorted(fields) if number)
    note = f"its columns have no names: column {told}; --map 1=… says otherwise"
    return Columns(_unique([fields.get(number, "") for number in columns], {}, place), 0, note)


def _filled(rows: Sequence[Sequence[str]], width: int) -> dict[int, list[str]]:
    """Return the cells of each column that hold something, by its number from 1."""
    return {n + 1: [row[n] for row in rows if len(row) > n and row[n].strip()] for n in range(width)}


def _is_of_data(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table holds a story, not names, of which the column of dates has one, too."""
    if any(is_date(cell) or _is_address(cell) or len(cell) > _LONGEST_NAME for cell in first):
        return True
    date = _fullest(_filled(others, len(first)), is_date)
    return date > 0 and not first[date - 1].strip()


def _texts_of(columns: Mapping[int, Sequence[str]], rows: int) -> list[int]:
    """Return the columns of text that nearly every row has, those of several words if there are any."""
    texts = [number for number, cells in columns.items() if _are_texts(cells)]
    full = [number for number in texts if len(columns[number]) >= _NEARLY_ALL * rows]
    full = full or [max(texts, key=lambda number: len(columns[number]))] if texts else []
    wordy = [
        number
        for number in full
        if median_high(len(cell.split()) for cell in columns[number]) >= _FEWEST_WORDS
    ]
    return wordy if wordy and len(full) > 2 else full


def _fullest(columns: Mapping[int, Sequence[str]], is_such: Callable[[str], bool]) -> int:
    """Return the number of the column that holds most such cells and hardly any others, 0 where none does."""
    amounts = {number: sum(map(is_such, cells)) for number, cells in columns.items()}
    fitting = [number for number, cells in columns.items() if cells and amounts[number] >= _MOST * len(cells)]
    return max(fitting, key=lambda number: (amounts[number], -number), default=0)


def _is_address(cell: str) -> bool:
    """Whether a cell holds nothing but addresses."""
    parts = addresses_in(cell)
    return bool(parts) and all(re.fullmatch(_ADDRESS, part) for part in parts)


def addresses_in(cell: str) -> list[str]:
    """Return the parts of a cell that holds addresses."""
    return [part for part in re.split(r"[\s;|]+|,(?=\s|https?://)", cell) if part]


def _are_texts(cells: Sequence[str]) -> bool:
    """Whether cells are titles or longer texts: they have some length, letters, and are not all the same."""
    if not cells or median_high(map(len, cells)) < _SHORTEST_TITLE:
        return False
    has_letters = sum(any(map(str.isalpha, cell)) for cell in cells) >= _MOST * len(cells)
    return has_letters and (len(cells) < 5 or len(set(cells)) > len(cells) / 2)
