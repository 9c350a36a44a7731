"""The bytes of mail as text: headers may be UTF-8 as they are (RFC 6532), and old mail names no encoding at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Final

from newsarchive.formats.base import Remark, Source
from newsarchive.formats.reading.decoding import Text, text_of
from newsarchive.formats.reading.encodings import encoding_named, text_said_to_be

SURPRISES: Final = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the library may come upon in a message that is ill-formed."""

_ENCODED: Final = r"=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]*\?="
_RUN: Final = rf"{_ENCODED}(?:\s+{_ENCODED})*"
_OF_SEVERAL_BYTES: Final = r"gb|big5|euc_|shift_jis|cp9(?:32|36|49|50)$"
_FEW: Final = 8
"""So few bytes that are not ASCII may be UTF-8 by accident, where a letter has several in the other encoding, too."""
_EXAMPLE: Final = r"“[^”]*”"


class MailBytes:
    """Makes text of the bytes of the messages of one source, and remembers what was not plain.

    What is UTF-8 is read as that. For all else the user's word counts before the message's own, as elsewhere, and
    where neither is given, or the message's is not true, what the letters speak for.
    """

    def __init__(self, source: Source) -> None:
        self._hints = source.hints
        self._notes: dict[str, tuple[Remark, int]] = {}

    def text(self, data: bytes, label: str | None, place: str) -> str:
        """Return the text; `label` is what the message says of it. Raises SourceError where it cannot be told."""
        text = self._text(data, label, place)
        if text.note is not None:
            kind = re.sub(_EXAMPLE, "", text.note)
            remark, number = self._notes.get(kind, (Remark(place, text.note), 0))
            self._notes[kind] = remark, number + 1
        return text.content

    def _text(self, data: bytes, label: str | None, place: str) -> Text:
        source = Source(place, data, hints=self._hints)
        if self._hints.encoding is not None and not data.isascii():
            try:
                return Text(data.decode())
            except UnicodeDecodeError:
                return text_of(source)
        source = source._replace(hints=source.hints._replace(encoding=None))
        return text_of(source) if label is None else text_said_to_be(label[:40], source)

    def header(self, raw: str, label: str | None, place: str) -> str:
        """Return a header that the library has read, its encoded words decoded; a broken one as far as it can be."""
        is_plain = raw.isascii()
        if not is_plain:
            data = raw.encode("ascii", "surrogateescape")
            said = None if self._hints.encoding or not label else _short(data, label)
            raw = self.text(data, label, place) if said is None else said
        try:
            return _decoded(raw) if is_plain else re.sub(_RUN, lambda run: _decoded(run[0]), raw)
        except SURPRISES:
            return raw

    def found(self) -> Iterator[Remark]:
        """Yield a remark for each way in which a text was not plain, with the number of those that it is true of."""
        for remark, number in self._notes.values():
            others = f"; {number:,} headers and texts are so" if number > 1 else ""
            yield Remark(remark.place, f"{remark.text}{others}")


def _short(data: bytes, label: str) -> str | None:
    """Return a header that is too short to show whether it is UTF-8, as its label has it; None for all others."""
    encoding = encoding_named(label[:40])
    is_few = sum(byte > 0x7F for byte in data) < _FEW
    if not is_few or encoding is None or not re.match(_OF_SEVERAL_BYTES, encoding):
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decoded(header: str) -> str:
    return str(make_header(decode_header(header)))
