"""Values and words as SQLite takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from newsarchive.search.index.faults import TooMuchError
from newsarchive.store.lines import encoded

HIGHEST: Final = 2**63 - 1
"""The highest number that SQLite takes."""

SPEEDILY: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"
"""For a file that nobody else sees, and that is nothing until it is whole."""

FULL_TEXTS: Final = {"text": ("title", "summary", "body"), "tagged": ("tags",)}
"""The tables of the full text, and the fields whose words each has."""

ADD_TEXT: Final = "INSERT INTO text (rowid, title, summary, body) VALUES (?, ?, ?, ?)"
ADD_TAGGED: Final = "INSERT INTO tagged (rowid, tags) VALUES (?, ?)"
ADD_TITLE: Final = "INSERT INTO title VALUES (?, ?)"
ADD_STEM: Final = "INSERT OR IGNORE INTO stem VALUES (?, ?)"
ADD_WORD: Final = "INSERT INTO vocab (word, length, key, frequency) VALUES (?, ?, ?, ?)"

MANY: Final = 200
"""So many words, phrases or ranges SQLite looks for at once without getting slow."""


def values_of(values: Iterable[int | str]) -> str:
    """Write values for `json_each`, which takes any number of them.

    Raises TooMuchError for a text with a NUL, at which SQLite ends it.
    """
    text = encoded(list(values)).decode()
    if r"\u0000" in text:
        raise TooMuchError("a value has a NUL in it")
    return text


def any_of(phrases: Iterable[str]) -> str:
    """Write an expression of the full text for any of these words or phrases."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def beginning_with(phrase: str) -> str:
    """Write an expression of the full text for a phrase whose last word is the beginning of one."""
    return f'"{phrase}" *'


def holding(fields: Sequence[str], expression: str) -> tuple[str, tuple[str, ...]]:
    """Return what selects the ids of entries that match an expression of the full text in `fields`, with its values.

    Words that an expression joins by AND may stand in several fields, but not in the tags and another one.
    """
    selects, values = [], []
    for table, columns in FULL_TEXTS.items():
        if wanted := [column for column in columns if column in fields]:
            selects.append(f"SELECT rowid FROM {table} WHERE {table} MATCH ?")
            values.append(f"{{{' '.join(wanted)}}} : ({expression})")
    return " UNION ALL ".join(selects), tuple(values)
