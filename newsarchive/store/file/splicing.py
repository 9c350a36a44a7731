"""The bytes of a next revision: only what changed is made anew, all else is stretches of the present file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsarchive.disk import Chunk, grouped
from newsarchive.store.additions import size_of
from newsarchive.store.file.filed import FileLines
from newsarchive.store.file.layout import head_of
from newsarchive.store.file.places import Span
from newsarchive.store.lines import line_bytes
from newsarchive.stretch import Lengthy, Stretch


def spliced(
    lines: FileLines, meta_table: bytes, touched: Collection[int], new: Mapping[int, Any]
) -> list[Chunk | Lengthy]:
    """Lay out a file like the one of `lines`, but for the entries `touched`, of which it has those in `new`."""
    head = head_of(meta_table)
    pieces: list[Chunk | Lengthy] = [head]
    before = b"{\n"
    for piece in _segments(lines, touched, new):
        pieces += (before, piece)
        before = b",\n"
    pieces.append(b"{}" if before == b"{\n" else b"\n}")
    pieces.append(Stretch(lines.descriptor, lines.span.stop, lines.size))
    return pieces


def span_in(pieces: list[Chunk | Lengthy]) -> Span:
    """Return where the `entries` value is in what `spliced` laid out."""
    sizes = list(map(len, pieces))
    return Span(sizes[0], sum(sizes[:-1]))


def _segments(
    lines: FileLines, touched: Collection[int], new: Mapping[int, Any]
) -> Iterator[Chunk | Lengthy]:
    """Yield new lines, and stretches of lines that stay, in the order of the ids."""
    start, end = lines.places.content
    together: list[int] = []
    for entry_id in sorted(touched):
        place = lines.places.find(entry_id)
        if start < place.start:
            yield from _new_lines(together, new)
            together = []
            yield Stretch(lines.descriptor, start, place.start - len(b",\n"))
        start = place.stop + len(b",\n") if place.is_there else place.start
        if entry_id in new:
            together.append(entry_id)
    yield from _new_lines(together, new)
    if start < end:
        yield Stretch(lines.descriptor, start, end)


def _new_lines(ids: list[int], new: Mapping[int, Any]) -> Iterator[Chunk | Lengthy]:
    """Yield the lines with these ids, between which nothing stands, as one piece if there are any."""
    if len(ids) == 1:
        yield line_bytes(ids[0], new[ids[0]])
    elif ids:
        yield _Together(ids, new)


class _Together:
    """New lines that follow each other, put together while they are written: an import adds many."""

    def __init__(self, ids: list[int], new: Mapping[int, Any]) -> None:
        self._ids = ids
        self._new = new

    def __len__(self) -> int:
        frames = sum(len(str(entry_id)) + len(b'"":') for entry_id in self._ids)
        return frames + sum(size_of(self._new[one]) for one in self._ids) + len(b",\n") * (len(self._ids) - 1)

    def copied_to(self, target: int) -> Iterator[bytes]:
        """Yield the bytes."""
        del target
        return grouped(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        before = b""
        for entry_id in self._ids:
            yield before + line_bytes(entry_id, self._new[entry_id])
            before = b",\n"
