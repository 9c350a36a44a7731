"""What was typed while the keyboard was set to the other alphabet: cfqufr is сайгак, ыфшпф is saiga."""

from __future__ import annotations

from typing import Final

LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
"""The keys of the American and of the Russian layout, row by row."""

_UPPER: Final = str.maketrans("[];',.`", '{}:"<>~')

PAIRS: Final = tuple(zip(LATIN + LATIN.upper().translate(_UPPER), CYRILLIC + CYRILLIC.upper(), strict=True))
"""What a key gives in the one layout and in the other."""

_TO_CYRILLIC: Final = str.maketrans(dict(PAIRS))
_TO_LATIN: Final = str.maketrans({cyrillic: latin for latin, cyrillic in PAIRS})


def switched(text: str) -> str:
    """Return what the same keys give in the other layout; empty for a text that neither of them gives."""
    has_latin = any("a" <= letter <= "z" for letter in text.lower())
    has_cyrillic = any("а" <= letter <= "я" or letter == "ё" for letter in text.lower())
    if has_latin == has_cyrillic:
        return ""
    return text.translate(_TO_CYRILLIC if has_latin else _TO_LATIN)
