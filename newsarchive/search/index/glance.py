"""Look into the index of a large archive for a moment: its tags, its languages, some titles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from newsarchive.store.lines import entry_of

# From each value straight to the next: a DISTINCT would read a row for every entry that has it.
_VALUES: Final = """
WITH RECURSIVE found (value) AS (
    SELECT min({column}) FROM {table} WHERE {column} >= :start AND {column} < :end
    UNION ALL
    SELECT (SELECT min({column}) FROM {table} WHERE {column} > value AND {column} < :end)
    FROM found WHERE value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL LIMIT :most
"""
_TAGS: Final = _VALUES.format(table="tag", column="tag")
_LANGUAGES: Final = _VALUES.format(table="language", column="language")
_IDS: Final = "SELECT id FROM entry WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?"
_LONGEST_ID: Final = 10
_LAST: Final = "\U0010ffff"
_Parameters = Sequence[object] | Mapping[str, object]


class Glance:
    """What the index held when it was last brought up to date, which is good enough for suggestions.

    Nothing is written, not even a lock; an index that is missing, damaged or being changed holds nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def tags(self, start: str, most: int) -> Sequence[str]:
        """Return tags that begin with `start`."""
        return self._values(_TAGS, start=start, end=start + _LAST, most=most)

    def languages(self) -> Sequence[str]:
        """Return the languages in use."""
        return self._values(_LANGUAGES, start="", end=_LAST, most=-1)

    def ids(self, starts: Iterable[str], most: int) -> Sequence[int]:
        """Return the highest ids that begin with each of these digits, at most so many of each length."""
        runs = [(first, end, most) for start in starts for first, end in _runs(start)]
        return [number for (number,) in self._rows(_IDS, runs)]

    def titles(self, ids: Sequence[int]) -> Mapping[int, str]:
        """Return the titles of these entries, in the order given."""
        marks = ",".join("?" * len(ids))
        lines = dict(self._rows(f"SELECT id, line FROM payload WHERE id IN ({marks})", [ids]))
        found = {}
        for number in ids:
            with suppress(KeyError, ValueError, TypeError):  # not there, or damaged
                found[number] = entry_of(lines[number], number).title
        return found

    @property
    def revision(self) -> int:
        """The revision of the archive that the index was brought up to, 0 when it does not say."""
        return next(iter(self._values("SELECT revision FROM state")), 0)

    def _values(self, statement: str, **values: object) -> Sequence[Any]:
        return [value for (value,) in self._rows(statement, [values])]

    def _rows(self, statement: str, each: Iterable[_Parameters]) -> Sequence[Any]:
        """Return the rows of a statement for each set of values."""
        # Without `immutable` SQLite may create files beside the index, and wait for a writer.
        if not self._path.is_file():
            return ()
        address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as connection:
                return [row for values in each for row in connection.execute(statement, values)]
        except sqlite3.Error:
            return ()


def _runs(start: str) -> Iterator[tuple[int, int]]:
    """Yield the first id and the end of each run of ids that begin with `start`, the highest run first."""
    for length in range(_LONGEST_ID - len(start), -1, -1) if start else [_LONGEST_ID]:
        yield int(start or "0") * 10**length, (int(start or "0") + 1) * 10**length
