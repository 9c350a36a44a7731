"""Keys of citations, kept once given: those of entries that an export leaves out are kept in a file beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from newsarchive.cli.session import Session
from newsarchive.disk import discard, reason_of, replace_file
from newsarchive.entry import plain_form
from newsarchive.errors import CannotSaveError, join_some
from newsarchive.formats.base import MAX_OWN_SOURCE, Cited, CitingWriter, Row
from newsarchive.formats.codec import BadJsonError, dumps, loads
from newsarchive.render.words import counted

_BESIDE: Final = ".{}.newsarchive-keys.json"
_MOST_DEPTH: Final = 5


class Citing:
    """Lets entries keep the keys that a person has set, and those that they had in the file to be written."""

    def __init__(self, session: Session, path: Path | None, writer: CitingWriter) -> None:
        """`path` is that of the file, None for standard output, which has no last export."""
        self._session = session
        self._path = None if path is None else Path(os.path.realpath(path))
        self._writer = writer
        self._written: set[int | None] = set()
        self._is_first = False
        """Whether nothing was written before, so that it matters to nobody which entries are left out now."""
        self._keep(path)

    def _keep(self, path: Path | None) -> None:
        left = self._left_before()
        try:
            before = _present(path)
            self._is_first = before is None and not left
            self._writer.keep_keys(self._rows(), before, left)
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            self._session.streams.say(f"note: {path} has no keys to keep, and new ones are made: {reason}")
            self._writer.keep_keys(self._rows(), None, left)

    def _rows(self) -> Iterator[Row]:
        """Yield the rows of the whole archive; where nothing was written before, those that may have a key."""
        snapshot = self._session.archive.snapshot
        if snapshot.edited_by_hand:
            return (plain_form(snapshot.entry(entry_id)) for entry_id in snapshot.lines)
        return snapshot.rows_holding(b'"key"') if self._is_first else snapshot.all_rows()

    def noting(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Hand rows through, and note which are written."""
        return rows if self._is_first else self._noting(rows)

    def _noting(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._written.add(row["id"])
            yield row

    def finish(self) -> None:
        """Name the keys that are others now, and keep those of entries that were left out."""
        if self._writer.changed:
            told = join_some(self._writer.changed)
            self._session.streams.say(f"note: other keys than the file had: {told}")
        if self._path is None or not self._path.is_file():
            return
        left = self._writer.left_out(self._written)
        if not left:
            discard(self._beside)
            return
        listed = [{"key": one.key, "marks": sorted(one.marks)} for one in left]
        try:
            replace_file(self._beside, [dumps({"left_out": listed}), b"\n"])
        except CannotSaveError as error:
            said = f"the keys of {counted(len(left), 'entry')} that it had are not kept: {error.reason}"
        else:
            said = f"the keys of {counted(len(left), 'entry')} that it had are kept in {self._beside.name}"
        self._session.streams.say(f"note: {said}")

    @property
    def _beside(self) -> Path:
        assert self._path is not None
        return self._path.with_name(_BESIDE.format(self._path.name))

    def _left_before(self) -> list[Cited]:
        """Read the keys that earlier exports left out; of a list that somebody has spoilt, nothing is known."""
        if self._path is None:
            return []
        try:
            listed: Any = loads(self._beside.read_text(encoding="utf-8"), depth=_MOST_DEPTH)
            return [Cited(str(one["key"]), frozenset(map(str, one["marks"]))) for one in listed["left_out"]]
        except (OSError, BadJsonError, ValueError, KeyError, TypeError):
            return []


def _present(path: Path | None) -> Path | None:
    """Return the file that an export is about to replace, if it holds anything.

    Raises OSError, and ValueError when that is too large.
    """
    size = 0 if path is None or not path.is_file() else path.stat().st_size
    if size > MAX_OWN_SOURCE:
        raise ValueError(f"is larger than {MAX_OWN_SOURCE >> 20:,} MiB")
    return path if size else None
