"""How wide a text is on a terminal, and where it is broken."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsarchive.text.width import broken, width


def test_every_character_is_as_wide_as_rich_has_it():
    """It needs no table of Rich's for most, and agrees with it on all that a terminal is sent."""
    letters = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code))[0] != "C"]

    assert [letter for letter in letters if width(letter) != cell_len(letter)] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("   ", [""]),
        ("saiga", ["saiga"]),
        ("ten places", ["ten places"]),
        ("saiga antelope", ["saiga", "antelope"]),
        ("the  saiga   and the argali", ["the  saiga", "and the", "argali"]),
        ("see https://example.org/a now", ["see", "https://ex", "ample.org/", "a now"]),
        ("сайга – в Казахстане", ["сайга – в", "Казахстане"]),
        ("雪豹在蒙古国的日子", ["雪豹在蒙古", "国的日子"]),
    ],
)
def test_lines(text, lines):
    """It breaks between words, and cuts only what is wider than a line."""
    assert [text[start:end] for start, end in broken(text, 10)] == lines


@given(st.text(alphabet="ab象é- "), st.integers(2, 12))
def test_lines_are_full_and_fit(text, columns):
    """It loses nothing but blanks, is never too wide, and begins no line before it must."""
    places = list(broken(text, columns))
    lines = [text[start:end] for start, end in places]

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)
    for (start, _), (following, end) in pairwise(places):
        word = text[following:end].split(" ")[0]
        assert width(text[start : following + len(word)]) > columns
