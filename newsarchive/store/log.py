"""A file of whole lines: read from its end, added to durably, cut off again where what followed failed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from newsarchive.access import Access
from newsarchive.disk import append_durably, sync_folder
from newsarchive.errors import CannotReadError
from newsarchive.store.beside import check_log, is_log_of_user, open_beside, refusal

_BLOCK: Final = 1 << 18


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

    def from_end(self) -> Iterator[bytes]:
        """Yield the lines, the newest first, reading no more of the file than is asked for.

        The first one may be the beginning of a line that a crash cut short. Raises CannotReadError.
        """
        try:
            with self._open() as file:
                yield from _lines_from_end(file)
        except FileNotFoundError:
            return
        except OSError as error:
            raise CannotReadError(self._path, refusal(error)) from error

    def add(self, line: bytes, *, like: Access) -> Added:
        """Add a line and force it to the disk, in a file as accessible as `like`.

        A line that a crash cut short before it is closed off first. Only a file that is new, or a log of the
        user's own, gets that access: what else has the name may be a private file. Raises OSError.
        """
        descriptor = open_beside(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            before = os.fstat(descriptor)
            check_log(self._path, descriptor)
            is_own = is_log_of_user(descriptor)
            data = (b"" if _ends_whole(descriptor, before.st_size) else b"\n") + line + b"\n"
            append_durably(descriptor, data, like=like if is_own else None)
            if before.st_size == 0:
                sync_folder(self._path.parent)
        finally:
            os.close(descriptor)
        return Added(before.st_dev, before.st_ino, before.st_size, before.st_size + len(data))

    def cut_off(self, added: Added) -> None:
        """Take back the newest line, unless somebody has put another file there or added to it since."""
        with contextlib.suppress(OSError), open(open_beside(self._path, os.O_RDWR), "r+b") as file:
            status = os.fstat(file.fileno())
            if (status.st_dev, status.st_ino, status.st_size) == (added.device, added.inode, added.end):
                os.ftruncate(file.fileno(), added.start)

    def _open(self) -> BinaryIO:
        """Open the log to read it. Raises OSError, also for what somebody else put in its place."""
        return open(open_beside(self._path), "rb")


def _ends_whole(descriptor: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _lines_from_end(file: BinaryIO) -> Iterator[bytes]:
    place = file.seek(0, os.SEEK_END)
    pieces: list[bytes] = []
    """The part of the line that is known, its end first."""
    while place > 0:
        size = min(_BLOCK, place)
        place -= size
        file.seek(place)
        first, *others = file.read(size).split(b"\n")
        for piece in reversed(others):
            pieces.append(piece)
            if line := b"".join(reversed(pieces)):
                yield line
            pieces = []
        pieces.append(first)
    if line := b"".join(reversed(pieces)):
        yield line
