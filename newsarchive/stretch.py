"""A stretch of an open file, copied into another one by the system itself where it can."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from typing import Final, Protocol

_CHUNK: Final = 1 << 20
_CANNOT: Final = frozenset(
    getattr(errno, name)
    for name in ("EXDEV", "EINVAL", "ENOSYS", "EOPNOTSUPP", "EPERM", "EBADF", "ETXTBSY", "EOVERFLOW")
    if hasattr(errno, name)
)
"""How a file system, a kernel or a sandbox says that it does not copy; a full or failing disk says otherwise."""


class Lengthy(Protocol):
    """Bytes of a file to be that are not all held in memory."""

    def __len__(self) -> int:
        """How many they are."""

    def copied_to(self, target: int) -> Iterator[bytes]:
        """Add them to the file `target`, or yield what is to be written to it. Raises OSError."""


class Stretch:
    """The bytes of an open file from `start` to before `end`."""

    __slots__ = ("descriptor", "end", "start")

    def __init__(self, descriptor: int, start: int, end: int) -> None:
        self.descriptor = descriptor
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def copied_to(self, target: int) -> Iterator[bytes]:
        """Add the bytes to the file `target`, and yield those that the system did not copy, to be written.

        Raises OSError.
        """
        place = self.start
        while place < self.end and (count := _copied(self.descriptor, target, place, self.end - place)):
            place += count
        return self._pieces(place)

    def _pieces(self, place: int) -> Iterator[bytes]:
        while place < self.end:
            piece = os.pread(self.descriptor, min(_CHUNK, self.end - place), place)
            if not piece:
                raise OSError("the file became shorter while it was copied")
            place += len(piece)
            yield piece


def _copied(source: int, target: int, place: int, most: int) -> int:
    """Let the system copy bytes to where `target` is written next; return how many, 0 when it does not copy."""
    if not hasattr(os, "copy_file_range"):
        return 0
    try:
        return os.copy_file_range(source, target, most, offset_src=place)
    except OSError as error:
        if error.errno in _CANNOT:
            return 0
        raise
