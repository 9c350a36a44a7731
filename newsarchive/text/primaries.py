"""The weights of each letter in the order of all scripts, worked out beforehand.

The library that knows them takes a sixth of a second to read its table. `data/primaries.json` is made of that by
tools/primaries.py, and a test compares them.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

COMPILED: Final = Path(__file__).parent.parent / "data" / "primaries.json"

Run = tuple[int, int, tuple[int, ...]]
"""The first and the last of some characters, and the weights of the first; the last weight rises by one from each to
the next."""


def primaries(character: str) -> Sequence[int]:
    """Return the primary weights of a letter or mark, most often one."""
    code = ord(character)
    runs, firsts = _runs()
    place = bisect_right(firsts, code) - 1
    if place >= 0 and code <= runs[place][1]:
        first, _, weights = runs[place]
        return (*weights[:-1], weights[-1] + code - first) if weights else ()
    return untold(character)


def untold(character: str) -> Sequence[int]:
    """Return the weights of a character that no run tells: of its parts, or by its number, behind all others."""
    parts = unicodedata.normalize("NFD", character)
    if parts != character:
        return tuple(weight for part in parts for weight in primaries(part))
    code = ord(character)
    return 0xFBC0 + (code >> 15), code & 0x7FFF | 0x8000


@functools.cache
def _runs() -> tuple[Sequence[Run], Sequence[int]]:
    """Read the runs, in ascending order, and the first character of each."""
    runs = msgspec.json.decode(COMPILED.read_bytes(), type=list[Run])
    return runs, [first for first, _, _ in runs]
