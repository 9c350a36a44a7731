"""Tables: the same in a pipe as Rich would lay them out, and never wider than the terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsarchive.render.grid import Cell, Column, Grid
from newsarchive.text.visible import visible

COLUMNS = (
    Column("Id", right=True),
    Column("Date"),
    Column("Title", ratio=3),
    Column("Tags", ratio=1, optional=True),
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60).map(str.strip) | st.sampled_from(
    [
        "日本語の見出し",
        "Z" + "\u0301" * 20,
        "a" * 90,
        ("word " * 12).strip(),
        "👨‍👩‍👧 family",
        "",
        "می‌خواهم",
        "список",
    ]
)
ROWS = st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=1, max_size=6)


def drawn(grid: Grid, width: int) -> list[str]:
    """Draw a table on a terminal of that width."""
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None, emoji=False)
    with console.capture() as captured:
        console.print(grid)
    return captured.get().splitlines()


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_a_pipe_gets_what_rich_would_print(rows):
    """It is Rich's table without lines, colours and breaks; only blanks at the end of lines are left out."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    shown = [place for place in range(4) if place < 3 or any(row[3] for row in rows)]
    for place in shown:
        table.add_column(COLUMNS[place].heading, justify="right" if place == 0 else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(visible(row[place])) for place in shown))
    console = Console(file=io.StringIO(), width=2_000, color_system=None)

    with console.capture() as captured:
        console.print(table)

    expected = [line.rstrip() for line in captured.get().split("\n")]
    assert [line.rstrip() for line in Grid(COLUMNS, rows).aligned().split("\n")] == expected


@given(ROWS, st.integers(20, 200))
@settings(max_examples=50, deadline=None)
def test_no_line_is_wider_than_the_terminal(rows, width):
    """It breaks what would be."""
    assert max(map(cell_len, drawn(Grid(COLUMNS, rows), width))) <= width


def test_columns_are_as_wide_as_they_need():
    """It does not stretch where there is room."""
    lines = drawn(Grid(COLUMNS, [["1", "2021", "Saiga", "a"]]), 80)

    assert lines == ["Id  Date  Title  Tags", "─────────────────────", " 1  2021  Saiga  a   "]


def test_columns_share_what_is_left():
    """It gives what a column does not need to the one beside it, and breaks between words."""
    lines = drawn(Grid(COLUMNS, [["1", "2021", "saiga antelope " * 4, "news"]]), 40)

    assert lines == [
        "Id  Date  Title                     Tags",
        "────────────────────────────────────────",
        " 1  2021  saiga antelope saiga      news",
        "          antelope saiga antelope       ",
        "          saiga antelope                ",
    ]


def test_a_long_word_gets_its_room():
    """It does not break a tag while a title beside it could be broken between words."""
    lines = drawn(Grid(COLUMNS, [["1", "2021", "saiga antelope " * 5, "species/saiga, cop13"]]), 60)

    assert any("species/saiga," in line for line in lines)


@pytest.mark.parametrize(("tags", "heading"), [("", "Id  Date  Title"), ("a", "Id  Date  Title  Tags")])
def test_an_optional_column(tags, heading):
    """It is there when something is in it."""
    assert Grid(COLUMNS, [["1", "2021", "Saiga", tags]]).aligned().splitlines()[0] == heading


def test_marks():
    """It shows what is marked, also where an escape before it moves it."""
    cell = Cell("a\x1bb Saiga", ((4, 9),))

    assert cell.plain() == r"a\x1bb Saiga"
    assert list(cell.pieces()) == [(r"a\x1bb ", False), ("Saiga", True), ("", False)]


def test_marks_that_overlap():
    """It draws each character once."""
    pieces = list(Cell("snow leopard", ((0, 4), (2, 8), (5, 12))).pieces())

    assert "".join(text for text, _ in pieces) == "snow leopard"
    assert [text for text, is_marked in pieces if is_marked] == ["snow", "leopard"]
