"""The operations log: one JSON line for each commit, with what it takes to bring it back."""

from __future__ import annotations

import json
import os
from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from newsarchive.access import Access
from newsarchive.changes import Change, Operation, changed_fields
from newsarchive.disk import append_durably, reason_of, replace_file
from newsarchive.entry import Entry, entry_from, format_instant, stored_form
from newsarchive.errors import CannotReadError
from newsarchive.store.beside import open_beside

_EVERY: Final = 1 << 63
_TAIL: Final = 1 << 16
_KINDS: Final = ("add", "remove", "change")


class RecordedChange(NamedTuple):
    """What the log keeps of a change: the fields that changed, as JSON values.

    Of an added entry only `digest` is kept, for its text is in the archive; of a removed one every field,
    in `before`.
    """

    id: int
    kind: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    digest: str | None = None

    @property
    def removed_entry(self) -> Entry:
        """The entry that this change removed."""
        return entry_from(self.before, self.id)


class Record(NamedTuple):
    """An operation as the log has it. Operation N made revision N of the archive."""

    number: int
    time: datetime
    command: str
    user: str
    changes: tuple[RecordedChange, ...]
    undoes: int | None = None


def digest_of_entry(entry: Entry) -> str:
    """Return a digest of everything in an entry but its id."""
    text = json.dumps(stored_form(entry), ensure_ascii=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=16).hexdigest()


class History:
    """The log's file. Only the holder of the archive's lock may call what writes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def records(self, revision: int) -> list[Record]:
        """Return the operations that led to `revision`, oldest first.

        A record above `revision` was written by a commit that then failed, and is left out, as is a line
        that was cut by a crash. Raises CannotReadError.
        """
        live: dict[int, Record] = {}
        for line in self._lines():
            with suppress(KeyError, TypeError, ValueError):  # a line edited by hand
                if "void_above" in line:
                    live = {number: record for number, record in live.items() if number <= line["void_above"]}
                else:
                    record = _record_from(line)
                    live[record.number] = record
        return [record for number, record in sorted(live.items()) if number <= revision]

    def append(self, operation: Operation, *, like: Access) -> None:
        """Record an operation and force it to the disk, in a file as accessible as `like`. Raises OSError."""
        self._append(_line_of(operation), like)

    def void_above(self, revision: int, *, like: Access, next_id: int = 0) -> None:
        """Mark records above `revision` as void, before their numbers are given again.

        Ids below `next_id` stay given. Raises OSError.
        """
        if _reach(self._newest()) > revision:
            given = max([next_id, *map(_next_id, self._lines())])
            self._append({"void_above": revision} | ({"next_id": given} if given else {}), like)

    def lost(self, revision: int) -> list[Record]:
        """Return the operations above `revision`, which an archive of that revision knows nothing of.

        Raises CannotReadError.
        """
        return [record for record in self.records(_EVERY) if record.number > revision]

    @property
    def next_id(self) -> int:
        """The id that comes next for all that operations which are void now gave away; 0 if none did.

        Only right until the next operation, whose archive then knows. Raises OSError.
        """
        return _next_id(self._newest())

    def prune(self, revision: int, keep: int, *, like: Access) -> int:
        """Forget all but the newest `keep` operations; return how many are gone.

        Raises CannotSaveError.
        """
        records = self.records(revision)
        kept = {record.number for record in records[len(records) - min(keep, len(records)) :]}
        lines = {_reach(line): line for line in self._lines() if "operation" in line and _reach(line) in kept}
        replace_file(self._path, (_encoded(lines[number]) for number in sorted(lines)), like=like)
        return len(records) - len(kept)

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            with self._open() as file:
                for line in file:
                    value = _parsed(line)
                    if value is not None:
                        yield value
        except FileNotFoundError:
            return
        except OSError as error:
            raise CannotReadError(self._path, reason_of(error)) from error

    def _newest(self) -> Mapping[str, Any]:
        """Return the newest whole line, without reading the log from its start; nothing if there is none."""
        try:
            file = self._open()
        except FileNotFoundError:
            return {}
        span = _TAIL
        with file:
            size = file.seek(0, os.SEEK_END)
            while True:
                file.seek(max(0, size - span))
                lines = file.read().split(b"\n")
                for line in reversed(lines if span >= size else lines[1:]):
                    value = _parsed(line)
                    if value is not None:
                        return value
                if span >= size:
                    return {}
                span *= 4

    def _open(self) -> BinaryIO:
        """Open the log to read it. Raises OSError, also for what somebody else put in its place."""
        return open(open_beside(self._path), "rb")

    def _append(self, line: Mapping[str, Any], like: Access) -> None:
        """Add a line; one that a crash cut short before it is closed off first."""
        append_durably(self._path, (b"" if self._ends_whole() else b"\n") + _encoded(line), like=like)

    def _ends_whole(self) -> bool:
        try:
            with self._open() as file:
                if file.seek(0, os.SEEK_END) == 0:
                    return True
                file.seek(-1, os.SEEK_END)
                return file.read() == b"\n"
        except FileNotFoundError:
            return True


def _encoded(line: Mapping[str, Any]) -> bytes:
    """Write a line; of a command line that is not UTF-8 the odd bytes become escapes that JSON has too."""
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace") + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Read a line, or return None for one that a crash or an accident left unreadable."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and ("operation" in value or "void_above" in value) else None


def _reach(line: Mapping[str, Any]) -> int:
    """Return the highest revision that can be live after this line."""
    number = line.get("operation", line.get("void_above"))
    return number if type(number) is int else 0


def _next_id(line: Mapping[str, Any]) -> int:
    number = line.get("next_id")
    return number if type(number) is int else 0


def _line_of(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation.number,
        "time": format_instant(operation.time),
        "command": operation.command,
        "user": operation.user,
        "undoes": operation.undoes,
        "changes": [_recorded(change) for change in operation.changes],
    }


def _recorded(change: Change) -> dict[str, Any]:
    if change.before is None:
        assert change.after is not None
        return {"id": change.id, "kind": "add", "digest": digest_of_entry(change.after)}
    if change.after is None:
        return {"id": change.id, "kind": "remove", "before": stored_form(change.before)}
    fields = list(changed_fields(change.before, change.after))
    return {
        "id": change.id,
        "kind": "change",
        "before": {name: old for name, old, _ in fields},
        "after": {name: new for name, _, new in fields},
    }


def _change_from(item: Mapping[str, Any]) -> RecordedChange:
    if item["kind"] not in _KINDS:
        raise ValueError(item["kind"])
    return RecordedChange(
        int(item["id"]),
        item["kind"],
        dict(item.get("before", {})),
        dict(item.get("after", {})),
        item.get("digest"),
    )


def _record_from(line: Mapping[str, Any]) -> Record:
    """Build a record. Raises KeyError, TypeError or ValueError for a line that was edited by hand."""
    changes = (_change_from(item) for item in line["changes"])
    return Record(
        int(line["operation"]),
        datetime.fromisoformat(line["time"]),
        line["command"],
        line["user"],
        tuple(changes),
        line.get("undoes"),
    )


def touching(records: Iterable[Record], ids: Sequence[int]) -> list[Record]:
    """Pick the operations that touched any of these entries."""
    wanted = set(ids)
    return [record for record in records if any(change.id in wanted for change in record.changes)]
