"""The words of an archive that a misspelt word most likely stands for."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import Final

from newsarchive.search.vocabulary import SHORTEST_CORRECTION, Vocabulary
from newsarchive.text.key import key
from newsarchive.text.numbers import digits, has_digit
from newsarchive.text.script import script

_FARTHEST: Final = 3
_LIKENESS: Final = 0.5
_GREAT_LIKENESS: Final = 0.75
_FEW: Final = 5

_CLASSES: Final = str.maketrans("jyzcwq", "iissss")
"""Sounds that names change from language to language: Lajos and Лайош, Chaumette and Шометт."""

_VOWELS: Final = frozenset("aeiou")
_BITS: Final = (3.6, 2.3)
"""How much it tells that two words share a consonant and a vowel: there are some twelve and five of them."""
_MISSING: Final = 2.0
_TELLING: Final = 8
"""Of so many letters two thirds are no chance in words of one script."""
_CERTAIN: Final = 2.0


def corrections(
    word: str, vocabulary: Vocabulary, *, most: int = _FARTHEST, is_alone: bool = False
) -> tuple[list[str], int]:
    """Return the words of `vocabulary` nearest to a folded word that it does not hold, and their distance.

    A distance is the number of letters added, left out, changed or swapped with their neighbour: at most 1 in
    words of four or five letters and 2 in longer ones. Where no word is that near, the cross-script keys are
    compared, of which in longer words up to 3 letters may differ, but no more than a third. Digits are the
    same in all of them. With `most`, they are that near at most. What sounds near to a word that `is_alone`, or
    nearly so, must be more than chance: in a sentence it decides nothing.
    """
    words, distance = _nearest_by_letters(word, vocabulary)
    if words and distance > most:
        return [], 0
    if words or most < _FARTHEST or not _most_edits(word):
        return words, distance
    return _nearest_by_sound(word, vocabulary, is_alone=is_alone)


def slips(word: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of the same script that are, or sound, one letter away from a folded one."""
    from rapidfuzz import process  # spares start-up
    from rapidfuzz.distance import OSA

    sound = key(word)
    choices = vocabulary.correction_keys(len(sound) - 1, len(sound) + 1)
    near = process.extract(sound, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
    sounding = (other for one, _, _ in near for other in vocabulary.sounding(one))
    others = dict.fromkeys((*corrections(word, vocabulary, most=1)[0], *sounding))
    return [other for other in others if len(other) >= SHORTEST_CORRECTION and script(other) == script(word)]


def _nearest_by_letters(word: str, vocabulary: Vocabulary) -> tuple[list[str], int]:
    known = vocabulary.corrected
    if word not in known:  # a query that finds nothing is read several times
        most, length = _most_edits(word), len(word)
        choices = (
            vocabulary.corrections(max(length - most, SHORTEST_CORRECTION), length + most) if most else ()
        )
        known[word] = _nearest(word, choices, most)
    return known[word]


def nearest(word: str, vocabulary: Vocabulary, *, is_right: bool = False) -> list[str]:
    """Return the few words that sound most like a folded one, as far as that is a likeness at all.

    One that is right in its own script may be a name in the other, and must sound more like it.
    """
    if sum(map(str.isalpha, word)) < SHORTEST_CORRECTION or has_digit(word):
        return []
    from rapidfuzz import process  # spares start-up: only what nothing else is like
    from rapidfuzz.distance import OSA

    sound = key(word)
    choices = vocabulary.correction_keys(len(sound) - _FARTHEST, len(sound) + _FARTHEST)
    sounds = sorted({one for one in choices if not has_digit(one)})
    found = process.extract(
        sound,
        sounds,
        scorer=OSA.normalized_similarity,
        score_cutoff=_GREAT_LIKENESS if is_right else _LIKENESS,
        limit=_FEW,
    )
    near_ones = (near for near, _, _ in found if is_no_chance(sound, near, len(sounds)))
    words = (other for near in near_ones for other in vocabulary.sounding(near))
    own = script(word) if is_right else ""
    return [other for other in words if len(other) >= SHORTEST_CORRECTION and script(other) != own]


def is_no_chance(sound: str, near: str, choices: int) -> bool:
    """Whether two keys share so much that hardly any of so many choices would share it by chance.

    The more words there are, the more of a word must be heard in another: among twenty, four sounds are a name
    that was misheard, among twenty thousand any four are like some word.
    """
    from rapidfuzz.distance import Indel  # spares start-up

    one, other = sound.translate(_CLASSES), near.translate(_CLASSES)
    shared = "".join(
        one[part.src_start : part.src_end] for part in Indel.opcodes(one, other) if part.tag == "equal"
    )
    vowels = sum(map(_VOWELS.__contains__, shared))
    missing = len(one) + len(other) - 2 * len(shared)
    told = (len(shared) - vowels) * _BITS[0] + vowels * _BITS[1] - missing * _MISSING
    return told >= log2(max(1, choices)) + _CERTAIN


def _most_edits(word: str) -> int:
    letters = sum(not character.isdigit() for character in word)
    if letters < SHORTEST_CORRECTION:
        return 0
    return 1 if letters < 6 else 2


def _nearest_by_sound(word: str, vocabulary: Vocabulary, *, is_alone: bool) -> tuple[list[str], int]:
    sound, most = key(word), _most_edits(word)
    if most > 1:
        most = min(_FARTHEST, len(sound) // 3)
    known = vocabulary.corrected_sounds
    if (sound, most) not in known:
        choices = vocabulary.correction_keys(len(sound) - most, len(sound) + most)
        known[sound, most] = _nearest(sound, choices, most)
    sounds, distance = known[sound, most]
    pairs = [(near, other) for near in sounds for other in vocabulary.sounding(near)]
    if is_alone and pairs:
        count = len(set(vocabulary.correction_keys(len(sound) - most, len(sound) + most)))
        own = script(word) if len(word) >= _TELLING else ""
        pairs = [pair for pair in pairs if script(pair[1]) == own or is_no_chance(sound, pair[0], count)]
    return [other for _, other in pairs if len(other) >= SHORTEST_CORRECTION], distance


def _nearest(word: str, choices: Sequence[str], most: int) -> tuple[list[str], int]:
    """Return those of `choices` at the least distance from `word`, if that is at most `most`."""
    if not choices:
        return [], 0
    from rapidfuzz import process  # spares start-up: most words need no correction
    from rapidfuzz.distance import OSA

    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
    numbers = digits(word)
    found = [one for one in found if digits(one[0]) == numbers]
    least = min((distance for _, distance, _ in found), default=0)
    return [choice for choice, distance, _ in found if distance == least], int(least)
