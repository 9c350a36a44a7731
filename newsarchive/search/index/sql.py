"""Values and words as SQLite takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsarchive.store.lines import encoded


def values_of(values: Iterable[int | str]) -> str:
    """Write values for `json_each`, which takes any number of them."""
    return encoded(list(values)).decode()


def any_of(phrases: Iterable[str]) -> str:
    """Write an expression of the full text for any of these words or phrases."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def beginning_with(phrase: str) -> str:
    """Write an expression of the full text for a phrase whose last word is the beginning of one."""
    return f'"{phrase}" *'


def in_fields(fields: Sequence[str], expression: str) -> str:
    """Restrict an expression of the full text to some of its columns."""
    return f"{{{' '.join(fields)}}} : ({expression})"
