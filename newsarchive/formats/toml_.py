"""TOML as values that JSON can hold: dates and times become text."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any, Final

from newsarchive.formats.matter import BadMatterError, Matter, lines_of_keys
from newsarchive.intake import MAX_DEPTH

# The library takes quadratic time for a key of many parts: `a.a.a.…` of 60 KB keeps it busy for minutes.
_DEEP_KEY: Final = rf"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}"""
_PLACE: Final = r" \(at (?:line (\d+), column \d+|end of document)\)$"


def read_toml(text: str) -> Matter:
    """Read a TOML document. Raises BadMatterError."""
    if deep := re.search(_DEEP_KEY, text):
        raise _too_deep(text.count("\n", 0, deep.start()))
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 1
        raise BadMatterError(f"is not TOML: {re.sub(_PLACE, '', str(error))}", line - 1) from None
    except RecursionError:
        raise _too_deep(0) from None
    except ValueError:
        raise BadMatterError("holds a number of thousands of digits") from None
    return Matter({key: _plain(value, 2) for key, value in values.items()}, lines_of_keys(text))


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
