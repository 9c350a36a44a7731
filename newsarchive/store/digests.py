"""The digests of an archive's entries: they tell whether the entries are still those that a commit wrote.

A digest is kept up when some entries change: it is the sum of one number for each entry, BLAKE2b-256 of the
entry's line from the quotation mark before its id to the brace that ends it, modulo 2**256. As the lines are in
the order of their ids and nothing else is in between, the sum tells of every byte.
"""

from __future__ import annotations

# From where hashlib has it: hashlib itself loads OpenSSL, which costs a tenth of the start-up.
from _blake2 import blake2b
from collections.abc import Mapping
from typing import Any, Final

from newsarchive.store.lines import line_bytes

_MODULUS: Final = 1 << 256


class Digest:
    """The digest of entries whose lines come one after the other, each with its id as it stands in the file."""

    def __init__(self) -> None:
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Take another entry into it."""
        self._sum += int.from_bytes(blake2b(line, digest_size=32).digest(), "big")

    @property
    def text(self) -> str:
        """The digest in hexadecimal: 64 digits."""
        return f"{self._sum % _MODULUS:064x}"


def digest_of(lines: Mapping[int, Any]) -> str:
    """Return the digest of entries, in hexadecimal: 64 digits."""
    return f"{_sum(lines) % _MODULUS:064x}"


def kept_up(digest: str, gone: Mapping[int, Any], new: Mapping[int, Any]) -> str:
    """Return what a digest becomes when the entries `gone` go and the entries `new` come."""
    return f"{(int(digest, 16) - _sum(gone) + _sum(new)) % _MODULUS:064x}"


def _sum(lines: Mapping[int, Any]) -> int:
    own = (blake2b(line_bytes(*line), digest_size=32).digest() for line in lines.items())
    return sum(int.from_bytes(digest, "big") for digest in own)
