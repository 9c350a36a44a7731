"""BibTeX in UTF-8, for LaTeX and citation managers."""

from __future__ import annotations

import functools
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.formats.base import Cited, Row
from newsarchive.formats.writing.citing import Citing, marks_of, publication
from newsarchive.formats.writing.feed import address

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: f"\\{character}" for character in "{}&%$#_"},
}
# BibTeX counts the braces behind a backslash, too, and not all programs know these commands.
_LONE: Final = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
_TRANSLATION: Final = str.maketrans(_SPECIAL)
_ANY_SPECIAL: Final = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
# LaTeX joins these to dashes, quotation marks of several kinds, ¡ and ¿.
_LIGATURE: Final = re.compile(r"([-'`,<>])(?=\1)|([!?])(?=`)")
_ANY_LIGATURE: Final = re.compile("--|''|``|,,|<<|>>|!`|[?]`")

# Programs that go on after a fault take it for the beginning of the next item.
_AT: Final = re.compile(r"(\n[^\S\n]*)@")

_ITEM: Final = re.compile(r"@\w+\{[ \t]*([^\s,{}]+),")
_KNOWN_BY: Final = re.compile(r"[ \t]*(title|url|date)[ \t]*=[ \t]*\{(.*)\},?")


class BibtexWriter(Citing):
    """Writes an item of the kind @misc for each entry, which every style has."""

    def keep_keys(self, rows: Iterable[Row], before: Path | None, left: Sequence[Cited] = ()) -> None:
        """Keep the keys of an earlier export. Raises OSError, and ValueError when it holds no item."""
        cited = () if before is None else _cited_in(before)
        self._keys.learn(rows, _marks, chain(left, cited))

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the items, with a blank line between them."""
        before = ""
        for row in rows:
            fields = "".join([f",\n  {name} = {value}" for name, value in _fields(row)])
            out.write(f"{before}@misc{{{self._keys.key(row)}{fields}\n}}\n".encode())
            before = "\n"


def _marks(row: Row) -> frozenset[str]:
    return marks_of(_latex(row["title"]), address(row), row["date"])


def _cited_in(path: Path) -> Iterator[Cited]:
    """Yield the items of a file, of which a line is held. Raises OSError and ValueError."""
    key, known, is_blank = "", dict[str, str](), True
    with path.open("rb") as file:
        for line in file:
            text = line.removeprefix(BOM_UTF8).decode(errors="replace").removesuffix("\n").removesuffix("\r")
            is_blank = is_blank and not text.strip()
            if begins := _ITEM.match(text):
                if key:
                    yield _cited(key, known)
                key, known, text = begins[1], {}, text[begins.end() :]
            if field := _KNOWN_BY.fullmatch(text):
                known[field[1]] = field[2]
    if key:
        yield _cited(key, known)
    elif not is_blank:
        raise ValueError("holds no item of BibTeX")


def _cited(key: str, known: Mapping[str, str]) -> Cited:
    title = known.get("title", "").removeprefix("{").removesuffix("}")
    return Cited(key, marks_of(title, known.get("url"), known.get("date")))


def _fields(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the fields that an entry has. `date` is for biblatex, `year` and `month` for older styles."""
    # Twice in braces, as many styles put all words but the first in lower case, names among them.
    yield "title", f"{{{{{_latex(row['title'])}}}}}"
    yield from _dates(row["date"] or "")
    if name := publication(row):
        yield "organization", f"{{{_latex_again(name)}}}"
    if row["summary"]:
        yield "abstract", f"{{{_latex(row['summary'])}}}"
    if row["tags"]:
        yield "keywords", f"{{{_latex_again(', '.join(row['tags']))}}}"
    if row["languages"]:
        yield "language", f"{{{_latex_again(row['languages'][0])}}}"
    url = address(row)
    if url:
        yield "url", f"{{{url}}}"  # taken as it is, and braces in it are escaped already


def _dates(date: str) -> Iterator[tuple[str, str]]:
    if date:
        yield "date", f"{{{date}}}"
        yield "year", f"{{{date[:4]}}}"
    if date[5:7]:
        yield "month", _MONTHS[int(date[5:7]) - 1]


def _latex(text: str) -> str:
    """Return `text` as LaTeX source, its letters as they are."""
    # Most texts have little of this, and to look for it takes a tenth of the time of replacing.
    if _ANY_SPECIAL.search(text):
        text = _escaped(text)
    if _ANY_LIGATURE.search(text):
        text = _LIGATURE.sub(r"\g<0>{}", text)
    return _AT.sub(r"\1{@}", text) if "\n" in text and "@" in text else text


_latex_again: Final = functools.lru_cache(maxsize=1 << 10)(_latex)
"""For what many entries have."""


def _escaped(text: str) -> str:
    lone = _lone_braces(text)
    if not lone:
        return text.translate(_TRANSLATION)
    return "".join(_LONE[c] if place in lone else _SPECIAL.get(c, c) for place, c in enumerate(text))


def _lone_braces(text: str) -> set[int]:
    """Return the places of the braces that have no partner."""
    if "{" not in text and "}" not in text:
        return set()
    opened: list[int] = []
    closed = set()
    for match in re.finditer("[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            closed.add(match.start())
    return closed.union(opened)
