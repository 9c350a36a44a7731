"""Make newsarchive/data/primaries.json of the Unicode Collation Algorithm: `python tools/primaries.py`."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence

from pyuca.collator import Collator_9_0_0

from newsarchive.text.primaries import COMPILED, Run


def compiled() -> str:
    """Return the text of the file, a run a line."""
    lines = (json.dumps(run, separators=(",", ":")) for run in runs())
    return "[\n" + ",\n".join(lines) + "\n]\n"


def runs() -> Iterator[Run]:
    """Yield the runs of all letters and marks but those that are told without."""
    told = dict(letters())
    run: Run | None = None
    for code, weights in told.items():
        if weights == _untold(code, told):
            continue
        if run and code == run[1] + 1 and weights == _next(run):
            run = run[0], code, run[2]
            continue
        if run:
            yield run
        run = code, code, weights
    if run:
        yield run


def letters() -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each letter and mark of this Python's Unicode, with its primary weights."""
    collator = Collator_9_0_0()
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if character.isalnum() or unicodedata.category(character).startswith("M"):
            key = collator.sort_key(character)
            yield code, key[: key.index(0)]


def _next(run: Run) -> tuple[int, ...]:
    first, last, weights = run
    return (*weights[:-1], weights[-1] + last + 1 - first) if weights else ()


def _untold(code: int, told: dict[int, tuple[int, ...]]) -> Sequence[int]:
    """Return what `primaries.untold` does, when all that is told is known."""
    parts = unicodedata.normalize("NFD", chr(code))
    if parts != chr(code):
        return tuple(weight for part in parts for weight in _told(ord(part), told))
    return 0xFBC0 + (code >> 15), code & 0x7FFF | 0x8000


def _told(code: int, told: dict[int, tuple[int, ...]]) -> Sequence[int]:
    return told[code] if code in told else _untold(code, told)


if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
