"""The round through a format, for the tests of every format."""

from __future__ import annotations

import io
from collections.abc import Sequence

from newsarchive.entry import Entry, plain_form
from newsarchive.formats.base import Fault, Found, Item, Source
from newsarchive.formats.reading.sources import with_format
from newsarchive.formats.registry import reader, writer


def format_of(source: Source) -> str:
    """Return the format that a source is taken for."""
    return with_format(source)[1]


def written(name: str, entries: Sequence[Entry]) -> bytes:
    """Return what the format `name` writes for the entries."""
    out = io.BytesIO()
    writer(name).write(map(plain_form, entries), out)
    return out.getvalue()


def read(name: str, data: str | bytes, source: str = "news") -> list[Found]:
    """Return what the format `name` reads."""
    content = data.encode() if isinstance(data, str) else data
    return list(reader(name).read(Source(source, content)))


def read_entries(name: str, data: str | bytes, source: str = "news") -> list[Entry]:
    """Return the entries of data that must have no faults."""
    found = read(name, data, source)
    items = [item for item in found if isinstance(item, Item)]
    assert len(items) == len(found), found
    return [item.entry for item in items]


def only_fault(name: str, data: str | bytes, source: str = "news") -> Fault:
    """Return the one thing that was found, which must be a fault."""
    (found,) = read(name, data, source)
    assert isinstance(found, Fault), found
    return found
