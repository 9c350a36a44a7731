"""The operations as the server has them: their heads at once, what they changed when it is asked for."""

from __future__ import annotations

from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Final

import msgspec

from newsarchive.errors import CannotReadError
from newsarchive.store.record import Header, Record, header_of
from newsarchive.store.server.link import Row
from newsarchive.store.server.reading import State, digits
from newsarchive.store.snapshot import Meta

_PAGE: Final = 50
_MANY: Final = 101
_SMALL: Final = 100
"""Entries of an operation up to which it is fetched along with others."""

_HEADS: Final = """
SELECT number, header, removes, key FROM newsarchive.operations
WHERE archive = $1 AND number <= $2 ORDER BY number DESC LIMIT $3
"""
_IDS: Final = """
SELECT number, unnest(ids) FROM newsarchive.operations WHERE archive = $1 AND number = ANY ($2::bigint[])
"""
_PARTS: Final = """
SELECT number, text FROM newsarchive.records WHERE archive = $1 AND number = ANY ($2::bigint[]) ORDER BY number, part
"""
_PART: Final = 4 << 20
"""Bytes of a record, about, that are kept, sent and fetched at a time."""

Ask = Callable[..., "list[Row]"]


def parts_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Make of the pieces of a record what is kept in a row each: texts, which end with whole characters."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > _PART:
            end = _PART
            while held[end] & 0xC0 == 0x80:  # within a character
                end -= 1
            yield bytes(held[:end])
            del held[:end]
    yield bytes(held)


def head_of(header: Header) -> bytes:
    """Write a record without its changes."""
    return msgspec.json.encode(msgspec.structs.replace(header, changes=msgspec.Raw(b"[]")))


def key_of_copied(line: bytes) -> str:
    """Return the key of an operation that came with a copy: it proves that the record is as it was there."""
    return blake2b(line, digest_size=16).hexdigest()


class _Column:
    """What the operations of a page have of one kind, fetched when it is asked for: one's, then all small ones'."""

    def __init__(self, fetch: Callable[[list[int]], Sequence[Row]], small: Iterable[int]) -> None:
        self._fetch = fetch
        self._small = [*small]
        self._known: dict[int, list[bytes]] = {}
        self._has_asked = False

    def __getitem__(self, number: int) -> list[bytes]:
        if number not in self._known:
            wanted = self._small if self._has_asked and number in self._small else [number]
            self._has_asked = True
            self._known |= {one: [] for one in wanted}
            for one, value in self._fetch(wanted):
                self._known[int(one)].append(value)
        return self._known.pop(number)


class ServerRecord(Record):
    """An operation; its changes are fetched when they are asked for."""

    def __init__(self, header: Header, key: str, address: str, parts: _Column, ids: _Column) -> None:
        super().__init__(header, address)
        self.header = header
        self.key = key
        self._parts = parts
        self._ids = ids

    @cached_property
    def line(self) -> bytes:
        """The record to the byte as it was written. Raises CannotReadError."""
        return b"".join(self._parts[self.number])

    @cached_property
    def ids(self) -> Sequence[int]:
        """The ids of the entries that were changed. Raises CannotReadError."""
        return [*map(int, self._ids[self.number])]


class SpoiltOperationError(CannotReadError):
    """What is told of an operation cannot be read."""

    def __init__(self, address: str, number: int) -> None:
        self.number = number
        super().__init__(address, f"operation {number} is spoilt; `newsarchive check` says what can be done")


class ServerHistory:
    """The operations of an archive on a server; see `base.Operations`.

    The server keeps one line of revisions, so that the number of one tells what led to it.
    """

    def __init__(self, address: str, state: Callable[[], State], ask: Ask) -> None:
        self._address = address
        self._state = state
        self._ask = ask

    @property
    def next_id(self) -> int:
        """The id that comes next for all that were ever given: the archive itself knows it."""
        return self._state().meta.next_id

    def newest_first(self, revision: int, digest: str | None = None) -> Iterator[ServerRecord]:
        """Yield the operations that led to a revision, fetched as far as they are asked for."""
        del digest  # told by the number
        archive = self._state().id
        while rows := self._ask(_HEADS, archive, revision, _PAGE):
            headers = [_header(row) for row in rows]
            small = [one.operation for one in headers if one is not None and (one.entries or _MANY) <= _SMALL]
            parts, ids = (_Column(partial(self._ask, what, archive), small) for what in (_PARTS, _IDS))
            for row, header in zip(rows, headers, strict=True):
                if header is None:
                    raise SpoiltOperationError(self._address, int(row[0]))
                yield ServerRecord(header, digits(row[3]), self._address, parts, ids)
            revision = int(rows[-1][0]) - 1

    def knows(self, meta: Meta) -> bool:
        """Whether the operation that made a revision is here; on a server nobody else makes one."""
        del meta
        return True


def _header(row: Row) -> Header | None:
    """Return what a row tells of an operation; None where that cannot be read."""
    number, head, removes, _ = row
    header = header_of(head)
    if header is None or header.operation != int(number):
        return None
    return msgspec.structs.replace(header, removes=removes == b"t")
