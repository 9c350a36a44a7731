"""The words of an archive that a misspelt word most likely stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsarchive.search.vocabulary import SHORTEST_CORRECTION, Vocabulary
from newsarchive.text.key import key
from newsarchive.text.numbers import digits, has_digit
from newsarchive.text.script import script

_FARTHEST: Final = 3
_LIKENESS: Final = 0.5
_GREAT_LIKENESS: Final = 0.75
_FEW: Final = 5


def corrections(word: str, vocabulary: Vocabulary, *, most: int = _FARTHEST) -> tuple[list[str], int]:
    """Return the words of `vocabulary` nearest to a folded word that it does not hold, and their distance.

    A distance is the number of letters added, left out, changed or swapped with their neighbour: at most 1 in
    words of four or five letters and 2 in longer ones. Where no word is that near, the cross-script keys are
    compared, of which in longer words up to 3 letters may differ, but no more than a third. Digits are the
    same in all of them. With `most`, they are that near at most.
    """
    words, distance = _nearest_by_letters(word, vocabulary)
    if words and distance > most:
        return [], 0
    if words or most < _FARTHEST or not _most_edits(word):
        return words, distance
    return _nearest_by_sound(word, vocabulary)


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
    sounds = [one for one in choices if not has_digit(one)]
    found = process.extract(
        sound,
        sorted(set(sounds)),
        scorer=OSA.normalized_similarity,
        score_cutoff=_GREAT_LIKENESS if is_right else _LIKENESS,
        limit=_FEW,
    )
    words = (other for near, _, _ in found for other in vocabulary.sounding(near))
    own = script(word) if is_right else ""
    return [other for other in words if len(other) >= SHORTEST_CORRECTION and script(other) != own]


def _most_edits(word: str) -> int:
    letters = sum(not character.isdigit() for character in word)
    if letters < SHORTEST_CORRECTION:
        return 0
    return 1 if letters < 6 else 2


def _nearest_by_sound(word: str, vocabulary: Vocabulary) -> tuple[list[str], int]:
    sound, most = key(word), _most_edits(word)
    if most > 1:
        most = min(_FARTHEST, len(sound) // 3)
    known = vocabulary.corrected_sounds
    if (sound, most) not in known:
        choices = vocabulary.correction_keys(len(sound) - most, len(sound) + most)
        known[sound, most] = _nearest(sound, choices, most)
    sounds, distance = known[sound, most]
    words = (word for near in sounds for word in vocabulary.sounding(near))
    return [word for word in words if len(word) >= SHORTEST_CORRECTION], distance


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
