"""The words of an archive that sound like a word of a query, in the same letters or in those of another script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from newsarchive.search.stems import sounds_of_nominative
from newsarchive.search.vocabulary import Vocabulary
from newsarchive.text.key import key
from newsarchive.text.pairs import is_chinese, is_paired
from newsarchive.text.readings import other_keys, other_spellings, read_words
from newsarchive.text.script import script

_SHORTEST: Final = 4
"""Fewer sounds are too many words in scripts that leave vowels out."""

_SHORTEST_CHINESE: Final = 5
"""Fewer letters are two syllables of Chinese by chance."""


_HELD_DOWN: Final = 3


def sounding_alike(typed: str, folded: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words that sound like one that was typed, by its letters and by its marks.

    One letter held down sounds like nothing, though it has the key of a single one.
    """
    if len(key(folded)) * _HELD_DOWN <= len(folded) and len(set(folded)) == 1:
        return
    for sound in dict.fromkeys((key(folded), *(sound for sound, _ in read_words(typed)))):
        yield from vocabulary.sounding(sound)
        yield from vocabulary.read_as(sound)
    yield from filter(vocabulary.frequency, other_spellings(folded))


def may_be_one(word: str, other: str) -> bool:
    """Whether two words that sound alike may be one word in two scripts."""
    scripts = {script(word), script(other)}
    if is_paired(other):  # xuebao, which is how 雪豹 is said
        return script(word) == "latin" and is_chinese(other) and len(key(word)) >= _SHORTEST_CHINESE
    if len(scripts) < 2 or not scripts.isdisjoint({"mixed", "other"}):
        return False
    return scripts == {"latin", "cyrillic"} or len(key(word)) >= _SHORTEST


def other_forms(folded: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield words in other scripts that sound like another form: Mezhnev and Межнева are one name."""
    letters = script(folded)
    alike = vocabulary.inflections_sounding(folded)
    yield from (other for other in alike if script(other) != letters)
    if letters == "cyrillic":
        latin = chain.from_iterable(map(vocabulary.sounding, sounds_of_nominative(folded)))
        yield from (other for other in latin if script(other) == "latin")


def sounding_loosely(folded: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield words in other scripts that a word which is in no entry may sound like.

    That is by another system of writing Russian in Latin letters, without vowels, or as a beginning.
    """
    by_system = chain.from_iterable(map(vocabulary.sounding, other_keys(folded)))
    alike = chain(by_system, vocabulary.sounding_loosely(folded))
    yield from (other for other in alike if script(other) not in {script(folded), "mixed", "other"})
