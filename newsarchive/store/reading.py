"""Read an archive's file without a lock, and say exactly what is wrong with one that cannot be read."""

from __future__ import annotations

import os
import stat

# From where hashlib has it: hashlib itself loads OpenSSL, which costs a tenth of the start-up.
from _blake2 import blake2b
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Raw

from newsarchive.disk import Chunk, reason_of
from newsarchive.errors import CannotReadError, DamagedArchiveError, NewsArchiveError, NoArchiveError
from newsarchive.store.beside import Beside, open_beside
from newsarchive.store.diagnosis import Fault, examine
from newsarchive.store.snapshot import SCHEMA, Fingerprint, Meta, Snapshot, collector_paused

MOST_BYTES: Final = 1 << 30
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK a named pipe would be waited for."""

BOM: Final = b"\xef\xbb\xbf"
_Tables = dict[str, Raw]


def fingerprint_of(status: os.stat_result) -> Fingerprint:
    """Tell one state of a file from another."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def digest_of(entries: bytes | Raw) -> str:
    """Return the BLAKE2b-128 of the bytes of the `entries` value, in hexadecimal."""
    return blake2b(entries, digest_size=16).hexdigest()


def read_snapshot(beside: Beside) -> Snapshot:
    """Read the present revision.

    Readers take no lock: writers only rename whole files into place. Raises NoArchiveError when there is no
    file, CannotReadError when it cannot be opened, and DamagedArchiveError when it is not a sound archive.
    """
    try:
        data, fingerprint = _read_file(beside.archive, _opened)
    except FileNotFoundError:
        if _has_previous(beside):
            raise DamagedArchiveError(
                beside.archive,
                "",
                "the archive is gone, but its history is there",
                f"{remedy(beside)}; to start anew, remove {beside.folder}",
            ) from None
        raise NoArchiveError(beside.archive) from None
    try:
        return _parse(beside.archive, data, fingerprint)
    except Fault as fault:
        raise DamagedArchiveError(
            beside.archive, fault.place, fault.reason, fault.remedy or remedy(beside)
        ) from None


def read_previous(beside: Beside) -> tuple[bytes, Snapshot] | None:
    """Read the previous revision, or None when there is none that is sound."""
    try:
        data, fingerprint = _read_file(beside.previous, open_beside)
        return data, _parse(beside.previous, data, fingerprint)
    except (OSError, Fault, NewsArchiveError):
        return None


def _has_previous(beside: Beside) -> bool:
    try:
        return beside.previous.exists()
    except OSError as error:
        raise CannotReadError(beside.previous, reason_of(error)) from error


def remedy(beside: Beside) -> str:
    """Say what can be done for an archive that cannot be read."""
    previous = read_previous(beside)
    if previous is None:
        return "no previous revision is kept: mend the file or put back a copy of your own"
    meta = previous[1].meta
    noun = "entry" if meta.count == 1 else "entries"
    return f"`newsarchive restore` brings back revision {meta.revision} with {meta.count:,} {noun}"


def _opened(path: Path) -> int:
    return os.open(path, _FLAGS)


def _read_file(path: Path, opener: Callable[[Path], int]) -> tuple[bytes, Fingerprint]:
    """Read a file to its end, with the fingerprint of the very descriptor that was read."""
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


def _parse(path: Path, data: bytes, fingerprint: Fingerprint) -> Snapshot:
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
        found = examine(text)
    return Snapshot(path, found.meta, found.lines, found.others, fingerprint, edited_by_hand=True)


def _tables_as_written(text: bytes) -> tuple[Meta, Mapping[int, Any], Mapping[str, Any]] | None:
    """Return the tables when digest, count and layout prove that a commit wrote them, else None."""
    try:
        tables = msgspec.json.decode(text, type=_Tables)
        if sum(map(len, layout(tables))) != len(text):
            return None  # a table that is there twice, of which the decoder keeps one
        meta = _meta(msgspec.json.decode(tables.pop("meta"), type=dict[str, Any]))
        entries = tables.pop("entries")
        if meta is None or meta.schema != SCHEMA or digest_of(entries) != meta.digest:
            return None
        raw_lines = msgspec.json.decode(entries, type=_Tables)
        lines = {int(key): line for key, line in raw_lines.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
        return None
    sound = (
        len(lines) == meta.count
        and [*map(str, lines)] == [*raw_lines]  # int() also takes "+1" and " 1"
        and (not lines or 0 < min(lines) <= max(lines) < meta.next_id)
    )
    return (meta, lines, tables) if sound else None


def layout(tables: Mapping[str, Raw | bytes]) -> Iterator[Chunk]:
    """Lay the tables out as commits write a file: `meta` and `entries` first, each table on a new line."""
    yield b'{"meta":'
    yield memoryview(tables["meta"])
    yield b',\n"entries":'
    yield memoryview(tables["entries"])
    for name, table in tables.items():
        if name not in ("meta", "entries"):
            yield b",\n" + msgspec.json.encode(name) + b":"
            yield memoryview(table)
    yield b"}\n"


def _meta(table: Mapping[str, Any]) -> Meta | None:
    record = table.get("1")
    if not isinstance(record, dict) or record.keys() != {"schema", "revision", "next_id", "count", "digest"}:
        return None
    numbers = [record[name] for name in ("schema", "revision", "next_id", "count")]
    if not all(type(number) is int and number >= 0 for number in numbers):
        return None
    return Meta(**record)
