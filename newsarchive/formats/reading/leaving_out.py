"""What a reader leaves out on purpose, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newsarchive.formats.base import LeftOut


class Tally:
    """Counts what is left out of one source."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._counts: Counter[str] = Counter()

    def add(self, what: str, number: int = 1) -> None:
        """Count something, `what` it is in the singular."""
        self._counts[what] += number

    def found(self) -> Iterator[LeftOut]:
        """Yield the number of each kind, in the order in which the kinds were met."""
        return (LeftOut(self._place, what, number) for what, number in self._counts.items() if number)
