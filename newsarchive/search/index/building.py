"""Fill the tables of a new index with all entries of an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import COMMON, Amounts, Posting, posting
from newsarchive.search.index.contents import Contents, check_ids
from newsarchive.search.index.rows import EntryRows, add_stems, add_words, by_stemmer
from newsarchive.search.index.tables import INDEXES, TABLES
from newsarchive.search.stems import ENGLISH
from newsarchive.store.snapshot import collector_paused

Watch = Callable[[Sequence[int]], Iterable[int]]
"""Returns the ids that it is given, and may show how many of them have been taken."""

_WHILE_BUILDING: Final = {"hashsize": 8 << 20, "automerge": 0, "crisismerge": 64}
_AFTERWARDS: Final = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""How the full text gathers and merges what is written: merging while it is built takes a sixth of the time,
and what is left to be merged costs a search nothing that can be measured."""

_SET: Final = "INSERT INTO text (text, rank) VALUES (?, ?)"

_SAMPLE: Final = 1_000
_ENGLISH: Final = (ENGLISH,)


def build(connection: Connection, lines: Mapping[int, Any], watch: Watch) -> None:
    """Fill an empty database.

    Raises UnfitEntryError.
    """
    check_ids(lines)
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    connection.executemany(_SET, _WHILE_BUILDING.items())
    with collector_paused():
        _Builder(connection, lines).build(watch)
    connection.executemany(_SET, _AFTERWARDS.items())
    connection.execute("COMMIT")
    connection.executescript(INDEXES)


class _Builder:
    def __init__(self, connection: Connection, lines: Mapping[int, Any]) -> None:
        self._connection = connection
        self._lines = lines
        self._rows = EntryRows(connection)
        self._postings = self._from_sample()
        self._amounts = Amounts(connection)
        self._words_by_language: dict[str, set[str]] = {}
        self._not_english: Counter[str] = Counter()

    def _from_sample(self) -> dict[str, Posting]:
        """Set the usual lengths; return empty postings for the words that look as if they will be common."""
        step = len(self._lines) // _SAMPLE + 1
        sample = [Contents(entry_id, self._lines[entry_id]).words for entry_id in list(self._lines)[::step]]
        for column, name in enumerate(TEXT_FIELDS):
            lengths = [len(words[column]) for words in sample if words[column]]
            row = name, sum(lengths) / len(lengths) if lengths else 1.0
            self._connection.execute("INSERT INTO field VALUES (?, 0, 0, ?)", row)
        holders = Counter(chain.from_iterable(set(chain.from_iterable(words)) for words in sample))
        # Half as many as expected: the amounts of a word that is missed have to be counted afterwards.
        return {word: posting() for word, n in holders.items() if n * step * 2 >= COMMON}

    def build(self, watch: Watch) -> None:
        """Write everything."""
        for entry_id in watch(sorted(self._lines)):
            self._add(Contents(entry_id, self._lines[entry_id]))
        self._rows.finish()
        self._add_vocabulary()
        self._add_postings()
        add_stems(self._connection, by_stemmer(self._words_by_language))

    def _add(self, contents: Contents) -> None:
        self._rows.add(contents)
        entry_id = contents.entry.known_id
        for word, amount in self._amounts.in_entry(contents.words, self._postings).items():
            ids, amounts = self._postings[word]
            ids.append(entry_id)
            amounts.append(amount)
        if contents.stemming != _ENGLISH:
            self._add_to_languages(contents)

    def _add_to_languages(self, contents: Contents) -> None:
        """Note the words of an entry that English does not stem, or not alone."""
        words = set(chain.from_iterable(contents.words))
        for language in contents.stemming:
            self._words_by_language.setdefault(language, set()).update(words)
        if ENGLISH not in contents.stemming:
            self._not_english.update(words)

    def _add_vocabulary(self) -> None:
        self._connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab (main, text, row)")
        frequencies = self._connection.execute("SELECT term, doc FROM term").fetchall()
        self._connection.execute("DROP TABLE temp.term")
        add_words(self._connection, frequencies)
        in_english = {word for word, frequency in frequencies if frequency > self._not_english[word]}
        self._words_by_language[ENGLISH] = in_english

    def _add_postings(self) -> None:
        select = "SELECT number, word FROM vocab WHERE frequency >= ?"
        for number, word in self._connection.execute(select, (COMMON,)).fetchall():
            self._amounts.write(number, self._postings.get(word) or self._amounts.of_text(word))
