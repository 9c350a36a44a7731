"""What words of Turkic, Mongolic, Iranian and Indic languages sound like without their endings.

Nothing says where a stem ends. So a word is compared by each form that is left when one ending after the other is
taken off: құландардың is also құландар and құлан, and whatever shares one of these is taken for the same word.
The forms are sounds, made from the cross-script key and coarser still, so that қ and q, ә and e, an unwritten
vowel of Persian and one of Tajik meet in all scripts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
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
    sounds, endings = _sounds(letters, language), endings_of(language)
    yield sounds
    # The last ending may be any that fits: qoploni is qoplon-i, and not qoplo-ni. Behind it the longest is.
    for last in endings:
        if _may_lose(sounds, last):
            yield from _one_by_one(sounds.removesuffix(last), endings)


def _one_by_one(sounds: str, endings: Sequence[str]) -> Iterator[str]:
    yield sounds
    for _ in range(MOST_ENDINGS):
        ending = next((ending for ending in endings if _may_lose(sounds, ending)), None)
        if ending is None:
            return
        sounds = sounds.removesuffix(ending)
        yield sounds


def _sounds(letters: str, language: str) -> str:
    """Return the sounds of letters; where vowels go, none may change the sound of what stands before it."""
    return sounds_of(letters.replace("i", "e") if FAMILIES[language] == PERSIAN else letters)


def _may_lose(sounds: str, ending: str) -> bool:
    return sounds.endswith(ending) and len(sounds) - len(ending) >= SHORTEST + (len(ending) == 1)


@functools.cache
def endings_of(language: str) -> tuple[str, ...]:
    """Return the sounds of the endings, the longest first."""
    sounds = {_sounds(romanised(fold(ending)), language) for ending in ENDINGS[language]}
    return tuple(sorted(sounds, key=lambda sound: (-len(sound), sound)))


def _coarser(sound: str, family: str) -> str:
    for pattern, replacement in COARSER[family]:
        sound = re.sub(pattern, replacement, sound)
    return sound
