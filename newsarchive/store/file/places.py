"""Where the entries' lines lie in a file that is laid out as commits write it: found by halving, as ids ascend."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from newsarchive.disk import reason_of
from newsarchive.errors import CannotReadError, DamagedArchiveError

_BLOCK: Final = 1 << 17
_PIECE: Final = 1 << 18
_PEEK: Final = 1 << 13
_LINE_START: Final = re.compile(rb'\n"([1-9][0-9]{0,15})":')
_LONGEST_START: Final = 24


class Span(NamedTuple):
    """The bytes of the `entries` value in a file, from its first brace to after its last one."""

    start: int
    stop: int


class Place(NamedTuple):
    """Where a line is, from the quotation mark before its id to its last brace.

    For an id that no line has, that of the first line with a higher one, or what would be the next line's.
    """

    start: int
    stop: int
    is_there: bool


class _Block(NamedTuple):
    ids: list[int]
    starts: list[int]
    stops: list[int]
    is_first: bool
    is_last: bool

    def tells(self, entry_id: int) -> bool:
        """Whether the line with this id, or the one after where it would be, is in this block."""
        if not self.ids:
            return self.is_first and self.is_last
        return (self.is_first or self.ids[0] <= entry_id) and (self.is_last or entry_id <= self.ids[-1])


class Places:
    """Lines in an open file. Each method raises CannotReadError, and DamagedArchiveError for other lines."""

    def __init__(self, path: Path, descriptor: int, span: Span) -> None:
        self._path = path
        self._descriptor = descriptor
        self._first = span.start + 1
        self._end = span.stop - 2
        """The line breaks before the first line and after the last one."""
        self._block: _Block | None = None
        self._known: dict[int, Place] = {}

    def find(self, entry_id: int) -> Place:
        """Return where the line with this id is, or would be."""
        place = self._known.get(entry_id)
        if place is None:
            place = self._known[entry_id] = self._find(entry_id)
        return place

    def _find(self, entry_id: int) -> Place:
        block = self._block
        if block is None or not block.tells(entry_id):
            block = self._block = self._block_for(entry_id)
        number = bisect_left(block.ids, entry_id)
        if number == len(block.ids):
            return Place(self._end + 2, self._end + 2, is_there=False)
        return Place(block.starts[number], block.stops[number], block.ids[number] == entry_id)

    @property
    def content(self) -> Span:
        """From the start of the first line to the end of the last one."""
        return Span(self._first + 1, self._end)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield where each line begins, and the line with its id, in their order."""
        start, stop = self.content
        read, rest = start, b""
        while read < stop:
            until = min(read + max(_PIECE, len(rest)), stop)
            lines = (rest + self.read(read, until)).split(b",\n")
            read = until
            rest = lines.pop() if read < stop else b""
            for line in lines:
                yield start, line
                start += len(line) + len(b",\n")

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes of the file from `start` to before `stop`."""
        data = self._piece(start, stop) if start < stop else b""
        while len(data) < stop - start:
            data += self._piece(start + len(data), stop)
        return data

    def _piece(self, start: int, stop: int) -> bytes:
        try:
            piece = os.pread(self._descriptor, stop - start, start)
        except OSError as error:
            raise CannotReadError(self._path, reason_of(error)) from error
        if not piece:
            raise self.not_as_written()
        return piece

    def _block_for(self, entry_id: int) -> _Block:
        """Halve the file until it is a block in which the line must be, or the next one begins after it."""
        low, high = self._first, self._end
        while high - low > _BLOCK:
            middle = (low + high) // 2
            place = self._line_break(middle, high)
            if place is None or self._id_at(place) >= entry_id:
                high = middle
            else:
                low = place
        return self._read_block(low, high)

    def _line_break(self, start: int, stop: int) -> int | None:
        while start < stop:
            data = self.read(start, min(start + _PEEK, stop))
            if (found := data.find(b"\n")) >= 0:
                return start + found
            start += len(data)
        return None

    def _id_at(self, line_break: int) -> int:
        found = _LINE_START.match(self.read(line_break, min(line_break + _LONGEST_START, self._end + 2)))
        if found is None:
            raise self.not_as_written()
        return int(found[1])

    def _read_block(self, low: int, high: int) -> _Block:
        """Read the lines from the one that begins at `low` to the first one that begins at `high` or later."""
        if self._end <= self._first:
            return _Block([], [], [], is_first=True, is_last=True)
        last = self._line_break(high, self._end)
        after = self._end if last is None else self._line_break(last + 1, self._end) or self._end
        data = self.read(low, after + 1)
        found = list(_LINE_START.finditer(data))
        ids = [int(line[1]) for line in found]
        starts = [low + line.start() + 1 for line in found]
        stops = [start - 2 for start in [*starts[1:], after + 1 + (after == self._end)]]
        is_whole = found and data.count(b"\n") == len(found) + 1 and not found[0].start()
        if not is_whole or any(one >= other for one, other in pairwise(ids)):
            raise self.not_as_written()
        return _Block(ids, starts, stops, low == self._first, after == self._end)

    def not_as_written(self) -> DamagedArchiveError:
        """Return what to raise when the file turns out to be another one than was noted."""
        return DamagedArchiveError(
            self._path,
            "",
            "its lines are not those that were written, though its time of change is",
            "set that with `touch` to have the file read as one that was edited",
        )
