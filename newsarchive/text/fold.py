"""Fold away what a reader may type differently: case, width, diacritics, the shape of apostrophes."""

from __future__ import annotations

import unicodedata
from typing import Final

APOSTROPHES: Final = "´ʹʻʼʽʾʿˈʹ‘’‛′Ꞌꞌ＇՚"
"""What stands for an apostrophe in print and in transliterations, besides the one of ASCII."""

# Soft hyphen, ZWNJ, ZWJ, word joiner, byte order mark and variation selectors: invisible inside a word.
_INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))

# What decomposition does not tell: letters with a stroke, ligatures, and й with its like, which
# are letters of their own although Unicode takes them for и with a mark.
_FIXED = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **dict(zip("øłđðħŧı", "olddhti", strict=True)),
    **{letter: letter for letter in "йїўѓќ"},
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(_INVISIBLE, ""),
}

# The blocks of marks for Latin, Greek and Cyrillic; in other scripts marks are spelling, not decoration.
_DIACRITICS = (
    range(0x0300, 0x0370),
    range(0x0483, 0x048A),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)


def fold(text: str) -> str:
    """Return `text` in NFKC and lower case, without diacritics, ё as е, every apostrophe as `'`; й stays й.

    Folding twice changes nothing more.
    """
    if text.isascii():
        return text.lower()
    # Composed first, so that и with a breve is the letter й; again, because what is left may compose.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_FOLDED))


class _FoldedCharacters(dict[int, str]):
    """Each character's folded form by code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_FOLDED = _FoldedCharacters()


def _folded(character: str) -> str:
    lower = character.casefold()
    if lower in _FIXED:
        return _FIXED[lower]
    parts = unicodedata.normalize("NFKD", lower).casefold()
    kept = "".join(_FIXED.get(part, part) for part in parts if not _is_diacritic(part))
    return unicodedata.normalize("NFC", kept)


def _is_diacritic(character: str) -> bool:
    return any(ord(character) in block for block in _DIACRITICS)
