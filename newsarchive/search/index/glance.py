"""Look into the index of a large archive for a moment: its tags, its languages, some titles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

_TAGS: Final = "SELECT DISTINCT tag FROM tag WHERE tag >= ? AND tag < ? ORDER BY tag LIMIT ?"
_LANGUAGES: Final = "SELECT DISTINCT language FROM language ORDER BY language"
_LAST: Final = "\U0010ffff"


class Glance:
    """What the index held when it was last brought up to date, which is good enough for suggestions.

    Nothing is written, not even a lock: where the index is missing, damaged or being changed, there is nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def tags(self, start: str, most: int) -> Sequence[str]:
        """Return tags that begin with `start`."""
        return [tag for (tag,) in self._rows(_TAGS, start, start + _LAST, most)]

    def languages(self) -> Sequence[str]:
        """Return the languages in use."""
        return [language for (language,) in self._rows(_LANGUAGES)]

    def ids(self) -> Sequence[int]:
        """Return every id, the highest first."""
        return [number for (number,) in self._rows("SELECT id FROM entry ORDER BY id DESC")]

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
