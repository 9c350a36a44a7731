"""JSON Lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.codec import dumps


class JsonLinesWriter(NamedTuple):
    """Writes an object a line; nothing without rows."""

    options: WriterOptions = WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write every row and a line end after it."""
        for row in rows:
            out.write(dumps(self.options.chosen(row)) + b"\n")
