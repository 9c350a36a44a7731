"""The text of a feed or an export, read piece by piece, so that not all of it need be held."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from newsarchive.formats.base import MAX_OWN_SOURCE, Source, chunks_of
from newsarchive.formats.changing import State, changed, check_unchanged, state_of
from newsarchive.formats.reading.decoding import bare_utf_16
from newsarchive.formats.reading.encodings import declared_in, declared_text, encoding_named, misnamed
from newsarchive.formats.reading.no_text import kind_of
from newsarchive.formats.reading.plain_lines import OTHER_MARKS

_UTF_8: Final = "utf-8"


class Pieces(NamedTuple):
    """The text of a source in one piece or in many, each time it is gone through, and a note on its encoding.

    Going through it raises SourceError when the source is another one by then.
    """

    texts: Iterable[str]
    note: str | None = None


def pieces_of(source: Source, declaration: bytes) -> Pieces:
    """Return the text that `declared_text` would; in many pieces where it is long, and all of it as is declared.

    So much can be larger than what is held. Raises SourceError as `declared_text` does.
    """
    state = state_of(source)
    first, *others = *islice(chunks_of(source, limit=MAX_OWN_SOURCE), 2), b""
    if any(others) and source.hints.encoding is None and b"<" in first and _may_be_plain(first):
        label = declared_in(first, declaration)
        is_ascii, encoding = _encoding(source, label)
        if encoding is not None:
            note = None if label is None or is_ascii or encoding != _UTF_8 else misnamed(label)
            return Pieces(_Pieces(source, encoding, state), note)
    text, note = declared_text(source, declaration)
    return Pieces([text], note)


def _may_be_plain(first: bytes) -> bool:
    return not (kind_of(first) or first.startswith(OTHER_MARKS) or bare_utf_16(first))


def _encoding(source: Source, label: str | None) -> tuple[bool, str | None]:
    """Return whether all is ASCII, and the encoding in which all of a source can be read without a doubt."""
    is_ascii = all(map(bytes.isascii, chunks_of(source, limit=MAX_OWN_SOURCE)))
    declared = None if label is None else encoding_named(label)
    if is_ascii and label is not None:
        # In others, ASCII can stand for something else.
        return True, _UTF_8 if declared is not None and _is_above_ascii(declared) else None
    if _is_in(source, _UTF_8):
        return is_ascii, _UTF_8
    return False, declared if declared is not None and _is_in(source, declared) else None


def _is_above_ascii(encoding: str) -> bool:
    return re.match(r"utf-8|ascii|iso8859-|latin|cp125\d|koi8", encoding) is not None


def _is_in(source: Source, encoding: str) -> bool:
    try:
        for _ in _decoded(source, encoding):
            pass
    except UnicodeError:
        return False
    return True


def _decoded(source: Source, encoding: str) -> Iterator[str]:
    """Yield the text of a source. Raises UnicodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    mark = codecs.BOM_UTF8
    for chunk in chunks_of(source, limit=MAX_OWN_SOURCE):
        yield decoder.decode(chunk.removeprefix(mark))
        mark = b""
    yield decoder.decode(b"", final=True)


class _Pieces:
    def __init__(self, source: Source, encoding: str, state: State) -> None:
        self._source = source
        self._encoding = encoding
        self._state = state

    def __iter__(self) -> Iterator[str]:
        check_unchanged(self._source, self._state)
        try:
            yield from _decoded(self._source, self._encoding)
        except UnicodeError:
            raise changed(self._source.name) from None
        check_unchanged(self._source, self._state)
