"""Guess which known name was meant by one that is misspelt."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return the first of `known` that is one edit away from `name`."""
    return next((other for other in known if is_one_edit_apart(name, other)), None)


def is_one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter was added, dropped or replaced, or two neighbours changed places."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if len(one) == len(other) == 2:
        return one == other[::-1]
    return max(len(one), len(other)) == 1
