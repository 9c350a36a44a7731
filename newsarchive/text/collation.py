"""Put titles in the order of the alphabet: that of their language, by the Unicode Collation Algorithm.

The library gives the order of all scripts (DUCET). Where the alphabet of a language has another one, CLDR says so
in its collation rules, and `_TAILORED` holds what they come to; for Tajik it holds the alphabet as it is taught.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from newsarchive.text.fold import APOSTROPHES

if TYPE_CHECKING:
    from pyuca import Collator

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

_BLANK: Final = "\x01"
_NUMBER: Final = "\x02"
_ROOM: Final = 16  # between two weights of the library, for letters that stand between their letters

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
    words = text.translate(_letters(language)).split(_BLANK)
    weights = _BLANK.join(word for word in words if word)
    return _digits().sub(_by_value, weights), text


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
    return f"{_NUMBER}{chr(len(number) + 1)}{number}"


@functools.cache
def _grouping() -> re.Pattern[str]:
    return re.compile(r"(?<=\d)[,\u00a0\u202f'’](?=\d{3}(?!\d))")  # 1,000


@functools.cache
def _digits() -> re.Pattern[str]:
    return re.compile("[0-9]+")


@functools.cache
def _letters(language: str) -> _Weights:
    return _Weights(_TAILORED.get(language, "").split())


class _Weights(dict[int, str]):
    """The weights of each character as characters, by code point, worked out when it is first met."""

    def __init__(self, tailored: Sequence[str]) -> None:
        super().__init__()
        for pair in tailored:
            self[ord(pair[1])] = chr(ord(self[ord(pair[0])]) + 1)

    def __missing__(self, code: int) -> str:
        weights = self[code] = _weights(chr(code))
        return weights


def _weights(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.digit(character))
    if character in APOSTROPHES or character == "'":
        return ""
    if not (character.isalnum() or unicodedata.category(character).startswith("M")):
        return _BLANK
    key = _collator().sort_key(character)
    primary = key[: key.index(0)]
    return "".join(chr(weight * _ROOM) for weight in primary)


@functools.cache
def _collator() -> Collator:
    from pyuca import Collator  # spares start-up: it takes a quarter of a second to read its table

    return Collator()
