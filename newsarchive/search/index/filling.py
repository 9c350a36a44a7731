"""Fill the tables of a new index with rows that are ready: in this process, or in one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from sqlite3 import Connection
from typing import Final, Protocol

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import Amounts, Posting, posting
from newsarchive.search.index.counts import fill
from newsarchive.search.index.gathering import Gathering, Part
from newsarchive.search.index.rows import Row, by_stemmer, stem_rows
from newsarchive.search.index.sql import ADD_TITLE, ADD_UNSORTED_TITLE, ADD_WORD, FULL_TEXTS, any_of
from newsarchive.search.index.tables import INDEXES
from newsarchive.search.stems import ENGLISH
from newsarchive.text.collation import written_key
from newsarchive.text.key import key_once

KeysOf = Callable[[Sequence[str]], Callable[[], Sequence[str]]]
"""Begins to work out the keys of words, and returns what waits for them."""

_WHILE_BUILDING: Final = {"hashsize": 8 << 20, "automerge": 0, "crisismerge": 64}
_AFTERWARDS: Final = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""How the full text gathers and merges what is written: merging while it is built takes a sixth of the time,
and what is left to be merged costs a search nothing that can be measured."""

_WORDS: Final = 10_000
"""Words that are written at a time: all of them at once take as much memory as the rest of the work."""

_SET: Final = tuple(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)" for table in FULL_TEXTS)


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the cross-script key of each word."""
    return list(map(key_once, words))


def _keys_here(words: Sequence[str]) -> Callable[[], Sequence[str]]:
    return lambda: keys_of(words)


class Tables(Protocol):
    """What takes the rows of a new index; all values are plain ones, so that they can be sent elsewhere."""

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """Take the usual length of each of TEXT_FIELDS, and words that look as if they will be common."""

    def many(self, statement: str, rows: Iterable[Row]) -> object:
        """Execute a statement for each row, which for ADD_TITLE is one of `rows.titles_as_they_are`."""

    def gather(self, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Gather the next part of the postings of the common words; `entries` have the columns of `Contents`."""

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """Take the next part of the postings of the common words."""

    def finish(
        self, by_language: Mapping[str, Sequence[str]], not_english: Mapping[str, int], common: int
    ) -> None:
        """Add what is to be known of words, when all else has been given.

        Those of entries that English does not stem alone are given by language; besides, in how many entries
        that English does not stem each of them is. The amounts of words that `common` entries hold are kept.
        """


class Filling:
    """Takes the rows of an index into a database, whose tables are there and empty."""

    def __init__(self, connection: Connection, keys_of: KeysOf = _keys_here) -> None:
        """Ask for the keys of words by `keys_of`."""
        self._keys_of = keys_of
        self._connection = connection
        self._execute, self._many = connection.execute, connection.executemany
        self._postings: defaultdict[str, Posting] = defaultdict(posting)
        self._gathering = Gathering()
        self._execute("BEGIN")
        self._execute("CREATE TABLE unsorted (key, id)")
        for each in _SET:
            self._many(each, _WHILE_BUILDING.items())

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """See Tables."""
        self._gathering = Gathering(usual_lengths, common)
        fields = zip(TEXT_FIELDS, usual_lengths, strict=True)
        self._many("INSERT INTO field VALUES (?, 0, 0, ?)", fields)

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See Tables."""
        if statement == ADD_TITLE:
            # Sorted at the end: in the order in which they come each would go to another page.
            keyed = ((written_key(title, languages), entry_id) for title, languages, entry_id in rows)
            self._many(ADD_UNSORTED_TITLE, keyed)
        else:
            self._many(statement, rows)

    def gather(self, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
        """See Tables."""
        for entry_id, columns in entries:
            self._gathering.add(entry_id, map(str.split, columns))
        self.amounts(self._gathering.take())

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """See Tables."""
        for word, (its_ids, its_amounts) in parts.items():
            ids, amounts = self._postings[word]
            ids.frombytes(its_ids)
            amounts.frombytes(its_amounts)

    def finish(
        self, by_language: Mapping[str, Sequence[str]], not_english: Mapping[str, int], common: int
    ) -> None:
        """See Tables."""
        self._write_words(not_english)
        self._add_stems(by_language)
        self._execute("INSERT INTO title SELECT key, id FROM unsorted ORDER BY key, id")
        self._execute("DROP TABLE unsorted")
        self._write_postings(common)
        for each in _SET:
            self._many(each, _AFTERWARDS.items())
        self._execute("COMMIT")
        self._connection.executescript(INDEXES)
        fill(self._connection)

    def _write_words(self, not_english: Mapping[str, int]) -> None:
        """Write the words of the full text, some at a time: while their keys are worked out, their stems are."""
        found = self._words()
        while frequencies := list(islice(found, _WORDS)):
            keys = self._keys_of([word for word, _ in frequencies])
            in_english = [word for word, count in frequencies if count > not_english.get(word, 0)]
            self._add_stems({ENGLISH: in_english})
            rows = zip(frequencies, keys(), strict=True)
            self._many(ADD_WORD, ((word, len(word), sound, count) for (word, count), sound in rows))

    def _words(self) -> Iterator[tuple[str, int]]:
        """Yield every word, and how many entries hold it in a text or a tag."""
        for table in FULL_TEXTS:
            self._execute(f"CREATE VIRTUAL TABLE temp.word_{table} USING fts5vocab (main, {table}, row)")
        in_tags = dict(self._execute("SELECT term, doc FROM word_tagged"))
        for word, count in self._execute("SELECT term, doc FROM word_text"):
            others = in_tags.pop(word, 0)
            yield word, count + others - (self._in_both(word) if others else 0)
        yield from in_tags.items()
        for table in FULL_TEXTS:
            self._execute(f"DROP TABLE temp.word_{table}")

    def _in_both(self, word: str) -> int:
        """Return how many entries hold a word in a text and in a tag."""
        within = "tagged MATCH ?1 AND rowid IN (SELECT rowid FROM text WHERE text MATCH ?1)"
        (count,) = self._execute(f"SELECT count(*) FROM tagged WHERE {within}", (any_of([word]),)).fetchone()
        return int(count)

    def _add_stems(self, words_by_language: Mapping[str, Sequence[str]]) -> None:
        self._many(
            "INSERT OR IGNORE INTO stem VALUES (?, ?)", sorted(stem_rows(by_stemmer(words_by_language)))
        )

    def _write_postings(self, common: int) -> None:
        amounts = Amounts(self._connection)
        select = "SELECT number, word FROM vocab WHERE frequency >= ?"
        for number, word in self._execute(select, (common,)).fetchall():
            amounts.write(number, self._postings.get(word) or amounts.of_text(word))
