"""The names of countries in many languages, from CLDR: no misspellings of each other. Iraq is not Iran.

`tools/dictionaries.py` makes the table.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

COUNTRIES: Final = Path(__file__).parent.parent / "data" / "dictionaries" / "countries.tsv"
"""The words of the names of countries in many languages; those that are a name by themselves with a code."""


def is_name(word: str) -> bool:
    """Whether a folded word is the name of a country, or a word of one."""
    return word in _countries()


def country_of(word: str) -> str | None:
    """Return the code of the country that a folded word is a name of by itself."""
    return _countries().get(word) or None


def is_another_name(word: str, beginning: str) -> bool:
    """Whether `word`, which begins with the name of a country, begins with a longer one: Niger, Nigerian."""
    return any(is_name(word[:end]) for end in range(len(beginning) + 1, len(word) + 1))


def other_names(word: str) -> Sequence[str]:
    """Return the other names of the country that a folded word is the name of."""
    code = _countries().get(word)
    return [name for name, its in _countries().items() if its == code and name != word] if code else []


def all_names() -> Collection[str]:
    """Return the words of the names of all countries."""
    return _countries().keys()


@functools.cache
def _countries() -> Mapping[str, str]:
    lines = COUNTRIES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
