"""JSON documents that are large: where their values stand is noted, and each is read when it is asked for."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Final

from newsarchive.formats.base import MAX_OWN_SOURCE, Source, chunks_of
from newsarchive.formats.changing import State, state_of
from newsarchive.formats.codec import MAX_FILE_DEPTH, depth_of, loads
from newsarchive.formats.large_values import LARGE, LargeArray, LargeObject, Values

_NEAR: Final = 16
"""No literal, number apart, and no escape is longer; what is cut off inside one looks ill-formed."""

_MARK: Final = "\u00ef\u00bb\u00bf"
"""A byte order mark, each byte as a letter."""


def large_document(source: Source, tables: tuple[str, ...] = ()) -> Any:
    """Return the document that a source is, with a LargeArray for each array that is large.

    In the document itself, objects called as one of `tables` are a LargeObject where they are large. Returns None for
    what is to be read whole: for a small document, and for one that has any fault, whatever it is.
    Raises SourceError when the source cannot be read or is too large.
    """
    state = state_of(source)
    chunks = chunks_of(source, limit=MAX_OWN_SOURCE)
    if len(next(chunks, b"")) < LARGE or source.hints.encoding is not None:
        return None
    outline = _Outline(source, state, tables)
    try:
        return outline.document()
    except (_Unfit, ValueError, RecursionError):
        return None


class _Unfit(Exception):  # noqa: N818 - it is no error of anybody's
    """The document is to be read whole."""


class _Outline:
    """Goes through a document once, a byte as a letter, so that a place is one of the source."""

    def __init__(self, source: Source, state: State, tables: tuple[str, ...]) -> None:
        self._source = source
        self._state = state
        self._tables = tables
        self._chunks = chunks_of(source, limit=MAX_OWN_SOURCE)
        self._in_utf_8 = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._before = 0
        """What was there before the text."""
        self._at = 0
        """The place in the text."""
        self._is_whole = False
        self._repeats = False
        self._decode = json.JSONDecoder(object_pairs_hook=self._object).raw_decode
        self._blanks = re.compile(r"[ \t\r\n]*").match

    def document(self) -> Any:
        """Return the document. Raises _Unfit, ValueError and RecursionError."""
        self._more()
        if self._text.startswith(_MARK):
            self._at = len(_MARK)
        document = self._value(0, self._tables)
        is_table = isinstance(document, dict) and not document.keys().isdisjoint(self._tables)
        if self._mark() or (self._repeats and is_table):
            raise _Unfit  # of a table, a key that is there twice is told
        return document

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self._repeats = self._repeats or len(members) < len(pairs)
        return members

    # --- the text as it comes ----------------------------------------------------------------------------

    def _more(self) -> None:
        """Let go of what was read, and read as much again as is left, at least a chunk."""
        self._before += self._at
        parts, self._at = [self._text[self._at :]], 0
        wanted = 2 * len(parts[0])
        size = len(parts[0])
        while size <= wanted:
            chunk = next(self._chunks, None)
            self._in_utf_8.decode(chunk or b"", final=chunk is None)
            if chunk is None:
                self._is_whole = True
                break
            parts.append(chunk.decode("latin-1"))
            size += len(chunk)
        self._text = "".join(parts)

    def _mark(self) -> str:
        """Return what follows the blanks, empty at the end, and go there."""
        while True:
            self._at = self._blanks(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text) or self._is_whole:
                return self._text[self._at : self._at + 1]
            self._more()

    def _pass(self, mark: str) -> None:
        if self._mark() != mark:
            raise _Unfit
        self._at += 1

    @property
    def _place(self) -> int:
        return self._before + self._at

    # --- values ------------------------------------------------------------------------------------------

    def _value(self, depth: int, tables: tuple[str, ...] = ()) -> Any:
        """Return the value that comes next, a large one as it is kept."""
        mark = self._mark()
        start = self._place
        if not self._take(depth, most=LARGE if mark in ("[", "{") else None):
            if depth == MAX_FILE_DEPTH:
                raise _Unfit
            self._at += 1
            return self._members(depth + 1, tables) if mark == "{" else self._elements(depth + 1)
        return self._taken(start)

    def _taken(self, start: int) -> Any:
        data = self._text[start - self._before : self._at].encode("latin-1")
        return loads(data.decode())

    def _take(self, depth: int, most: int | None = None) -> bool:
        """Go behind the value that comes next, unless it has more than `most` bytes."""
        while True:
            try:
                _, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_whole or not self._is_cut_off(error):
                    raise
            else:
                # A number may go on.
                if end < len(self._text) or self._is_whole:
                    self._check_depth(self._text[self._at : end], depth)
                    self._at = end
                    return True
            if most is not None and len(self._text) - self._at > most:
                return False
            self._more()

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        return error.pos >= len(self._text) - _NEAR or error.msg.startswith("Unterminated string")

    def _check_depth(self, text: str, depth: int) -> None:
        most = MAX_FILE_DEPTH - depth
        if text.count("[") + text.count("{") > most and depth_of(text) > most:
            raise _Unfit

    def _elements(self, depth: int) -> list[Any] | LargeArray:
        """Return what follows the beginning of a large array: a list, if the first value is large itself."""
        if self._mark() not in "[{":
            return self._noted(depth)
        first = self._place
        if self._take(depth, most=LARGE):
            return self._noted(depth, first)
        values = [self._value(depth)]
        while self._mark() != "]":
            self._pass(",")
            values.append(self._value(depth))
        self._pass("]")
        return values

    def _noted(self, depth: int, first: int | None = None) -> LargeArray:
        """Note where the values of an array stand; the first one was passed if it is known where that is."""
        values = Values(self._source, self._state)
        if first is None:
            self._mark()
            first = self._place
            self._take(depth)
        values.add(first, self._place)
        while self._mark() != "]":
            self._pass(",")
            self._mark()
            start = self._place
            self._take(depth)
            values.add(start, self._place)
        self._pass("]")
        return LargeArray(values)

    def _members(self, depth: int, tables: tuple[str, ...]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while True:
            key = self._key()
            if key in members:
                raise _Unfit
            self._pass(":")
            members[key] = self._table(depth) if key in tables and self._mark() == "{" else self._value(depth)
            if self._mark() == "}":
                self._pass("}")
                return members
            self._pass(",")

    def _key(self) -> str:
        """Return the key that comes next; one that is written in an uncommon way may be another one twice."""
        if self._mark() != '"':
            raise _Unfit
        start = self._place
        self._take(0)
        key: str = self._taken(start)
        if not key.isascii() or len(key) + 2 != self._place - start:
            raise _Unfit
        return key

    def _table(self, depth: int) -> Any:
        """Return an object of which no more than the places of its members are kept, unless it is small."""
        self._mark()
        start = self._place
        if self._take(depth, most=LARGE):
            return self._taken(start)
        self._at += 1
        members, keys = Values(self._source, self._state), set[int]()
        while True:
            self._mark()
            start = self._place
            keys.add(hash(self._key()))
            self._pass(":")
            self._mark()
            self._take(depth + 1)
            members.add(start, self._place)
            if len(keys) < len(members):
                raise _Unfit
            if self._mark() == "}":
                self._pass("}")
                return LargeObject(members)
            self._pass(",")
