"""Titles for stories that have none: messages, notes, and posts whose title was left empty."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.formats.reading.markup import plain_text

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


_HEADING: Final = (
    r"""(?x) ^\#{1,6}[ \t]+(?P<atx>\S.{0,500}) $ | ^<h[1-6][^<>]{0,200}>(?P<html>[^\n]{1,500}?)</h[1-6]> """
)
_UNDERLINED: Final = r"(?:={3,}|-{3,})[ \t]*"
_LINK: Final = r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)"


def first_heading(markdown: str) -> str:
    """Return the first heading of a text in Markdown, in one line and without markup; empty if it has none."""
    above, is_code = "", False
    for line in markdown.split("\n"):
        if line.startswith(("```", "~~~")):
            is_code = not is_code
        elif is_code:
            continue
        elif match := re.match(_HEADING, line):
            return _without_markup((match["atx"] or match["html"]).rstrip("# \t"))
        elif above and re.fullmatch(_UNDERLINED, line):
            return _without_markup(above)
        above = line.strip() if len(line) < LONGEST * 4 else ""
    return ""


def _without_markup(text: str) -> str:
    plain = plain_text(re.sub(_LINK, r"\1", text))
    return " ".join(re.sub(r"(?<!\w)[*_`]{1,3}|[*_`]{1,3}(?!\w)", "", plain).split())
