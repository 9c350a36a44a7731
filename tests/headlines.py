"""Headlines in many languages and scripts, each with a query of somebody who half remembers it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from newsarchive.entry import Entry

DATA = Path(__file__).parent / "data" / "headlines.txt"


class Remembered(NamedTuple):
    """A headline, and what somebody types who looks for it."""

    language: str
    headline: str
    query: str
    kind: str


LINES = [line for line in DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
HEADLINES = [Remembered(*line.split(" | ")) for line in LINES]


def entries() -> list[Entry]:
    """Return an entry of each headline, numbered from 1; every third has it in its summary too."""
    return [
        Entry(
            id=number,
            title=one.headline,
            languages=(one.language,),
            summary=None if number % 3 else one.headline,
        )
        for number, one in enumerate(HEADLINES, 1)
    ]
