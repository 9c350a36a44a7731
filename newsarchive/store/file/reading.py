"""Read an archive's file without a lock, and say exactly what is wrong with one that cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Raw

from newsarchive.disk import reason_of
from newsarchive.errors import CannotReadError, NewsArchiveError
from newsarchive.store.digests import digest_of
from newsarchive.store.file.beside import Beside, open_beside
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.layout import is_laid_out, layout
from newsarchive.store.schemas import BEFORE_SUMS, digest_of_value
from newsarchive.store.snapshot import SCHEMA, Fingerprint, Meta, Snapshot, collector_paused

if TYPE_CHECKING:
    from newsarchive.store.file.diagnosis import Examined

MOST_BYTES: Final = 1 << 30
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK a named pipe would be waited for."""

BOM: Final = b"\xef\xbb\xbf"
_Tables = dict[str, Raw]


def fingerprint_of(status: os.stat_result) -> Fingerprint:
    """Tell one state of a file from another."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def fingerprint_at(path: Path) -> Fingerprint | None:
    """Return the fingerprint of the file that is there now; None where there is none or it cannot be told."""
    try:
        return fingerprint_of(path.stat())
    except OSError:
        return None


def read_previous(beside: Beside) -> Snapshot | None:
    """Read the previous revision, or None when there is none that is sound."""
    try:
        return parse(beside.previous, *read_file(beside.previous, open_beside))
    except (OSError, Fault, NewsArchiveError):
        return None


def _opened(path: Path) -> int:
    return os.open(path, _FLAGS)


def read_file(path: Path, opener: Callable[[Path], int] = _opened) -> tuple[bytes, Fingerprint]:
    """Read a file to its end, with the fingerprint of the very descriptor that was read.

    Raises FileNotFoundError, CannotReadError.
    """
    try:
        descriptor = opener(path)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CannotReadError(path, "it is not a file")
            if status.st_size > MOST_BYTES:
                raise CannotReadError(path, f"larger than {MOST_BYTES >> 20} MiB")
            with open(descriptor, "rb", buffering=0, closefd=False) as file:
                return file.readall() or b"", fingerprint_of(status)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CannotReadError(path, reason_of(error)) from error


def parse(path: Path, data: bytes, fingerprint: Fingerprint) -> Snapshot:
    """Take the file apart; anything that is not exactly as a commit left it is examined closely.

    Raises Fault.
    """
    text = data.removeprefix(BOM)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    with collector_paused():
        tables = _tables_as_written(text)
        if tables is not None:
            meta, lines, others = tables
            return Snapshot(path, meta, lines, others, fingerprint)
        found = _examined(text)
    return Snapshot(
        path,
        found.meta,
        found.lines,
        found.others,
        fingerprint,
        edited_by_hand=True,
        leftovers=found.leftovers,
    )


def _examined(text: bytes) -> Examined:
    from newsarchive.store.file.diagnosis import examine  # spares start-up: few files are edited by hand

    return examine(text)


def _tables_as_written(text: bytes) -> tuple[Meta, Mapping[int, Any], Mapping[str, Any]] | None:
    """Return the tables when digest, count and layout prove that a commit wrote them, else None."""
    try:
        tables = msgspec.json.decode(text, type=_Tables)
        if sum(map(len, layout(tables))) != len(text):
            return None  # a table that is there twice, of which the decoder keeps one
        meta = meta_of(msgspec.json.decode(tables.pop("meta"), type=dict[str, Any]))
        entries = tables.pop("entries")
        if meta is None or not BEFORE_SUMS <= meta.schema <= SCHEMA:
            return None
        raw_lines = msgspec.json.decode(entries, type=_Tables)
        lines = {int(key): line for key, line in raw_lines.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
        return None
    sound = (
        len(lines) == meta.count
        and [*map(str, lines)] == [*raw_lines]  # int() also takes "+1" and " 1"
        and (not lines or 0 < min(lines) <= max(lines) < meta.next_id)
        and _is_as_committed(meta, entries, lines)
    )
    return (meta, lines, tables) if sound else None


def _is_as_committed(meta: Meta, entries: Raw, lines: Mapping[int, Any]) -> bool:
    if meta.schema == BEFORE_SUMS:
        return digest_of_value(entries) == meta.digest
    return is_laid_out(entries, lines) and digest_of(lines) == meta.digest


def meta_of(table: Mapping[str, Any]) -> Meta | None:
    """Return what the table `meta` says; None unless it is as commits write it."""
    record = table.get("1")
    if not isinstance(record, dict) or record.keys() != {"schema", "revision", "next_id", "count", "digest"}:
        return None
    numbers = [record[name] for name in ("schema", "revision", "next_id", "count")]
    if not all(type(number) is int and number >= 0 for number in numbers):
        return None
    return Meta(**record)
