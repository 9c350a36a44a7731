"""The search of the page: what Python writes for its script, and the rule that both follow.

The script knows the entries by their place in the page, the words of each from here, and folds only what is
typed. Its rule for one word typed is `PageIndex.alike`; `html_asking` has the one for a query.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, Final

from newsarchive.formats.writing.html_folding import FoldingTables
from newsarchive.formats.writing.html_sounds import SoundTables, is_of, is_written_otherwise, own_languages
from newsarchive.text.compounds import may_compound
from newsarchive.text.key import key
from newsarchive.text.keyboard import PAIRS
from newsarchive.text.numbers import codes, digits, has_digit
from newsarchive.text.pairs import is_paired
from newsarchive.text.readings import read_words
from newsarchive.text.words import spans, stands_alone

SHORTEST_LIKE_SOUND: Final = 4
"""Fewer letters of one script sound alike by chance."""

SHORTEST_SOUND_BEGINNING: Final = 3
"""Fewer letters begin too many words of the other script."""

SHORTEST_CORRECTION: Final = 4
"""A word of fewer letters is neither corrected nor what another is corrected to."""

SHORTEST_SPLIT: Final = 5
SHORTEST_FIRST_PART: Final = 3
SHORTEST_LAST_PART: Final = 5
LONGEST_ENDING: Final = 3
FARTHEST: Final = 3
FEW: Final = 5

SCRIPTS: Final = ("\u0400-\u052f", "\u0600-\u06ff\u0750-\u077f", "\u0900-\u097f")
"""The letters of Cyrillic, Arabic and Devanagari, for character classes."""


class PageIndex:
    """The words of the entries of a page, and the places of the entries that each word is in."""

    def __init__(
        self, stories: Iterable[tuple[Sequence[str], Sequence[str]]], certain: Iterable[str] = ()
    ) -> None:
        """Index the texts of each entry, in the order of the page, by the languages that it is in.

        `certain` are words that are right, and so no misspelling of another.
        """
        places: dict[str, list[int]] = {}
        readings: set[tuple[str, str]] = set()
        by_language: dict[str, set[str]] = {}
        self.texts: list[list[list[str]]] = []
        all_languages: list[Sequence[str]] = []
        for place, (pieces, languages) in enumerate(stories):
            found = [spans(piece) for piece in pieces]
            self.texts.append([[word for word, _, _ in its] for its in found])
            in_pieces = [code for its, piece in zip(found, pieces, strict=True) for code in codes(its, piece)]
            its = dict.fromkeys([*chain.from_iterable(self.texts[-1]), *in_pieces])
            for word in its:
                places.setdefault(word, []).append(place)
            readings.update(pair for piece in pieces for pair in read_words(piece))
            for language in own_languages(languages):
                by_language.setdefault(language, set()).update(word for word in its if is_of(word, language))
            all_languages.append(languages)
        self.size = len(self.texts)
        self.places = {word: places[word] for word in sorted(places)}
        self.spellings = [(word, key(word)) for word in self.places]
        """The words with their keys, and those with marks once more with the key that these tell of."""
        self.spellings += sorted((word, sound) for sound, word in readings)
        self.certain = frozenset(filter(self._may_be_mistaken, certain))
        self.compounds = self._compounds(all_languages)
        self.tables = FoldingTables(self.places)
        self._by_language = {language: sorted(its) for language, its in sorted(by_language.items())}
        self.sounds = SoundTables(self._by_language)

    @functools.cached_property
    def _pieces(self) -> frozenset[str]:
        """The beginnings of words, and what follows those: what has neither is near to none of them."""
        return frozenset(
            piece for word in self.places for piece in (word[:3], word[2:5], word[3:6], word[4:7]) if piece
        )

    def _may_be_mistaken(self, word: str) -> bool:
        """Whether a word that is right may look like a misspelling of one in the page."""
        is_near = word[:3] in self._pieces or word[3:6] in self._pieces
        return len(word) >= SHORTEST_CORRECTION and is_near and word not in self.places

    def _compounds(self, languages: Sequence[Sequence[str]]) -> frozenset[str]:
        """Return the words that may be compounds, by the languages of the entries."""
        if not any(its and may_compound(its) for its in languages):
            return frozenset()
        may = {place for place, its in enumerate(languages) if may_compound(its)}
        return frozenset(
            word
            for word, places in self.places.items()
            if len(word) >= SHORTEST_LAST_PART + SHORTEST_FIRST_PART and not may.isdisjoint(places)
        )

    def data(self) -> dict[str, Any]:
        """Return what the script reads: words, their keys where those differ, the places of each."""
        numbers = {word: number for number, word in enumerate(self.places)}
        return {
            "words": " ".join(word for word, _ in self.spellings),
            "keys": " ".join("" if sound == word else sound for word, sound in self.spellings),
            "places": ",".join(steps(self.places[word]) for word, _ in self.spellings),
            "inflected": {
                language: steps(numbers[word] for word in its) for language, its in self._by_language.items()
            },
            "compounds": steps(at for at, word in enumerate(self.places) if word in self.compounds),
            "certain": " ".join(sorted(self.certain)),
            "rules": {
                **self.tables.rules(),
                **self.sounds.rules(),
                "scripts": SCRIPTS,
                "shortestLikeSound": SHORTEST_LIKE_SOUND,
                "shortestSoundBeginning": SHORTEST_SOUND_BEGINNING,
                "shortestCorrection": SHORTEST_CORRECTION,
                "keyboard": ["".join(keys) for keys in zip(*PAIRS, strict=True)],
            },
        }

    def having(self, likes: Iterable[str]) -> frozenset[int]:
        """Return the places of the entries that have one of these words."""
        return frozenset(chain.from_iterable(self.places[word] for word in likes))

    def alike(self, typed: str, reading: str = "", *, near: bool = True) -> list[str]:
        """Return the words that a word typed stands for, `reading` if its marks are read.

        Other forms and other ways to write a name count where there is no better, and with `near` one edit as
        the last. Digits are the same in all of them.
        """
        if is_paired(typed):
            return [word for word in self.places if _is_pair_of(word, typed)]
        sound = self.tables.sound_of(typed)
        sounds = {sound, self.tables.sound_of(reading)} if reading else {sound}
        numbers = digits(typed)
        same = {
            word
            for word, its in self.spellings
            if any(_is_alike(word, its, typed, one) for one in sounds)
            and (not numbers or digits(word) == numbers)
        }
        same |= {word for word in self.compounds if _ends_so(word, typed)}
        same = same or self._written_otherwise(typed)
        letters = sum(not character.isdigit() for character in typed)
        if same or not near or letters < SHORTEST_CORRECTION or typed in self.certain:
            return sorted(same)
        nearly = (
            word
            for word, its in self.spellings
            if len(word) >= SHORTEST_CORRECTION
            and digits(word) == numbers
            and (begins_nearly(word, typed) or begins_nearly(its, sound))
        )
        return sorted(set(nearly))

    def split(self, typed: str) -> frozenset[int]:
        """Return the places of the entries that have a word as two, side by side."""
        if len(typed) < SHORTEST_SPLIT or not typed.isalpha() or is_paired(typed):
            return frozenset()
        cuts = ((typed[:at], typed[at:]) for at in range(1, len(typed) - 1))
        pairs = [(first, second) for first, second in cuts if first in self.places]
        return frozenset(
            place
            for first, second in pairs
            for place in self.places[first]
            if any(_has_pair(piece, first, second) for piece in self.texts[place])
        )

    def has_code(self, letters: str) -> bool:
        """Whether a word is these letters and a number."""
        return any(word.startswith(letters) and word[len(letters) :].isdigit() for word in self.places)

    def nearest(self, typed: str) -> list[str]:
        """Return the words that sound most like one that nothing is like."""
        if len(typed) < SHORTEST_CORRECTION or has_digit(typed) or is_paired(typed) or typed in self.certain:
            return []
        from rapidfuzz.distance import OSA  # spares start-up: the page's script has its own

        sound = self.tables.sound_of(typed)
        ranked = []
        for sounds in sorted({its for word, its in self.spellings if _may_be_near(word)}):
            longest = max(len(sound), len(sounds))
            distance = OSA.distance(sound, sounds)
            if abs(len(sound) - len(sounds)) <= FARTHEST and 2 * distance <= longest:
                ranked.append((distance / longest, sounds))
        near = {sounds for _, sounds in sorted(ranked)[:FEW]}
        return sorted({word for word, its in self.spellings if _may_be_near(word) and its in near})

    def _written_otherwise(self, typed: str) -> set[str]:
        if not self.tables.reaches(typed):
            return set()
        others = {word for word in self.places if is_written_otherwise(word, typed)}
        return self.sounds.of_the_same_form(typed) | others


def _may_be_near(word: str) -> bool:
    return len(word) >= SHORTEST_CORRECTION and not has_digit(word) and not is_paired(word)


def _has_pair(piece: Sequence[str], first: str, second: str) -> bool:
    """Whether two words stand side by side; the second may go on, or have lost its ending, if it is not short."""
    return any(one == first and _is_form(other, second) for one, other in pairwise(piece))


def _is_form(word: str, typed: str) -> bool:
    if len(typed) >= SHORTEST_CORRECTION and word.startswith(typed):
        return True
    has_lost = (
        len(word) >= SHORTEST_CORRECTION and typed.startswith(word) and len(typed) - len(word) < FARTHEST
    )
    return word == typed or has_lost


def _ends_so(word: str, typed: str) -> bool:
    """Whether the last part of a compound is what was typed, perhaps with an ending."""
    at = word.find(typed, SHORTEST_FIRST_PART)
    return len(typed) >= SHORTEST_LAST_PART and at >= 0 and len(word) - at - len(typed) <= LONGEST_ENDING


def _is_pair_of(word: str, typed: str) -> bool:
    """Whether `word` is the pair of characters typed, or has in it the single one."""
    return typed in word if stands_alone(typed) else word.startswith(typed)


def _is_alike(word: str, its_sound: str, typed: str, sound: str) -> bool:
    """Whether `word` begins with what was typed, or sounds like it in the other script."""
    if word.startswith(typed):
        return True
    is_in_other_script = not is_paired(word) and _script_of(word) != _script_of(typed)
    if its_sound == sound and (is_in_other_script or len(typed) >= SHORTEST_LIKE_SOUND):
        return True
    return is_in_other_script and len(typed) >= SHORTEST_SOUND_BEGINNING and its_sound.startswith(sound)


def _script_of(word: str) -> int:
    """Return which of SCRIPTS has letters in `word`, -1 for any other, as Latin is."""
    return next((at for at, letters in enumerate(_scripts()) if letters.search(word)), -1)


@functools.cache
def _scripts() -> Sequence[re.Pattern[str]]:
    return [re.compile(f"[{letters}]") for letters in SCRIPTS]


def begins_nearly(word: str, typed: str) -> bool:
    """Whether a beginning of `word` is one edit from `typed`: a letter more, less, other, or two swapped."""
    same = next((at for at, pair in enumerate(zip(word, typed, strict=False)) if pair[0] != pair[1]), -1)
    if same < 0:
        same = min(len(word), len(typed))
    rest = typed[same + 1 :]
    return (
        word.startswith(rest, same + 1)
        or word.startswith(rest, same)
        or word.startswith(typed[same:], same + 1)
        or (
            word[same : same + 2] == typed[same : same + 2][::-1]
            and word.startswith(typed[same + 2 :], same + 2)
        )
    )


def steps(places: Iterable[int]) -> str:
    """Write ascending numbers as the steps between them, in base 36: `0 3 1a`."""
    before, written = 0, []
    for place in places:
        written.append(_base_36(place - before))
        before = place
    return " ".join(written)


@functools.cache
def _base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
