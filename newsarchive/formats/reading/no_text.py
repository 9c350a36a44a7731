"""Files that hold no text: what their first bytes say they are, and what can be done with each."""

from __future__ import annotations

from typing import Final

_OFFICE: Final = "save it there as text, CSV or HTML, and import that"

_KINDS: Final = (
    (b"%PDF-", "is a PDF; import it with --format pdf, or without the option"),
    (b"{\\rtf", "is an RTF document; import it with --format rtf, or without the option"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"is a file of Word, Excel or Outlook; {_OFFICE}"),
    (b"PK\x03\x04", f"is packed, as files of Word and Excel are; {_OFFICE}, or unpack it"),
    (b"\x1f\x8b", "is compressed; unpack it, and import what it holds"),
    (b"\x89PNG\r\n", "is a picture, and holds no text"),
    (b"\xff\xd8\xff", "is a picture, and holds no text"),
    (b"GIF8", "is a picture, and holds no text"),
)
_OPENINGS: Final = tuple(opening for opening, _ in _KINDS)


def kind_of(data: bytes) -> str | None:
    """Return what data is that is no text, with the remedy, as the rest of a sentence; None for all other."""
    if not data.startswith(_OPENINGS):
        return None
    return next((sentence for opening, sentence in _KINDS if data.startswith(opening)), None)
