"""XML as the feeds write it: an element at a time, of any text a well-formed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from newsarchive.formats.base import Row
from newsarchive.formats.writing.feed import EPOCH, ItemIds, in_order, updated

XML: Final = b'<?xml version="1.0" encoding="utf-8"?>\n'

# https://www.w3.org/TR/xml/#charsets
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STEERING: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ODD: Final = re.compile(f"{_ILLEGAL.pattern}|{_STEERING.pattern}")
_BLANKS: Final = {"\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
"""What an attribute could not hold otherwise: readers make blanks of these."""


def element(tag: str, text: str | None = None, **attributes: str) -> str:
    """Write an element, without the characters that XML cannot hold; what would steer a terminal as a reference."""
    start = tag
    for name, value in attributes.items():
        start += f' {name}="{_in_quotes(value)}"'
    escaped = _escaped(text) if text else ""
    return f"<{start}>{escaped}</{tag}>" if escaped else f"<{start} />"


def _in_quotes(text: str) -> str:
    escaped = _escaped(text).replace('"', "&quot;")
    if not text.isprintable():
        for blank, reference in _BLANKS.items():
            escaped = escaped.replace(blank, reference)
    return escaped


def _escaped(text: str) -> str:
    is_plain = text.isprintable() or not _ODD.search(text)
    legal = text if is_plain else _ILLEGAL.sub("", text)
    escaped = legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if is_plain else _STEERING.sub(lambda match: f"&#{ord(match[0])};", escaped)


def item(tag: str, language: str | None, parts: Iterable[str]) -> str:
    """Write the element of an entry, in a line, of elements that are written already."""
    declared = f' xml:lang="{_in_quotes(language)}"' if language else ""
    return f"<{tag}{declared}>{''.join(parts)}</{tag}>\n"


def write_items(rows: Iterable[Row], out: BinaryIO, element_of: Callable[[Row, str], str]) -> str:
    """Write the element of each row, made with its id; return when the newest of them changed."""
    ids, newest = ItemIds(), EPOCH
    for row in rows:
        out.write(element_of(row, ids.id_of(row)).encode())
        newest = max(newest, updated(row), key=in_order)
    return newest
