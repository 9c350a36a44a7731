"""Carry out anew what an operation did, as the history has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw

from newsarchive.errors import CannotReadError
from newsarchive.store.lines import encoded
from newsarchive.store.record import Record


class Redo(msgspec.Struct, gc=False):
    """A recorded change, whose texts are passed through as they are."""

    id: int
    kind: str
    after: Raw = Raw(b"")

    def line_after(self, before: Any) -> bytes | None:
        """Return the line that a change made of the one before it, None where it removed the entry.

        Raises ValueError where that does not follow from the other.
        """
        if self.kind == "remove":
            return None
        if self.kind == "add":
            return bytes(self.after)
        try:
            after = msgspec.json.decode(self.after, type=dict[str, Any])
            return encoded(msgspec.json.decode(before, type=dict[str, Any]) | after)
        except _SPOILT as error:
            raise ValueError(str(error)) from error


_SPOILT: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, TypeError)
_REDOS: Final = msgspec.json.Decoder(list[Redo])


def redos_of(record: Record) -> Sequence[Redo]:
    """Return the changes of an operation, to be carried out anew. Raises CannotReadError for a spoilt record."""
    try:
        return _REDOS.decode(record.raw_changes)
    except _SPOILT as error:
        raise CannotReadError("the history", f"operation {record.number} is spoilt") from error
