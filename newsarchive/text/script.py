"""Tell which script a word is written in."""

from __future__ import annotations

_LATIN = (
    range(0x0041, 0x005B),
    range(0x0061, 0x007B),
    range(0x00AA, 0x02B0),
    range(0x1E00, 0x1F00),
    range(0x2C60, 0x2C80),
    range(0xA722, 0xA800),
    range(0xAB30, 0xAB70),
    range(0xFB00, 0xFB07),
    range(0xFF21, 0xFF5B),
)
_CYRILLIC = (
    range(0x0400, 0x0530),
    range(0x1C80, 0x1C90),
    range(0x2DE0, 0x2E00),
    range(0xA640, 0xA6A0),
)
_ARABIC = (
    range(0x0600, 0x0700),
    range(0x0750, 0x0780),
    range(0x08A0, 0x0900),
    range(0xFB50, 0xFE00),
    range(0xFE70, 0xFEFF),
)
_DEVANAGARI = (range(0x0900, 0x0980),)
_BLOCKS = {"latin": _LATIN, "cyrillic": _CYRILLIC, "arabic": _ARABIC, "devanagari": _DEVANAGARI}
_MODIFIERS = range(0x02B0, 0x0300)  # apostrophes and the like, written in every script


def script(text: str) -> str:
    """Return the name of the script of the letters in `text`, or `mixed` when they are of several.

    That is `latin`, `cyrillic`, `arabic` or `devanagari`; any other is `other`.

    Text without letters is `other`.
    """
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "other"
    if text.isalpha() and min(text) >= "\u0400" and max(text) <= "\u052f":
        return "cyrillic"  # nearly all of it, told at once
    found = {_script(ord(letter)) for letter in text if letter.isalpha() and ord(letter) not in _MODIFIERS}
    if len(found) > 1:
        return "mixed"
    return found.pop() if found else "other"


def _script(code: int) -> str:
    return next((name for name, its in _BLOCKS.items() if any(code in block for block in its)), "other")
