"""The text of feeds and pages, which declare their encoding inside, and not always the right one."""

from __future__ import annotations

import codecs
import re
from typing import Final

from newsarchive.formats.base import Source, content_of
from newsarchive.formats.reading.decoding import Text, text_of

XML_DECLARATION: Final = rb"""\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)"""
META: Final = rb"""(?is).{0,4096}?<meta[^>]{1,400}?charset\s*=\s*["']?\s*([\w.:-]+)"""

_HEAD: Final = 8192
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_ENCODINGS: Final = r"utf-[78]|ascii|iso8859-|latin|cp\d|koi8|mac-|gb|big5|shift_jis|euc_|iso2022_|kz1048|tis"
"""What texts are in. Python knows more: decoding `punycode` takes quadratic time."""

_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What says Latin-1 is in the encoding of Windows: https://encoding.spec.whatwg.org/#names-and-labels."""


def declared_text(source: Source, *declarations: bytes) -> Text:
    """Return the text of a source in the encoding that one of the `declarations`, regular expressions, finds.

    What the user says and a byte order mark come first; a declaration that is not true is passed over, and
    the note tells. Raises SourceError as `decoding.text_of` does.
    """
    data = content_of(source)
    known = source._replace(data=data)
    label = next(filter(None, (declared_in(data, pattern) for pattern in declarations)), None)
    if label is None or source.hints.encoding is not None or data.startswith(_MARKS):
        return text_of(known)
    return text_said_to_be(label, known)


def text_said_to_be(label: str, source: Source) -> Text:
    """Return the text of a source that is said to be in an encoding; where that is not true, the note tells.

    Raises SourceError as `decoding.text_of` does.
    """
    data = content_of(source)
    if not data.isascii() and (utf_8 := _utf_8(data)) is not None:
        return Text(utf_8, misnamed(label))
    decoded = _decoded(data, label)
    if decoded is not None:
        return Text(decoded)
    fallback = text_of(source)
    told = f"; it {fallback.note}" if fallback.note else ""
    how = "" if "--encoding" in told else "; --encoding NAME says what it is"
    return fallback._replace(note=f"says that it is {label}, and is not{told}{how}")


def declared_in(data: bytes, declaration: bytes) -> str | None:
    """Return what the beginning of a source says it is in, where a declaration is found; a mark says more."""
    found = None if data.startswith(_MARKS) else re.match(declaration, data[:_HEAD])
    return found and found[1].decode("ascii", "replace")[:40]


def misnamed(label: str) -> str | None:
    """Return a note on a source that is UTF-8 and beyond ASCII, unless that is what it says."""
    return (
        None if _name_of(label) == "utf-8" else f"says that it is {label}, and is UTF-8; it is read as that"
    )


def encoding_named(label: str) -> str | None:
    """Return the encoding that is meant by a name, None if texts are never in it."""
    name = _name_of(label)
    return _MEANT.get(name, name) if name and re.match(_ENCODINGS, name) else None


def _utf_8(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8: by accident, those of no other encoding are."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _name_of(label: str) -> str | None:
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _decoded(data: bytes, label: str) -> str | None:
    """Return the text, None if it is not in that encoding or texts never are."""
    encoding = encoding_named(label)
    try:
        return None if encoding is None else data.decode(encoding)
    except UnicodeError:
        return None
