"""XML as the feeds write it: an element at a time, of any text a well-formed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import Row
from newsarchive.formats.writing.feed import EPOCH, ItemIds, in_order, updated

XML: Final = b'<?xml version="1.0" encoding="utf-8"?>\n'

# https://www.w3.org/TR/xml/#charsets; ElementTree writes the others without a word.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STEERING: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    """Add an element to its parent, without the characters that XML cannot hold."""
    child = ET.SubElement(parent, tag, {name: _legal(value) for name, value in attributes.items()})
    child.text = None if text is None else _legal(text)


def serialised(element: ET.Element) -> bytes:
    """Write an element in a line of UTF-8, what would steer a terminal as a reference."""
    text = ET.tostring(element, "unicode")
    return _STEERING.sub(lambda match: f"&#{ord(match[0])};", text).encode() + b"\n"


def _legal(text: str) -> str:
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def write_items(rows: Iterable[Row], out: BinaryIO, element_of: Callable[[Row, str], ET.Element]) -> str:
    """Write the element of each row, made with its id; return when the newest of them changed."""
    ids, newest = ItemIds(), EPOCH
    for row in rows:
        out.write(serialised(element_of(row, ids.id_of(row))))
        newest = max(newest, updated(row), key=in_order)
    return newest
