"""What the index keeps of one entry."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import compress
from operator import attrgetter
from typing import Any, Final

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import FIELDS, TRANSLATION, Entry
from newsarchive.search.fields import field_texts, field_words, read_field_words
from newsarchive.search.index.faults import UnfitEntryError
from newsarchive.search.stems import STEMMING, languages_that_stem
from newsarchive.store.lines import entry_of
from newsarchive.text.codes import plain_language
from newsarchive.text.collation import written_key
from newsarchive.text.fold import fold
from newsarchive.text.words import words

TRANSLATED: Final = 1 << len(FIELDS)
"""The bit in `present` of an entry that has a translation."""

MOST_ID: Final = 2**32 - 1
MOST_LETTERS: Final = 2_000
"""Of a longer word the index knows the beginning: SQLite cuts at 32 KiB, and no query is that long."""

_BETWEEN: Final = "\x01"  # before all that a code holds, so that they are in the order of lists
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_BITS: Final = [1 << place for place in range(len(FIELDS))]
_values: Final = attrgetter(*FIELDS)


class Contents:
    """One entry, read from its line."""

    __slots__ = ("columns", "entry", "lengths", "line", "read", "stemming", "words")

    def __init__(self, entry_id: int, line: Any, *, like: Contents | None = None) -> None:
        """Take over the words of fields that `like` has alike. Raises UnfitEntryError when the line is no entry's."""
        self.line = bytes(line)
        try:
            self.entry: Entry = entry_of(self.line, entry_id)
        except ValueError as error:
            raise UnfitEntryError(f"entry {entry_id}: {error}") from error
        self.stemming: Sequence[str] = languages_that_stem(self.entry.languages)
        """The languages that stem its words."""
        self.words = tuple(field_words(self.entry)) if like is None else self._words_like(like)
        self.read = read_field_words(self.entry) if like is None else self._read_like(like)
        """Keys of words by their marks, with those words."""
        self.columns = tuple(map(" ".join, self.words))
        """The columns of `text`."""
        if max(map(len, self.columns)) > MOST_LETTERS:
            self.words = tuple(map(_cut, self.words))
            self.columns = tuple(map(" ".join, self.words))
        self.lengths = tuple(map(len, self.words))
        """How many words are in each of TEXT_FIELDS."""

    def _words_like(self, like: Contents) -> tuple[list[str], ...]:
        texts = zip(field_texts(self.entry), field_texts(like.entry), like.words, strict=True)
        return tuple(known if text == same else words(text) if text else [] for text, same, known in texts)

    def _read_like(self, like: Contents) -> set[tuple[str, str]]:
        texts = zip(field_texts(self.entry), field_texts(like.entry), strict=True)
        # Nothing in ASCII has such marks.
        is_alike = all(text == same or (text.isascii() and same.isascii()) for text, same in texts)
        return like.read if is_alike else read_field_words(self.entry)

    @property
    def row(self) -> tuple[int | None, ...]:
        """The row of `entry`."""
        entry = self.entry
        return (
            entry.known_id,
            *days_of(entry.date),
            _present(entry),
            _stemming_bits(self.stemming),
            _microseconds(entry.added),
            _microseconds(entry.modified),
            *self.lengths,
        )

    @property
    def languages(self) -> Iterator[tuple[str, str, str | None]]:
        """The languages, as queries compare them and as they are written; with the first, all of them."""
        for place, code in enumerate(self.entry.languages):
            yield plain_language(code), code, None if place else _BETWEEN.join(self.entry.languages)

    @property
    def title(self) -> bytes:
        """What the title is sorted by."""
        return written_key(self.entry.title, self.entry.languages)


def folded(text: str) -> str | None:
    """Return what a text is folded to, if that is another."""
    found = fold(text)
    return found if found != text else None


def check_ids(ids: Iterable[int]) -> None:
    """Raise UnfitEntryError when one of `ids` is too large for a posting."""
    highest = max(ids, default=0)
    if highest > MOST_ID:
        raise UnfitEntryError(f"the id {highest} has more than 32 bits")


def _cut(words: list[str]) -> list[str]:
    return [word[:MOST_LETTERS] for word in words]


def day_number(day: date) -> int:
    """Write a day as a number such as 20210129."""
    return day.year * 10000 + day.month * 100 + day.day


def stemming_bit(language: str) -> int:
    """Return the bit in `stemming` of one of STEMMING."""
    return 1 << STEMMING.index(language)


@functools.lru_cache(maxsize=1 << 10)
def _stemming_bits(languages: Sequence[str]) -> int:
    return sum(map(stemming_bit, languages))


def present_bit(field: str) -> int:
    """Return the bit in `present` of one of FIELDS."""
    return 1 << FIELDS.index(field)


def title_words(entry: Entry) -> list[str]:
    """Return the words of a title as the index has them."""
    return _cut(words(entry.title))


def days_of(when: PartialDate | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of a date, as numbers."""
    if when is None:
        return None, None
    first = when.sort_key[0]
    return first, first if when.day is not None else day_number(when.end)


def _microseconds(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Return what was written as microseconds since 1970. Raises OverflowError."""
    return _EPOCH + microseconds * _MICROSECOND


def _present(entry: Entry) -> int:
    present = sum(compress(_BITS, _values(entry)))
    is_translated = entry.relations and any(relation.kind == TRANSLATION for relation in entry.relations)
    return present | TRANSLATED if is_translated else present
