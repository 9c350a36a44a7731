"""Words that are right: what a dictionary holds is no misspelling of something else.

Horse is not house. A dictionary is a Bloom filter, made by `tools/dictionaries.py`: one wrong word
in some hundred passes for a right one, and is then not corrected.
"""

from __future__ import annotations

import functools
from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from newsarchive.search.stems import stemming_languages

FOLDER: Final = Path(__file__).parent.parent / "data" / "dictionaries"
_LANGUAGES: Final = frozenset({"en", "es", "fr", "ru"})
_TIMES: Final = 8


def is_right(word: str, languages: Sequence[str]) -> bool:
    """Whether a dictionary holds a folded word: the Russian one, or one of `languages` of its script."""
    own = _LANGUAGES.intersection(stemming_languages(word, languages))
    return any(_holds(f"{language}.bits", word) for language in own)


def places_of(word: str, size: int) -> Iterator[int]:
    """Yield the bits that stand for a word in a filter of so many bytes."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    return ((first + time * step) % (size * 8) for time in range(_TIMES))


def _holds(name: str, word: str) -> bool:
    bits = _bits(name)
    return all(bits[place // 8] >> place % 8 & 1 for place in places_of(word, len(bits)))


@functools.cache
def _bits(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
