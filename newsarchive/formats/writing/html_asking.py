"""What the page shows for what is typed: the rule of its script `asking.js`, in Python.

Words that stand side by side must all be there, AND, OR, NOT, a hyphen and parentheses are what they are in
`search`, quotation marks are nothing. A query that shows nothing is relaxed as `search` does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

from newsarchive.formats.writing.html_search import PageIndex
from newsarchive.text.keyboard import switched
from newsarchive.text.numbers import (
    HYPHENS,
    LONGEST_LETTERS,
    SEPARATORS,
    has_digit,
    is_abbreviation,
    is_parted,
    is_year,
)
from newsarchive.text.pairs import is_paired
from newsarchive.text.readings import read
from newsarchive.text.words import spans, words

FEWEST_CAPITALS: Final = 4
SHORTEST_JOINED: Final = 6
SHORTEST_HYPHENATED: Final = 4
SHORTEST_PART: Final = 2

_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})

Places = frozenset[int]


class Unit(NamedTuple):
    """A word that is looked for: folded, what stands before it, as it was typed.

    Then the pieces that it was typed in, whether with a blank between them, and the word with its marks read.
    """

    word: str
    joint: str
    text: str
    pieces: tuple[str, ...]
    is_loose: bool = False
    reading: str = ""


class Shown(NamedTuple):
    """The places of the entries that are shown, and what the page says of how it read the query."""

    places: Places
    note: str = ""


class Asking:
    """One query to a page."""

    def __init__(self, index: PageIndex, query: str) -> None:
        self.index = index
        self.everything = frozenset(range(index.size))
        self.tokens = tokens(query)
        self.at = 0
        self.units: list[Unit] = []
        self.excluded: Places = frozenset()

    def shown(self) -> Shown:
        """Return what is shown: what the query asks for, else the most that it still can."""
        found = self.either()
        if found or not self.units:
            return Shown(found)
        sets = [(unit, self.likes(unit.word, unit.reading)) for unit in self.units]
        known = [places for _, places in sets if places]
        missing = ", ".join(dict.fromkeys(unit.text for unit, places in sets if not places))
        if known and missing and (all_known := frozenset.intersection(*known) - self.excluded):
            return Shown(all_known, f"no entry has {missing}")
        if known and (any_known := frozenset().union(*known) - self.excluded):
            return Shown(any_known, "no entry has all of it: any of the words may be missing")
        pieces = (piece for unit in self.units if unit.is_loose for piece in unit.pieces)
        parts = frozenset(chain.from_iterable(map(self.likes, pieces)))
        if parts - self.excluded:
            return Shown(
                parts - self.excluded, f"nothing has {missing} as one word: its parts may stand anywhere"
            )
        unknown = (unit.word for unit, places in sets if not places)
        nearest = list(chain.from_iterable(map(self.index.nearest, unknown)))
        near = frozenset(chain.from_iterable(self.index.places[word] for word in nearest)) - self.excluded
        return Shown(near, f"no entry has {missing}; nearest by sound: {', '.join(nearest)}" if near else "")

    # --- the grammar ------------------------------------------------------------------------------------

    def either(self) -> Places:
        """Read what OR joins."""
        found = self.all_of()
        while self.take("OR"):
            found |= self.all_of()
        return found

    def all_of(self) -> Places:
        """Read what stands side by side, up to OR, a closing parenthesis or the end."""
        found, texts = self.everything, list[str]()
        while self.at < len(self.tokens) and self.tokens[self.at] not in ("OR", ")"):
            token = self.tokens[self.at]
            self.at += 1
            if token in ("(", "NOT"):
                found &= self.words(texts)
                texts = []
                found &= self.without() if token == "NOT" else self.group()
            elif token != "AND":
                texts.append(token.removeprefix("="))
        return found & self.words(texts)

    def group(self) -> Places:
        """Read what stands after an opening parenthesis."""
        found = self.either()
        self.take(")")
        return found

    def without(self) -> Places:
        """Read what must not be there."""
        units, self.units = self.units, []
        if self.take("("):
            gone = self.group()
        elif self.at < len(self.tokens) and self.tokens[self.at].startswith("="):
            self.at += 1
            gone = self.words([self.tokens[self.at - 1].removeprefix("=")])
        else:
            gone = frozenset()
        self.units = units
        self.excluded |= gone
        return self.everything - gone

    def take(self, token: str) -> bool:
        """Step over a token if it is that one."""
        is_there = self.tokens[self.at : self.at + 1] == [token]
        self.at += is_there
        return is_there

    # --- words ------------------------------------------------------------------------------------------

    def words(self, texts: Sequence[str]) -> Places:
        """Return the entries that have all words of some texts that blanks part."""
        units = put_together(list(chain.from_iterable(map(self.read, texts))), self.index)
        self.units += units
        joined = [self.joined(one, other) for one, other in pairwise(units)]
        found = self.everything
        for at, unit in enumerate(units):
            beside = frozenset().union(*joined[max(0, at - 1) : at + 1])
            found &= beside | self.likes(unit.word, unit.reading, near=not beside)
        return found

    def read(self, text: str) -> list[Unit]:
        """Return the words of a text; of one that nothing is like, what its keys give in the other layout."""
        units = list(_units(text))
        if any(self.likes(unit.word, unit.reading) for unit in units):
            return units
        others = list(_units(switched(text)))
        return others if others and all(self.likes(unit.word, near=False) for unit in others) else units

    def likes(self, word: str, reading: str = "", *, near: bool = True) -> Places:
        """Return the entries with a like of a word, or with its two parts side by side where there is none."""
        places = self.index.having(self.index.alike(word, reading, near=near))
        return places or (self.index.split(word) if near else places)

    def joined(self, one: Unit, other: Unit) -> Places:
        """Return the entries that have two words as one."""
        word, is_hyphenated = one.word + other.word, other.joint not in ("", " ")
        if is_parted([one.word, other.word]):
            return self.index.having(self.index.alike(word, near=False))
        if not word.isalpha() or is_paired(word):
            return frozenset()
        is_long = len(word) >= SHORTEST_JOINED and min(len(one.word), len(other.word)) >= SHORTEST_PART
        if is_long or (is_hyphenated and len(word) >= SHORTEST_HYPHENATED):
            return self.index.having(self.index.alike(word, near=False))
        return frozenset()


def matching(index: PageIndex, query: str) -> list[int]:
    """Return the places of the entries that a page shows for a query: all of them if it has no word."""
    return sorted(Asking(index, query).shown().places)


def tokens(query: str) -> list[str]:
    """Return parentheses, operators, and texts with `=` before them."""
    pieces = re.findall(r'[()]|[^\s()"]+', query)
    if _is_in_capitals(query, pieces):
        return [f"={piece}" for piece in pieces]
    found: list[str] = []
    for piece in pieces:
        text = piece.lstrip("-")
        if piece in _OPERATORS or piece in "()":
            found.append(piece)
        elif words(text):
            found += ["NOT"] * (len(piece) - len(text)) + [f"={text}"]
    has_operator = any(token in ("OR", "NOT") for token in found)
    return found if has_operator else [token for token in found if token not in ("(", ")")]


def _is_in_capitals(query: str, pieces: Sequence[str]) -> bool:
    """Whether a query is a title in capitals, whose operators are words."""
    if query.upper() != query or query.lower() == query or any(sign in query for sign in '()"'):
        return False
    return sum(len(words(piece)) for piece in pieces if piece not in _OPERATORS) >= FEWEST_CAPITALS


def _units(text: str) -> Iterator[Unit]:
    end, readings = 0, words(read(text))
    for at, (word, start, after) in enumerate(spans(text)):
        joint, reading = text[end:start] if end else " ", readings[at] if at < len(readings) else word
        yield Unit(word, joint, text[start:after], (word,), reading=reading)
        end = after


def put_together(units: Sequence[Unit], index: PageIndex) -> list[Unit]:
    """Return words with what was typed in pieces as one: CoP-12, COP 12, 1,500."""
    found: list[Unit] = []
    for unit in units:
        before = found[-1] if found else None
        if before and _is_one(before, unit, index):
            text = f"{before.text}{unit.joint}{unit.text}"
            pieces, is_loose = (*before.pieces, unit.word), unit.joint == " "
            found[-1] = Unit(before.word + unit.word, before.joint, text, pieces, is_loose)
        else:
            found.append(unit)
    return found


def _is_one(before: Unit, unit: Unit, index: PageIndex) -> bool:
    if not unit.word.isdigit():
        return False
    if before.word.isdigit():
        return unit.joint in SEPARATORS and is_parted([*before.pieces, unit.word])
    if has_digit(before.word) or not before.word.isalpha() or is_paired(before.word):
        return False
    if unit.joint in HYPHENS:
        return True
    may_be = unit.joint == " " and len(before.word) <= LONGEST_LETTERS and not is_year(unit.word)
    return may_be and (is_abbreviation(before.text) or index.has_code(before.word))
