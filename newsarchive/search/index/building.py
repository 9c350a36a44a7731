"""Make the rows of a new index from all entries of an archive."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import COMMON
from newsarchive.search.index.contents import Contents, check_ids
from newsarchive.search.index.filling import Filling, Tables
from newsarchive.search.index.gathering import Gathering
from newsarchive.search.index.rows import BATCH, EntryRows, by_stemmer, stem_rows
from newsarchive.search.index.sql import ADD_STEM, ADD_TITLE
from newsarchive.search.index.tables import TABLES
from newsarchive.search.stems import ENGLISH
from newsarchive.store.snapshot import collector_paused
from newsarchive.text.collation import written_key

Watch = Callable[[Sequence[int]], Iterable[int]]
"""Returns the ids that it is given, and may show how many of them have been taken."""

_SAMPLE: Final = 1_000
_SHARED: Final = 5
"""Of so many batches of entries the tables gather the amounts of one: then both have as much to do."""

_SENT: Final = 10_000
"""Titles that are handed on at once."""

_TITLES: Final = 200
"""Batches of titles that are put in order at once: most often all, when what fills the tables has least to do."""

_ENGLISH: Final = (ENGLISH,)


def build(connection: Connection, lines: Mapping[int, Any], watch: Watch) -> None:
    """Fill an empty database.

    Raises UnfitEntryError.
    """
    check_ids(lines)
    connection.executescript(TABLES)
    build_into(Filling(connection), lines, watch)


def build_into(tables: Tables, lines: Mapping[int, Any], watch: Watch) -> None:
    """Fill tables, of whose ids it is known that they are small enough. Raises UnfitEntryError."""
    with collector_paused():
        _Builder(tables, lines).build(watch)


class _Builder:
    def __init__(self, tables: Tables, lines: Mapping[int, Any]) -> None:
        self._tables = tables
        self._lines = lines
        self._gathering = Gathering()
        self._are_theirs = True
        self._rows = EntryRows(tables.many, with_titles=False)
        self._titles: list[tuple[str, Sequence[str], int]] = []
        self._packed_titles: list[bytes] = []
        self._words_by_language: dict[str, set[str]] = {}
        self._not_english: Counter[str] = Counter()

    def build(self, watch: Watch) -> None:
        """Write everything."""
        self._expect()
        for count, (entry_id, line) in enumerate(self._in_order(watch), 1):
            self._add(Contents(entry_id, line))
            if count % BATCH == 0:
                self._share(count // BATCH)
        self._rows.finish()
        self._share(0)
        self._add_stems()
        self._tables.add_words(dict(self._not_english))
        self._tables.finish(COMMON)
        self._add_titles()
        self._tables.close()

    def _add_stems(self) -> None:
        """Add the stems of words that English does not stem, or not alone."""
        for language, words in by_stemmer(self._words_by_language).items():
            self._tables.many(ADD_STEM, sorted(stem_rows({language: words})))

    def _add_titles(self) -> None:
        """Add what titles are sorted by, in that order: as they come each would go to another page."""
        packed, self._packed_titles = self._packed_titles, []
        titles = chain.from_iterable(map(marshal.loads, packed))
        rows = sorted((written_key(title, languages), entry_id) for title, languages, entry_id in titles)
        for start in range(0, len(rows), _SENT):
            self._tables.many(ADD_TITLE, rows[start : start + _SENT])

    def _pack_titles(self) -> None:
        """Put titles aside: so many texts that stay, strewn among all that go, would slow everything down."""
        self._packed_titles.append(marshal.dumps(self._titles))
        self._titles = []
        if len(self._packed_titles) >= _TITLES:
            self._add_titles()

    def _in_order(self, watch: Watch) -> Iterator[tuple[int, Any]]:
        """Yield every line by its id; where they stand in that order, which is the rule, as they stand there."""
        ids = list(self._lines)
        if all(one < other for one, other in pairwise(ids)):
            yield from (line for _, line in zip(watch(ids), self._lines.items(), strict=True))
        else:
            yield from ((entry_id, self._lines[entry_id]) for entry_id in watch(sorted(ids)))

    def _expect(self) -> None:
        """Tell the usual lengths, and the words that look as if they will be common, from a sample."""
        step = len(self._lines) // _SAMPLE + 1
        totals = [[0, 0] for _ in TEXT_FIELDS]
        holders: Counter[str] = Counter()
        for entry_id in islice(self._lines, 0, None, step):
            words = Contents(entry_id, self._lines[entry_id]).words
            holders.update(set(chain.from_iterable(words)))
            for total, column in zip(totals, words, strict=True):
                total[0] += len(column)
                total[1] += bool(column)
        usual = [length / fields if fields else 1.0 for length, fields in totals]
        # Half as many as expected: the amounts of a word that is missed have to be counted afterwards.
        common = [word for word, n in holders.items() if n * step * 2 >= COMMON]
        self._gathering = Gathering(usual, common)
        self._tables.expect(usual, common)

    def _share(self, next_batch: int) -> None:
        """Have the amounts of a batch gathered whose rows are written, and settle who does so for the next."""
        if self._are_theirs:
            self._tables.gather()
        else:
            self._tables.amounts(self._gathering.take())
        self._are_theirs = next_batch % _SHARED == 0
        self._pack_titles()

    def _add(self, contents: Contents) -> None:
        entry = contents.entry
        self._rows.put(None, contents)
        self._titles.append((entry.title, entry.languages, entry.known_id))
        if not self._are_theirs:
            self._gathering.add(entry.known_id, contents.words)
        if contents.stemming != _ENGLISH:
            self._add_to_languages(contents)
        contents.words = ()  # what is free again at once is in the processor's cache for the next entry

    def _add_to_languages(self, contents: Contents) -> None:
        """Note the words of an entry that English does not stem, or not alone."""
        words = set(chain.from_iterable(contents.words))
        for language in contents.stemming:
            self._words_by_language.setdefault(language, set()).update(words)
        if ENGLISH not in contents.stemming:
            self._not_english.update(words)
