"""A file of whole lines: read from its end, added to durably, cut off again where what followed failed."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from newsarchive.access import Access
from newsarchive.disk import append_durably, sync_folder
from newsarchive.errors import CannotReadError
from newsarchive.store.file.beside import check_log, is_log_of_user, open_beside, refusal

_BLOCK: Final = 1 << 18
_NEAR: Final = 1 << 14
_HEAD: Final = 1 << 13
_LENGTH: Final = re.compile(rb',"length":([0-9]{1,15})\}\Z')
_LONGEST_LENGTH: Final = 40


class Added(NamedTuple):
    """Bytes that were added to a file: which one, and from where to where."""

    device: int
    inode: int
    start: int
    end: int


class Log:
    """Lines in a file. Only the holder of the archive's lock may call what writes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def from_end(self) -> Iterator[Line]:
        """Yield the lines, the newest first, reading no more of the file than is asked for.

        The first one may be the beginning of a line that a crash cut short. Raises CannotReadError.
        """
        try:
            yield from _lines_from_end(self._path, _Opened(open_beside(self._path)))
        except FileNotFoundError:
            return
        except OSError as error:
            raise CannotReadError(self._path, refusal(error)) from error

    def add(self, line: Iterable[bytes], *, like: Access) -> Added:
        """Add a line, given in pieces, and force it to the disk, in a file as accessible as `like`.

        A line that a crash cut short before it is closed off first. Only a file that is new, or a log of the
        user's own, gets that access: what else has the name may be a private file. Raises OSError.
        """
        descriptor = open_beside(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            before = os.fstat(descriptor)
            check_log(self._path, descriptor)
            is_own = is_log_of_user(descriptor)
            closing = () if _ends_whole(descriptor, before.st_size) else (b"\n",)
            end = append_durably(descriptor, chain(closing, line, (b"\n",)), like=like if is_own else None)
            if before.st_size == 0:
                sync_folder(self._path.parent)
        finally:
            os.close(descriptor)
        return Added(before.st_dev, before.st_ino, before.st_size, end)

    def cut_off(self, added: Added) -> None:
        """Take back the newest line, unless somebody has put another file there or added to it since."""
        with contextlib.suppress(OSError), open(open_beside(self._path, os.O_RDWR), "r+b") as file:
            status = os.fstat(file.fileno())
            if (status.st_dev, status.st_ino, status.st_size) == (added.device, added.inode, added.end):
                os.ftruncate(file.fileno(), added.start)


def _ends_whole(descriptor: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


# --- from the end -----------------------------------------------------------------------------------------


class _Opened:
    """A file that is open for as long as somebody holds it, and a piece of it that was read."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self._start = 0
        self._piece = b""

    def __del__(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    def read(self, start: int, end: int) -> bytes:
        """Return bytes; those at the end of the file are missing where it has become shorter. Raises OSError."""
        if end - start > _NEAR:
            return self._read(start, end)
        if not self._start <= start <= end <= self._start + len(self._piece):
            self._start = max(0, end - _NEAR)
            self._piece = self._read(self._start, max(end, min(self.size, start + _NEAR)))
        return self._piece[start - self._start : end - self._start]

    def _read(self, start: int, end: int) -> bytes:
        pieces = []
        os.lseek(self._descriptor, start, os.SEEK_SET)
        while start < end and (piece := os.read(self._descriptor, end - start)):
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)


class Line:
    """A line of a log, of which no more is read than is asked for."""

    def __init__(self, path: Path, file: _Opened, start: int, end: int, *, is_measured: bool) -> None:
        self.is_measured = is_measured
        """Whether it says how long it is, and so is whole."""
        self._path = path
        self._file = file
        self._start = start
        self._end = end

    @property
    def head(self) -> bytes:
        """The beginning of the line, of a short one all of it. Raises CannotReadError."""
        return self._read(min(self._end, self._start + _HEAD))

    @property
    def whole(self) -> bytes:
        """The line. Raises CannotReadError."""
        return self._read(self._end)

    def _read(self, end: int) -> bytes:
        try:
            return self._file.read(self._start, end)
        except OSError as error:
            raise CannotReadError(self._path, refusal(error)) from error


def _lines_from_end(path: Path, file: _Opened) -> Iterator[Line]:
    end = file.size
    if end and file.read(end - 1, end) == b"\n":
        end -= 1
    while end > 0:
        said = _start_by_length(file, end)
        start = _start_by_break(file, end) if said is None else said
        if start < end:
            yield Line(path, file, start, end, is_measured=said is not None)
        end = start - 1


def _start_by_length(file: _Opened, end: int) -> int | None:
    """Return where the line begins that ends before `end`, if it says so and something begins there."""
    said = _LENGTH.search(file.read(max(0, end - _LONGEST_LENGTH), end))
    if said is None:
        return None
    start = end - len(said[0]) - int(said[1])
    if start < 0 or file.read(max(0, start - 1), start + 1) != (b"\n{" if start else b"{"):
        return None
    return start


def _start_by_break(file: _Opened, end: int) -> int:
    """Return where the line begins that ends before `end`, by looking for the line break before it."""
    while end > 0:
        start = max(0, end - _BLOCK)
        found = file.read(start, end).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
