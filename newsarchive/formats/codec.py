"""JSON text as every format here writes and reads it."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final

import msgspec

from newsarchive.intake import MAX_DEPTH

MAX_FILE_DEPTH: Final = MAX_DEPTH + 3
"""What may be nested in `extra`, inside an entry, inside a table, inside an archive."""

_ENCODER: Final = msgspec.json.Encoder()
_BRACKETS: Final = b"[]{}"
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(_BRACKETS))


class BadJsonError(ValueError):
    """A text is not JSON. `line` and `column` count from 1, and are 0 when all of it is at fault."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        self.line = line
        self.column = column
        super().__init__(reason)


def dumps(value: Any) -> bytes:
    r"""Write a JSON value in one line of UTF-8, what would steer a terminal as `\u009b`."""
    text = _ENCODER.encode(value)
    if text.isascii():
        return text.replace(b"\x7f", b"\\u007f")
    return _steering().sub(lambda match: b"\\u%04x" % ord(match[0].decode()), text)


@functools.cache
def _steering() -> re.Pattern[bytes]:
    return re.compile(
        rb"""
        \x7f                        # DEL
        | \xc2 [\x80-\x9f]          # C1 controls
        | \xd8 \x9c                 # U+061C, Arabic letter mark
        | \xe2 (?:
            \x80 [\x8e\x8f]         # U+200E and F, marks of direction
          | \x80 [\xa8-\xae]        # U+2028 and 9, which end a line of JavaScript; embeddings and overrides
          | \x81 [\xa6-\xa9]        # U+2066 to 9, isolates
          )
        """,
        re.VERBOSE,
    )


def loads(text: str, *, depth: int = MAX_FILE_DEPTH) -> Any:
    """Read a JSON value.

    NaN, infinite numbers and lone surrogates come back as Python has them, for the intake to refuse the one
    entry that holds them. Raises BadJsonError.
    """
    if text.count("[") + text.count("{") > depth and depth_of(text) > depth:
        raise BadJsonError(f"is nested deeper than {depth} levels")
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return _loads_leniently(text)


def loads_quickly(data: bytes, *, depth: int = MAX_FILE_DEPTH) -> Any:
    """Read a JSON value of UTF-8; None for one that `loads` has to look at, and for null."""
    if data.count(b"[") + data.count(b"{") > depth:
        return None
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _loads_leniently(text: str) -> Any:
    import json  # spares start-up: only for text that msgspec refuses

    with translating():
        return json.loads(text)


def fault_in(message: str) -> str:
    """Return what the standard library says of a fault without the words that lead to the place it adds."""
    return message.removesuffix(" at").removesuffix(" starting")


@contextlib.contextmanager
def translating() -> Iterator[None]:
    """Make what the standard library says of a text that is not JSON a BadJsonError."""
    from json import JSONDecodeError  # spares start-up

    try:
        yield
    except JSONDecodeError as error:
        raise BadJsonError(f"is not JSON: {fault_in(error.msg)}", error.lineno, error.colno) from None
    except ValueError:
        raise BadJsonError("holds a number of thousands of digits") from None
    except RecursionError:
        raise BadJsonError("is nested too deep") from None


def depth_of(text: str) -> int:
    """Count how deep a JSON text is nested, before a parser follows it down."""
    brackets = _string().sub(b"", text.encode()).translate(None, _NOT_BRACKETS)
    return max(accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0)


@functools.cache
def _string() -> re.Pattern[bytes]:
    # Possessive, and content with the end of the text for its last quote: linear whatever it is given.
    return re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
