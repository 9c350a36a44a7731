"""Plan the corrections that were made in a table of the archive's own entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from newsarchive.changes import Change, changing
from newsarchive.dates.parsing import parse_date
from newsarchive.entry import FIELDS, Entry, format_instant, plain_form, same_value, with_fields
from newsarchive.errors import BadOptionError, BadSheetError, UsageError
from newsarchive.formats.cells import value_of
from newsarchive.intake import admit
from newsarchive.planning.editing import EXTRA, check_typed, field_named
from newsarchive.planning.relations import check_new_ties
from newsarchive.planning.rows import means

_KEYS: Final = ("id", "added", "modified")
"""What tells the entry of a row, and the state of it that was exported; none of it is changed."""

_UNTYPED: Final = ("relations", "extra")


class Row(NamedTuple):
    """The cells of a row by the name of their column, and the line that it begins in."""

    line: int
    cells: Mapping[str, str]


class SheetPlan(NamedTuple):
    """The changes, notes on values that were taken in otherwise, and the rows whose entries changed meanwhile."""

    changes: Sequence[Change]
    notes: Sequence[str]
    stale: Sequence[int]


def plan_sheet(rows: Sequence[Row], entries: Mapping[int, Entry], today: date, now: datetime) -> SheetPlan:
    """Plan to change exactly the cells that differ from the entry that their row names by `id`, and `added`.

    A row whose entry was changed after it was written, by its `modified`, is left as it is. Raises BadSheetError
    with every row that names no entry or holds what is refused, and BadOptionError for a column that is none.
    """
    fields = _fields(rows)
    changes: list[Change] = []
    notes: list[str] = []
    stale: list[int] = []
    faults: list[str] = []
    seen: set[int] = set()
    for row in rows:
        try:
            entry = _entry_of(row, entries, seen)
            values = {
                fields[name]: value
                for name, cell in row.cells.items()
                if name in fields
                for value in _differing(fields[name], cell, entry, today)
            }
            after, said = admit(_with(entry, values))
            check_typed(after, entry)
            check_new_ties(after, entry, entries.__contains__)
        except UsageError as error:
            faults.append(f"line {row.line}: {error}")
            continue
        change = changing(entry, after, now)
        if change and _is_stale(row, entry):
            stale.append(entry.known_id)
        elif change:
            changes.append(change)
            notes += [f"entry {entry.id}: {note}" for note in said]
    if faults:
        raise BadSheetError(faults)
    return SheetPlan(changes, notes, stale)


def _fields(rows: Sequence[Row]) -> dict[str, str]:
    """Return the field of each column that can be changed. Raises BadOptionError for one that is none."""
    names = list(rows[0].cells) if rows else ["id"]
    if "id" not in names:
        raise BadOptionError("--from: the table has no column `id`, which says whose row it is")
    return {
        name: name if name in _UNTYPED else field_named(name, "--from: column")
        for name in names
        if name and name not in _KEYS
    }


def _entry_of(row: Row, entries: Mapping[int, Entry], seen: set[int]) -> Entry:
    number = value_of("id", row.cells["id"].strip())
    entry = entries.get(number) if isinstance(number, int) else None
    if entry is None:
        raise BadOptionError(f"there is no entry {row.cells['id']!r}")
    if entry.known_id in seen:
        raise BadOptionError(f"entry {number} has a row already")
    seen.add(entry.known_id)
    added = row.cells.get("added", "").strip()
    if added and not means(added, entry.added):
        mine = format_instant(entry.added) if entry.added else "at no known time"
        raise BadOptionError(f"entry {number} is not the one of this row: it was added {mine}, not {added}")
    return entry


def _is_stale(row: Row, entry: Entry) -> bool:
    """Whether an entry was changed after its row was written."""
    modified = row.cells.get("modified", "").strip()
    return bool(modified) and not means(modified, entry.modified)


def _differing(field: str, cell: str, entry: Entry, today: date) -> Iterator[Any]:
    """Yield the JSON value of a cell if it is another than the entry's."""
    if field.startswith(EXTRA):
        old: Any = entry.extra.get(field.removeprefix(EXTRA))
        value: Any = cell or None
    elif field == "date":
        old = None if entry.date is None else str(entry.date)
        value = str(parse_date(cell, today=today)) if cell.strip() else None
    else:
        old = plain_form(entry)[field]
        value = value_of(field, cell)
    empty: tuple[Any, ...] = (None, [], {})
    if not (same_value(old, value) or (old in empty and value in empty) or _same_text(old, value)):
        yield value


def _same_text(old: Any, value: Any) -> bool:
    """Whether two texts are one but for the ends of lines, which spreadsheets change."""
    return isinstance(old, str) and isinstance(value, str) and old == value.replace("\r\n", "\n").strip()


def _with(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """Return the entry with these values; None empties a field."""
    plain = plain_form(entry)
    fields = {name: value for name, value in values.items() if name in FIELDS}
    fields |= {
        name: type(plain[name])()
        for name in fields
        if isinstance(plain[name], list | dict) and not fields[name]
    }
    extra = {name.removeprefix(EXTRA): value for name, value in values.items() if name.startswith(EXTRA)}
    if extra:
        both = {**(fields.get("extra") or entry.extra), **extra}
        fields["extra"] = {
            name: value for name, value in both.items() if value is not None or name not in extra
        }
    return with_fields(entry, fields) if fields else entry
