"""The tables by which the page folds what is typed, and finds what sounds like it.

They hold the letters that nearly every archive may be asked for, and of the large scripts those that the
words of the page are written in: whatever else is typed finds nothing there.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from newsarchive.text.fold import APOSTROPHES, fold
from newsarchive.text.key import SHORTEST_WITH_DOUBLES, SOUNDS, key
from newsarchive.text.pairs import PAIRED, character_pattern
from newsarchive.text.romanising import UNSPOKEN, UNSPOKEN_INSIDE, letter_in_ascii
from newsarchive.text.words import words

_BLOCKS: Final = (
    range(0x00A0, 0x0590),  # Latin, marks, Greek, Cyrillic, Armenian
    range(0x1C80, 0x1C90),
    range(0x1D00, 0x2190),  # phonetic letters, Latin and Greek with accents, punctuation, numbers
    range(0x2C60, 0x2C80),
    range(0x2DE0, 0x2E00),
    range(0xA640, 0xA6A0),
    range(0xA720, 0xA800),
    range(0xFB00, 0xFB07),
    range(0xFE00, 0xFE30),
    range(0xFF00, 0xFF5F),  # full width
)
_ARABIC: Final = (range(0x0600, 0x0780), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))
_DEVANAGARI: Final = (range(0x0900, 0x0980),)
_LARGE: Final = (_ARABIC, _DEVANAGARI)

_CJK: Final = range(0x3400, 0xA000)


class FoldingTables:
    """The tables for a page with these words."""

    def __init__(self, page_words: Iterable[str]) -> None:
        letters: set[str] = set().union(*page_words)
        codes = set(map(ord, letters))
        more = (blocks for blocks in _LARGE if any(code in block for block in blocks for code in codes))
        self._blocks = tuple(block for blocks in (_BLOCKS, *more) for block in blocks)
        self._han = frozenset(letter for letter in letters if ord(letter) in _CJK)

    def rules(self) -> dict[str, Any]:
        """Return the tables: characters by what each becomes, spellings with their sounds."""
        return {
            "folded": _grouped({"`": "'", **_folded(self._blocks), **_digits(), **self._simplified()}),
            "romanised": _grouped(_romanised(self._blocks)),
            "unspoken": UNSPOKEN,
            "unspokenInside": UNSPOKEN_INSIDE,
            "sounds": SOUNDS,
            "shortestWithDoubles": SHORTEST_WITH_DOUBLES,
            "paired": PAIRED,
            "character": character_pattern(r"\p{M}"),
        }

    def sound_of(self, typed: str) -> str:
        """Return the key of a word typed, or the word itself where the script's tables do not reach."""
        return key(typed) if self.reaches(typed) else typed

    def reaches(self, typed: str) -> bool:
        """Whether the script can romanise a word typed."""
        romanised = _romanised(self._blocks)
        return all(letter.isascii() or letter in romanised for letter in typed)

    def _simplified(self) -> Mapping[str, str]:
        if not self._han:
            return {}
        from newsarchive.text.han import variants  # spares start-up

        return dict(variants(self._han))


def _grouped(table: Mapping[str, str]) -> dict[str, str]:
    """Return the characters of a table by what they become: half as long in JSON."""
    grouped: dict[str, str] = {}
    for character, becomes in table.items():
        grouped[becomes] = grouped.get(becomes, "") + character
    return grouped


_Blocks = tuple[range, ...]


@functools.cache
def _folded(blocks: _Blocks) -> dict[str, str]:
    """Return what the characters become that folding does not only put in lower case."""
    folded = ((character, _becomes(character)) for character in _characters(blocks))
    return {character: becomes for character, becomes in folded if becomes is not None}


def _becomes(character: str) -> str | None:
    if character in APOSTROPHES:
        return "'"
    around = words(f"a{character}b")
    if len(around) > 1:
        return None  # it stands between words
    folded = around[0][1:-1]
    return folded if folded != character.lower() else None


@functools.cache
def _digits() -> dict[str, str]:
    """Return what the digits of other scripts become."""
    return {digit: fold(digit) for digit in map(chr, range(0x0660, 0x10000)) if digit.isdecimal()}


@functools.cache
def _romanised(blocks: _Blocks) -> dict[str, str]:
    """Return the ASCII letters of the folded letters that are not ASCII."""
    letters = {letter for character in _characters(blocks) for letter in "".join(words(f"a{character}b"))}
    return {letter: letter_in_ascii(letter) for letter in sorted(letters) if not letter.isascii()}


def _characters(blocks: _Blocks) -> Iterator[str]:
    return (chr(code) for block in blocks for code in block)
