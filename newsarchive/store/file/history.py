"""The operations log: one JSON line for each commit, with what it takes to go back and forth.

Each record names the revision that it made by number and digest, and the one that it was made on by digest. So
the operations that led to a file are found from its own digest backwards, whatever else is in the log: records
of commits that failed, of revisions that a copy put back has dropped, or of another copy of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Final

import msgspec

from newsarchive.access import Access
from newsarchive.changes import Operation
from newsarchive.disk import replace_file
from newsarchive.errors import CannotReadError
from newsarchive.store.file.log import Added, Line, Log
from newsarchive.store.record import CHANGES_BEGIN, Header, Record, header_of, record_pieces
from newsarchive.store.snapshot import Meta


class LoggedRecord(Record):
    """An operation of the log's file; its changes are read when they are asked for."""

    def __init__(self, header: Header, path: Path, line: Line) -> None:
        super().__init__(header, path)
        self._line = line

    @property
    def line(self) -> bytes:
        """The record to the byte as it was written. Raises CannotReadError."""
        return self._line.whole


class History:
    """The log's file. Only the holder of the archive's lock may call what writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = Log(path)

    def newest_first(self, revision: int, digest: str | None = None) -> Iterator[Record]:
        """Yield the operations that led to a revision, read from the log's end as far as they are asked for.

        Without a digest the numbers alone tell. Raises CannotReadError.
        """
        for record in self._records():
            if record.number == revision and (digest is None or record.digest in (None, digest)):
                yield record
                revision, digest = record.number - 1, record.base
                if not revision:
                    return

    def knows(self, meta: Meta) -> bool:
        """Whether the log has the operation that made a revision; nothing recorded at all is no reason to doubt.

        Raises CannotReadError.
        """
        if next(self.newest_first(meta.revision, meta.digest or None), None) is not None:
            return True
        return not meta.digest or next(self._records(), None) is None

    def newest(self) -> Record | None:
        """Return the newest record, whatever revision it leads to. Raises CannotReadError."""
        return next(self._records(), None)

    @property
    def next_id(self) -> int:
        """The id that comes next for all that were ever given, in revisions that were dropped too; 0 if none.

        Raises CannotReadError.
        """
        given = 0
        for line in self._log.from_end():
            if known := _next_id(line):
                return max(given, known)
            if (record := self._record(line)) is not None:  # of before records said it
                with suppress(CannotReadError):
                    given = max(given, record.highest_added + 1)
        return given

    def append(self, operation: Operation, meta: Meta, *, base: str, like: Access) -> Added:
        """Record an operation that makes the revision `meta` out of the one with the digest `base`.

        Forces it to the disk, in a file as accessible as `like`. Raises OSError.
        """
        return self._log.add(record_pieces(operation, meta, base), like=like)

    def forget(self, added: Added) -> None:
        """Take back the newest record, of a commit that failed."""
        self._log.cut_off(added)

    def prune(self, meta: Meta, keep: int, *, like: Access) -> int:
        """Forget all but the newest `keep` operations that led to `meta`; return how many are gone.

        Raises CannotReadError, CannotSaveError.
        """
        next_id = self.next_id
        kept: list[Line] = []
        gone = 0
        wanted = iter(self.newest_first(meta.revision, meta.digest or None))
        numbers = {(record.number, record.digest) for record in islice(wanted, keep)}
        gone = sum(1 for _ in wanted)
        for line in self._log.from_end():
            record = self._record(line)
            if record is not None and (record.number, record.digest) in numbers:
                numbers.discard((record.number, record.digest))
                kept.append(line)
        mark = msgspec.json.encode({"next_id": next_id})
        replace_file(
            self._path, chain((line.whole + b"\n" for line in reversed(kept)), [mark + b"\n"]), like=like
        )
        return gone

    def _records(self) -> Iterator[Record]:
        for line in self._log.from_end():
            if (record := self._record(line)) is not None:
                yield record

    def _record(self, line: Line) -> Record | None:
        header = header_of(_without_changes(line) or line.whole)
        return None if header is None else LoggedRecord(header, self._path, line)


def _without_changes(line: Line) -> bytes | None:
    """Return a record without its changes; None where it may be cut short, or must be read on for that.

    No text can look like where the changes begin: quotation marks in texts are escaped.
    """
    before, begin, _ = line.head.partition(CHANGES_BEGIN) if line.is_measured else (b"", b"", b"")
    return before + b"}" if begin and before.startswith(b'{"operation":') else None


class _Mark(msgspec.Struct):
    """What a line says of ids, whatever it is."""

    next_id: int = 0


_MARKS: Final = msgspec.json.Decoder(_Mark)


def _next_id(line: Line) -> int:
    try:
        return _MARKS.decode(_without_changes(line) or line.whole).next_id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return 0
