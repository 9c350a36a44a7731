"""What of a stranger's text enters the archive."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import BadValueError
from newsarchive.text.clean import clean_line, clean_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\x1b\x85\t\r\n\ufeff"))


def test_clean_line() -> None:
    """It leaves a clean line alone."""
    assert clean_line("In memoriam – Anton Mezhnev") == ("In memoriam – Anton Mezhnev", 0)


def test_line_without_controls() -> None:
    """It removes and counts control characters, and shows the rest of an escape sequence."""
    assert clean_line("\x1b[31mSaiga\x00\x7f\x9b") == ("[31mSaiga", 4)


@pytest.mark.parametrize("between", ["\n", "\r\n", "\t", "\n\t\r\n", "\n\x00\n"])
def test_line_breaks_in_a_line(between: str) -> None:
    """It makes one blank of a run of line ends and tabs."""
    line, _ = clean_line(f"Snow{between}leopard")

    assert line == "Snow leopard"


def test_line_breaks_are_not_counted() -> None:
    """It does not count line ends, which are replaced and not removed."""
    assert clean_line("Snow\r\n\tleopard") == ("Snow leopard", 0)


def test_text_keeps_lines() -> None:
    """It keeps LF and TAB of a text and turns other line ends into LF."""
    assert clean_text("one\r\ntwo\rthree\n\tfour\x1b") == ("one\ntwo\nthree\n\tfour", 1)


@pytest.mark.parametrize("text", ["\ufeffSaiga", "\x00\ufeffSaiga", "\ufeff\ufeffSaiga"])
def test_byte_order_mark(text: str) -> None:
    """It removes a byte order mark at the start."""
    line, _ = clean_line(text)

    assert line == "Saiga"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_lone_surrogate(clean) -> None:  # type: ignore[no-untyped-def]
    """It refuses half of a surrogate pair and names the field and the place."""
    with pytest.raises(BadValueError, match="title: character 3 is half of a surrogate pair") as raised:
        clean("ab\udc80", field="title")

    assert raised.value.field == "title"


@given(TEXTS)
def test_line_has_no_controls(text: str) -> None:
    """It leaves no control character in a line, and changes nothing the second time."""
    line, _ = clean_line(text)

    assert "Cc" not in {unicodedata.category(character) for character in line}
    assert clean_line(line) == (line, 0)


@given(TEXTS)
def test_text_has_no_controls(text: str) -> None:
    """It leaves LF and TAB as a text's only control characters, and changes nothing the second time."""
    cleaned, _ = clean_text(text)

    assert {character for character in cleaned if unicodedata.category(character) == "Cc"} <= {"\n", "\t"}
    assert clean_text(cleaned) == (cleaned, 0)
