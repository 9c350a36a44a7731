"""Messages are broken at blanks where a terminal is narrower than they."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.wrapping import wrapped


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("short", ["short"]),
        ("exactly ten", ["exactly", "  ten"]),
        ("exactly 10", ["exactly 10"]),
        ("one two three four", ["one two", "  three", "  four"]),
        ("  one two three", ["  one two", "    three"]),
        ("/a/path/longer/than/that is", ["/a/path/longer/than/that", "  is"]),
        ("сайга в Казахстане", ["сайга в", "  Казахстане"]),
        ("雪豹 在蒙古国", ["雪豹", "  在蒙古国"]),
        (
            "the fault is\n  saiga (argali mongolia\n        ^",
            ["the fault", "  is", "  saiga (argali mongolia", "        ^"],
        ),
    ],
)
def test_long_lines(message, lines):
    """It breaks none but long lines, between words, and indents what goes on; pointers keep their place."""
    assert wrapped(message, 10).split("\n") == lines


@given(st.text(alphabet="ab 象-\n^"), st.integers(1, 30))
def test_no_word_is_lost(message, columns):
    """It changes nothing but blanks and line ends."""
    assert wrapped(message, columns).split() == message.split()
