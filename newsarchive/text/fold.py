"""Fold away what a reader may type differently: case, width, diacritics, the shape of apostrophes.

Digits of all scripts become those of ASCII, traditional and Japanese characters the simplified Chinese ones, and
the letters of Arabic the shape in which Arabic has them, where other languages have one of their own.
"""

from __future__ import annotations

import unicodedata
from typing import Final

APOSTROPHES: Final = "`´ʹʻʼʽʾʿˈʹ‘’‛′Ꞌꞌ＇՚ʺ″”"
"""What stands for an apostrophe in print and for ь and ъ in transliterations, besides the one of ASCII."""

_ARABIC: Final = {
    **dict.fromkeys("یىۍۑے", "ي"),  # Persian, Uyghur and Kazakh, Pashto, Urdu
    **dict.fromkeys("کڪګ", "ك"),
    **dict.fromkeys("ھہةۃۂۀ", "ه"),
    **dict.fromkeys("ٱٲٳ", "ا"),
    "ں": "ن",
    "ئ": "ئ",  # decomposition would make it ي: in Uyghur it carries a vowel at the beginning
    **dict.fromkeys("\u0640\u0674", ""),  # what only lengthens a line; a sign that the vowels are front ones
}
"""Other shapes of a letter. The Persian ones stand on other keys than the Arabic ones and look the same."""

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
    **_ARABIC,
    "ँ": "ं",  # Hindi writes either over many words
}

# The marks of Latin, Greek, Cyrillic and Arabic, which are decoration; in other scripts they are spelling,
# but for the dot that Hindi writes under letters of foreign words, or leaves out.
_DIACRITICS = (
    range(0x0300, 0x0370),
    range(0x0483, 0x048A),
    range(0x0610, 0x061B),
    range(0x064B, 0x0660),
    range(0x0670, 0x0671),
    range(0x06D6, 0x06ED),
    range(0x093C, 0x093D),
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
    if lower.isdecimal():
        return str(unicodedata.decimal(lower))
    parts = unicodedata.normalize("NFKD", lower).casefold()
    kept = "".join(_FIXED.get(part, part) for part in parts if not _is_diacritic(part))
    composed = unicodedata.normalize("NFC", kept)
    return _simplified(composed) if any("\u3400" <= part <= "\u9fff" for part in composed) else composed


def _simplified(text: str) -> str:
    from newsarchive.text.han import simplified  # spares start-up

    return "".join(map(simplified, text))


def _is_diacritic(character: str) -> bool:
    return any(ord(character) in block for block in _DIACRITICS)
