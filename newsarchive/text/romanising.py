"""Letters of other scripts in those of ASCII: what the cross-script key is made from.

Most come from anyascii, those of Russian from here, which spares its tables. Three things it does not know: that
Uzbek ў is an o, how Uyghur and Kazakh write vowels in Arabic letters, and the vowel that stands unwritten behind
a consonant in Devanagari.
"""

from __future__ import annotations

import re
from typing import Final

_RUSSIAN: Final = """
    а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh
    щ shch ы y э e ю yu я ya
"""
"""As anyascii has them, whose tables take as long to open as a small archive takes to search."""

_OTHERS: Final = """
    ў o
    ا a ب b پ p ت t ث s ج j چ ch ح h خ kh د d ذ z ر r ز z ژ zh س s ش sh ص s ض z ط t ظ z غ gh ف f ق q ك k گ g
    ل l م m ن n ه h و o ي i ە e ې e ۆ o ۇ u ۈ u ۋ v ڭ ng
    ٹ t ڈ d ڑ r ټ t ډ d ړ r ڼ n ښ sh ږ zh څ ts ځ dz
"""
"""Letters of Cyrillic and Arabic, those as `fold` leaves them."""

_SILENT: Final = "عءئ"
"""Throat sounds that have no letter in other scripts, though ein is gh in Kazakh; a carrier of vowels."""

_INHERENT: Final = "A"
_NO_VOWEL: Final = "<"
"""Devanagari: behind a consonant the vowel that goes unwritten, before a vowel sign what takes it away."""

_CONSONANTS: Final = """
    क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n
    प p फ ph ब b भ bh म m य y र r ल l ळ l व v श sh ष sh स s ह h
"""
_VOWELS: Final = "अ a आ a इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ओ o औ au ं n ः h"
_SIGNS: Final = "ा a ि i ी i ु u ू u ृ ri े e ै ai ो o ौ au"


def _table(text: str) -> dict[str, str]:
    letters = text.split()
    return dict(zip(letters[::2], letters[1::2], strict=True))


OWN: Final = {
    **_table(_RUSSIAN),
    **dict.fromkeys("ъь", ""),
    **_table(_OTHERS),
    **dict.fromkeys(_SILENT, ""),
    **{letter: roman + _INHERENT for letter, roman in _table(_CONSONANTS).items()},
    **_table(_VOWELS),
    **{sign: _NO_VOWEL + roman for sign, roman in _table(_SIGNS).items()},
    "्": _NO_VOWEL,
    "ऽ": "",
}
"""What letters become for which anyascii is not asked."""

UNSPOKEN: Final = rf"{_INHERENT}?{_NO_VOWEL}|{_INHERENT}$"
"""What goes: the vowel before another or before none, and at the end of a word."""

UNSPOKEN_INSIDE: Final = r"([aeiouA](?:h?[^aeiouAh]|h))A(?=[^aeiouA]{1,4}[aeiouA])"
"""Where Hindi drops the vowel inside a word, read from its end: chitAvan is chitvan. M. Ohala, Aspects of Hindi
Phonology (1983), on the deletion of schwa between VC(C) and CV, from right to left."""


def letter_in_ascii(letter: str) -> str:
    """Return what a folded letter becomes: letters and digits of ASCII, and signs that tell of vowels."""
    own = OWN.get(letter)
    if own is not None:
        return own
    from anyascii import anyascii  # spares start-up

    return "".join(filter(str.isalnum, anyascii(letter).lower()))


def romanised(word: str) -> str:
    """Return the letters and digits of a folded word in ASCII, without apostrophes and what stands for ь and ъ."""
    if word.isascii():
        return word if word.isalnum() else "".join(filter(str.isalnum, word))
    letters = word.translate(_LETTERS)
    return _spoken(letters) if _INHERENT in letters or _NO_VOWEL in letters else letters


def _spoken(letters: str) -> str:
    """Leave out the vowels of Devanagari that are not spoken."""
    backwards = re.sub(UNSPOKEN, "", letters)[::-1]
    return re.sub(UNSPOKEN_INSIDE, r"\1", backwards)[::-1].lower()


class _Letters(dict[int, str]):
    """What each letter becomes by its code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = becomes = letter_in_ascii(letter) if code > 127 else letter if letter.isalnum() else ""
        return becomes


_LETTERS = _Letters()
