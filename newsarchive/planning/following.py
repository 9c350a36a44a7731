"""What operations came to: of each entry that they touched, whether it is new, and by which it was touched last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsarchive.store.record import Record


class Touched(NamedTuple):
    """An entry that was added or changed."""

    is_new: bool
    record: Record


def touched(records: Iterable[Record]) -> dict[int, Touched]:
    """Return by id what operations, the oldest first, left of the entries that they touched.

    Raises CannotReadError.
    """
    found: dict[int, Touched] = {}
    for record in records:
        for change in record.changes:
            before = found.pop(change.id, None)
            if change.kind != "remove":
                is_new = change.kind == "add" or (before is not None and before.is_new)
                found[change.id] = Touched(is_new, record)
    return found
