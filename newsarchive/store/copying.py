"""Copy a whole archive from one store to another, and prove that nothing of it came out otherwise."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from newsarchive.errors import (
    CannotReadError,
    CannotSaveError,
    NoArchiveError,
    NoSchemaError,
    NotComparedError,
    NotCopiedError,
    NotEmptyError,
    UnreachableError,
)
from newsarchive.store.base import Store, Whole, Writer
from newsarchive.store.schemas import digest_in
from newsarchive.store.snapshot import Meta

_PIECE: Final = 1 << 20
_Key = TypeVar("_Key")


class Copied(NamedTuple):
    """How much was copied."""

    entries: int
    operations: int


def read_whole(store: Store) -> Whole:
    """Read an archive with its history, oldest operation first.

    Raises what `Store.read` and `Store.examine` raise, and CannotSaveError for one that was changed by hand: what a
    person wrote has no operation yet, and its digest is not that of its entries.
    """
    snapshot = store.read()
    if snapshot.edited_by_hand:
        raise CannotSaveError(
            snapshot.path,
            f"it was changed by hand since revision {snapshot.meta.revision}; any write, such as a tag, "
            "takes that in, and then it can be copied",
        )
    meta, path = snapshot.meta, snapshot.path
    if digest_in(meta.schema, snapshot.lines) != meta.digest:
        store.examine()
    next_id = max(meta.next_id, store.history.next_id)
    records = [*store.history.newest_first(meta.revision, meta.digest or None)][::-1]
    for record in records:
        if not _is_text(record.line):
            raise CannotReadError(path, f"operation {record.number} in its history is not UTF-8")
        record.raw_changes  # noqa: B018 - raises where it cannot be read
    return Whole(snapshot, next_id, records)


def _is_text(line: bytes) -> bool:
    """Whether a line is UTF-8, told a piece at a time: decoded as a whole it would take twice its memory."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(line), _PIECE):
            decoder.decode(line[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def check_empty(store: Store) -> None:
    """Make sure that an archive is absent or empty. Raises NotEmptyError, and what `Store.read` raises."""
    try:
        snapshot = store.read()
    except (NoArchiveError, NoSchemaError):
        return
    check_unused(snapshot.path, snapshot.meta, len(snapshot.lines))


def check_unused(place: Path | str, meta: Meta, count: int) -> None:
    """Make sure that an archive, which has `count` entries, never held anything. Raises NotEmptyError."""
    if meta.revision or meta.next_id > 1 or count:
        raise NotEmptyError(str(place), count)


def copy(source: Store, target: Store, writer: Writer) -> Copied:
    """Copy an archive into one that is absent or empty, and compare the two as they are read again.

    Raises NotEmptyError, NotCopiedError, NotComparedError, and what the stores raise.
    """
    whole = read_whole(source)
    check_empty(target)
    target.take_over(whole, writer)
    try:
        found = read_whole(target)
    except UnreachableError as error:
        raise NotComparedError(error.address, error.reason) from error
    differing = _difference(whole, found)
    if differing:
        raise NotCopiedError(str(found.snapshot.path), differing)
    return Copied(len(found.snapshot.lines), len(found.records))


def _difference(one: Whole, other: Whole) -> str | None:
    """Return in what two archives differ; None when every byte of the entries, the ids and the history is equal."""
    first, second = one.snapshot, other.snapshot
    if not (_are_same(first.lines, second.lines) and _are_same(first.others, second.others)):
        return "entries"
    if one.next_id != other.next_id or first.meta.revision != second.meta.revision:
        return "ids"
    lines = ([record.line for record in whole.records] for whole in (one, other))
    return None if next(lines) == next(lines) else "history"


def _are_same(one: Mapping[_Key, Any], other: Mapping[_Key, Any]) -> bool:
    """Whether two archives have the same lines, or tables, to the byte; neither is copied for it."""
    compared = 0
    for name, value in other.items():
        if bytes(one.get(name, b"")) != bytes(value):
            return False
        compared += 1
    return compared == len(one)
