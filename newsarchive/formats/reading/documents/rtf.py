"""Rich Text Format, as WordPad and older word processors write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, LeftOut, Source, content_of, reporting
from newsarchive.formats.reading.documents.prose import Prose, collected, found_in
from newsarchive.formats.reading.documents.rtf_text import read_rtf

_OPENING: Final = "{\\rtf"
_PICTURE: Final = r"\{\\pict\b"
_SECOND_FORM: Final = r"\\nonshppict\s?\{\\pict\b"
"""The same picture once more, for programs that do not read its first form."""


class RtfReader:
    """Reads a document as one story."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of the document, and a count of its pictures."""
        text = content_of(source).decode("latin-1")
        if not text.startswith(_OPENING):
            raise SourceError(source.name, f"is no RTF: it does not begin with {_OPENING}")
        rtf = read_rtf(text, source.name)
        told = rtf.properties
        properties = {
            "title": told["title"],
            "author": told["author"],
            "keywords": told["keywords"],
            "summary": told["subject"],
            "created": told["creatim"],
            "modified": told["revtim"],
        }
        prose = Prose(collected(rtf.paragraphs, source.name), properties)
        yield from found_in(prose, source)
        if pictures := len(re.findall(_PICTURE, text)) - len(re.findall(_SECOND_FORM, text)):
            yield LeftOut(source.name, "embedded picture", pictures)
