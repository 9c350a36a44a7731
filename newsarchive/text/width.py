"""How many columns of a terminal a text takes, and where it is cut when they are too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

_NARROW_RANGES = ((0x20, 0x7F), (0xA0, 0xAD), (0xAE, 0x300), (0x370, 0x483), (0x48A, 0x530), (0x2010, 0x2028))
"""Characters of one column each: Latin, Greek, Cyrillic and general punctuation, as far as it can be seen."""


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii() or _narrow().issuperset(text):
        return len(text)
    from rich.cells import cell_len  # spares start-up: most texts are narrow

    return cell_len(text)


@cache
def _narrow() -> frozenset[str]:
    return frozenset(chr(code) for start, stop in _NARROW_RANGES for code in range(start, stop))


def broken(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line of a text that is broken at blanks, without those.

    A word that is wider than a line begins on one of its own, and is cut.
    """
    start = end = 0
    for word in re.finditer(r"\S+", text):
        if width(text[start : word.end()]) > columns:
            if end:
                yield start, end
            pieces = _pieces(text, word.start(), word.end(), columns)
            yield from pairwise(pieces)
            start = pieces[-1]
        end = word.end()
    yield start, end


def _pieces(text: str, start: int, end: int, columns: int) -> list[int]:
    """Return where each piece of a word begins that fits into a line; no character is torn from its marks."""
    if width(text[start:end]) <= columns:
        return [start]
    from rich.cells import chop_cells  # spares start-up: few words are wider than their column

    lengths = [len(piece) for piece in chop_cells(text[start:end], columns) if piece]
    return list(accumulate(lengths[:-1], initial=start))
