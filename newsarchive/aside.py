"""Bytes put aside until they are written: a few in memory, many in a file that has no name."""

from __future__ import annotations

from typing import BinaryIO, Final

_BLOCK: Final = 1 << 20
_WINDOW: Final = 1 << 16
"""Bytes that are read at once, as what was put aside one after the other is mostly read so, too."""


class Aside:
    """Pieces of bytes, each found again by where it begins and ends.

    The file is gone with the object, or with the process. Where there is no room for it, all stays in memory.
    """

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._in_file = 0
        self._last = bytearray()
        """What follows what is in the file."""
        self._is_full = False
        self._window = b""
        self._window_start = 0

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, piece: bytes) -> int:
        """Put a piece aside and return where it begins."""
        start = self._in_file + len(self._last)
        self._last += piece
        if len(self._last) >= _BLOCK and not self._is_full:
            self._move_to_file()
        return start

    def read(self, start: int, stop: int) -> bytes:
        """Return a piece. Raises OSError."""
        if start >= self._in_file:
            return bytes(self._last[start - self._in_file : stop - self._in_file])
        end = self._window_start + len(self._window)
        if not self._window_start <= start <= stop <= end:
            self._window = self._read(start, max(stop, min(start + _WINDOW, self._in_file)))
            self._window_start = start
        return self._window[start - self._window_start : stop - self._window_start]

    def _read(self, start: int, stop: int) -> bytes:
        assert self._file is not None
        self._file.seek(start)
        data = self._file.read(stop - start)
        if len(data) < stop - start:
            raise OSError("what was put aside is not there any more")
        return data

    def _move_to_file(self) -> None:
        try:
            if self._file is None:
                from tempfile import TemporaryFile  # spares start-up: only for much

                self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as this object
            self._file.seek(self._in_file)
            self._file.write(self._last)
            self._file.flush()
        except OSError:
            self._is_full = True
            return
        self._in_file += len(self._last)
        self._last.clear()
