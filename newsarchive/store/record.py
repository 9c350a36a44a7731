"""One operation as the log has it: a JSON line, read without its changes as long as nobody asks for them."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec

from newsarchive.changes import Change, Operation, changed_fields
from newsarchive.entry import Entry, entry_from, format_instant, stored_form
from newsarchive.errors import CannotReadError
from newsarchive.store.additions import Addition
from newsarchive.store.snapshot import Meta


class RecordedChange(msgspec.Struct, frozen=True, gc=False):
    """What the log keeps of a change: the fields that changed, as JSON values.

    Of an added entry that is every field in `after`, of a removed one every field in `before`.
    """

    id: int
    kind: Literal["add", "remove", "change"]
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}

    @property
    def removed_entry(self) -> Entry:
        """The entry that this change removed."""
        return entry_from(self.before, self.id)


class _Touched(msgspec.Struct, gc=False):
    """Of a change, what is decoded in a moment."""

    id: int
    kind: str


_CHANGES: Final = msgspec.json.Decoder(list[RecordedChange])
_TOUCHED: Final = msgspec.json.Decoder(list[_Touched])
_Kind = TypeVar("_Kind")


class Header(msgspec.Struct, frozen=True):
    """An operation as the log has it, but for its changes. Operation N made revision N of the archive.

    `digest` is that of the revision it made, `base` that of the one it was made on; older records have neither.
    Every id below `next_id` was given by then. `undoes` are the operations that it took back, `partly` those
    among them of which newer changes were left. `merged` names the revisions of another copy that it took in, by
    number and digest, and by the operation's mark where that is known. `schema` is the form of the file that was
    made, and so that of `digest`: records do not say it that were made when there was but one. `entries` is how
    many entries were changed, and `removes` whether one was removed, where the record says so.
    """

    operation: int
    time: datetime
    command: str
    user: str
    undoes: int | list[int] | None = None
    partly: list[int] = []
    next_id: int = 0
    base: str | None = None
    digest: str | None = None
    merged: list[str] = []
    schema: int = 1
    entries: int | None = None
    removes: bool | None = None
    changes: msgspec.Raw = msgspec.Raw(b"[]")


class Record(ABC):
    """An operation as the log has it; its changes are decoded when they are asked for."""

    def __init__(self, header: Header, path: Path | str) -> None:
        self.number = header.operation
        self.time = header.time
        self.command = header.command
        self.user = header.user
        self.undoes = _numbers(header.undoes)
        self.partly = frozenset(header.partly)
        self.next_id = header.next_id
        self.base = header.base
        self.digest = header.digest
        self.schema = header.schema
        self.merged = tuple(header.merged)
        self._header = header
        self._path = path

    @property
    @abstractmethod
    def line(self) -> bytes:
        """The record to the byte as it was written, from where the store keeps it. Raises CannotReadError."""

    @property
    def raw_changes(self) -> msgspec.Raw:
        """The changes as JSON. Raises CannotReadError."""
        header = header_of(self.line)
        if header is None or header.operation != self.number:
            raise CannotReadError(self._path, f"operation {self.number} is spoilt")
        return header.changes

    @cached_property
    def mark(self) -> str:
        """Tell this operation from another one of its number that made the same entries, in another copy."""
        told = repr((self.time, self.command, self.user, self.undoes, self.base, self.merged)).encode()
        return hashlib.blake2b(told + bytes(self.raw_changes), digest_size=4).hexdigest()

    @cached_property
    def changes(self) -> Sequence[RecordedChange]:
        """What was changed. Raises CannotReadError when the log was spoilt."""
        return self._decoded(_CHANGES)

    @cached_property
    def ids(self) -> Sequence[int]:
        """The ids of the entries that were changed. Raises CannotReadError."""
        return [change.id for change in self._touched]

    @property
    def count(self) -> int:
        """How many entries were changed. Raises CannotReadError."""
        return len(self.ids) if self._header.entries is None else self._header.entries

    @property
    def removes(self) -> bool:
        """Whether an entry was removed. Raises CannotReadError."""
        if self._header.removes is not None:
            return self._header.removes
        return any(change.kind == "remove" for change in self._touched)

    @property
    def highest_added(self) -> int:
        """The highest id that was given, 0 when none was. Raises CannotReadError."""
        return max((change.id for change in self._touched if change.kind == "add"), default=0)

    @cached_property
    def _touched(self) -> Sequence[_Touched]:
        return self._decoded(_TOUCHED)

    def _decoded(self, decoder: msgspec.json.Decoder[list[_Kind]]) -> Sequence[_Kind]:
        try:
            return decoder.decode(self.raw_changes)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise CannotReadError(self._path, f"operation {self.number} is spoilt: {error}") from error


def _numbers(undoes: int | list[int] | None) -> tuple[int, ...]:
    if undoes is None:
        return ()
    return (undoes,) if isinstance(undoes, int) else tuple(undoes)


_HEADERS: Final = msgspec.json.Decoder(Header)


CHANGES_BEGIN: Final = b',"changes":['


def header_of(line: bytes) -> Header | None:
    """Read a line; None for a mark, and for what a crash or an accident left unreadable."""
    try:
        return _HEADERS.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        if b'"operation"' not in line:
            return None
    try:  # a command line that was no UTF-8 was written with half surrogate pairs
        text = json.dumps(json.loads(line), ensure_ascii=False)
        return _HEADERS.decode(text.encode(errors="replace"))
    except (ValueError, RecursionError):
        return None


def record_line(operation: Operation, meta: Meta, base: str) -> bytes:
    """Return the line of the operation that makes the revision `meta` out of the one with the digest `base`."""
    return b"".join(record_pieces(operation, meta, base))


def record_pieces(operation: Operation, meta: Meta, base: str) -> Iterator[bytes]:
    """Yield the line piece by piece: all of a large import would be held twice over."""
    head = msgspec.json.encode(
        {
            "operation": operation.number,
            "time": format_instant(operation.time),
            "command": _storable(operation.command),
            "user": _storable(operation.user),
            "undoes": operation.undoes,
            **({"partly": operation.partly} if operation.partly else {}),
            "next_id": meta.next_id,
            "base": base,
            "digest": meta.digest,
            "schema": meta.schema,
            **({"merged": operation.merged} if operation.merged else {}),
            "entries": len(operation.changes),
            "removes": any(change.kind == "remove" for change in operation.changes),
        }
    )
    changes = (b"%b%b" % (b"," if place else b"", _recorded(c)) for place, c in enumerate(operation.changes))
    return with_length(chain([head[:-1], CHANGES_BEGIN], changes, [b"]"]))


def with_length(line: Iterable[bytes]) -> Iterator[bytes]:
    """Let the line of an object end with how long it is before that, so that it can be passed over unread.

    The pieces of the line are without its last brace.
    """
    length = 0
    for piece in line:
        length += len(piece)
        yield piece
    yield b',"length":%d}' % length


def _storable(text: str) -> str:
    """Write bytes of a command line that are no text as escapes."""
    return text.encode(errors="backslashreplace").decode()


def _recorded(change: Change) -> bytes:
    if isinstance(change, Addition):
        return b'{"id":%d,"kind":"add","after":%b}' % (change.id or 0, bytes(change.line))
    return msgspec.json.encode(_plain(change))


def _plain(change: Change) -> dict[str, Any]:
    if change.before is None:
        assert change.after is not None
        return {"id": change.id, "kind": "add", "after": stored_form(change.after)}
    if change.after is None:
        return {"id": change.id, "kind": "remove", "before": stored_form(change.before)}
    fields = list(changed_fields(change.before, change.after))
    return {
        "id": change.id,
        "kind": "change",
        "before": {name: old for name, old, _ in fields},
        "after": {name: new for name, _, new in fields},
    }
