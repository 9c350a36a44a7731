"""Front matter without fences: how Nikola, Pelican, MultiMarkdown, Hexo and reStructuredText begin a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.fields import ALIASES, plain_name
from newsarchive.formats.front_matter import FrontMatter
from newsarchive.formats.matter import BadMatterError
from newsarchive.formats.yaml_ import read_yaml
from newsarchive.intake import MAX_DEPTH

_TELLING: Final = frozenset(ALIASES["title"] + ALIASES["date"])
"""A document begins with a header if one of its keys is one of these."""

_KEY: Final = r"[^\W\d_][\w -]{0,30}"
_FIELD: Final = rf"({_KEY}):(?:[ \t]+(.*))?"
_OPEN: Final = r"<!--[ \t]*"
_CLOSED: Final = r"[ \t]*-->[ \t]*"
_NIKOLA: Final = rf"\.\.[ \t]+({_KEY}):[ \t]*(.*)"
_DOCINFO: Final = rf":({_KEY}):[ \t]*(.*)"
_UNDERLINE: Final = r"([=\-~#*^\"'`+])\1{2,}[ \t]*"
_FENCE: Final = r"(?:-{3,}|\.{3})[ \t]*"
_MOST_LINES: Final = 100


def read_header(text: str) -> FrontMatter | None:
    """Read the header of a document that has no opening fence; None where it has none."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        return None
    for way in (_of_nikola, _of_docinfo, _of_hexo, _of_pelican):
        found = way(lines, start)
        if found is not None and any(plain_name(key) in _TELLING for key in found.values):
            return found
    return None


def _of_nikola(lines: list[str], start: int) -> FrontMatter | None:
    """Read `.. title: Saiga`, a line for each key, perhaps inside of a comment."""
    is_comment = re.fullmatch(_OPEN, lines[start]) is not None
    first = start + is_comment
    values, numbers, end = _fields(lines, first, _NIKOLA)
    if is_comment:
        end += end < len(lines) and re.fullmatch(_CLOSED, lines[end]) is not None
    return FrontMatter(values, "\n".join(lines[end:]), numbers) if values else None


def _of_docinfo(lines: list[str], start: int) -> FrontMatter | None:
    """Read the title of a document in reStructuredText and the `:date: 2019-05-03` below it."""
    title = lines[start].strip()
    if start + 1 >= len(lines) or not re.fullmatch(_UNDERLINE, lines[start + 1]) or not title:
        return None
    first = next((n for n in range(start + 2, len(lines)) if lines[n].strip()), len(lines))
    values, numbers, end = _fields(lines, first, _DOCINFO)
    if not values:
        return None
    return FrontMatter({"title": title, **values}, "\n".join(lines[end:]), {"title": start + 1, **numbers})


def _of_hexo(lines: list[str], start: int) -> FrontMatter | None:
    """Read what stands above a closing fence that no opening one belongs to, in YAML or as the inside of JSON."""
    fence = next(
        (
            n
            for n in range(start, min(len(lines), start + _MOST_LINES))
            if re.fullmatch(rf"{_FENCE}|;;;+", lines[n])
        ),
        None,
    )
    if fence is None:
        return None
    head, body = "\n".join(lines[start:fence]), "\n".join(lines[fence + 1 :])
    try:
        if lines[fence].startswith(";"):
            values: Any = loads("{" + head.strip().rstrip(",") + "}", depth=MAX_DEPTH)
            return FrontMatter(values, body, {}) if isinstance(values, dict) else None
        if not re.match(_FIELD, lines[start]):
            return None
        matter = read_yaml(head)
    except (BadJsonError, BadMatterError):
        return None
    numbers = {key: start + 1 + line for key, line in matter.lines.items()}
    notes = tuple(f"line {start + 1 + line}: {text}" for line, text in matter.notes)
    return FrontMatter(matter.values, body, numbers, notes)


def _of_pelican(lines: list[str], start: int) -> FrontMatter | None:
    """Read `Title: Saiga`, a line for each key, up to the first blank line."""
    values, numbers, end = _fields(lines, start, _FIELD)
    if not values or (end < len(lines) and lines[end].strip()):
        return None
    return FrontMatter(values, "\n".join(lines[end:]), numbers)


def read_meta(text: str, body: str) -> FrontMatter | None:
    """Read the file that Nikola keeps beside a document: its keys, or title, slug, date and tags a line each."""
    lines = text.split("\n")
    values, numbers, _ = _fields(lines, 0, _NIKOLA)
    if not values:
        names = ("title", "slug", "date", "tags", "link", "description")
        values = {name: line.strip() for name, line in zip(names, lines, strict=False) if line.strip()}
    return FrontMatter(values, body, numbers) if values.get("title") else None


def _fields(lines: list[str], start: int, pattern: str) -> tuple[dict[str, Any], dict[str, int], int]:
    """Return the values of lines of one pattern with the line of each, and where they end.

    A line that is indented goes on with the value above it; a key that is there twice has a list.
    """
    values: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    key = ""
    number = start
    for number, line in _up_to_blank(lines, start):
        match = re.fullmatch(pattern, line)
        if match is None and key and line[:1] in (" ", "\t"):
            values[key] = f"{values[key]} {line.strip()}".strip()
        elif match is None:
            return values, numbers, number
        else:
            key, value = match[1].strip(), (match[2] or "").strip()
            values[key] = value if key not in values else f"{values[key]}, {value}"
            numbers.setdefault(key, number + 1)
    return values, numbers, min(number + 1, len(lines)) if values else start


def _up_to_blank(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    for number in range(start, len(lines)):
        if not lines[number].strip():
            return
        yield number, lines[number]
