"""Fill the tables of a new index with rows that are ready: in this process, or in one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from sqlite3 import Connection
from typing import Any, Final, Protocol

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import Amounts, Posting, posting
from newsarchive.search.index.counts import fill
from newsarchive.search.index.gathering import Gathering, Part
from newsarchive.search.index.rows import Row, by_stemmer, stem_rows
from newsarchive.search.index.sql import ADD_STEM, ADD_TAGGED, ADD_TEXT, ADD_WORD, FULL_TEXTS, any_of
from newsarchive.search.index.tables import INDEXES
from newsarchive.search.stems import ENGLISH
from newsarchive.text.key import key_once

Told = tuple[Sequence[str], Sequence[tuple[str, str]]]
"""What is to be known of some words: the cross-script key of each, and their stems, each with its word."""

Tell = Callable[[Sequence[str], Sequence[str]], Callable[[], Told]]
"""Begins to work out what is to be known of words, and returns what waits for it; see `told_of`."""

_WHILE_BUILDING: Final = {"hashsize": 8 << 20, "automerge": 0, "crisismerge": 64}
_AFTERWARDS: Final = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""How the full text gathers and merges what is written: merging while it is built takes a sixth of the time,
and what is left to be merged costs a search nothing that can be measured."""

_WORDS: Final = 10_000
"""Words that are written at a time: all of them at once take as much memory as the rest of the work."""

_SET: Final = tuple(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)" for table in FULL_TEXTS)


def told_of(words: Sequence[str], others: Sequence[str]) -> Told:
    """Return what is to be known of words, of which English does not stem `others`."""
    in_english = {ENGLISH: set(words).difference(others)}
    return list(map(key_once, words)), list(stem_rows(by_stemmer(in_english)))


def _told_here(words: Sequence[str], others: Sequence[str]) -> Callable[[], Told]:
    return lambda: told_of(words, others)


class Tables(Protocol):
    """What takes the rows of a new index; all values are plain ones, so that they can be sent elsewhere."""

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """Take the usual length of each of TEXT_FIELDS, and words that look as if they will be common."""

    def many(self, statement: str, rows: Iterable[Row]) -> object:
        """Execute a statement for each row."""

    def gather(self) -> None:
        """Gather the next part of the postings of the common words, from the rows of texts that came last."""

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """Take the next part of the postings of the common words."""

    def add_words(self, not_english: Mapping[str, int]) -> None:
        """Add what is to be known of words, when all entries have been given.

        English stems those of which more entries hold them than it does not stem, whose number is given.
        """

    def finish(self, common: int) -> None:
        """Add the amounts of words that `common` entries hold, and all that is made last."""

    def close(self) -> None:
        """Have everything written, when no more rows come."""


class Filling:
    """Takes the rows of an index into a database, whose tables are there and empty."""

    def __init__(self, connection: Connection, tell: Tell = _told_here) -> None:
        """Ask what is to be known of words by `tell`."""
        self._tell = tell
        self._connection = connection
        self._execute, self._many = connection.execute, connection.executemany
        self._postings: defaultdict[str, Posting] = defaultdict(posting)
        self._gathering = Gathering()
        self._texts: dict[str, Sequence[Any]] = {ADD_TEXT: (), ADD_TAGGED: ()}
        """The rows that came last."""
        self._execute("BEGIN")
        for each in _SET:
            self._many(each, _WHILE_BUILDING.items())

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """See Tables."""
        self._gathering = Gathering(usual_lengths, common)
        fields = zip(TEXT_FIELDS, usual_lengths, strict=True)
        self._many("INSERT INTO field VALUES (?, 0, 0, ?)", fields)

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See Tables."""
        if statement in self._texts:
            rows = self._texts[statement] = list(rows)
        self._many(statement, rows)

    def gather(self) -> None:
        """See Tables."""
        tags = dict(self._texts[ADD_TAGGED])
        for entry_id, title, *others in self._texts[ADD_TEXT]:
            columns = title, tags.get(entry_id, ""), *others
            self._gathering.add(entry_id, map(str.split, columns))
        self.amounts(self._gathering.take())

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """See Tables."""
        for word, (its_ids, its_amounts) in parts.items():
            ids, amounts = self._postings[word]
            ids.frombytes(its_ids)
            amounts.frombytes(its_amounts)

    def add_words(self, not_english: Mapping[str, int]) -> None:
        """See Tables."""
        for frequencies, (keys, stems) in self._told(not_english):
            rows = zip(frequencies, keys, strict=True)
            self._many(ADD_WORD, ((word, len(word), sound, count) for (word, count), sound in rows))
            self._many(ADD_STEM, sorted(stems))

    def _told(self, not_english: Mapping[str, int]) -> Iterator[tuple[list[tuple[str, int]], Told]]:
        """Yield some words at a time, each with how many entries hold it, and what is to be known of them.

        While that is written of some, it is worked out for the next.
        """
        found = self._words()
        words: list[tuple[str, int]] = []
        wait: Callable[[], Told] | None = None
        while (following := list(islice(found, _WORDS))) or words:
            told = wait() if wait else None
            wait = self._asked(following, not_english) if following else None
            if told:
                yield words, told
            words = following

    def _asked(
        self, frequencies: Sequence[tuple[str, int]], not_english: Mapping[str, int]
    ) -> Callable[[], Told]:
        others = [word for word, count in frequencies if count <= not_english.get(word, 0)]
        return self._tell([word for word, _ in frequencies], others)

    def finish(self, common: int) -> None:
        """See Tables."""
        self._write_postings(common)
        for each in _SET:
            self._many(each, _AFTERWARDS.items())
        self._execute("COMMIT")
        self._connection.executescript(INDEXES)
        self._execute("BEGIN")
        fill(self._connection)

    def close(self) -> None:
        """See Tables."""
        self._execute("COMMIT")

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

    def _write_postings(self, common: int) -> None:
        amounts = Amounts(self._connection)
        select = "SELECT number, word FROM vocab WHERE frequency >= ?"
        for number, word in self._execute(select, (common,)).fetchall():
            amounts.write(number, self._postings.get(word) or amounts.of_text(word))
