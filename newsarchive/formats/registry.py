"""The readers and writers of the formats by name; a module is imported when it is used."""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from newsarchive.errors import BadOptionError
from newsarchive.formats.known import FORMATS

if TYPE_CHECKING:  # spares start-up: the names of the formats are asked for without reading or writing any
    from newsarchive.formats.base import Reader, Writer, WriterOptions


def reader(name: str) -> Reader:
    """Return the reader of a format. Raises BadOptionError when there is none."""
    made: Reader = _load(name, "reader", "read")()
    return made


def writer(name: str, options: WriterOptions | None = None) -> Writer:
    """Return the writer of a format, which knows of the options those it takes.

    Raises BadOptionError when there is none.
    """
    load = _load(name, "writer", "written")
    made: Writer = load(options) if options is not None and takes(name) else load()
    return made


def takes(name: str) -> tuple[str, ...]:
    """Return the names of the WriterOptions that the writer of a format heeds."""
    return next((format_.takes for format_ in FORMATS if format_.name == name), ())


def taking(option: str) -> list[str]:
    """Return the names of the formats whose writers heed an option."""
    return [format_.name for format_ in FORMATS if option in format_.takes]


def names(side: str) -> list[str]:
    """Return the names of the formats that have a `reader` or a `writer`."""
    return [format_.name for format_ in FORMATS if getattr(format_, side)]


@functools.cache  # a folder has thousands of files in one format
def _load(name: str, side: str, done: str) -> Any:
    where = next((getattr(format_, side) for format_ in FORMATS if format_.name == name), None)
    if where is None:
        raise BadOptionError(f"format {name!r} cannot be {done}; there are {', '.join(names(side))}")
    module, _, attribute = where.partition(":")
    return getattr(import_module(f"newsarchive.formats.{module}"), attribute)


def by_suffix(path: PurePath) -> str | None:
    """Return the format to write that the name of a file asks for, by the longest end that has a meaning.

    Raises BadOptionError when that end has several.
    """
    name = path.name.lower()
    fitting = [
        (len(suffix), format_.name)
        for format_ in FORMATS
        if format_.writer
        for suffix in format_.suffixes
        if name.endswith(suffix)
    ]
    longest = [name for length, name in fitting if length == max(fitting)[0]]
    if len(longest) > 1:
        raise BadOptionError(f"{path.name!r} may be {' or '.join(longest)}; say which with --format")
    return longest[0] if longest else None
