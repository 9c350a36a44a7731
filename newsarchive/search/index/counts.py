"""How many entries of an index have each value: kept with every change, and counted for some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.index.contents import Contents, present_bit
from newsarchive.search.kinds import KINDS, Counts, values_of

CHOSEN: Final = "id IN (SELECT id FROM chosen)"
OTHERS: Final = "id NOT IN (SELECT id FROM chosen)"
"""Conditions on an id."""

_NOTHING: Final = 0
"""Stands in `tally` for what entries without a value have; all values are texts."""

_ALL: Final = "1"
_YEAR: Final = "printf('%04d', first / 10000)"
_MONTH: Final = f"{_YEAR} || printf('-%02d', first / 100 % 100)"
_HAS_MONTH: Final = "first / 100 = last / 100"  # a year alone begins and ends in different ones
_IN_TIME: Final = {
    "year": f"CASE WHEN first IS NOT NULL THEN {_YEAR} END",
    "month": f"CASE WHEN {_HAS_MONTH} THEN {_MONTH} END",
}
_COLUMNS: Final = {"tag": "tag", "language": "written", "source": "source"}
"""What holds the values in the table of the same name, which has a row for each value of an entry."""

_BY_FIELD: Final[Mapping[str, Sequence[str]]] = {
    field: [kind for kind in KINDS if KINDS[kind].field == field] for field, _ in KINDS.values()
}
"""The kinds that a field is counted by."""


def fill(connection: Connection) -> None:
    """Count what is in the tables of a new index."""
    for kind in KINDS:
        select, values = _counting(kind, _ALL)
        rows = f"SELECT ?, coalesce(value, {_NOTHING}), entries FROM ({select}) WHERE entries"
        connection.execute(f"INSERT INTO tally {rows}", (kind, *values))


def kept(connection: Connection, kind: str) -> Counts:
    """Return the counts of all entries."""
    rows = connection.execute("SELECT value, entries FROM tally WHERE kind = ?", (kind,))
    return {None if value == _NOTHING else value: entries for value, entries in rows}


def choose(connection: Connection, condition: str, its_values: tuple[Any, ...]) -> int:
    """Take the entries for which a condition on the rows of `entry` holds as CHOSEN; return their number."""
    execute = connection.execute
    execute("PRAGMA temp_store = MEMORY")
    execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
    execute("DELETE FROM chosen")
    return execute(
        f"INSERT INTO chosen SELECT id FROM entry WHERE {condition} ORDER BY id", its_values
    ).rowcount


def count(connection: Connection, kinds: Iterable[str], which: str) -> Mapping[str, Counts]:
    """Return the counts of the entries that are CHOSEN, or of the OTHERS, by each of `kinds`."""
    found = {}
    for kind in kinds:
        rows = connection.execute(*_counting(kind, which))
        found[kind] = {value: entries for value, entries in rows if entries}
    return found


def without(counts: Counts, others: Counts) -> Counts:
    """Return the counts of what is left when others are taken away."""
    left = {value: entries - others.get(value, 0) for value, entries in counts.items()}
    return {value: entries for value, entries in left.items() if entries}


def _counting(kind: str, which: str) -> tuple[str, tuple[Any, ...]]:
    """Return what selects each value and the number of entries that have it, NULL and 0 included."""
    if kind in _IN_TIME:
        # A text for each day that there is, not for each entry.
        days = f"SELECT first, last, count(*) AS entries FROM entry WHERE {which} GROUP BY first, last"
        select = f"SELECT {_IN_TIME[kind]} AS value, sum(entries) AS entries FROM ({days}) GROUP BY value"
        return select, ()
    having = f"SELECT {_COLUMNS[kind]} AS value, count(*) AS entries FROM {kind} WHERE {which} GROUP BY value"
    lacking = f"SELECT NULL, count(*) FROM entry WHERE NOT (present & ?) AND {which}"
    return f"{having} UNION ALL {lacking}", (present_bit(KINDS[kind].field),)


class ChangedCounts:
    """Takes up what changes of entries add to the counts, or take from them."""

    def __init__(self) -> None:
        self._changes: defaultdict[tuple[str, str | None], int] = defaultdict(int)

    def put(self, old: Contents | None, new: Contents | None) -> None:
        """Put an entry in the place of what was there."""
        for field, kinds in _BY_FIELD.items():
            if old is None or new is None or getattr(old.entry, field) != getattr(new.entry, field):
                for kind in kinds:
                    self._add(kind, old, -1)
                    self._add(kind, new, 1)

    def _add(self, kind: str, contents: Contents | None, change: int) -> None:
        for value in values_of(contents.entry, kind) if contents is not None else ():
            self._changes[kind, value] += change

    def write(self, connection: Connection) -> None:
        """Write what has come together."""
        changes = [
            (kind, _NOTHING if value is None else value, change)
            for (kind, value), change in self._changes.items()
            if change
        ]
        connection.executemany(
            "INSERT INTO tally VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            changes,
        )
        gone = "DELETE FROM tally WHERE kind = ? AND value = ? AND entries = 0"
        connection.executemany(gone, (key for *key, change in changes if change < 0))
