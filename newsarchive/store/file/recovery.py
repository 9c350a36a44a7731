"""What can be brought back of an archive whose file is damaged or gone: the previous revision and what followed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final, NamedTuple

from newsarchive.disk import Chunk
from newsarchive.errors import CannotReadError
from newsarchive.store.base import Wrong
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.history import History
from newsarchive.store.file.layout import file_of
from newsarchive.store.file.reading import parse, read_file, read_previous
from newsarchive.store.record import Record
from newsarchive.store.redoing import redos_of
from newsarchive.store.schemas import BEFORE_SUMS, digest_in
from newsarchive.store.snapshot import SCHEMA, Meta, Snapshot

_STATED: Final = re.compile(rb'"revision":(\d{1,15}),[^{}]{0,200}?"digest":"([0-9a-f]{1,128})"')
_BEGINNING: Final = 1 << 12
"""Bytes of a damaged file in which its own revision is looked for: commits write it first."""


_NOTHING: Final = ("", *(digest_in(schema, {}) for schema in range(BEFORE_SUMS, SCHEMA + 1)))
"""The digest of what the first operation was made on: no file, or an archive that was only just started."""


class Recovered(NamedTuple):
    """The last good revision: what its file holds, and how it came about.

    `replayed` are the operations that were carried out anew on the previous revision, or on nothing where
    `previous` is None; `lost` those that could not be.
    """

    meta: Meta
    chunks: Sequence[Chunk]
    previous: Snapshot | None
    replayed: Sequence[Record] = ()
    lost: Sequence[Record] = ()
    wrong: Sequence[Wrong] = ()
    uncertain: Sequence[str] = ()


class _State(NamedTuple):
    meta: Meta
    lines: dict[int, Any]


def recover(beside: Beside) -> Recovered | None:
    """Put together the last good revision, or return None when nothing is kept that is sound.

    Of a file that is itself sound that is the one before it.
    """
    previous = read_previous(beside)
    history = History(beside.history)
    present = _sound(beside)
    if present is not None:
        return None if previous is None else _instead(history, present, previous)
    with contextlib.suppress(CannotReadError):
        for tip in _tips(beside, history):
            recovered = _replayed(history, tip, previous)
            if recovered is not None:
                return recovered
    return None if previous is None else Recovered(previous.meta, _chunks(previous), previous)


def _sound(beside: Beside) -> Snapshot | None:
    try:
        return parse(beside.archive, *read_file(beside.archive))
    except (FileNotFoundError, CannotReadError, Fault):
        return None


def _instead(history: History, present: Snapshot, previous: Snapshot) -> Recovered:
    lost: list[Record] = []
    with contextlib.suppress(CannotReadError):
        records = history.newest_first(present.meta.revision, present.meta.digest)
        lost = [*takewhile(lambda record: record.number > previous.meta.revision, records)][::-1]
    return Recovered(previous.meta, _chunks(previous), previous, lost=lost)


def committed(beside: Beside, meta: Meta) -> Snapshot | None:
    """Return the revision `meta` as it was committed, from the previous one and the history; None if that fails."""
    recovered = _replayed(History(beside.history), (meta.revision, meta.digest), read_previous(beside))
    if recovered is None or recovered.meta.digest != meta.digest:
        return None
    try:
        return parse(beside.archive, b"".join(recovered.chunks), (0, 0, 0, 0))
    except Fault:
        return None


def _tips(beside: Beside, history: History) -> Iterator[tuple[int, str | None]]:
    """Yield the revisions that the file may have been: the one that it says, and the newest recorded."""
    with contextlib.suppress(OSError, CannotReadError), open(beside.archive, "rb") as file:
        if found := _STATED.search(file.read(_BEGINNING)):
            yield int(found[1]), found[2].decode()
    newest = history.newest()
    if newest is not None:
        yield newest.number, newest.digest


def _replayed(history: History, tip: tuple[int, str | None], previous: Snapshot | None) -> Recovered | None:
    """Carry out the operations up to a revision on the previous one; None when they do not follow from it."""
    missing: list[Record] = []
    start: _State | None = None
    if previous is not None and (previous.meta.revision, previous.meta.digest) == tip:
        return Recovered(previous.meta, _chunks(previous), previous)
    for record in history.newest_first(*tip):
        missing.insert(0, record)
        if previous is not None and _follows(record, previous.meta):
            start = _State(previous.meta, dict(previous.lines))
            break
        if record.number == 1 and record.base in _NOTHING:
            start, previous = _State(Meta(), {}), None
    if start is None:
        return None
    done, state = 0, start
    for record in missing:
        redone = _redone(state, record)
        if redone is None:
            break
        done, state = done + 1, redone
    if not done and previous is None:
        return None
    others = {} if previous is None else previous.others
    chunks = _chunks(previous) if not done and previous is not None else _file(state, others)
    return Recovered(state.meta, chunks, previous, missing[:done], missing[done:])


def _follows(record: Record, meta: Meta) -> bool:
    return record.number == meta.revision + 1 and record.base in (None, meta.digest)


def _redone(state: _State, record: Record) -> _State | None:
    """Carry out an operation; None when that does not give the very revision that it made."""
    lines = dict(state.lines)
    try:
        for change in redos_of(record):
            if change.kind == "remove":
                del lines[change.id]
            else:
                lines[change.id] = change.line_after(lines[change.id] if change.kind == "change" else None)
    except (CannotReadError, KeyError, ValueError):
        return None
    digest = digest_in(record.schema, lines)
    if digest != record.digest:
        return None
    return _State(Meta(record.number, record.next_id, len(lines), digest, record.schema), lines)


def _chunks(previous: Snapshot) -> Sequence[Chunk]:
    """Return the bytes of the previous revision, as a commit would write them."""
    return _file(_State(previous.meta, dict(previous.lines)), previous.others)


def _file(state: _State, others: Mapping[str, Any]) -> Sequence[Chunk]:
    return list(file_of(state.meta, state.lines, others))
