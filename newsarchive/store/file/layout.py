"""How an archive's tables lie in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Raw

from newsarchive.disk import Chunk, grouped
from newsarchive.store.additions import size_of
from newsarchive.store.lines import entries_value, line_bytes
from newsarchive.store.snapshot import Meta


def head_of(meta_table: bytes | Raw) -> bytes:
    """Return what a file begins with, up to the `entries` value."""
    return b'{"meta":%b,\n"entries":' % meta_table


def layout(tables: Mapping[str, Raw | bytes]) -> Iterator[Chunk]:
    """Lay the tables out as commits write a file: `meta` and `entries` first, each table on a new line."""
    yield head_of(tables["meta"])
    yield memoryview(tables["entries"])
    yield from others_of({name: table for name, table in tables.items() if name not in ("meta", "entries")})


def others_of(tables: Mapping[str, Raw | bytes]) -> Iterator[Chunk]:
    """Lay out the tables that are not ours, and the end of the file."""
    for name, table in tables.items():
        yield b",\n" + msgspec.json.encode(name) + b":"
        yield memoryview(table)
    yield b"}\n"


def is_laid_out(entries: Raw, lines: Mapping[int, Any]) -> bool:
    """Whether the bytes of the `entries` value are those of `entries_value`, byte for byte."""
    if not lines:
        return bytes(entries) == b"{}"
    value = memoryview(entries)
    place, last = 1, 0
    for entry_id, line in lines.items():
        expected = b'\n"%d":%b,' % (entry_id, line)
        end = place + len(expected)
        if entry_id <= last or value[place : end - 1] != expected[:-1] or value[end - 1] not in b",\n":
            return False
        place, last = end, entry_id
    return bytes(value[:1]) == b"{" and bytes(value[place - 1 :]) == b"\n}"


class Lines:
    """The `entries` value, laid out while it is written: all of a large archive would be held twice over."""

    def __init__(self, lines: Mapping[int, Any]) -> None:
        self._lines = lines
        ids = sum(len(str(entry_id)) for entry_id in lines)
        self._length = ids + sum(map(size_of, lines.values())) + len(b',\n"":') * len(lines) + len(b"\n}")

    def __len__(self) -> int:
        return self._length

    def copied_to(self, target: int) -> Iterator[bytes]:
        """Yield the bytes."""
        del target
        return grouped(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        before = b"{"
        for entry_id in sorted(self._lines):
            yield b"%b\n%b" % (before, line_bytes(entry_id, self._lines[entry_id]))
            before = b","
        yield b"\n}"


def file_of(meta: Meta, lines: Mapping[int, Any], others: Mapping[str, Any]) -> Iterator[Chunk]:
    """Return the bytes of a file with these entries, and with the tables of `others`."""
    record = msgspec.json.encode({"1": meta_record(meta)})
    return layout({"meta": record, "entries": entries_value(lines), **others})


def meta_record(meta: Meta) -> dict[str, Any]:
    """Return the one document of the table `meta`."""
    return {
        "schema": meta.schema,
        "revision": meta.revision,
        "next_id": meta.next_id,
        "count": meta.count,
        "digest": meta.digest,
    }
