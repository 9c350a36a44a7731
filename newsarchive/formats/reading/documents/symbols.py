"""Signs that word processors write by their place in a font of signs, and not as the characters that they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PRIVATE: Final = 0xF000
"""Where in Unicode such fonts are put: a sign at 0xB7 of its font is written U+F0B7."""

# The encoding of the font Symbol, from 0x20 and from 0xA0 on.
_LOW: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH: Final = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOL: Final = {
    **{0x20 + place: sign for place, sign in enumerate(_LOW)},
    **{0xA0 + place: sign for place, sign in enumerate(_HIGH)},
}

_BULLETS: Final = {0x76: "❖", 0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xFC: "✓"}
"""Those of Symbol and Wingdings that stand before the items of lists."""

_TO_BULLETS: Final[Mapping[int, str]] = {_PRIVATE + place: sign for place, sign in _BULLETS.items()}


def sign_of(font: str, code: str) -> str:
    """Return the character that a sign of a font is; `code` is its place, hexadecimal. Empty if it is not known."""
    try:
        place = int(code, 16) & 0xFF
    except ValueError:
        return ""
    return (_SYMBOL if font.casefold() == "symbol" else _BULLETS).get(place, "")


def with_bullets(text: str) -> str:
    """Return a text in which the bullets of fonts of signs are characters that every font has."""
    return text if text.isascii() else text.translate(_TO_BULLETS)
