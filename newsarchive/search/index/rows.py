"""Write the rows of the index that belong to one entry each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.contents import Contents, folded
from newsarchive.search.index.sql import ADD_STEM, ADD_TAGGED, ADD_TEXT, ADD_TITLE, ADD_WORD, values_of
from newsarchive.search.stems import stemming_languages, stems_and_sounds
from newsarchive.text.key import key

BATCH: Final = 1_000
"""Entries whose rows are written at once."""

Row = tuple[Any, ...]


class EntryRows:
    """Writes entries, many at a time; what they add up to in all is written at the end."""

    def __init__(self, many: Callable[[str, Iterable[Row]], object], *, with_titles: bool = True) -> None:
        """Write by `many`, which executes a statement for each of some rows; without those of `title` if need be."""
        self._many = many
        self._tables = _TABLES if with_titles else _TABLES[:-1]
        self._changes: list[tuple[Contents | None, Contents | None]] = []
        self._lengths = {name: [0, 0] for name in TEXT_FIELDS}
        self._stemming: dict[str, int] = {}
        self._read: dict[tuple[str, str], int] = {}

    def put(self, old: Contents | None, new: Contents | None) -> None:
        """Put an entry in the place of what was there, `old` as it was put."""
        self._changes.append((old, new))
        if len(self._changes) >= BATCH:
            self._write_entries()

    def _count(self, many: Sequence[Contents], by: int) -> None:
        """Count entries that come, or that go when `by` is -1."""
        lengths = zip(*(contents.lengths for contents in many), strict=True)
        for total, its_lengths in zip(self._lengths.values(), lengths, strict=bool(many)):
            total[0] += by * sum(its_lengths)
            total[1] += by * (len(its_lengths) - its_lengths.count(0))
        for languages, count in Counter(contents.stemming for contents in many).items():
            for language in languages:
                self._stemming[language] = self._stemming.get(language, 0) + by * count
        for pair in chain.from_iterable(contents.read for contents in many):
            self._read[pair] = self._read.get(pair, 0) + by

    def finish(self) -> None:
        """Write what is left, and the sums."""
        self._write_entries()
        self._many(
            "UPDATE field SET words = words + ?, entries = entries + ? WHERE name = ?",
            [(*change, name) for name, change in self._lengths.items()],
        )
        self._many(
            "INSERT INTO stemming VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            self._stemming.items(),
        )
        self._many("DELETE FROM stemming WHERE language = ? AND entries = 0", zip(self._stemming))
        self._many(
            "INSERT INTO reading VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            ((*pair, change) for pair, change in self._read.items()),
        )
        self._many("DELETE FROM reading WHERE sound = ? AND word = ? AND entries = 0", self._read)

    def _write_entries(self) -> None:
        """Write what is not the same in an entry that takes the place of another one."""
        changes, self._changes = self._changes, []
        gone = [old for old, _ in changes if old is not None]
        come = [new for _, new in changes if new is not None]
        self._count(gone, -1)
        self._count(come, 1)
        for table in self._tables:
            if gone:
                concerned = [pair for pair in changes if not table.is_same(*pair)]
                old_rows = table.rows(old for old, _ in concerned if old is not None)
                self._many(table.delete, (row[: table.key] for row in old_rows))
                self._many(table.add, table.rows(new for _, new in concerned if new is not None))
            else:
                self._many(table.add, table.rows(come))


def _entries(many: Iterable[Contents]) -> Iterator[Row]:
    return (contents.row for contents in many)


def _payloads(many: Iterable[Contents]) -> Iterator[Row]:
    return ((contents.entry.known_id, contents.line) for contents in many)


def _tags(many: Iterable[Contents]) -> Iterator[Row]:
    return ((tag, contents.entry.known_id) for contents in many for tag in contents.entry.tags)


def _titles(many: Iterable[Contents]) -> Iterator[Row]:
    return ((contents.title, contents.entry.known_id) for contents in many)


def _addresses(many: Iterable[Contents]) -> Iterator[Row]:
    entries = (contents.entry for contents in many)
    return ((entry.known_id, entry.url, folded(entry.url)) for entry in entries if entry.url is not None)


def _languages(many: Iterable[Contents]) -> Iterator[Row]:
    return (
        (code, contents.entry.known_id, written, codes)
        for contents in many
        for code, written, codes in contents.languages
    )


def _sources(many: Iterable[Contents]) -> Iterator[Row]:
    entries = (contents.entry for contents in many)
    return (
        (entry.source, entry.known_id, folded(entry.source)) for entry in entries if entry.source is not None
    )


def _tagged(many: Iterable[Contents]) -> Iterator[Row]:
    rows = ((contents.entry.known_id, contents.columns[1]) for contents in many)
    return (row for row in rows if row[1])


def _texts(many: Iterable[Contents]) -> Iterator[Row]:
    for contents in many:
        title, _, summary, body = contents.columns
        yield contents.entry.known_id, title, summary, body


class _Table(NamedTuple):
    """How the rows of a table come from entries, and how they are added, and deleted by their first few values.

    The rows of two entries are the same where these fields are.
    """

    fields: tuple[str, ...]
    rows: Callable[[Iterable[Contents]], Iterator[Row]]
    add: str
    delete: str
    key: int

    def is_same(self, old: Contents | None, new: Contents | None) -> bool:
        """Whether the table has the same rows for both."""
        if old is None or new is None:
            return False
        return bool(self.fields) and all(
            getattr(old.entry, name) == getattr(new.entry, name) for name in self.fields
        )


# A contentless table has to be told to the letter what it holds.
_DELETE_TAGGED: Final = "INSERT INTO tagged (tagged, rowid, tags) VALUES ('delete', ?, ?)"
_DELETE_TEXT: Final = "INSERT INTO text (text, rowid, title, summary, body) VALUES ('delete', ?, ?, ?, ?)"

_TABLES: Final = (
    _Table(("tags",), _tagged, ADD_TAGGED, _DELETE_TAGGED, 2),
    _Table(("title", "summary", "body"), _texts, ADD_TEXT, _DELETE_TEXT, 4),
    _Table(
        (), _entries, f"INSERT INTO entry VALUES ({', '.join('?' * 11)})", "DELETE FROM entry WHERE id = ?", 1
    ),
    _Table((), _payloads, "INSERT INTO payload VALUES (?, ?)", "DELETE FROM payload WHERE id = ?", 1),
    _Table(("tags",), _tags, "INSERT INTO tag VALUES (?, ?)", "DELETE FROM tag WHERE tag = ? AND id = ?", 2),
    _Table(
        ("url",), _addresses, "INSERT INTO address VALUES (?, ?, ?)", "DELETE FROM address WHERE id = ?", 1
    ),
    _Table(
        ("languages",),
        _languages,
        "INSERT INTO language VALUES (?, ?, ?, ?)",
        "DELETE FROM language WHERE language = ? AND id = ? AND written = ?",
        3,
    ),
    _Table(
        ("source",),
        _sources,
        "INSERT INTO source VALUES (?, ?, ?)",
        "DELETE FROM source WHERE source = ? AND id = ?",
        2,
    ),
    _Table(("title", "languages"), _titles, ADD_TITLE, "DELETE FROM title WHERE key = ? AND id = ?", 2),
)
"""That of titles stands last: its rows are added in their order where all of them are made."""


# --- the rows of words ------------------------------------------------------------------------------------


def add_words(connection: Connection, frequencies: Iterable[tuple[str, int]]) -> None:
    """Add words that are new, with the number of entries that hold them."""
    connection.executemany(
        ADD_WORD,
        ((word, len(word), key(word), frequency) for word, frequency in frequencies),
    )


def by_stemmer(words_by_language: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Return the words that each language stems, of the words in entries that these languages stem."""
    found: dict[str, set[str]] = {}
    for language, words in words_by_language.items():
        for word in words:
            for stemmer in stemming_languages(word, (language,)):
                found.setdefault(stemmer, set()).add(word)
    return found


def add_stems(connection: Connection, words_by_stemmer: Mapping[str, Collection[str]]) -> None:
    """Add the stems of words, by the language that stems them."""
    rows = stem_rows(words_by_stemmer)
    connection.executemany(ADD_STEM, rows)


def remove_stems(connection: Connection, words_by_stemmer: Mapping[str, Collection[str]]) -> None:
    """Remove stems."""
    rows = stem_rows(words_by_stemmer)
    connection.executemany("DELETE FROM stem WHERE stem = ? AND word = ?", rows)


def stem_rows(words_by_stemmer: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield the stems of words, each with its word, by the language that stems them."""
    for stemmer, words in words_by_stemmer.items():
        yield from stems_and_sounds(words, stemmer)


def known_numbers(connection: Connection, words: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Return number and frequency of those of `words` that the vocabulary has."""
    select = "SELECT word, number, frequency FROM vocab WHERE word IN (SELECT value FROM json_each(?))"
    rows = connection.execute(select, (values_of(words),))
    return {word: (number, frequency) for word, number, frequency in rows}
