"""How an archive's tables lie in its file, and the digest of its entries."""

from __future__ import annotations

# From where hashlib has it: hashlib itself loads OpenSSL, which costs a tenth of the start-up.
from _blake2 import blake2b
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Raw

from newsarchive.disk import Chunk
from newsarchive.store.snapshot import SCHEMA, Meta


def digest_of(entries: bytes | Raw) -> str:
    """Return the BLAKE2b-128 of the bytes of the `entries` value, in hexadecimal."""
    return blake2b(entries, digest_size=16).hexdigest()


def layout(tables: Mapping[str, Raw | bytes]) -> Iterator[Chunk]:
    """Lay the tables out as commits write a file: `meta` and `entries` first, each table on a new line."""
    yield b'{"meta":'
    yield memoryview(tables["meta"])
    yield b',\n"entries":'
    yield memoryview(tables["entries"])
    for name, table in tables.items():
        if name not in ("meta", "entries"):
            yield b",\n" + msgspec.json.encode(name) + b":"
            yield memoryview(table)
    yield b"}\n"


def entries_value(lines: Mapping[int, Any]) -> bytes:
    """Write one entry a line, by id."""
    if not lines:
        return b"{}"
    pieces: list[Any] = []
    for entry_id in sorted(lines):
        pieces += (b',\n"%d":' % entry_id, lines[entry_id])
    pieces[0] = pieces[0].replace(b",", b"{", 1)
    return b"".join([*pieces, b"\n}"])


def meta_record(meta: Meta) -> dict[str, Any]:
    """Return the one document of the table `meta`."""
    return {
        "schema": SCHEMA,
        "revision": meta.revision,
        "next_id": meta.next_id,
        "count": meta.count,
        "digest": meta.digest,
    }
