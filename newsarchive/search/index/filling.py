"""Fill the tables of a new index with rows that are ready: in this process, or in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final, Protocol

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import Amounts, Measure, Posting, posting
from newsarchive.search.index.rows import by_stemmer, stem_rows
from newsarchive.search.index.sql import ADD_TEXT, ADD_TITLE, ADD_UNSORTED_TITLE, ADD_WORD
from newsarchive.search.index.tables import INDEXES
from newsarchive.search.stems import ENGLISH
from newsarchive.text.key import key

Row = tuple[Any, ...]
KeysOf = Callable[[Sequence[str]], Callable[[], Sequence[str]]]
"""Begins to work out the keys of words, and returns what waits for them."""

_WHILE_BUILDING: Final = {"hashsize": 8 << 20, "automerge": 0, "crisismerge": 64}
_AFTERWARDS: Final = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""How the full text gathers and merges what is written: merging while it is built takes a sixth of the time,
and what is left to be merged costs a search nothing that can be measured."""

_SET: Final = "INSERT INTO text (text, rank) VALUES (?, ?)"


def _keys_of(words: Sequence[str]) -> Callable[[], Sequence[str]]:
    return lambda: list(map(key, words))


class Tables(Protocol):
    """What takes the rows of a new index; all values are plain ones, so that they can be sent elsewhere."""

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """Take the usual length of each of TEXT_FIELDS, and words that look as if they will be common."""

    def many(self, statement: str, rows: Iterable[Row]) -> object:
        """Execute a statement for each row."""

    def finish(
        self, by_language: Mapping[str, Sequence[str]], not_english: Mapping[str, int], common: int
    ) -> None:
        """Add what is to be known of words, when all else has been given.

        Those of entries that English does not stem alone are given by language; besides, in how many entries
        that English does not stem each of them is. The amounts of words that `common` entries hold are kept.
        """


class Filling:
    """Takes the rows of an index into a database, whose tables are there and empty."""

    def __init__(self, connection: Connection, keys_of: KeysOf = _keys_of) -> None:
        """Ask for the keys of all words by `keys_of`, at once."""
        self._keys_of = keys_of
        self._connection = connection
        self._execute, self._many = connection.execute, connection.executemany
        self._postings: dict[str, Posting] = {}
        self._execute("BEGIN")
        self._execute("CREATE TABLE unsorted (key, id)")
        self._many(_SET, _WHILE_BUILDING.items())

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """See Tables."""
        fields = zip(TEXT_FIELDS, usual_lengths, strict=True)
        self._many("INSERT INTO field VALUES (?, 0, 0, ?)", fields)
        self._measure = Measure(usual_lengths)
        self._postings = {word: posting() for word in common}

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See Tables; of texts it is also noted how much of the common words they have."""
        if statement == ADD_TEXT:
            rows = list(rows)
            self._note_amounts(rows)
        # Titles in the order in which they come would each go to another page.
        self._many(ADD_UNSORTED_TITLE if statement == ADD_TITLE else statement, rows)

    def _note_amounts(self, texts: Sequence[Row]) -> None:
        """Note for each occurrence of a common word whose it is and how much; then add up those of one entry."""
        found: dict[str, list[tuple[int, float]]] = {word: [] for word in self._postings}
        for entry_id, *columns in texts:
            for place, column in enumerate(columns):
                words = column.split(" ") if column else ()
                occurrence = entry_id, self._measure.of_one(place, len(words))
                for word in filter(found.__contains__, words):
                    found[word].append(occurrence)
        for word, occurrences in found.items():
            total = dict(occurrences)
            if len(total) < len(occurrences):
                total = dict.fromkeys(total, 0.0)
                for entry_id, amount in occurrences:
                    total[entry_id] += amount
            ids, amounts = self._postings[word]
            ids.extend(total)
            amounts.extend(total.values())

    def finish(
        self, by_language: Mapping[str, Sequence[str]], not_english: Mapping[str, int], common: int
    ) -> None:
        """See Tables."""
        self._execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab (main, text, row)")
        frequencies = self._execute("SELECT term, doc FROM term").fetchall()
        self._execute("DROP TABLE temp.term")
        keys = self._keys_of([word for word, _ in frequencies])
        in_english = [word for word, frequency in frequencies if frequency > not_english.get(word, 0)]
        stems = sorted(stem_rows(by_stemmer({**by_language, ENGLISH: in_english})))
        self._many("INSERT OR IGNORE INTO stem VALUES (?, ?)", stems)
        rows = zip(frequencies, keys(), strict=True)
        self._many(ADD_WORD, ((word, len(word), sound, frequency) for (word, frequency), sound in rows))
        self._execute("INSERT INTO title SELECT key, id FROM unsorted ORDER BY key, id")
        self._execute("DROP TABLE unsorted")
        self._write_postings(common)
        self._many(_SET, _AFTERWARDS.items())
        self._execute("COMMIT")
        self._connection.executescript(INDEXES)

    def _write_postings(self, common: int) -> None:
        amounts = Amounts(self._connection)
        select = "SELECT number, word FROM vocab WHERE frequency >= ?"
        for number, word in self._execute(select, (common,)).fetchall():
            amounts.write(number, self._postings.get(word) or amounts.of_text(word))
