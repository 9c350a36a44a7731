"""Titles for stories that have none: messages, notes, and posts whose title was left empty."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 120
_SHORTEST: Final = 20
"""Characters; a sentence that ends before is an abbreviation, or too short to be a title."""


def headline_of(text: str) -> str:
    """Return the first line of a text that says something, or its first sentence, or as many words as fit."""
    line = next((line for line in map(_bare, text.split("\n")) if any(map(str.isalnum, line))), "")
    if len(line) <= LONGEST:
        return line
    sentence = re.match(rf".{{{_SHORTEST},{LONGEST - 1}}}?[.!?…](?=\s)", line)
    return sentence[0] if sentence else f"{line[:LONGEST].rpartition(' ')[0] or line[:LONGEST]}…"


def _bare(line: str) -> str:
    return " ".join(line[: LONGEST * 8].split())


def title_and_body(text: str) -> tuple[str, str]:
    """Return a title for a text that has none, and the text without it where it is a line of its own."""
    title = headline_of(text)
    first, _, rest = text.lstrip().partition("\n")
    return title, rest.strip() if title == _bare(first) else text.strip()
