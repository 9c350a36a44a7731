"""TOML as values that JSON can hold: dates and times become text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from newsarchive.formats.matter import BadMatterError, Matter, lines_of_keys
from newsarchive.intake import MAX_DEPTH

# The library takes quadratic time for a key of many parts: `a.a.a.…` of 60 KB keeps it busy for minutes.
_DEEP_KEY: Final = rf"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}"""
_KEY: Final = r"""["']?([\w.-]{1,60})["']?[ \t]*=[ \t]*"""
_PLACE: Final = r" \(at (?:line (\d+), column \d+|end of document)\)$"


def read_toml(text: str) -> Matter:
    """Read a TOML document; what is none costs no more than its own key. Raises BadMatterError."""
    try:
        return _loaded(text)
    except _NotTomlError as error:
        return _by_keys(text, error)


class _NotTomlError(BadMatterError):
    """A document with a fault in it, which may be that of one key alone."""


def _loaded(text: str) -> Matter:
    if deep := re.search(_DEEP_KEY, text):
        raise _too_deep(text.count("\n", 0, deep.start()))
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 1
        raise _NotTomlError(f"is not TOML: {re.sub(_PLACE, '', str(error))}", line - 1) from None
    except RecursionError:
        raise _too_deep(0) from None
    except ValueError:
        raise _NotTomlError("holds a number of thousands of digits") from None
    return Matter({key: _plain(value, 2) for key, value in values.items()}, lines_of_keys(text))


def _by_keys(text: str, fault: BadMatterError) -> Matter:
    """Read each key at the margin, or each table, by itself. Raises `fault` where nothing is such a key."""
    values: dict[str, Any] = {}
    notes: list[tuple[int, str]] = []
    for number, block in _blocks(text):
        key = re.match(_KEY, block)
        try:
            found = _loaded(block).values
        except _NotTomlError:
            if key is None:
                notes.append((number, f"{block.strip()[:40]!r} is no TOML, and is left out"))
                continue
            shown = " ".join(block[key.end() :].split()).strip("\"'")
            found = {key[1]: shown}
            notes.append((number, f"{key[1]} is no TOML and is read as text; put the text in quotes"))
        for name in found.keys() & values.keys():
            notes.append((number, f"the key {name!r} is there twice; one of its values is kept"))
        values |= {name: value for name, value in found.items() if value != "" or name not in values}
    if not values:
        raise fault
    return Matter(values, lines_of_keys(text), tuple(notes))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each key at the margin with the lines below that belong to it, and each table; and its number."""
    first, block, is_table = 0, "", False
    for number, line in enumerate(text.split("\n")):
        begins_table = line.startswith("[")
        if block and not begins_table and (is_table or not re.match(_KEY, line)):
            block += f"\n{line}"
            continue
        if block.strip():
            yield first, block
        first, block, is_table = number, line, begins_table
    if block.strip():
        yield first, block


def _too_deep(line: int) -> BadMatterError:
    return BadMatterError(f"is nested deeper than {MAX_DEPTH} levels", line)


def _plain(value: Any, depth: int) -> Any:
    """Return a value of TOML as JSON has it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict | list) and depth > MAX_DEPTH:
        raise _too_deep(0)
    if isinstance(value, dict):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    return [_plain(item, depth + 1) for item in value] if isinstance(value, list) else value
