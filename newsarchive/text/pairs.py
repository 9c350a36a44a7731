"""Words of scripts that are written without blanks, or with endings that hang on: characters in pairs.

Nobody can part such a text into words without a dictionary, and those of two dictionaries differ. Overlapping
pairs of characters need none: 保护雪豹 is 保护, 护雪, 雪豹, and whoever looks for 雪豹 finds it. A character that
stands alone is a word by itself.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from itertools import pairwise
from typing import Final
from unicodedata import normalize

PAIRED: Final = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"  # Lao
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"  # Burmese
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa0-\uffdc"  # Korean
    "\u1780-\u17b3\u17d7\u17dc"  # Khmer
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3105-\u312f\u31a0-\u31bf"  # Bopomofo
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"  # Chinese
)
"""The letters of these scripts, for a character class of a regular expression in Python or JavaScript."""

_OF_OTHERS: Final = bytes((*range(0xE0), 0xE2))
"""The bytes of UTF-8 with which none of these letters begins; to leave them out is quicker than any pattern."""

_THAI_AM: Final = "\u0e4d\u0e32|\u0ecd\u0eb2"
"""The vowel am of Thai and Lao as folding leaves it: a mark, and a letter that belongs to it."""

_SHORT: Final = 64
"""Of so many letters each is looked at by itself: the pattern of all takes milliseconds to compile."""

CONTINUING: Final = (
    "\u0e33\u0eb3"  # the same in one
    "\u1160-\u11ff\ud7b0-\ud7fb"  # vowels and finals of Korean that a decomposed syllable is made of
    "\u3099\u309a\uff9e\uff9f"  # voicing marks of Japanese
)
"""What belongs to the character before it, besides the marks of `words`."""


def character_pattern(marks: str) -> str:
    """Return the pattern of one character with what belongs to it; `marks` are for a character class."""
    return f"[{PAIRED}](?:{_THAI_AM}|[{CONTINUING}{marks}])*"


@functools.cache
def _paired() -> re.Pattern[str]:
    return re.compile(f"[{PAIRED}]")


@functools.cache
def _bounds() -> list[int]:
    """Return where the ranges of PAIRED begin, and where they are over, in turn."""
    ranges = re.findall("(.)(?:-(.))?", PAIRED)
    return sorted(code for first, last in ranges for code in (ord(first), ord(last or first) + 1))


@functools.lru_cache(maxsize=1 << 10)
def _is_paired(letter: str) -> bool:
    return bisect_right(_bounds(), ord(letter)) % 2 == 1


def has_paired(text: str) -> bool:
    """Whether there are letters in `text` that are taken in pairs."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _OF_OTHERS):
        return False
    return any(map(_is_paired, text)) if len(text) <= _SHORT else _paired().search(text) is not None


def is_paired(word: str) -> bool:
    """Whether a folded word is a pair of characters, or one that stands alone."""
    return has_paired(word[:1])


def is_chinese(word: str) -> bool:
    """Whether a folded word is all in characters of Chinese."""
    return all("\u3400" <= letter <= "\u9fff" or letter >= "\U00020000" for letter in word)


def pairs(characters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the overlapping pairs of folded characters, each of which has a start and an end."""
    if len(characters) == 1:
        return characters
    return [
        (normalize("NFC", one + other), start, end)
        for (one, start, _), (other, _, end) in pairwise(characters)
    ]
