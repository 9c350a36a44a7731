"""The digests of archives of each schema: those of schema 1 have one of all the bytes of the `entries` value."""

from __future__ import annotations

from _blake2 import blake2b  # as in `digests`
from collections.abc import Mapping
from typing import Any, Final

from newsarchive.store.digests import digest_of
from newsarchive.store.lines import entries_value

BEFORE_SUMS: Final = 1
"""The schema whose digest is of the whole value."""


def digest_in(schema: int, lines: Mapping[int, Any]) -> str:
    """Return the digest of entries as an archive of that schema has it."""
    return digest_of(lines) if schema > BEFORE_SUMS else digest_of_value(entries_value(lines))


def digest_of_value(entries: Any) -> str:
    """Return BLAKE2b-128 of the bytes of the `entries` value: 32 digits."""
    return blake2b(entries, digest_size=16).hexdigest()
