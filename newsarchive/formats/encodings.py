"""The text of feeds and pages, which declare their encoding inside, and not always the right one."""

from __future__ import annotations

import codecs
import re
from typing import Final

from newsarchive.formats.base import Source, content_of
from newsarchive.formats.decoding import Text, text_of

XML_DECLARATION: Final = rb"""\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)"""
META: Final = rb"""(?is).{0,4096}?<meta[^>]{1,400}?charset\s*=\s*["']?\s*([\w.:-]+)"""

_HEAD: Final = 8192

# Python knows more encodings than texts are in: decoding `punycode` takes quadratic time.
_ENCODINGS: Final = (
    r"(utf-8|ascii|iso8859-|latin|cp\d|koi8|mac-|gb|big5|shift_jis|euc_|iso2022_|hz|kz1048|tis)"
)

# What says Latin-1 means the encoding of Windows: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def declared_text(source: Source, declaration: bytes) -> Text:
    """Return the text of a source in the encoding that its `declaration`, a regular expression, finds.

    What the user says and a byte order mark come first; a declaration that is not true is passed over, and
    the note tells. Raises SourceError as `decoding.text_of` does.
    """
    data = content_of(source)
    known = source._replace(data=data)
    label = re.match(declaration, data[:_HEAD])
    if label is None or source.hints.encoding is not None or data.startswith(_MARKS):
        return text_of(known)
    decoded = _decoded(data, label[1].decode("ascii", "replace"))
    if decoded is not None:
        return Text(decoded)
    fallback = text_of(known)
    said = label[1].decode("ascii", "replace")[:40]
    return fallback._replace(note=fallback.note or f"says that it is {said}, and is not")


_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _decoded(data: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if not re.match(_ENCODINGS, name):
        return None
    try:
        return data.decode(_MEANT.get(name, name))
    except UnicodeError:
        return None
