"""What becomes an operation, and what must hold of its changes before it is committed, in whichever store."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from newsarchive.changes import Change, Intent, Operation
from newsarchive.entry import Entry
from newsarchive.errors import BadValueError, ChangedMeanwhileError, join_some
from newsarchive.store.base import Writer
from newsarchive.store.lines import line_of
from newsarchive.store.snapshot import MOST_ID, Snapshot


def operation_on(snapshot: Snapshot, intent: Intent, writer: Writer) -> Operation:
    """Return the operation that carries out an intent on an archive, once it is certain that it may.

    Raises ChangedMeanwhileError and BadValueError.
    """
    changes = intent.real_changes
    check_unchanged(snapshot, changes, gives_back=intent.gives_back)
    return Operation(
        snapshot.meta.revision + 1,
        writer.clock(),
        writer.command,
        writer.user,
        numbered(snapshot, changes),
        tuple(intent.undoes),
        tuple(intent.partly),
        intent.merges.names if intent.merges else (),
    )


def numbered(snapshot: Snapshot, changes: Sequence[Change]) -> Sequence[Change]:
    """Give added entries that have no id the next ones, in order. Raises BadValueError when none is left."""
    highest = max((change.id for change in changes if change.id is not None), default=0)
    next_id = max(snapshot.meta.next_id, highest + 1)
    new = [change for change in changes if change.id is None]
    if next_id + len(new) > MOST_ID and (new or highest >= MOST_ID):
        raise BadValueError(
            "id", f"{next_id + len(new) - 1} leaves no room for more; the highest is {MOST_ID - 1}"
        )
    if not new:
        return changes
    ids = itertools.count(next_id)
    return [change if change.id is not None else _with_id(change, next(ids)) for change in changes]


def _with_id(change: Change, entry_id: int) -> Change:
    return Change(entry_id, None, None if change.after is None else replace(change.after, id=entry_id))


def check_unchanged(snapshot: Snapshot, changes: Sequence[Change], *, gives_back: bool) -> None:
    """Compare each change's `before` with what is stored; a newer revision alone is no conflict.

    Of the snapshot, `meta` and the lines of the entries that are to change are looked at. An id that was given
    once is given again to none but the entry that an undo or a merge brings back. Raises ChangedMeanwhileError.
    """
    present = snapshot.picked(change.id for change in changes if change.id is not None)
    stale = [
        change.id
        for change in changes
        if change.id is not None
        and (
            change.id in present or (change.id < snapshot.meta.next_id and not gives_back)
            if change.before is None
            else change.id not in present or not _is_line_of(snapshot, present[change.id], change.before)
        )
    ]
    if stale:
        raise ChangedMeanwhileError(
            f"entry {join_some(stale)}" if len(stale) == 1 else f"entries {join_some(stale)}"
        )


def _is_line_of(snapshot: Snapshot, line: Any, entry: Entry) -> bool:
    """Whether a line says what `entry` does; it nearly always does so to the byte, which is told sooner."""
    with suppress(ValueError):  # of what cannot be written, and so is no line's either
        if bytes(line) == bytes(line_of(entry)):
            return True
    return snapshot.entry(entry.known_id) == entry
