"""What the index keeps of one entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import FIELDS, Entry
from newsarchive.query.normal import normal_language
from newsarchive.search.fields import field_words
from newsarchive.search.scoring import FIELD_WEIGHTS, occurrence_amount
from newsarchive.search.stems import latin_languages
from newsarchive.store.lines import entry_of

TRANSLATED: Final = len(FIELDS)
"""The bit of `present` that says that an entry has a translation; those below stand for FIELDS."""


class Contents:
    """One entry, read from its line."""

    __slots__ = ("entry", "line", "words")

    def __init__(self, entry_id: int, line: Any) -> None:
        """Raise ValueError when the line is none of an entry."""
        self.line = bytes(line)
        self.entry: Entry = entry_of(self.line, entry_id)
        self.words = field_words(self.entry)

    @property
    def row(self) -> tuple[int | None, ...]:
        """The row of `entry`."""
        entry = self.entry
        return (
            entry.known_id,
            *_days(entry.date),
            _present(entry),
            _seconds(entry.added),
            _seconds(entry.modified),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of `text`."""
        return tuple(map(" ".join, self.words))

    @property
    def languages(self) -> set[str]:
        """The languages, as queries compare them."""
        return set(map(normal_language, self.entry.languages))

    @property
    def stemming(self) -> tuple[str, ...]:
        """The languages that stem its words in Latin letters."""
        return latin_languages(self.entry.languages)

    def amounts(self, usual_lengths: Sequence[float]) -> dict[str, float]:
        """Return how much there is of each word, by the same measure as the score."""
        found: dict[str, float] = {}
        amount_so_far = found.get
        for column, words in enumerate(self.words):
            if words:
                amount = occurrence_amount(FIELD_WEIGHTS[column], len(words), usual_lengths[column])
                for word in words:
                    found[word] = amount_so_far(word, 0.0) + amount
        return found


def _days(date: PartialDate | None) -> tuple[int | None, int | None]:
    if date is None:
        return None, None
    first = date.sort_key[0]
    if date.day is not None:
        return first, first
    return first, day_number(date.end)


def day_number(day: Any) -> int:
    """Write a day as a number such as 20210129."""
    return int(day.year * 10000 + day.month * 100 + day.day)


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())


def _present(entry: Entry) -> int:
    return sum(1 << bit for bit in _bits(entry))


def _bits(entry: Entry) -> Iterator[int]:
    for bit, name in enumerate(FIELDS):
        if getattr(entry, name):
            yield bit
    if any(relation.kind == "translation" for relation in entry.relations):
        yield TRANSLATED
