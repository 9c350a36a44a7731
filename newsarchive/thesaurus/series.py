"""Numbered series such as COP1, COP2 …: one concept holds the patterns, its members are made when met.

Words are compared by their shape, in which every number is 0: `COP14`, `КС-14` and `14th Conference of the
Parties` have the shapes that the patterns have for the member 0, and so has the `Fourteenth Conference`.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from newsarchive.thesaurus.concepts import Concept, Label

NUMBERS: Final = range(1, 100)

_PLACES: Final = ("{n}", "{nth}", "{word}")
_WORDS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
"""The English ordinals that are one word, from 1."""


def has_number(pattern: str) -> bool:
    """Say whether a numbered label has a place for the number."""
    return any(place in pattern for place in _PLACES)


def member(series: Concept, number: int) -> Concept:
    """Return the member of `series` that has this number; its first label in each language is preferred."""
    labels: list[Label] = []
    for _, language, pattern in filter(_is_pattern, series.labels):
        if "{word}" in pattern and number > len(_WORDS):
            continue
        kind = "alternative" if any(label.language == language for label in labels) else "preferred"
        text = pattern.replace("{nth}", _ordinal(number)).replace("{n}", str(number))
        if "{word}" in text:
            text = text.replace("{word}", _WORDS[number - 1] if number else _ordinal(0))
        labels.append(Label(kind, language, text))
    return Concept(f"{series.id}{number}", tuple(labels), (series.id,))


def template(series: Concept) -> Concept | None:
    """Return the member 0, whose labels have the shapes of all, or None when `series` is not one."""
    return member(series, 0) if any(map(_is_pattern, series.labels)) else None


def _is_pattern(label: Label) -> bool:
    return label.kind == "numbered" and has_number(label.text)


def shape(text: str) -> str:
    """Return `text` with 0 for every number and 0th for every English ordinal."""
    if text.isalpha() and text not in _WORDS:
        return text  # spares start-up the pattern
    return _number().sub(lambda found: "0" if found[1] and not found[2] else "0th", text)


def number_in(text: str) -> int | None:
    """Return the first number in `text` if a member of a series can have it."""
    found = _number().search(text)
    if found and found[3]:
        return _WORDS.index(found[3]) + 1
    number = int(found[1]) if found and len(found[1]) < 4 else 0
    return number if number in NUMBERS else None


@functools.cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"([0-9]+)(st|nd|rd|th)?|\b({'|'.join(_WORDS)})\b")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
