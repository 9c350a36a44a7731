"""A table before it is drawn: columns and cells; a Rich table on a terminal, aligned lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from newsarchive.console import Streams
from newsarchive.text.visible import visible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
    from rich.text import Text

MARK_STYLE: Final = "bold yellow"
_GAP: Final = "  "
_LONG_WORD: Final = 24  # a longer one, such as an address, is broken rather than given its room


class Cell(NamedTuple):
    """A text with the spans of it that should stand out, as (start, end) offsets."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def pieces(self, *, multiline: bool = False) -> Iterator[tuple[str, bool]]:
        """Yield the parts of the text, fit for a terminal, and whether each is marked."""
        end = 0
        for start, stop in sorted(self.marks):
            if start < end:
                continue
            yield visible(self.text[end:start], multiline=multiline), False
            yield visible(self.text[start:stop], multiline=multiline), True
            end = stop
        yield visible(self.text[end:], multiline=multiline), False

    def styled(self, style: str = "", *, multiline: bool = False) -> Text:
        """Return the text as Rich draws it."""
        from rich.text import Text  # spares start-up: a pipe needs no Rich

        text = Text(style=style)
        for piece, is_marked in self.pieces(multiline=multiline):
            text.append(piece, MARK_STYLE if is_marked else None)
        return text

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

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table as wide as it needs to be, at most as wide as the terminal."""
        from rich.box import SIMPLE_HEAD  # spares start-up
        from rich.table import Table

        strips = self._strips()
        room = options.max_width - len(_GAP) * (len(strips) - 1)
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for (column, _cells), width in zip(strips, _fitted(strips, room), strict=True):
            justify: JustifyMethod = "right" if column.right else "left"
            table.add_column(
                column.heading, style=column.style, justify=justify, width=width, overflow="fold"
            )
        for row in zip(*(strip.cells for strip in strips), strict=True):
            table.add_row(*(cell.styled() for cell in row))
        yield table

    def aligned(self) -> str:
        """Lay the columns out as wide as their content.

        Rich takes four seconds for ten thousand rows; the result is the same.
        """
        lines = zip(*(strip.padded() for strip in self._strips()), strict=True)
        return "".join(_GAP.join(line).rstrip() + "\n" for line in lines)

    def _strips(self) -> list[_Strip]:
        """Turn the rows into columns with their cells, without those that nobody would miss."""
        cells = zip(*([_cell(value) for value in row] for row in self.rows), strict=True)
        strips = map(_Strip, self.columns, cells)
        return [strip for strip in strips if not (strip.column.optional and strip.is_empty)]


class _Strip(NamedTuple):
    """A column and its cells from top to bottom."""

    column: Column
    cells: Sequence[Cell]

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for cell in self.cells)

    @property
    def lines(self) -> list[str]:
        """The heading and the text of each cell."""
        return [self.column.heading, *(cell.plain() for cell in self.cells)]

    @property
    def width(self) -> int:
        """How much room the widest cell takes."""
        from rich.cells import cell_len  # spares start-up

        return max(map(cell_len, self.lines))

    @property
    def word_width(self) -> int:
        """How much room the widest word takes, but no more than a column is widened for a word."""
        from rich.cells import cell_len  # spares start-up

        return min(_LONG_WORD, max(cell_len(word) for line in self.lines for word in line.split() or [""]))

    def padded(self) -> Iterator[str]:
        """Yield the lines, all of the same width."""
        from rich.cells import cell_len  # spares start-up

        lines = self.lines
        widths = [cell_len(line) for line in lines]
        widest = max(widths)
        for line, width in zip(lines, widths, strict=True):
            blanks = " " * (widest - width)
            yield blanks + line if self.column.right else line + blanks


def print_grids(grids: Sequence[Grid], streams: Streams) -> None:
    """Draw those tables that have rows one below the other."""
    shown = [grid for grid in grids if grid.rows]
    if streams.out_is_terminal:
        streams.show(*(part for grid in shown for part in (grid, "")))
    else:
        streams.write("\n".join(grid.aligned() for grid in shown))


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def _fitted(strips: Sequence[_Strip], room: int) -> list[int]:
    """Return the widths of the columns within `room`.

    Those without a ratio get what they need, the others divide what is left, but none gets more than it
    needs or less than a word needs: that goes to the rest, or comes from it.
    """
    widths = [strip.width for strip in strips]
    sharing = {place: strip.column.ratio for place, strip in enumerate(strips) if strip.column.ratio}
    left = room - sum(width for place, width in enumerate(widths) if place not in sharing)
    equal = left // max(1, len(sharing))
    least = [min(strip.word_width, width, equal) for strip, width in zip(strips, widths, strict=True)]
    while sharing:
        unit = left / sum(sharing.values())
        shares = {place: int(unit * ratio) for place, ratio in sharing.items()}
        fixed = {
            p: bound
            for p, share in shares.items()
            if (bound := _bounded(share, least[p], widths[p])) != share
        }
        for place, width in (fixed or shares).items():
            widths[place] = width
            left -= width
            del sharing[place]
    return widths


def _bounded(width: int, least: int, most: int) -> int:
    return max(1, least, min(width, most))
