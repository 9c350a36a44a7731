"""Words that are right: what a dictionary holds is no misspelling of something else.

Horse is not house, Iraq not Iran. A dictionary is a Bloom filter, made by `tools/dictionaries.py`: one wrong word
in some hundred passes for a right one, and is then not corrected.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

from newsarchive.search.stems import stemming_languages

FOLDER: Final = Path(__file__).parent.parent / "data" / "dictionaries"
COUNTRIES: Final = FOLDER / "countries.tsv"
"""The words of the names of countries in many languages; those that are a name by themselves with a code."""

_LANGUAGES: Final = frozenset({"en", "es", "fr", "ru"})
_TIMES: Final = 8


def is_right(word: str, languages: Sequence[str]) -> bool:
    """Whether a dictionary holds a folded word: the Russian one, or one of `languages` of its script."""
    own = _LANGUAGES.intersection(stemming_languages(word, languages))
    return any(_holds(f"{language}.bits", word) for language in own)


def is_name(word: str) -> bool:
    """Whether a folded word is the name of a country, or a word of one."""
    return word in _countries()


def is_another_name(word: str, beginning: str) -> bool:
    """Whether `word`, which begins with the name of a country, begins with a longer one: Niger, Nigerian."""
    return any(is_name(word[:end]) for end in range(len(beginning) + 1, len(word) + 1))


def other_names(word: str) -> Sequence[str]:
    """Return the other names of the country that a folded word is the name of."""
    code = _countries().get(word)
    return [name for name, its in _countries().items() if its == code and name != word] if code else []


def places_of(word: str, size: int) -> Iterator[int]:
    """Yield the bits that stand for a word in a filter of so many bytes."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    return ((first + time * step) % (size * 8) for time in range(_TIMES))


def _holds(name: str, word: str) -> bool:
    bits = _bits(name)
    return all(bits[place // 8] >> place % 8 & 1 for place in places_of(word, len(bits)))


@functools.cache
def _countries() -> Mapping[str, str]:
    lines = COUNTRIES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@functools.cache
def _bits(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
