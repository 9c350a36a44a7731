"""Small pieces of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Say `1 entry`, `3 entries`."""
    return f"{number:,} {noun if number == 1 else re.sub('(?<=[^aeiou])y$', 'ie', noun) + 's'}"


def enumerated(parts: Sequence[str]) -> str:
    """Say `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def as_text(value: object) -> str:
    """Write a JSON value as people read it: a text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    import json  # spares start-up: hardly any value is none

    return json.dumps(value, ensure_ascii=False)
