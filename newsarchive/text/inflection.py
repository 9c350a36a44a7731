"""What words of Turkic, Mongolic, Iranian and Indic languages sound like without their endings.

Nothing says where a stem ends. So a word is compared by each form that is left when one ending after the other is
taken off: құландардың is also құландар and құлан, and whatever shares one of these is taken for the same word.
The forms are sounds, made from the cross-script key and coarser still, so that қ and q, ә and e, an unwritten
vowel of Persian and one of Tajik meet in all scripts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsarchive.text.endings import ENDINGS, FAMILIES, INDIC, MONGOLIC, PERSIAN, TURKIC
from newsarchive.text.fold import fold
from newsarchive.text.key import sounds_of
from newsarchive.text.romanising import romanised

MOST_ENDINGS: Final = 3
SHORTEST: Final = 3
"""Sounds that must be left; one more before an ending of one sound, which is seen in too many words."""

COARSER: Final = {
    # a for ә and its like, u for ө, which is written o, ö and u; ng for one sound.
    TURKIC: ((r"ng", "n"), (r"e", "a"), (r"o", "u"), (r"(.)\1+", r"\1")),
    MONGOLIC: ((r"o", "u"), (r"(.)\1+", r"\1"), (r"i$", "")),
    # No vowels: Arabic letters seldom write them, and the same one for v, o and u.
    PERSIAN: ((r"[aeiouv]+", ""), (r"h$", ""), (r"(.)\1+", r"\1")),
    # Without a, which goes unwritten, and without what is breathed behind a consonant.
    INDIC: ((r"a", ""), (r"e", "i"), (r"o", "u"), (r"(?<=[^iu])h", ""), (r"(.)\1+", r"\1")),
}
"""By family, what is replaced in turn."""


def forms(word: str, language: str) -> list[str]:
    """Return what a folded word may be without endings, as sounds marked with the family of `language`.

    Empty for words too short to be told from others.
    """
    letters = romanised(word)
    if not letters.isalpha():
        return []
    family = FAMILIES[language]
    coarse = dict.fromkeys(_coarser(sound, family) for sound in _with_and_without_endings(letters, language))
    return [f"{family}~{sound}" for sound in coarse if len(sound) >= SHORTEST]


def all_forms(word: str, languages: Iterable[str]) -> list[str]:
    """Return the forms of a word that may be of any of these languages."""
    return list(dict.fromkeys(form for language in languages for form in forms(word, language)))


def _with_and_without_endings(letters: str, language: str) -> Iterator[str]:
    sounds = _sounds(letters, language)
    yield sounds
    # The last ending may be any that fits: qoploni is qoplon-i, and not qoplo-ni. Behind it the longest is.
    for form in _without_one(sounds, language):
        yield form
        for _ in range(MOST_ENDINGS):
            form = next(_without_one(form, language), "")
            if not form:
                break
            yield form


def _without_one(sounds: str, language: str) -> Iterator[str]:
    """Yield what is left without an ending, first without the longest."""
    by_length = _endings_by_length(language)
    for length, endings in by_length:
        left = len(sounds) - length
        if left >= SHORTEST + (length == 1) and sounds[left:] in endings:
            yield sounds[:left]


@functools.cache
def _endings_by_length(language: str) -> list[tuple[int, frozenset[str]]]:
    endings = endings_of(language)
    lengths = sorted({len(ending) for ending in endings}, reverse=True)
    return [(length, frozenset(one for one in endings if len(one) == length)) for length in lengths]


def _sounds(letters: str, language: str) -> str:
    """Return the sounds of letters; where vowels go, none may change the sound of what stands before it."""
    return sounds_of(letters.replace("i", "e") if FAMILIES[language] == PERSIAN else letters)


@functools.cache
def endings_of(language: str) -> tuple[str, ...]:
    """Return the sounds of the endings, the longest first."""
    sounds = {_sounds(romanised(fold(ending)), language) for ending in ENDINGS[language]}
    return tuple(sorted(sounds, key=lambda sound: (-len(sound), sound)))


@functools.lru_cache(maxsize=1 << 14)
def _coarser(sound: str, family: str) -> str:
    for pattern, replacement in _patterns(family):
        sound = pattern.sub(replacement, sound)
    return sound


@functools.cache
def _patterns(family: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement in COARSER[family]]
