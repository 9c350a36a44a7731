"""Counts as tables, with bars for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from newsarchive.console import Streams
from newsarchive.planning.tallies import Tally
from newsarchive.render.grid import Column, Grid, print_grids
from newsarchive.text.visible import visible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_LONGEST_BAR: Final = 40
_SHORTEST_BAR: Final = 8
"""What the longest bar of a table has at most and, however little room there is, at least."""

_GAP: Final = 2  # between columns
_EIGHTHS: Final = "▏▎▍▌▋▊▉█"
_NOTHING: Final = {
    "year": "undated",
    "month": "no month",
    "tag": "untagged",
    "language": "undecided",
    "source": "unknown",
}


def print_tallies(tallies: Sequence[Tally], streams: Streams) -> None:
    """Draw a table for each kind of value: with bars on a terminal, without in a pipe."""
    charts = [Chart(kind, tuple(group)) for kind, group in groupby(tallies, key=lambda tally: tally.by)]
    if streams.out_is_terminal:
        streams.show(*(part for chart in charts for part in (chart, "")))
    else:
        print_grids([chart.grid() for chart in charts], streams)


class Chart(NamedTuple):
    """The counts by one kind, at least one."""

    kind: str
    tallies: Sequence[Tally]

    def grid(self, longest_bar: int = 0) -> Grid:
        """Return the table, with bars if there is a length for them."""
        most = max(tally.entries for tally in self.tallies)
        columns = [Column(self.kind.capitalize(), "bold", ratio=1), Column("Entries", "cyan", right=True)]
        rows = [list(row) for row in self._rows()]
        if longest_bar:
            columns.append(Column("", "green"))
            for row, tally in zip(rows, self.tallies, strict=True):
                row.append(bar(tally.entries, most, longest_bar))
        return Grid(columns, rows)

    def _rows(self) -> Iterator[tuple[str, str]]:
        for tally in self.tallies:
            yield tally.value or _NOTHING[self.kind], f"{tally.entries:,}"

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table with bars in the room that values and counts leave them."""
        from rich.cells import cell_len  # spares start-up

        values, counts = zip((self.kind, "Entries"), *self._rows(), strict=True)
        taken = sum(max(cell_len(visible(text)) for text in texts) + _GAP for texts in (values, counts))
        yield self.grid(max(_SHORTEST_BAR, min(options.max_width - taken, _LONGEST_BAR)))


def bar(count: int, most: int, longest: int) -> str:
    """Return a bar of block characters, in eighths of a column; `most` has the longest."""
    eighths = max(1, round(count * longest * 8 / most))
    whole, part = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[part - 1] if part else "")
