"""Queries with a name, in the file `queries.toml` beside the archive: `name = "query"`, a line each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from newsarchive.access import open_plain
from newsarchive.disk import reason_of, replace_file
from newsarchive.errors import BadOptionError, CannotSaveError, OwnFileError

SIGN: Final = "@"
"""What stands before the name of a saved query."""

_MOST_BYTES: Final = 1 << 20
_NAME: Final = r"[^\W_][\w-]{0,63}"


def normal_name(text: str) -> str:
    """Return the name of a saved query in its one spelling, without the sign. Raises BadOptionError."""
    name = unicodedata.normalize("NFC", text.strip().removeprefix(SIGN).casefold())
    if not re.fullmatch(_NAME, name):
        raise BadOptionError(f"{text[:40]!r} is no name of a query; it has letters, digits, - and _ only")
    return name


def read_queries(path: Path) -> dict[str, str]:
    """Return the saved queries by name, in the order of their file; none when there is no file.

    Raises OwnFileError, with line and column, for what cannot be read.
    """
    text, table = read_table(path)
    queries: dict[str, str] = {}
    for name, query in table.items():
        if not re.fullmatch(_NAME, name.casefold()):
            raise OwnFileError(path, f"{name!r} is no name of a query", line_of_key(text, name))
        queries[normal_name(name)] = query
    return queries


def read_table(path: Path) -> tuple[str, dict[str, str]]:
    """Return the text of a file of lines `name = "query"`, and its queries by name; of no file, nothing.

    Raises OwnFileError, with line and column, for what cannot be read.
    """
    import tomllib  # spares start-up: only where a query names a saved one

    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        reason = str(error)[: place.start()] if place else str(error)
        raise OwnFileError(path, reason, *(map(int, place.groups()) if place else ())) from None
    for name, query in values.items():
        if not isinstance(query, str):
            raise OwnFileError(path, f'{name!r}: write name = "query"', line_of_key(text, name))
    return text, values


def write_queries(path: Path, queries: Mapping[str, str]) -> None:
    """Bring the file to hold these queries, with its comments and its order kept. Raises CannotSaveError."""
    import tomlkit  # spares start-up

    document = tomlkit.parse(_text(path))
    for name in [name for name in document if normal_name(name) not in queries]:
        document.remove(name)
    known = {normal_name(name): name for name in document}
    for name, query in queries.items():
        document[known.get(name, name)] = query
    try:
        path.parent.mkdir(parents=True, exist_ok=True)  # an archive on a server has no folder here yet
    except OSError as error:
        raise CannotSaveError(path, reason_of(error)) from error
    replace_file(path, [tomlkit.dumps(document).encode()])


def _text(path: Path) -> str:
    """Return the text of a file; of none, nothing. Raises OwnFileError."""
    try:
        with open(open_plain(path, follow=True), "rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise OwnFileError(path, "is larger than 1 MiB")
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise OwnFileError(path, "is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    except OSError as error:
        raise OwnFileError(path, (error.strerror or str(error)).lower()) from error


def line_of_key(text: str, name: str) -> int:
    """Return the line, from 1 on, that a key begins."""
    match = re.search(rf"""(?m)^\s*\[?["']?{re.escape(name)}\b""", text)
    return text.count("\n", 0, match.start()) + 1 if match else 1
