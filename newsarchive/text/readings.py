"""What marks on Latin letters tell of the sound, read before folding takes them away: Juščenko is Yushchenko.

Scientific transliteration, ISO 9, Serbian, Croatian and Czech spelling and the Turkic alphabets write one letter
with a mark for what other systems write in two or more. A word is read so beside being folded, and its key is
made of both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final
from unicodedata import normalize

from newsarchive.text.key import key
from newsarchive.text.words import words

MARKED: Final = {
    "šč": "shch",
    **dict.fromkeys("šśşș", "sh"),
    **dict.fromkeys("žźżẑ", "zh"),
    **dict.fromkeys("čćĉç", "ch"),
    "ŝ": "shch",
    "đ": "dj",
    "â": "ya",
    "û": "yu",
    "è": "e",
    "ě": "e",
    "ĭ": "y",
    "ğ": "gh",
}
"""A letter with a mark, or two of them, and what it stands for in the letters of English."""

SLAVIC: Final = {"ch": "kh", "c": "ts", "x": "kh", "j": "y"}
"""What letters without a mark stand for where one of SLAVIC_MARKS is in the word."""

SLAVIC_MARKS: Final = "šžčćŝđâûèěĭ"

_LONGEST: Final = 100
SHORTEST_SPELLING: Final = 3

MARKED_LETTERS: Final = "".join(MARKED) + "".join(MARKED).upper()

# Other systems for Russian, which have no marks: GOST 7.79 B, ISO 9 and the scientific one where a name has
# none of their marks, German and French.
SYSTEMS: Final = (
    {"shh": "shch", "cz": "ts", "x": "kh", "j": "y"},
    SLAVIC,
    {"schtsch": "shch", "tsch": "ch", "dsch": "dzh", "sch": "sh", "ch": "kh", "z": "ts", "j": "y", "w": "v"},
    {"chtch": "shch", "tch": "ch", "ch": "sh", "dj": "dzh", "j": "zh", "ou": "u", "io": "yo", "ia": "ya"},
)


CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"  # ё is folded
LATIN: Final = tuple(
    table.replace("-", "").split(" ")
    for table in (
        "a b v g d e z z i j k l m n o p r s t u f h c c s s - y - e u a",  # ISO 9 without its marks
        "a b v g d e z z i j k l m n o p r s t u f ch c c s sc - y - e ju ja",  # scientific, without
        "a b v g d e z z i j k l m n o p r s t u f x c c s sc - y - e ju ja",
        "a b v g d e zh z i j k l m n o p r s t u f x cz ch sh shh - y - e yu ya",  # GOST 7.79 B
        "a b w g d e sch s i i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja",  # German
        "a b w g d e sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja",
        "a b v g d e j z i i k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia",  # French
    )
)
"""How Russian is written by systems that do not spell a sound as English does, as folding leaves it."""


def other_spellings(word: str) -> list[str]:
    """Return how a folded Russian word is written in Latin letters by other systems than those of the key."""
    if not set(word) <= set(CYRILLIC) or len(word) < SHORTEST_SPELLING:
        return []
    tables = (dict(zip(CYRILLIC, table, strict=True)) for table in LATIN)
    return list(dict.fromkeys("".join(map(table.__getitem__, word)) for table in tables))


def read(text: str) -> str:
    """Return `text` with letters for the marks in its words; it has the same words, otherwise spelt."""
    return _words_with_marks().sub(_reading, normalize("NFC", text)) if has_marks(text) else text


def has_marks(text: str) -> bool:
    """Whether `read` may make something else of `text`."""
    return not text.isascii() and _mark().search(text) is not None


def read_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the folded words with marks that sound otherwise than without them: the key, and the word."""
    if has_marks(text):
        for word, reading in zip(words(text), words(read(text)), strict=False):
            if word != reading and len(word) <= _LONGEST and (sound := key(reading)) != key(word):
                yield sound, word


def other_keys(word: str) -> list[str]:
    """Return the keys that a folded Latin word has in other systems of writing Russian, not its own."""
    if not word.isascii() or not word.isalpha():
        return []
    own = key(word)
    return [other for other in dict.fromkeys(key(_spelt(word, system)) for system in SYSTEMS) if other != own]


def _reading(word: re.Match[str]) -> str:
    lower = word[0].lower()
    table = MARKED | SLAVIC if any(mark in lower for mark in SLAVIC_MARKS) else MARKED
    return _spelt(lower, table)


def _spelt(word: str, table: Mapping[str, str]) -> str:
    return _letters(tuple(table)).sub(lambda it: table[it[0]], word)


@functools.cache
def _letters(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(alternatives, key=len, reverse=True)))


@functools.cache
def _mark() -> re.Pattern[str]:
    """Compile the pattern of a letter with a mark, or of a mark behind its letter."""
    combining = {part for letter in MARKED_LETTERS for part in normalize("NFD", letter) if not part.isalpha()}
    return re.compile(f"[{MARKED_LETTERS}{''.join(sorted(combining))}]")


@functools.cache
def _words_with_marks() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])[^\W\d_]*[{MARKED_LETTERS}][^\W\d_]*")
