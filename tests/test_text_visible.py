"""What of a stranger's text reaches a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\x00", r"\x00"),
        ("a\rb\x08", r"a\x0db\x08"),
        ("\x7f", r"\x7f"),
        ("saiga\u202eagias", r"saiga\u202eagias"),
        ("\u2066x\u2069\u200e\u200f\u061c", r"\u2066x\u2069\u200e\u200f\u061c"),
        ("one\u2028two\u2029", r"one\u2028two\u2029"),
        ("\ufefftitle", r"\ufefftitle"),
        ("\U000e0041\U000e007f", r"\U000e0041\U000e007f"),
        ("half \ud800", r"half \ud800"),
    ],
)
def test_steering_characters(text: str, shown: str) -> None:
    """It shows as an escape what steers the terminal or cannot be seen."""
    assert visible(text) == shown


def test_one_line() -> None:
    """It shows line ends and tabs of a text that stands on one line."""
    assert visible("a\nb\tc") == r"a\x0ab\x09c"


def test_several_lines() -> None:
    """It keeps LF and TAB, and no other control character, of a text on several lines."""
    assert visible("a\nb\tc\x1b\r", multiline=True) == "a\nb\tc\\x1b\\x0d"


@pytest.mark.parametrize(
    "text",
    [
        "Saving Snow Leopards from the Brink of Extinction",
        "«призрачной кошки»\u00a0– Шон О'Коннелл",
        "👨\u200d👩\u200d👧",  # a family is joined by ZWJ
        "می\u200cخواهم",  # Persian needs ZWNJ
        "a" + "\u0301" * 300,
        r"C:\news [red]x[/red] :smile:",
    ],
)
def test_clean_text(text: str) -> None:
    """It returns clean text as the same object."""
    assert visible(text) is text


@given(st.text(st.characters()))
def test_no_controls(text: str) -> None:
    """It leaves no control character and no lone surrogate."""
    shown = visible(text)

    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs"}


@given(st.text(st.characters()))
def test_idempotent(text: str) -> None:
    """It changes nothing in what it has made visible."""
    shown = visible(text)

    assert visible(shown) == shown
