"""Tagging written down: lines `+saiga -draft -- QUERY   # comment`, read as a whole before anything is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry
from newsarchive.errors import BadTagError
from newsarchive.intake import normalise_tag
from newsarchive.planning.tagging import TagOperation, apply_operations
from newsarchive.text.visible import visible

_WORD: Final = re.compile(r"\S+")
_TITLE: Final = 60


class Line(NamedTuple):
    """What a line says: its number, the steps of tagging, the text of the query and the column where it begins."""

    number: int
    operations: tuple[TagOperation, ...]
    query: str
    column: int


class LineFault(NamedTuple):
    """What is wrong with a line, and where: both numbers begin with 1."""

    number: int
    column: int
    reason: str


def parse_lines(text: str) -> Iterator[Line | LineFault]:
    """Yield what each line says, or what is wrong with it; blank lines and comments say nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        said = _without_comment(line)
        if said.strip():
            try:
                yield _parsed(number, said)
            except _FaultyWordError as fault:
                yield LineFault(number, fault.column, fault.reason)


class _FaultyWordError(Exception):
    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _without_comment(line: str) -> str:
    """Return a line up to the # that begins a comment: at the beginning or behind a blank, outside of quotes."""
    is_quoted = False
    for place, character in enumerate(line):
        if character == '"':
            is_quoted = not is_quoted
        elif character == "#" and not is_quoted and (not place or line[place - 1].isspace()):
            return line[:place]
    return line


def _parsed(number: int, line: str) -> Line:
    """Part the words that mark tags from the query, which begins with the first other word or behind --."""
    operations: list[TagOperation] = []
    for match in _WORD.finditer(line):
        word = match[0]
        if word == "--":
            return _line(number, operations, line, match.end())
        if word[0] not in "+-" or len(word) == 1:
            return _line(number, operations, line, match.start())
        try:
            tag = normalise_tag(word[1:])
        except BadTagError as error:
            raise _FaultyWordError(match.start() + 1, str(error)) from None
        operations.append(TagOperation("add" if word[0] == "+" else "remove", tag))
    raise _FaultyWordError(len(line.rstrip()) + 1, "the query is missing; * stands for every entry")


def _line(number: int, operations: Sequence[TagOperation], line: str, start: int) -> Line:
    query = line[start:].strip()
    if not query:
        raise _FaultyWordError(start + 1, "the query is missing; * stands for every entry")
    return Line(number, tuple(operations), query, start + len(line[start:]) - len(line[start:].lstrip()) + 1)


def plan_batch(tagged: Iterable[tuple[Line, Sequence[Entry]]], now: datetime) -> list[Change]:
    """Plan the steps of each line on its entries, in the order of the lines; an entry of several has one change."""
    entries: dict[int, Entry] = {}
    steps: dict[int, list[TagOperation]] = {}
    for line, selected in tagged:
        for entry in selected:
            entries.setdefault(entry.known_id, entry)
            steps.setdefault(entry.known_id, []).extend(line.operations)
    return planned(
        [
            changing(entry, replace(entry, tags=apply_operations(entry.tags, steps[number])), now)
            for number, entry in entries.items()
        ]
    )


def replacing(line: Line) -> Line:
    """Return the line so that its entries have exactly the tags that it adds."""
    return line._replace(operations=(TagOperation("clear"), *line.operations))


def dumped(entry: Entry) -> str:
    """Return the line that says which tags an entry has, with its title as a comment."""
    tags = "".join(f"+{tag} " for tag in entry.tags)
    title = visible(entry.title)
    shown = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return f"{tags}-- id:{entry.id}   # {shown}"
