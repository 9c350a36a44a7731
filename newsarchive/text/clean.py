"""What of a stranger's text may enter the archive: no control characters, no lone surrogates."""

from __future__ import annotations

import functools
import re

from newsarchive.errors import BadValueError

_BYTE_ORDER_MARK = "\ufeff"


def clean_line(text: str, *, field: str = "text") -> tuple[str, int]:
    """Return `text` as one line without control characters, and how many of them were removed.

    A run of LF, CR and TAB becomes one blank and is not counted.
    Raises BadValueError naming `field` when the text holds a lone surrogate.
    """
    kept, removed = _without_controls(text, field)
    return (kept if kept.isprintable() else _line_breaks().sub(" ", kept)), removed


def clean_text(text: str, *, field: str = "text") -> tuple[str, int]:
    """Return `text` without control characters but LF and TAB, and how many of them were removed.

    CRLF and CR become LF and are not counted.
    Raises BadValueError naming `field` when the text holds a lone surrogate.
    """
    if text.replace("\n", "").isprintable():
        return text, 0
    kept, removed = _without_controls(text, field)
    return kept.replace("\r\n", "\n").replace("\r", "\n"), removed


def _without_controls(text: str, field: str) -> tuple[str, int]:
    """Drop C0, C1 and DEL but TAB, LF, CR, and a byte order mark at the start, which is not counted."""
    if text.isprintable():
        return text, 0
    if (surrogate := _surrogate().search(text)) is not None:
        raise BadValueError(field, f"character {surrogate.start() + 1} is half of a surrogate pair")
    kept, removed = _controls().subn("", text)
    return kept.lstrip(_BYTE_ORDER_MARK), removed


@functools.cache
def _controls() -> re.Pattern[str]:
    return re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@functools.cache
def _line_breaks() -> re.Pattern[str]:
    return re.compile(r"[\t\n\r]+")


@functools.cache
def _surrogate() -> re.Pattern[str]:
    return re.compile(r"[\ud800-\udfff]")
