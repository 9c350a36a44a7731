"""Numbers, and words of letters and digits."""

from __future__ import annotations

import pytest
from clock import takes_at_most

from newsarchive.text.numbers import codes, digits, is_code, is_parted, parted, parts
from newsarchive.text.words import spans


@pytest.mark.parametrize(
    ("word", "its_parts", "its_digits"),
    [
        ("cop12", ["cop", "12"], ["12"]),
        ("кс14", ["кс", "14"], ["14"]),
        ("4x4", ["4", "x", "4"], ["4", "4"]),
        ("1990s", ["1990", "s"], ["1990"]),
    ],
)
def test_words_of_letters_and_digits(word: str, its_parts: list[str], its_digits: list[str]) -> None:
    """It takes them apart."""
    assert (is_code(word), parts(word), digits(word)) == (True, its_parts, its_digits)


@pytest.mark.parametrize("word", ["saiga", "2020", "х", "7"])
def test_other_words(word: str) -> None:
    """It takes words of letters alone, and numbers, for what they are."""
    assert not is_code(word)


@pytest.mark.parametrize(
    ("number", "ways"),
    [
        ("1500", [("1", "500")]),
        ("12000", [("12", "000")]),
        ("150000", [("150", "000"), ("1", "50", "000")]),
        ("12345678", [("12", "345", "678"), ("1", "23", "45", "678")]),
        ("500", []),
        ("0500", []),
        ("cop1500", []),
    ],
)
def test_long_numbers(number: str, ways: list[tuple[str, ...]]) -> None:
    """It knows where long numbers are parted."""
    assert list(parted(number)) == ways
    assert all(is_parted(way) for way in ways)


@pytest.mark.parametrize(
    "run", [["1"], ["1", "50"], ["15", "00"], ["0", "500"], ["2020", "500"], ["a", "500"]]
)
def test_numbers_side_by_side(run: list[str]) -> None:
    """It takes no others for one."""
    assert not is_parted(run)


@pytest.mark.parametrize("sign", [" ", ",", ".", "’"])
def test_a_table_of_numbers(sign: str) -> None:
    """It looks for pieces of numbers in twice as many digits in little more than twice the time."""
    short, long = (sign.join(["1", *["000"] * count]) for count in (2_000, 4_000))
    few, many = spans(short), spans(long)

    assert takes_at_most(3, lambda: list(codes(many, long)), lambda: list(codes(few, short)))
