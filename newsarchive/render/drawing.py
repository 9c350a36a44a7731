"""How a terminal shows a table: columns broken between words, in colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final

from newsarchive.text.width import broken, width

MARK: Final = "bold yellow"
HEADING: Final = "bold"
GAP: Final = "  "

_CODES: Final = {
    "bold": "1",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
"""The styles of columns, as all terminals have them."""

Pieces = Sequence[tuple[str, str]]
"""The parts of a text, each with its style."""


def painted(text: str, style: str) -> str:
    """Return a text in a style: names of `_CODES`, or nothing."""
    if not (text and style):
        return text
    return f"\x1b[{';'.join(_CODES[name] for name in style.split())}m{text}\x1b[0m"


def laid_out(pieces: Pieces, columns: int, *, right: bool) -> list[str]:
    """Break a text into lines of so many columns, filled up with blanks."""
    text = "".join(piece for piece, _ in pieces)
    lines = []
    for start, end in broken(text, columns):
        blanks = " " * (columns - width(text[start:end]))
        line = "".join(painted(part, style) for part, style in _between(pieces, start, end))
        lines.append(blanks + line if right else line + blanks)
    return lines


def _between(pieces: Pieces, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield what of the pieces stands between two places of the whole text."""
    place = 0
    for piece, style in pieces:
        yield piece[max(0, start - place) : max(0, end - place)], style
        place += len(piece)


def side_by_side(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row: those of each cell beside each other."""
    for line in zip_longest(*cells):
        filled = (" " * columns if part is None else part for part, columns in zip(line, widths, strict=True))
        yield GAP.join(filled)


def table(
    headings: Sequence[Sequence[str]],
    rows: Sequence[Sequence[Sequence[str]]],
    widths: Sequence[int],
    line: str,
) -> str:
    """Put headings, down at a line below them, and rows together."""
    above = list(side_by_side([lines[::-1] for lines in headings], widths))[::-1]
    rule = line * (sum(widths) + len(GAP) * (len(widths) - 1))
    shown = chain.from_iterable(side_by_side(row, widths) for row in rows)
    return "".join(f"{each}\n" for each in (*above, rule, *shown))
