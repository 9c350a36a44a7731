"""Dates as Chinese, Mongolian, Arabic and Persian write them, made into words that `parsing` knows."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.dates.names import LONG_MONTHS

_HAN: Final = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_CHINESE: Final = r"""(?x)
    ([0-9]{4} | [〇零○一二三四五六七八九]{4}) \s? 年
    (?: \s? ([0-9]{1,2} | [一二三四五六七八九十]{1,3}) \s? 月
      (?: \s? ([0-9]{1,2} | [一二三四五六七八九十]{1,3}) \s? [日号號] )? )?
"""
_MONGOLIAN: Final = r"""(?x)
    ([0-9]{4}) \s (?: оны? \s )? ([0-9]{1,2}) (?: \s | -? р \s | \s? -? д[уү]г[аэ]{2}р \s )
    сар (?:ын)? \s ([0-9]{1,2}) (?: \s? -? н (?: [ыи]й? | д )? )? (?: \s өд[өр]+ )?
"""


def plain_date(folded: str) -> str:
    """Return a folded text with the dates of China and Mongolia as others have them."""
    text = folded
    for name, number in LONG_MONTHS.items():
        if name in text:
            text = re.sub(rf"{re.escape(name)}(?:ын)?", _ENGLISH[number - 1], text)
    text = re.sub(_MONGOLIAN, lambda match: _iso(match[1], match[2], match[3]), text)
    return re.sub(_CHINESE, lambda match: _iso(*map(_number, match.groups())), text)


def _iso(year: str, month: str, day: str) -> str:
    if not month:
        return year
    return f"{year}-{month:0>2}-{day:0>2}" if day else f"{year}-{month:0>2}"


def _number(text: str | None) -> str:
    """Return a number of Han or other digits in those of ASCII; empty for none."""
    if not text or text.isascii():
        return text or ""
    if "十" not in text:
        return "".join(str(_HAN[digit]) for digit in text)
    tens, ones = text.split("十", 1)
    return str(10 * _HAN.get(tens or "一", 1) + (_HAN.get(ones, 0) if ones else 0))
