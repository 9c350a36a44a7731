"""What of a stranger's text may reach a terminal: anything that steers it is shown as an escape."""

from __future__ import annotations

import functools
import re

# Everything that moves the cursor, changes the direction of reading or cannot be seen or encoded.
# ZWJ and ZWNJ stay: emoji and Persian need them.
_STEERING = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without TAB and LF, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings and isolates of the two directions
    r"\u2028\u2029\ufeff"  # line and paragraph separator, byte order mark
    r"\ud800-\udfff"  # lone surrogates, which no output can encode
    r"\U000e0000-\U000e007f"  # tags: invisible ASCII
)


def visible(text: str, *, multiline: bool = False) -> str:
    r"""Return `text` with control characters shown as `\x1b`, `\u202e` or `\U000e0041`.

    LF and TAB stay if `multiline`. Clean text is returned as the same object. Backslashes are not doubled.
    """
    if text.isprintable():
        return text
    return _steering(multiline).sub(_escaped, text)


@functools.cache
def _steering(multiline: bool) -> re.Pattern[str]:  # noqa: FBT001
    return re.compile(f"[{_STEERING}]" if multiline else rf"[\t\n{_STEERING}]")


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
