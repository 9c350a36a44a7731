"""A file of whole lines: read from its end, added to durably, cut off again where what followed failed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from newsarchive.access import Access
from newsarchive.disk import append_durably
from newsarchive.errors import CannotReadError
from newsarchive.store.beside import open_beside, refusal

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

        A line that a crash cut short before it is closed off first. Raises OSError.
        """
        data = (b"" if self._ends_whole() else b"\n") + line + b"\n"
        append_durably(self._path, data, like=like)
        status = self._path.stat()
        return Added(status.st_dev, status.st_ino, status.st_size - len(data), status.st_size)

    def cut_off(self, added: Added) -> None:
        """Take back the newest line, unless somebody has put another file there or added to it since."""
        with contextlib.suppress(OSError), open(open_beside(self._path, os.O_RDWR), "r+b") as file:
            status = os.fstat(file.fileno())
            if (status.st_dev, status.st_ino, status.st_size) == (added.device, added.inode, added.end):
                os.ftruncate(file.fileno(), added.start)

    def _open(self) -> BinaryIO:
        """Open the log to read it. Raises OSError, also for what somebody else put in its place."""
        return open(open_beside(self._path), "rb")

    def _ends_whole(self) -> bool:
        try:
            with self._open() as file:
                if file.seek(0, os.SEEK_END) == 0:
                    return True
                file.seek(-1, os.SEEK_END)
                return file.read() == b"\n"
        except FileNotFoundError:
            return True


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
