"""What front matter is once it is read, whatever language it was written in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Matter(NamedTuple):
    """The values of front matter, the line of each key, and notes on how single lines were read.

    Lines are counted from 0.
    """

    values: dict[str, Any]
    lines: dict[str, int]
    notes: tuple[tuple[int, str], ...] = ()


class BadMatterError(ValueError):
    """Front matter that cannot be read, or must not be; `line` counts from 0."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.line = line
        super().__init__(reason)


def lines_of_keys(matter: str) -> dict[str, int]:
    """Return the line on which each key of TOML or JSON seems to stand first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(matter.split("\n")):
        if match := re.match(r"""\s*+["']?([\w.-]++)["']?\s*+[=:]""", line):
            lines.setdefault(match[1], number)
    return lines
