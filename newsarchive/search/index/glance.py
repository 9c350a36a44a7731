"""Look into the index of a large archive for a moment: its tags, its languages, some titles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

_TAGS: Final = "SELECT DISTINCT tag FROM tag WHERE tag >= ? AND tag < ? ORDER BY tag LIMIT ?"
_LANGUAGES: Final = "SELECT DISTINCT language FROM language ORDER BY language"
_IDS: Final = "SELECT id FROM entry WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?"
_LONGEST_ID: Final = 10
_LAST: Final = "\U0010ffff"


class Glance:
    """What the index held when it was last brought up to date, which is good enough for suggestions.

    Nothing is written, not even a lock; an index that is missing, damaged or being changed holds nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def tags(self, start: str, most: int) -> Sequence[str]:
        """Return tags that begin with `start`."""
        return [tag for (tag,) in self._rows(_TAGS, start, start + _LAST, most)]

    def languages(self) -> Sequence[str]:
        """Return the languages in use."""
        return [language for (language,) in self._rows(_LANGUAGES)]

    def ids(self, start: str, most: int) -> Sequence[int]:
        """Return the highest ids that begin with the digits `start`, at most so many of each length."""
        found: list[int] = []
        for length in range(_LONGEST_ID - len(start), -1, -1) if start else [_LONGEST_ID]:
            first = int(start or "0") * 10**length
            found += [number for (number,) in self._rows(_IDS, first, first + 10**length, most)]
        return found

    def lines(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """Return the archive's lines of these entries."""
        marks = ",".join("?" * len(ids))
        return dict(self._rows(f"SELECT id, line FROM payload WHERE id IN ({marks})", *ids))

    def _rows(self, statement: str, *values: object) -> Sequence[Any]:
        try:
            with self._open() as connection:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error:
            return ()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # Without `immutable` SQLite may create files beside the index, and wait for a writer.
        address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            yield connection
