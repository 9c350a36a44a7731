"""The digests of an archive's entries: they tell whether the entries are still those that a commit wrote.

A digest is kept up when some entries change: it is the sum of one number for each entry, BLAKE2b-256 of the
entry's line from the quotation mark before its id to the brace that ends it, modulo 2**256. As the lines are in
the order of their ids and nothing else is in between (see `layout.is_laid_out`), the sum tells of every byte.
Files of schema 1 have BLAKE2b-128 of all the bytes of the `entries` value instead.
"""

from __future__ import annotations

# From where hashlib has it: hashlib itself loads OpenSSL, which costs a tenth of the start-up.
from _blake2 import blake2b
from collections.abc import Mapping
from typing import Any, Final

from newsarchive.store.layout import entries_value, line_bytes

_MODULUS: Final = 1 << 256
BEFORE_SUMS: Final = 1
"""The schema whose digest is of the whole value."""


def digest_of(lines: Mapping[int, Any]) -> str:
    """Return the digest of entries, in hexadecimal: 64 digits."""
    return f"{_sum(lines) % _MODULUS:064x}"


def kept_up(digest: str, gone: Mapping[int, Any], new: Mapping[int, Any]) -> str:
    """Return what a digest becomes when the entries `gone` go and the entries `new` come."""
    return f"{(int(digest, 16) - _sum(gone) + _sum(new)) % _MODULUS:064x}"


def digest_in(schema: int, lines: Mapping[int, Any]) -> str:
    """Return the digest of entries as a file of that schema has it."""
    return digest_of(lines) if schema > BEFORE_SUMS else digest_of_value(entries_value(lines))


def digest_of_value(entries: Any) -> str:
    """Return the digest of the bytes of the `entries` value, as files of schema 1 have it: 32 digits."""
    return blake2b(entries, digest_size=16).hexdigest()


def _sum(lines: Mapping[int, Any]) -> int:
    own = (blake2b(line_bytes(*line), digest_size=32).digest() for line in lines.items())
    return sum(int.from_bytes(digest, "big") for digest in own)
