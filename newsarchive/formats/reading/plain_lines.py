"""The lines of a source that is plain UTF-8, read one after the other, so that not all of them need be held."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from newsarchive.formats.base import Source, chunks_of
from newsarchive.formats.changing import State, changed, check_unchanged, state_of
from newsarchive.formats.reading.decoding import bare_utf_16
from newsarchive.formats.reading.no_text import kind_of

OTHER_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
"""What a source that is not UTF-8 begins with."""


class PlainLines:
    """The lines of a source without their LF, read each time that they are gone through.

    What one time shows, such as the order of day and month, must hold the next time: a source that is another one
    by then raises SourceError, as does one that cannot be read.
    """

    def __init__(self, source: Source, limit: int, state: State) -> None:
        self._source = source
        self._limit = limit
        self._state = state

    def __iter__(self) -> Iterator[bytes]:
        check_unchanged(self._source, self._state)
        parts: list[bytes] = []
        mark = codecs.BOM_UTF8
        for chunk in chunks_of(self._source, limit=self._limit):
            first, *others = chunk.removeprefix(mark).split(b"\n")
            mark = b""
            parts.append(first)
            for line in others:
                yield b"".join(parts)
                parts = [line]
        check_unchanged(self._source, self._state)
        yield b"".join(parts)

    def with_ends(self) -> LinesWithEnds:
        """Return the lines as text with their ends, of which CR alone is one, too."""
        return LinesWithEnds(self, self._source.name)

    def beginning(self, most: int) -> str:
        """Return so many characters at most. Raises SourceError."""
        first = next(chunks_of(self._source, limit=self._limit), b"").removeprefix(codecs.BOM_UTF8)
        return first.decode(errors="ignore")[:most]


class LinesWithEnds:
    """Lines of text as `io` has them with `newline=""`, read each time that they are gone through."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = lines
        self._name = name

    def __iter__(self) -> Iterator[str]:
        lines = iter(self._lines)
        line = next(lines)
        for following in chain(lines, [None]):
            text = text_of_line(line if following is None else line + b"\n", self._name)
            if "\r" in text:
                yield from io.StringIO(text, newline="")
            elif text:
                yield text
            line = following or b""


def plain_lines(source: Source, *, limit: int) -> PlainLines | None:
    """Return the lines of a source whose bytes are UTF-8, as `text_of` would tell; None for all others.

    Raises SourceError when it cannot be read or is too large.
    """
    if source.hints.encoding is not None:
        return None
    state = state_of(source)
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_first = True
    try:
        for chunk in chunks_of(source, limit=limit):
            if is_first and (kind_of(chunk) or chunk.startswith(OTHER_MARKS) or bare_utf_16(chunk)):
                return None
            is_first = False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return PlainLines(source, limit, state)


def text_of_line(line: str | bytes, name: str) -> str:
    """Return the text of a line that was UTF-8. Raises SourceError where it is not so any more."""
    try:
        return line if isinstance(line, str) else line.decode()
    except UnicodeDecodeError:
        raise changed(name) from None
