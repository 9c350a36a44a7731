"""The words of an index, looked up in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.stems import loosely_sounding_stems, sounding_stems, stemming_languages, stems_of
from newsarchive.search.vocabulary import SHORTEST_CORRECTION, Nearest, holding
from newsarchive.text.key import key

_LAST: Final = "\U0010ffff"
"""Stands behind every word with the same beginning; no word holds it."""

_CORRECTION: Final = f"word GLOB '*[^0-9]*' AND length > {SHORTEST_CORRECTION - 1}"
"""What the indexes for corrections are made for, see `tables.INDEXES`."""


class IndexVocabulary:
    """A vocabulary in the tables of an index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.beginnings: dict[str, AbstractSet[str]] = {}
        """The words that were looked up by their beginning."""
        self._entries: dict[str, tuple[int, int]] = {}
        # A query that finds nothing is read several times, and asks for the same again.
        self._holding: dict[str, Collection[str]] = {}
        self._inflections: dict[str, Collection[str]] = {}
        self._columns: dict[tuple[Any, ...], list[Any]] = {}
        self.corrected: dict[str, Nearest] = {}
        self.corrected_sounds: dict[tuple[str, int], Nearest] = {}
        self._selected: dict[tuple[str, int], Collection[str]] = {}

    def number(self, word: str) -> int:
        """Return the number of a word in the index; 0 when it has none."""
        return self._entry(word)[0]

    def frequency(self, word: str) -> int:
        """See Vocabulary."""
        return self._entry(word)[1]

    def _entry(self, word: str) -> tuple[int, int]:
        """Return number and frequency, which are asked for several times in one search."""
        known = self._entries.get(word)
        if known is None:
            select = "SELECT number, frequency FROM vocab WHERE word = ?"
            known = self._connection.execute(select, (word,)).fetchone() or (0, 0)
            self._entries[word] = known
        return known

    def inflections(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        if word not in self._inflections:
            languages = stemming_languages(word, self.stemming)
            self._inflections[word] = self._stemmed(stems_of(word, languages))
        return self._inflections[word]

    def inflections_sounding(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        return self._stemmed(sounding_stems(word, self.stemming))

    def sounding_loosely(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        alike = self._stemmed(loosely_sounding_stems(word, self.stemming))
        sound = key(word)
        return [*alike, *self._sounding_from(sound)] if len(sound) >= SHORTEST_CORRECTION else alike

    def _stemmed(self, stems: Iterable[str]) -> Collection[str]:
        found = (self._column("SELECT word FROM stem WHERE stem = ?", stem) for stem in stems)
        return list(dict.fromkeys(chain.from_iterable(found)))

    def sounding(self, sound: str) -> Collection[str]:
        """See Vocabulary."""
        return self._column("SELECT word FROM vocab WHERE key = ?", sound)

    def read_as(self, sound: str) -> Collection[str]:
        """See Vocabulary."""
        return self._column("SELECT word FROM reading WHERE sound = ?", sound)

    def _sounding_from(self, sound: str) -> Iterable[str]:
        return self._column("SELECT word FROM vocab WHERE key BETWEEN ? AND ?", sound, sound + _LAST)

    def beginning(self, prefix: str) -> Collection[str]:
        """See Vocabulary."""
        if prefix not in self.beginnings:
            select = "SELECT word, number, frequency FROM vocab WHERE word BETWEEN ? AND ?"
            rows = self._connection.execute(select, (prefix, prefix + _LAST))
            found = {word: (number, frequency) for word, number, frequency in rows}
            self._entries |= found
            self.beginnings[prefix] = found.keys()
        return self.beginnings[prefix]

    def containing(self, character: str) -> Collection[str]:
        """See Vocabulary."""
        if character not in self._holding:
            self._holding[character] = list(holding(self.all_words, character))
        return self._holding[character]

    def corrections(self, shortest: int, longest: int) -> Sequence[str]:
        """See Vocabulary."""
        select = f"SELECT group_concat(word, ' ') FROM vocab WHERE length = ? AND {_CORRECTION}"
        lengths = range(shortest, longest + 1)
        return list(chain.from_iterable(self._of_length(select, length) for length in lengths))

    def correction_keys(self, shortest: int, longest: int) -> Sequence[str]:
        """See Vocabulary."""
        select = f"SELECT group_concat(key, ' ') FROM vocab WHERE length(key) = ? AND {_CORRECTION}"
        lengths = range(shortest, longest + 1)
        return list(chain.from_iterable(self._of_length(select, length) for length in lengths))

    def _of_length(self, select: str, length: int) -> Collection[str]:
        """Return what is selected; joined, because row by row takes ten times as long."""
        if (select, length) not in self._selected:
            (joined,) = self._column(select, length)
            self._selected[select, length] = (joined or "").split()
        return self._selected[select, length]

    @cached_property
    def all_words(self) -> str:
        """Every word, joined by blanks."""
        (joined,) = self._column("SELECT group_concat(word, ' ') FROM vocab")
        return joined or ""

    @cached_property
    def stemming(self) -> Sequence[str]:
        """See Vocabulary."""
        return self._column("SELECT language FROM stemming")

    def _column(self, select: str, *values: Any) -> list[Any]:
        asked = (select, *values)
        if asked not in self._columns:
            self._columns[asked] = [value for (value,) in self._connection.execute(select, values)]
        return self._columns[asked]
