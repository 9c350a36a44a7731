"""The rows of a dump of MySQL or MariaDB, as mysqldump and phpMyAdmin write it.

The library at hand for SQL takes two seconds for a megabyte; of a dump nothing is needed but names and values. How
they are written: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from newsarchive.errors import SourceError

MAX_ROWS: Final = 500_000

_TOKENS: Final = r"""
    (?P<comment> (?: --(?=\s) | \# ) [^\n]*+ | /\* (?: (?! \*/ ) . )*+ (?: \*/ | \Z ) )
    | (?P<text> ' (?: [^'\\]++ | \\. | '' )*+ (?: ' | \\?\Z ) )
    | (?P<name> ` (?: [^`]++ | `` )*+ (?: ` | \Z ) | " (?: [^"\\]++ | \\. | "" )*+ (?: " | \\?\Z ) )
    | (?P<hex> 0[xX][0-9a-fA-F]++ )
    | (?P<word> [\w$.+-]++ )
    | (?P<sign> [(),;] )
"""
_ESCAPED: Final = r"\\(.)|''"
_ESCAPES: Final = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_NO_COLUMN: Final = frozenset(
    {"primary", "key", "unique", "constraint", "fulltext", "index", "spatial", "check", "foreign"}
)

Row = dict[str, str]
"""A row by the names of its columns, in lower case; what is NULL is empty."""


class _Token(NamedTuple):
    """A part of a statement: its kind, by the names of groups in _TOKENS, and what it says."""

    kind: str
    text: str


def rows_in(text: str, place: str, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of tables whose names are wanted, each with the name of its table.

    Raises SourceError at `place` for more than MAX_ROWS, and for rows that do not fit their table.
    """
    columns: dict[str, list[str]] = {}
    count = 0
    for statement in _statements(text):
        words = [token.text.lower() for token in statement[:3] if token.kind == "word"]
        if words[:2] == ["create", "table"]:
            table, names = _created(statement)
            columns[table] = names
        elif words[:1] in (["insert"], ["replace"]):
            table, names, values = _inserted(statement)
            for row in _rows(values) if is_wanted(table) else ():
                count += 1
                named = names or columns.get(table, [])
                if count > MAX_ROWS:
                    raise SourceError(place, f"has more than {MAX_ROWS:,} rows; dump single tables")
                if len(named) != len(row):
                    raise SourceError(
                        place, f"a row of {table} has {len(row)} values for {len(named)} columns"
                    )
                yield table, dict(zip(named, row, strict=True))


def _statements(text: str) -> Iterator[list[_Token]]:
    """Yield the tokens of each statement, without comments."""
    statement: list[_Token] = []
    for match in re.finditer(_TOKENS, text, re.VERBOSE | re.DOTALL):
        kind, token = str(match.lastgroup), match[0]
        if token == ";":
            yield statement
            statement = []
        elif kind != "comment":
            statement.append(_Token(kind, token))
    if statement:
        yield statement  # the file ends within it


def is_whole(text: str) -> bool:
    """Whether a dump ends where a statement or a comment does, and was not cut off."""
    end = text.rstrip()
    return end.endswith((";", "*/")) or end.rpartition("\n")[2].startswith(("--", "#"))


def _created(statement: Sequence[_Token]) -> tuple[str, list[str]]:
    """Return the name of a table that is made, and the names of its columns."""
    start = next((n for n, token in enumerate(statement) if token.text == "("), len(statement))
    names: list[str] = []
    depth = 0
    for before, token in zip(statement[start:], statement[start + 1 :], strict=False):
        depth += (before.text == "(" and before.kind == "sign") - (
            before.text == ")" and before.kind == "sign"
        )
        begins = depth == 1 and before.kind == "sign" and before.text in ("(", ",")
        if begins and token.kind in ("name", "word") and token.text.lower() not in _NO_COLUMN:
            names.append(_name(token))
    return _table(statement[:start]), names


def _inserted(statement: Sequence[_Token]) -> tuple[str, list[str], Sequence[_Token]]:
    """Return the name of a table, of the columns if they are named, and the tokens of the values."""
    start = next(
        (n for n, token in enumerate(statement) if token.kind == "word" and token.text.lower() in _VALUES),
        len(statement),
    )
    opening = next((n for n, token in enumerate(statement[:start]) if token.text == "("), start)
    names = [_name(token) for token in statement[opening:start] if token.kind in ("name", "word")]
    return _table(statement[:opening]), names, statement[start + 1 :]


_VALUES: Final = ("values", "value")


def _table(tokens: Sequence[_Token]) -> str:
    """Return the last name among the words that begin a statement; a database may stand before it."""
    named = [token for token in tokens if token.kind in ("name", "word")]
    return _name(named[-1]).rpartition(".")[2] if named else ""


def _name(token: _Token) -> str:
    return (token.text[1:-1] if token.kind == "name" else token.text).lower()


def _rows(tokens: Sequence[_Token]) -> Iterator[list[str]]:
    """Yield the values in each pair of parentheses; those inside of functions are left out."""
    row: list[str] = []
    depth = 0
    for token in tokens:
        if token.kind != "sign":
            if depth == 1:
                row[-1] = _value(token)
        elif token.text == "(":
            depth += 1
            row = [""] if depth == 1 else row
        elif token.text == ")":
            depth -= 1
            if depth == 0:
                yield row
        elif depth == 1:
            row.append("")


def _value(token: _Token) -> str:
    """Return what a value says; a word before a text, such as `_binary`, is replaced by it."""
    if token.kind == "text":
        bare = token.text[1:-1]
        return re.sub(_ESCAPED, _unescaped, bare, flags=re.DOTALL) if "\\" in bare or "''" in bare else bare
    if token.kind == "hex":
        digits = token.text[2:]
        return bytes.fromhex("0" * (len(digits) % 2) + digits).decode(errors="replace")
    return "" if token.text.lower() == "null" else token.text


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1]
    return "'" if sign is None else _ESCAPES.get(sign, sign)
