"""Put titles in the order of the alphabet: that of their language, by the Unicode Collation Algorithm.

`primaries` gives the order of all scripts (DUCET). Where the alphabet of a language has another one, CLDR says so
in its collation rules, and `_TAILORED` holds what they come to; for Tajik it holds the alphabet as it is taught.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from newsarchive.text.fold import APOSTROPHES
from newsarchive.text.primaries import primaries

# Each pair: the second is a letter of its own, directly behind the first.
_TAILORED: Final = {
    "az": "cç gğ xı ıi oö sş uü",
    "be": "её уў",
    "cs": "cč rř sš zž",
    "da": "zæ æø øå",
    "es": "nñ",
    "et": "sš šz zž võ õä äö öü",
    "fa": "وه",
    "fi": "zå åä äö",
    "hr": "cč čć dđ sš zž",
    "hu": "oö uü",
    "kk": "её ұү ыі",
    "ky": "её",
    "lt": "cč yj sš zž",
    "lv": "cč gģ kķ lļ nņ sš zž",
    "no": "zæ æø øå",
    "pl": "aą cć eę lł nń oó sś zź źż",
    "ps": "ټث ځچ څح ډذ ړز ژږ",
    "ro": "aă ăâ iî sș tț",
    "sk": "aä cč oô sš zž",
    "sv": "zå åä äö",
    "tg": "иӣ уӯ",
    "tk": "cç eä jž nň oö sş uü yý",
    "tr": "cç gğ ıi oö sş uü",
    "ug": "اە گڭ ۇۆ ېى ىي",
    "uk": "гґ ії",
    "ur": "اآ وہ ہھ ھء",
    "vi": "aă ăâ dđ eê oô ôơ uư",
}

_ARTICLES: Final = {
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la los las un una unos unas",
    "fr": "le la les l' un une des",
    "it": "il lo la i gli le l' un uno una",
    "pt": "o a os as um uma",
}

# A key is written in the characters below 256, so that it needs no more bytes than letters. These stand before the
# digits of numbers, and those before all letters.
_BLANK: Final = "\x01"
_NUMBER: Final = "\x02"
_MOST_DIGITS: Final = 0xFE  # that one character counts

_FREQUENT: Final = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
"""Letters that are one character in a key. All others are four: one that says between which of these they stand, then
their weight."""

_FIRST: Final = 0x40
_SEVEN_BITS: Final = 0x7F
_ROOM: Final = 16  # between two weights, for letters that stand between their letters

TitleKey = tuple[str, str]


def title_key(title: str, languages: Sequence[str]) -> TitleKey:
    """Return what a title is sorted by, in the alphabet of the first of its languages.

    Case, quotes, dashes and an article at the beginning do not count, accents only between what is level, and
    a number goes by its value, before all letters. Titles of different languages can be compared: scripts
    follow each other, and a letter that only one alphabet has stands in its place among those of the others.
    """
    language = languages[0].partition("-")[0].lower() if languages else ""
    text = unicodedata.normalize("NFC", title.casefold())
    text = _grouping().sub("", _without_article(text, language))
    words = _letters(language).of(text).split(_BLANK)
    weights = _BLANK.join(filter(None, words))
    return _digits().sub(_by_value, weights), text


def written_key(title: str, languages: Sequence[str]) -> bytes:
    """Return a `title_key` as bytes, which are in the same order."""
    weights, text = title_key(title, languages)
    return weights.encode("latin-1") + b"\0" + text.encode()


def _without_article(text: str, language: str) -> str:
    pattern = _article(language)
    found = pattern.match(text) if pattern else None
    return text[found.end() :] if found else text


@functools.cache
def _article(language: str) -> re.Pattern[str] | None:
    names = _ARTICLES.get(language)
    if names is None:
        return None
    words = "|".join(rf"{name[:-1]}['’]" if name.endswith("'") else rf"{name}\s+" for name in names.split())
    return re.compile(rf"[\W_]*(?:{words})(?=[\W_]*[^\W_])")


def _by_value(found: re.Match[str]) -> str:
    number = found[0].lstrip("0")
    more, rest = divmod(len(number), _MOST_DIGITS)
    return f"{_NUMBER}{chr(0xFF) * more}{chr(rest + 1)}{number}"


@functools.cache
def _grouping() -> re.Pattern[str]:
    # 1,000: the sign first, as there are many more places that look like a digit's than have one of these
    return re.compile(r"[,\u00a0\u202f'’](?<=\d.)(?=\d{3}(?!\d))")


@functools.cache
def _digits() -> re.Pattern[str]:
    return re.compile("[0-9]+")


@functools.cache
def _letters(language: str) -> _Weights:
    return _Weights(_TAILORED.get(language, "").split())


class _Weights(dict[int, str]):
    """What each character is in a key, by code point, worked out when it is first met."""

    def __init__(self, tailored: Sequence[str]) -> None:
        super().__init__()
        weights: dict[str, int] = {}
        for before, letter in map(tuple, tailored):
            weights[letter] = weights.get(before, primaries(before)[0] * _ROOM) + 1
            self[ord(letter)] = _written(weights[letter])

    def __missing__(self, code: int) -> str:
        written = self[code] = _of_character(chr(code))
        return written

    def of(self, text: str) -> str:
        """Return what a text is in a key."""
        if not text.isascii() or self._ascii is None:
            return text.translate(self)
        return text.encode().translate(*self._ascii).decode("latin-1")

    @cached_property
    def _ascii(self) -> tuple[bytes, bytes] | None:
        """The characters of ASCII in a key, and which are left out; None where one is several characters there."""
        written = [self[code] for code in range(128)]
        if max(map(len, written)) > 1:
            return None
        table = "".join(each or _BLANK for each in written).encode("latin-1")
        return table + bytes(128), bytes(code for code, each in enumerate(written) if not each)


def _of_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.digit(character))
    if character in APOSTROPHES or character == "'":
        return ""
    if not (character.isalnum() or unicodedata.category(character).startswith("M")):
        return _BLANK
    return "".join(_written(weight * _ROOM) for weight in primaries(character))


def _written(weight: int) -> str:
    """Write a weight so that the lower comes first, and none is the beginning of another one."""
    frequent = _frequent()
    place = bisect_left(frequent, weight)
    if place < len(frequent) and frequent[place] == weight:
        return chr(_FIRST + 2 * place + 1)
    parts = (0x80 | weight >> bits & _SEVEN_BITS for bits in (14, 7, 0))
    return "".join(map(chr, (_FIRST + 2 * place, *parts)))


@functools.cache
def _frequent() -> Sequence[int]:
    return sorted({primaries(letter)[0] * _ROOM for letter in _FREQUENT})
