"""Counts as tables, with bars for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from newsarchive.render.grid import Column, Grid
from newsarchive.tallies import Tally

_LONGEST_BAR: Final = 40
_EIGHTHS: Final = "▏▎▍▌▋▊▉█"
_NOTHING: Final = {
    "year": "undated",
    "month": "no month",
    "tag": "untagged",
    "language": "undecided",
    "source": "unknown",
}


def tally_grids(tallies: Sequence[Tally], *, bars: bool) -> Iterator[Grid]:
    """Yield a table for each kind of value, with a bar a row where `bars` are wanted."""
    for kind, group in groupby(tallies, key=lambda tally: tally.by):
        found = list(group)
        most = max(tally.entries for tally in found)
        columns = [Column(kind.capitalize(), "bold"), Column("Entries", "cyan", right=True)]
        rows = [[tally.value or _NOTHING[kind], f"{tally.entries:,}"] for tally in found]
        if bars:
            columns.append(Column("", "green"))
            rows = [[*row, bar(tally.entries, most)] for row, tally in zip(rows, found, strict=True)]
        yield Grid(columns, rows)


def bar(count: int, most: int) -> str:
    """Return a bar of block characters, in eighths of a column; `most` has the longest."""
    eighths = max(1, round(count * _LONGEST_BAR * 8 / most))
    whole, part = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[part - 1] if part else "")
