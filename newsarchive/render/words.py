"""Small pieces of sentences."""

from __future__ import annotations

_PLURALS = {"entry": "entries"}


def counted(number: int, noun: str) -> str:
    """Say `1 entry`, `3 entries`."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"
