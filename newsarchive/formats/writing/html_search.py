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
from newsarchive.text.key import key
from newsarchive.text.pairs import is_paired
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

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Index the texts of each entry, in the order of the page."""
        places: dict[str, list[int]] = {}
        self.size = 0
        for place, pieces in enumerate(texts):
            self.size = place + 1
            for word in dict.fromkeys(word for piece in pieces for word in words(piece)):
                places.setdefault(word, []).append(place)
        self.places = {word: places[word] for word in sorted(places)}
        self.tables = FoldingTables(self.places)

    def data(self) -> dict[str, Any]:
        """Return what the script reads: words, their keys where those differ, the places of each."""
        return {
            "words": " ".join(self.places),
            "keys": " ".join("" if (sound := key(word)) == word else sound for word in self.places),
            "places": ",".join(map(steps, self.places.values())),
            "rules": {
                **self.tables.rules(),
                "scripts": SCRIPTS,
                "shortestLikeSound": SHORTEST_LIKE_SOUND,
                "shortestSoundBeginning": SHORTEST_SOUND_BEGINNING,
                "shortestCorrection": SHORTEST_CORRECTION,
            },
        }

    def matching(self, query: str) -> list[int]:
        """Return the places of the entries that are shown for `query`: all of them if it has no word."""
        found = set(range(self.size))
        for typed in words(query):
            found &= {place for word in self.alike(typed) for place in self.places[word]}
        return sorted(found)

    def alike(self, typed: str) -> list[str]:
        """Return the words that a word typed stands for; those one edit away only where there is no other."""
        if is_paired(typed):
            return [word for word in self.places if _is_pair_of(word, typed)]
        sound = self.tables.sound_of(typed)
        same = [word for word in self.places if _is_alike(word, typed, sound)]
        if same or len(typed) < SHORTEST_CORRECTION or typed.isdigit():
            return same
        return [
            word
            for word in self.places
            if len(word) >= SHORTEST_CORRECTION
            and (begins_nearly(word, typed) or begins_nearly(key(word), sound))
        ]


def _is_pair_of(word: str, typed: str) -> bool:
    """Whether `word` is the pair of characters typed, or has in it the single one."""
    return typed in word if stands_alone(typed) else word.startswith(typed)


def _is_alike(word: str, typed: str, sound: str) -> bool:
    """Whether `word` begins with what was typed, or sounds like it in the other script."""
    if word.startswith(typed):
        return True
    is_in_other_script = not is_paired(word) and _script_of(word) != _script_of(typed)
    if key(word) == sound and (is_in_other_script or len(typed) >= SHORTEST_LIKE_SOUND):
        return True
    return is_in_other_script and len(typed) >= SHORTEST_SOUND_BEGINNING and key(word).startswith(sound)


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
