"""The bytes of a next revision: only what changed is made anew, all else is stretches of the present file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsarchive.disk import Chunk
from newsarchive.store.file.filed import FileLines
from newsarchive.store.file.layout import head_of
from newsarchive.store.file.places import Span
from newsarchive.store.lines import line_bytes
from newsarchive.stretch import Stretch


def spliced(
    lines: FileLines, meta_table: bytes, touched: Collection[int], new: Mapping[int, Any]
) -> list[Chunk | Stretch]:
    """Lay out a file like the one of `lines`, but for the entries `touched`, of which it has those in `new`."""
    head = head_of(meta_table)
    pieces: list[Chunk | Stretch] = [head]
    before = b"{\n"
    for piece in _segments(lines, touched, new):
        pieces += (before, piece)
        before = b",\n"
    pieces.append(b"{}" if before == b"{\n" else b"\n}")
    pieces.append(Stretch(lines.descriptor, lines.span.stop, lines.size))
    return pieces


def span_in(pieces: list[Chunk | Stretch]) -> Span:
    """Return where the `entries` value is in what `spliced` laid out."""
    sizes = list(map(len, pieces))
    return Span(sizes[0], sum(sizes[:-1]))


def _segments(
    lines: FileLines, touched: Collection[int], new: Mapping[int, Any]
) -> Iterator[Chunk | Stretch]:
    """Yield new lines, and stretches of lines that stay, in the order of the ids."""
    start, end = lines.places.content
    for entry_id in sorted(touched):
        place = lines.places.find(entry_id)
        if start < place.start:
            yield Stretch(lines.descriptor, start, place.start - len(b",\n"))
        start = place.stop + len(b",\n") if place.is_there else place.start
        if entry_id in new:
            yield line_bytes(entry_id, new[entry_id])
    if start < end:
        yield Stretch(lines.descriptor, start, end)
