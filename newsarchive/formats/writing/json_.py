"""JSON: one array of flat objects, one object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.codec import dumps


class JsonWriter(NamedTuple):
    """Writes an array, valid and diffable: an entry a line."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the array, `[]` without rows."""
        before = b"[\n"
        for row in rows:
            out.write(before + dumps(self.options.chosen(row)))
            before = b",\n"
        out.write(b"[]\n" if before == b"[\n" else b"\n]\n")
