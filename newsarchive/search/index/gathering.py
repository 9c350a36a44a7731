"""Gather how much of the common words each entry has, while an index is built."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import Measure

Part = tuple[bytes, bytes]
"""A part of a posting: its columns, as they are stored."""

_Occurrence = tuple[int, float]


class Gathering:
    """Takes entries by their ids; there are so many occurrences that each may cost little more than being noted."""

    def __init__(self, usual_lengths: Sequence[float] = (), common: Iterable[str] = ()) -> None:
        """Gather the amounts of `common` words, by the usual length of each of TEXT_FIELDS."""
        self._amounts = [_Amounts(Measure(usual_lengths), column) for column in range(len(TEXT_FIELDS))]
        self._found: dict[str, list[_Occurrence]] = {word: [] for word in common}
        self._note = self._noting()

    def _noting(self) -> Mapping[str, Callable[[_Occurrence], None]]:
        return {word: occurrences.append for word, occurrences in self._found.items()}

    def add(self, entry_id: int, words: Iterable[Sequence[str]]) -> None:
        """Note what an entry has, whose words are given by field."""
        noting = self._note.get
        for amounts, its_words in zip(self._amounts, words, strict=True):
            if its_words:
                occurrence = entry_id, amounts[len(its_words)]
                for note in filter(None, map(noting, its_words)):
                    note(occurrence)

    def take(self) -> dict[str, Part]:
        """Return the amounts of all entries since this was asked for last, by word."""
        found = {word: _summed(occurrences) for word, occurrences in self._found.items() if occurrences}
        for occurrences in self._found.values():
            occurrences.clear()
        return found


def _summed(occurrences: Sequence[_Occurrence]) -> Part:
    """Add up the occurrences of each entry, which stand side by side."""
    ids: list[int] = []
    amounts: list[float] = []
    last = 0
    for entry_id, amount in occurrences:
        if entry_id == last:
            amounts[-1] += amount
        else:
            ids.append(entry_id)
            amounts.append(amount)
            last = entry_id
    return array("I", ids).tobytes(), array("f", amounts).tobytes()


class _Amounts(dict[int, float]):
    """How much one occurrence is in a field of so many words, worked out when it is first asked for."""

    def __init__(self, measure: Measure, column: int) -> None:
        super().__init__()
        self._measure, self._column = measure, column

    def __missing__(self, length: int) -> float:
        amount = self[length] = self._measure.of_one(self._column, length)
        return amount
