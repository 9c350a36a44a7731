"""What the place of a document tells of it: the day in its name, in its address, or in the folders it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError

_IN_NAME: Final = r"((?:1[89]|2[01])\d{2})([-_.])(\d{1,2})\2(\d{1,2})(?!\d)"
_IN_NAME_TOGETHER: Final = r"((?:1[89]|2[01])\d{2})()(\d{2})(\d{2})(?=[-_.]|$)"
_IN_PATH: Final = r"(?:^|/)((?:1[89]|2[01])\d{2})(/)(\d{1,2})/(\d{1,2})(?=/|$)"
_MONTH_IN_PATH: Final = r"(?:^|/)((?:1[89]|2[01])\d{2})/(\d{1,2})(?=/[^/]*$)"
_PATHS: Final = ("path", "permalink", "url", "slug", "link")
"""Keys that may hold an address such as `2015/01/09/saiga`."""
_BUNDLES: Final = ("index", "_index")


def day_of(name: str, values: dict[str, Any]) -> str:
    """Return the date that the name of a file, its address or its folders tell; empty if they tell none."""
    path = PurePath(name.replace("\\", "/"))
    return next((date for date in _dates(path, values) if date), "")


def _dates(path: PurePath, values: dict[str, Any]) -> Iterator[str]:
    own = path.parent.name if path.stem in _BUNDLES else path.name
    yield _date(re.match(_IN_NAME, own)) or _date(re.match(_IN_NAME_TOGETHER, own))
    for key in _PATHS:
        value = values.get(key)
        if isinstance(value, str):
            yield _date(re.search(_IN_PATH, value))
    folders = path.as_posix()
    yield _date(re.search(_IN_PATH, folders))
    month = re.search(_MONTH_IN_PATH, folders)
    yield "" if month is None else _existing(int(month[1]), int(month[2]), None)


def _date(match: re.Match[str] | None) -> str:
    return "" if match is None else _existing(int(match[1]), int(match[3]), int(match[4]))


def _existing(year: int, month: int, day: int | None) -> str:
    try:
        return str(PartialDate(year, month, day))
    except BadDateError:
        return ""


def title_of(name: str) -> str:
    """Return the words of a file's name behind its date, as Jekyll makes a title of them; empty without a date."""
    path = PurePath(name)
    own = path.parent.name if path.stem in _BUNDLES else path.stem
    match = re.match(rf"{_IN_NAME}[-_]*", own)
    words = re.sub(r"[-_]+", " ", own[match.end() :]).strip() if match else ""
    return words[:1].upper() + words[1:]
