"""Ids as people write them."""

from __future__ import annotations

import pytest

from newsarchive.errors import BadOptionError
from newsarchive.query.ids import id_filter
from newsarchive.query.parser import ids_only, parse_ids
from newsarchive.query.tree import IdTerm


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("7", ((7, 7),)),
        ("9,7", ((9, 9), (7, 7))),
        ("3,7-9", ((3, 3), (7, 9))),
        ("3, 7", ((3, 3), (7, 7))),
        (" 3  7–9\n12..", ((3, 3), (7, 9), (12, None))),
        ("..5", ((None, 5),)),
        ("9-7", ((7, 9),)),
        ("9..7", ((7, 9),)),
    ],
)
def test_parse_ids(text: str, ranges: tuple[tuple[int | None, int | None], ...]) -> None:
    """It reads numbers and ranges in their order and turns reversed ranges round."""
    assert parse_ids(text) == IdTerm(ranges)


@pytest.mark.parametrize(
    "text", ["", "x", "7x", "-5", "5-", "3,,4", "..", "1..2..3", "٣", "9" * 5000, "7.5", "+7"]
)
def test_bad_ids(text: str) -> None:
    """It refuses anything else."""
    with pytest.raises(BadOptionError, match="is not an id; write 7, 3,7-9 or 5"):
        parse_ids(text)


@pytest.mark.parametrize(
    ("words", "ranges"),
    [
        (["7"], ((7, 7),)),
        (["3,7-9", "3-5"], ((3, 3), (7, 9), (3, 5))),
        (["3,", "7"], ((3, 3), (7, 7))),
        (["7 8"], ((7, 7), (8, 8))),
    ],
)
def test_ids_only(words: list[str], ranges: tuple[tuple[int | None, int | None], ...]) -> None:
    """It takes words for ids when every one is a number or a range."""
    assert ids_only(words) == IdTerm(ranges)


@pytest.mark.parametrize("words", [[], [""], ["saiga"], ["7", "saiga"], ["-5"], ["2020/21"], ["id:7"]])
def test_not_ids(words: list[str]) -> None:
    """It leaves words alone that are a query."""
    assert ids_only(words) is None


def test_id_filter() -> None:
    """It holds single ids, closed ranges and open ones, the ends included."""
    holds = id_filter(IdTerm(((3, 3), (7, 9), (20, None), (None, 0))))

    assert [number for number in range(23) if holds(number)] == [0, 3, 7, 8, 9, 20, 21, 22]
