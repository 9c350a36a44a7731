"""The file that the last commit wrote, known again by what the system says of it, so that it need not be read whole.

A commit to a large archive notes which file it made: device, inode, size, and the times of the last change of its
bytes and of all else about it. While all of these are the same, nobody has written to the file since: every write
sets the times, and that of the bytes is later than the commit's, which ends only once the clock shows a later time.
What has set the times back, has set the last one. Where times are whole seconds, or the file lies on another
computer, nothing is noted. Without a note the file is read whole; and before all entries are gone through, every
byte of it is checked, whatever the note says.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newsarchive.access import Access
from newsarchive.disk import discard, publish, temp_path
from newsarchive.store.file.beside import Beside, open_beside
from newsarchive.store.file.mounts import network_file_system
from newsarchive.store.file.reading import fingerprint_of, meta_of
from newsarchive.store.snapshot import SCHEMA, Fingerprint, Meta, Snapshot

if TYPE_CHECKING:
    from newsarchive.store.file.filed import FileLines
    from newsarchive.store.file.places import Span

SMALLEST: Final = 150_000
"""Bytes of a file from which on it is worth not to read it whole."""

_LONGEST_HEAD: Final = 1 << 13
_SECOND: Final = 1_000_000_000
_BEFORE_META: Final = b'{"meta":'
_AFTER_META: Final = b',\n"entries":'


class _Note(msgspec.Struct):
    """Which file was written, and where its entries are."""

    file: tuple[int, ...]
    entries: tuple[int, int]


_NOTES: Final = msgspec.json.Decoder(_Note)


def read_written(beside: Beside) -> Snapshot | None:
    """Return the present revision if it is the file that was noted; None if it has to be read."""
    note = _noted(beside)
    if note is None:
        return None
    from newsarchive.store.file.filed import FileLines  # spares start-up: only large files are noted
    from newsarchive.store.file.places import Span

    try:
        descriptor = os.open(beside.archive, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    lines = FileLines(beside.archive, descriptor, fingerprint_of(status), Span(*note.entries))
    if _identity(status) != note.file:
        return None
    return _snapshot(beside.archive, lines, fingerprint_of(status))


def _snapshot(path: Path, lines: FileLines, fingerprint: Fingerprint) -> Snapshot | None:
    start, stop = lines.span
    if not len(_BEFORE_META) < start < stop < lines.size or start > _LONGEST_HEAD:
        return None
    meta = _meta_in(lines.places.read(0, start))
    ends = lines.places.read(start, start + 2) + lines.places.read(stop - 2, stop)
    others = _others_in(lines.places.read(stop, lines.size))
    if meta is None or others is None or ends != (b"{\n\n}" if meta.count else b"{}{}"):
        return None
    lines.meta = meta
    return Snapshot(path, meta, lines, others, fingerprint, check_unchanged=lines.check_unchanged)


def _others_in(end: bytes) -> Mapping[str, Any] | None:
    """Return the tables that are not ours from what follows the entries; None if it is something else."""
    if end == b"}\n":
        return {}
    try:
        return msgspec.json.decode(b"{" + end.removeprefix(b","), type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _meta_in(head: bytes) -> Meta | None:
    if not head.startswith(_BEFORE_META) or not head.endswith(_AFTER_META):
        return None
    try:
        record = msgspec.json.decode(head[len(_BEFORE_META) : -len(_AFTER_META)], type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    meta = meta_of(record)
    return meta if meta is not None and meta.schema == SCHEMA else None


def _noted(beside: Beside) -> _Note | None:
    if not hasattr(os, "pread"):
        return None  # Windows, where an open file could not be replaced either
    try:
        with open(open_beside(beside.written), "rb") as file:
            return _NOTES.decode(file.read(1 << 12))
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (*fingerprint_of(status), status.st_ctime_ns)


def note_written(beside: Beside, fingerprint: Fingerprint | None, span: Span) -> None:
    """Note that a commit made the present file; where that fails, the file is read whole.

    `fingerprint` is that of the file before it got its name, which it must still have.
    """
    if fingerprint is None or not _is_worth_noting(fingerprint):
        return
    if network_file_system(beside.archive.parent) is not None:
        return
    temp = temp_path(beside.written)
    try:
        status = beside.archive.stat()
        if fingerprint_of(status) != fingerprint:
            return
        data = msgspec.json.encode(_Note(_identity(status), (span.start, span.stop)))
        with open(os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            Access.of(beside.archive).give_to(file.fileno())
            file.write(data)
        publish(temp, beside.written)
    except OSError:
        discard(temp)


def _is_worth_noting(fingerprint: Fingerprint) -> bool:
    """Whether a file is large, its times are finer than seconds, and the system reads where one points to."""
    return fingerprint[2] >= SMALLEST and fingerprint[3] % _SECOND != 0 and hasattr(os, "pread")


def outlast(fingerprint: Fingerprint) -> None:
    """Wait until the system's clock for files shows a later time than that of a file's last change.

    A change within the same tick, which is of 10 ms at most, would leave the time as it is.
    """
    if not _is_worth_noting(fingerprint):
        return
    clock = getattr(time, "CLOCK_REALTIME_COARSE", None)
    for _ in range(100):
        now = time.time_ns() if clock is None else time.clock_gettime_ns(clock)
        if now > fingerprint[3]:
            return
        time.sleep(0.001)
