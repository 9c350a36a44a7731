"""PDF with text, by PDFium in a process of its own: what a file makes it do ends with that process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, LeftOut, Source, content_of, reporting
from newsarchive.formats.reading.documents import pdf_lines
from newsarchive.formats.reading.documents.extras import library
from newsarchive.formats.reading.documents.pdf_lines import Line
from newsarchive.formats.reading.documents.pdf_text import paragraphs_of
from newsarchive.formats.reading.documents.prose import Prose, collected, found_in

_SECONDS: Final = 30
_SECONDS_OF_SMALL: Final = 3
_SMALL: Final = 1 << 20
_NO_TEXT: Final = (
    "holds no text: it is a scan, or its letters are drawn;"
    " read its text with an OCR program, and import that"
)


class PdfReader:
    """Reads a document as one story."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of the document, and a count of its pictures."""
        told = _told(content_of(source), source.name)
        paragraphs = collected(paragraphs_of([Line(*line) for line in told["lines"]]), source.name)
        if not any(any(map(str.isalnum, paragraph.text)) for paragraph in paragraphs):
            raise SourceError(source.name, _NO_TEXT)
        yield from found_in(Prose(paragraphs, _properties(told["properties"])), source)
        if told["pictures"]:
            yield LeftOut(source.name, "embedded picture", told["pictures"])


def _told(data: bytes, place: str) -> Any:
    """Return what the other process tells of a document. Raises SourceError."""
    if find_spec("pypdfium2") is None:
        library("pypdfium2", place)
    seconds = _SECONDS_OF_SMALL if len(data) < _SMALL else _SECONDS
    command = [sys.executable, "-I", str(pdf_lines.__file__), str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds * 3, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(place, f"is not read: PDFium takes longer than {seconds} seconds for it") from None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise SourceError(place, "is damaged, or takes PDFium too long") from None
    if "fault" in told:
        raise SourceError(place, told["fault"])
    return told


def _properties(told: Mapping[str, str]) -> dict[str, str]:
    """Return the properties by the names that documents have here; `D:20210129…` is a date."""
    names = {"title": "Title", "author": "Author", "keywords": "Keywords", "summary": "Subject"}
    dates = {"created": "CreationDate", "modified": "ModDate"}
    return {name: told.get(key, "") for name, key in names.items()} | {
        name: _date(told.get(key, "")) for name, key in dates.items()
    }


def _date(text: str) -> str:
    digits = text.removeprefix("D:")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else ""
