"""JSON text that is no single value: values one after the other, and an array that breaks off."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from newsarchive.formats.codec import BadJsonError, loads, translating


class Spliced(NamedTuple):
    """What a text holds: its value, or the list of its values; and what is wrong where reading ended."""

    document: Any
    fault: BadJsonError | None = None


def loads_spliced(text: str) -> Spliced:
    """Read one JSON value, or all that stand in a row, as far as they are sound.

    Of arrays in a row, and of one that breaks off, the elements are values. Raises BadJsonError when not even
    the first value is sound.
    """
    try:
        return Spliced(loads(text))
    except BadJsonError as error:
        if not error.line:
            raise
        values, fault = _values(text)
        if not values:
            raise
        return Spliced(
            values if len(values) > 1 or fault or isinstance(values[0], list) else values[0], fault
        )


def end_of_value(text: str) -> int:
    """Return where the JSON value ends that a text begins with, whatever comes after it.

    Raises BadJsonError.
    """
    with translating():
        return json.JSONDecoder().raw_decode(text)[1]


def repeated_key(text: str) -> str | None:
    """Return a key that an object of a sound text has twice; of such, parsers keep the last value."""
    repeated: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name, value in pairs:
            if name in members:
                repeated.append(name)
            members[name] = value
        return members

    with translating():
        json.loads(text, object_pairs_hook=unique)
    return repeated[0] if repeated else None


def _values(text: str) -> tuple[list[Any], BadJsonError | None]:
    """Return the values in a row, those inside arrays by themselves, up to the first fault."""
    values: list[Any] = []
    try:
        is_closed = _take_values(text, values)
    except BadJsonError as error:
        return values, error
    return values, None if is_closed else _unclosed(text)


def _take_values(text: str, values: list[Any]) -> bool:
    """Add each value of a text to `values`; return whether the last array is closed."""
    decode, after_blanks = json.JSONDecoder().raw_decode, re.compile(r"[ \t\r\n]*").match
    position, is_inside = 0, False
    with translating():
        while blanks := after_blanks(text, position):
            position = blanks.end()
            if position == len(text):
                break
            mark = text[position]
            if mark in (",]" if is_inside else "["):
                is_inside = mark != "]"
                position += 1
            else:
                value, position = decode(text, position)
                values.append(value)
    return not is_inside


def _unclosed(text: str) -> BadJsonError:
    end = len(text.rstrip())
    line = text.count("\n", 0, end) + 1
    return BadJsonError("is not JSON: the array is not closed", line, end - text.rfind("\n", 0, end))
