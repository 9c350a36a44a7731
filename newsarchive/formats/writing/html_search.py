"""The search of the page: what Python writes for its script, and the rule that both follow.

The script knows the entries by their place in the page, the words of each from here, and folds only what is
typed. Its rule for one word typed is `PageIndex.alike`; an entry is shown when it has a like of every word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from newsarchive.formats.writing.html_folding import FoldingTables
from newsarchive.formats.writing.html_sounds import SoundTables, is_of, is_written_otherwise, own_languages
from newsarchive.text.key import key
from newsarchive.text.pairs import is_paired
from newsarchive.text.readings import read, read_words
from newsarchive.text.words import stands_alone, words

SHORTEST_LIKE_SOUND: Final = 4
"""Fewer letters of one script sound alike by chance."""

SHORTEST_SOUND_BEGINNING: Final = 3
"""Fewer letters begin too many words of the other script."""

SHORTEST_CORRECTION: Final = 4
"""A word of fewer letters is neither corrected nor what another is corrected to."""

SCRIPTS: Final = ("\u0400-\u052f", "\u0600-\u06ff\u0750-\u077f", "\u0900-\u097f")
"""The letters of Cyrillic, Arabic and Devanagari, for character classes."""


class PageIndex:
    """The words of the entries of a page, and the places of the entries that each word is in."""

    def __init__(self, stories: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        """Index the texts of each entry, in the order of the page, by the languages that it is in."""
        places: dict[str, list[int]] = {}
        readings: set[tuple[str, str]] = set()
        by_language: dict[str, set[str]] = {}
        self.size = 0
        for place, (pieces, languages) in enumerate(stories):
            self.size = place + 1
            its = dict.fromkeys(word for piece in pieces for word in words(piece))
            for word in its:
                places.setdefault(word, []).append(place)
            readings.update(pair for piece in pieces for pair in read_words(piece))
            for language in own_languages(languages):
                by_language.setdefault(language, set()).update(word for word in its if is_of(word, language))
        self.places = {word: places[word] for word in sorted(places)}
        self.spellings = [(word, key(word)) for word in self.places]
        """The words with their keys, and those with marks once more with the key that these tell of."""
        self.spellings += sorted((word, sound) for sound, word in readings)
        self.tables = FoldingTables(self.places)
        self._by_language = {language: sorted(its) for language, its in sorted(by_language.items())}
        self.sounds = SoundTables(self._by_language)

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
            "rules": {
                **self.tables.rules(),
                **self.sounds.rules(),
                "scripts": SCRIPTS,
                "shortestLikeSound": SHORTEST_LIKE_SOUND,
                "shortestSoundBeginning": SHORTEST_SOUND_BEGINNING,
                "shortestCorrection": SHORTEST_CORRECTION,
            },
        }

    def matching(self, query: str) -> list[int]:
        """Return the places of the entries that are shown for `query`: all of them if it has no word."""
        found = set(range(self.size))
        for typed, reading in zip(words(query), words(read(query)), strict=False):
            found &= {place for word in self.alike(typed, reading) for place in self.places[word]}
        return sorted(found)

    def alike(self, typed: str, reading: str = "") -> list[str]:
        """Return the words that a word typed stands for, `reading` if its marks are read.

        Other forms and other ways to write a name count where there is no better, and one edit as the last.
        """
        if is_paired(typed):
            return [word for word in self.places if _is_pair_of(word, typed)]
        sound = self.tables.sound_of(typed)
        sounds = {sound, self.tables.sound_of(reading)} if reading else {sound}
        same = {
            word for word, its in self.spellings if any(_is_alike(word, its, typed, one) for one in sounds)
        }
        same = same or self._written_otherwise(typed)
        if same or len(typed) < SHORTEST_CORRECTION or typed.isdigit():
            return sorted(same)
        nearly = (
            word
            for word, its in self.spellings
            if len(word) >= SHORTEST_CORRECTION and (begins_nearly(word, typed) or begins_nearly(its, sound))
        )
        return sorted(set(nearly))

    def _written_otherwise(self, typed: str) -> set[str]:
        if not self.tables.reaches(typed):
            return set()
        others = {word for word in self.places if is_written_otherwise(word, typed)}
        return self.sounds.of_the_same_form(typed) | others


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
