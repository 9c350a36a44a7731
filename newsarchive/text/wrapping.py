"""Messages broken at blanks, for terminals that are narrower than they."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FURTHER: Final = "  "  # what the rest of a broken line is indented by


def wrapped(message: str, columns: int) -> str:
    """Return a message whose lines fit into so many columns, as far as blanks allow.

    Lines with a `^` under them, and that one, stay as they are: it would point elsewhere.
    """
    lines = message.split("\n")
    pointers = {place for place, line in enumerate(lines) if re.fullmatch(r" *\^", line)}
    kept = pointers | {place - 1 for place in pointers}
    return "\n".join(
        part
        for place, line in enumerate(lines)
        for part in ([line] if place in kept else _broken(line, columns))
    )


def _broken(line: str, columns: int) -> Iterator[str]:
    if _width(line) <= columns:
        yield line
        return
    words = line.lstrip(" ").split(" ")
    indent = " " * (len(line) - len(line.lstrip(" ")))
    begun = indent + words[0]
    for word in words[1:]:
        if _width(begun) + 1 + _width(word) <= columns:
            begun += f" {word}"
        else:
            yield begun
            begun = indent + _FURTHER + word
    yield begun


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # spares start-up: most messages are plain

    return cell_len(text)
