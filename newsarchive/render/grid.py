"""A table before it is drawn: columns and cells; in colours on a terminal, aligned lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from newsarchive.console import Streams
from newsarchive.render.drawing import GAP, HEADING, MARK, laid_out, table
from newsarchive.text.visible import visible
from newsarchive.text.width import width

_WIDE_LETTER: Final = 2
_LONG_WORD: Final = 24  # a longer one, such as an address, is broken rather than given its room


class Cell(NamedTuple):
    """A text with the spans of it that should stand out, as (start, end) offsets."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the parts of the text, fit for a terminal and on one line, and whether each is marked."""
        end = 0
        for start, stop in sorted(self.marks):
            if start < end:
                continue
            yield visible(self.text[end:start]), False
            yield visible(self.text[start:stop]), True
            end = stop
        yield visible(self.text[end:]), False

    def plain(self) -> str:
        """Return the text as it goes into a pipe, on one line."""
        return visible(self.text)


class Column(NamedTuple):
    """A column's heading and how it is drawn.

    Columns with a `ratio` share the width that is left; an `optional` one is left out when it is empty.
    """

    heading: str
    style: str = ""
    right: bool = False
    ratio: int | None = None
    optional: bool = False


class Grid(NamedTuple):
    """Rows of cells under their columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Cell]]

    def print(self, streams: Streams) -> None:
        """Draw the table on stdout; nothing at all when it has no rows."""
        print_grids([self], streams)

    def drawn(self, columns: int, *, colour: bool = False, line: str = "─") -> str:
        """Draw the table as wide as it needs to be, at most as wide as a terminal of so many columns.

        As Rich would: it alone takes longer to load than most tables to be there.
        """
        strips = self._strips()
        widths = _fitted(strips, columns - len(GAP) * (len(strips) - 1))
        drawn = [strip.drawn(room, colour=colour) for strip, room in zip(strips, widths, strict=True)]
        headings, *rows = zip(*drawn, strict=True)
        return table(headings, rows, widths, line)

    def aligned(self) -> str:
        """Lay the columns out as wide as their content.

        Rich takes four seconds for ten thousand rows; the result is the same.
        """
        lines = zip(*(strip.padded() for strip in self._strips()), strict=True)
        return "".join(GAP.join(line).rstrip() + "\n" for line in lines)

    def _strips(self) -> list[_Strip]:
        """Turn the rows into columns with their cells, without those that nobody would miss."""
        cells = zip(*([_cell(value) for value in row] for row in self.rows), strict=True)
        strips = map(_Strip, self.columns, cells)
        return [strip for strip in strips if not (strip.column.optional and strip.is_empty)]


class _Strip:
    """A column and its cells from top to bottom."""

    def __init__(self, column: Column, cells: Sequence[Cell]) -> None:
        self.column = column
        self.cells = cells

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for cell in self.cells)

    @cached_property
    def lines(self) -> list[str]:
        """The heading and the text of each cell."""
        return [self.column.heading, *(cell.plain() for cell in self.cells)]

    @property
    def width(self) -> int:
        """How much room the widest cell takes."""
        return max(map(width, self.lines))

    @property
    def word_width(self) -> int:
        """How much room the widest word takes, but no more than a column is widened for a word."""
        return min(_LONG_WORD, max(width(word) for line in self.lines for word in line.split() or [""]))

    def drawn(self, columns: int, *, colour: bool) -> Iterator[list[str]]:
        """Yield the lines of the heading and of each cell, as wide as the column is to be."""
        style, mark, heading = (self.column.style, MARK, HEADING) if colour else ("", "", "")
        yield laid_out([(self.column.heading, heading)], columns, right=self.column.right)
        for cell in self.cells:
            pieces = [(text, mark if is_marked else style) for text, is_marked in cell.pieces()]
            yield laid_out(pieces, columns, right=self.column.right)

    def padded(self) -> Iterator[str]:
        """Yield the lines, all of the same width."""
        widths = list(map(width, self.lines))
        widest = max(widths)
        for line, taken in zip(self.lines, widths, strict=True):
            blanks = " " * (widest - taken)
            yield blanks + line if self.column.right else line + blanks


def print_grids(grids: Sequence[Grid], streams: Streams) -> None:
    """Draw those tables that have rows one below the other."""
    shown = [grid for grid in grids if grid.rows]
    if streams.out_is_terminal:
        columns, line = streams.columns, "─" if streams.draws_lines else "-"
        drawn = (grid.drawn(columns, colour=streams.colour, line=line) for grid in shown)
        streams.write("".join(f"{each}\n" for each in drawn))
    else:
        streams.write("\n".join(grid.aligned() for grid in shown))


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def _fitted(strips: Sequence[_Strip], room: int) -> list[int]:
    """Return the widths of the columns within `room`.

    Those without a ratio get what they need, the others divide what is left, but none gets more than it
    needs or less than a word needs: that goes to the rest, or comes from it. The widest give way where
    those without a ratio are too wide together.
    """
    widths = [strip.width for strip in strips]
    sharing = {place: strip.column.ratio for place, strip in enumerate(strips) if strip.column.ratio}
    left = room - sum(taken for place, taken in enumerate(widths) if place not in sharing)
    equal = left // max(1, len(sharing))
    least = [
        max(min(strip.word_width, taken, equal), min(taken, _WIDE_LETTER))
        for strip, taken in zip(strips, widths, strict=True)
    ]
    while sharing:
        unit = left / sum(sharing.values())
        shares = {place: int(unit * ratio) for place, ratio in sharing.items()}
        fixed = {
            p: bound
            for p, share in shares.items()
            if (bound := _bounded(share, least[p], widths[p])) != share
        }
        for place, taken in (fixed or shares).items():
            widths[place] = taken
            left -= taken
            del sharing[place]
    return widths if sum(widths) <= room else _narrowed(widths, room)


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    """Return widths of which none is more than the most that all of them have room with, but at least 1."""
    for most in range(room, 1, -1):
        narrowed = [min(taken, most) for taken in widths]
        if sum(narrowed) <= room:
            return narrowed
    return [1] * len(widths)


def _bounded(share: int, least: int, most: int) -> int:
    return max(1, least, min(share, most))
