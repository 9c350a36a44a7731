"""Write the rows of the index that belong to one entry each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.contents import Contents, folded
from newsarchive.search.index.sql import ADD_TEXT, ADD_TITLE, ADD_WORD, values_of
from newsarchive.search.stems import stemming_languages, stems_and_sounds
from newsarchive.text.key import key

_BATCH: Final = 1_000

Row = tuple[Any, ...]


class EntryRows:
    """Adds and removes entries, many at a time; what they add up to in all is written at the end."""

    def __init__(
        self,
        many: Callable[[str, Iterable[Row]], object],
        titles: Callable[[Iterable[Contents]], Iterable[Row]],
    ) -> None:
        """Write by `many`, which executes a statement for each of some rows; `titles` makes those of ADD_TITLE."""
        self._many = many
        self._titles = titles
        self._added: list[Contents] = []
        self._removed: list[Contents] = []
        self._lengths = {name: [0, 0] for name in TEXT_FIELDS}
        self._stemming: dict[str, int] = {}
        self._read: dict[tuple[str, str], int] = {}

    def add(self, contents: Contents) -> None:
        """Add an entry."""
        self._added.append(contents)
        self._count(contents, 1)

    def remove(self, contents: Contents) -> None:
        """Remove an entry; `contents` are what it was added with."""
        self._removed.append(contents)
        self._count(contents, -1)

    def _count(self, contents: Contents, by: int) -> None:
        for total, words in zip(self._lengths.values(), contents.words, strict=True):
            if words:
                total[0] += by * len(words)
                total[1] += by
        for language in contents.stemming:
            self._stemming[language] = self._stemming.get(language, 0) + by
        for pair in contents.read:
            self._read[pair] = self._read.get(pair, 0) + by
        if len(self._added) + len(self._removed) >= _BATCH:
            self._write_entries()

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
        removed, added = self._removed, self._added
        self._removed, self._added = [], []
        ids = [(contents.entry.known_id,) for contents in removed]
        self._many("DELETE FROM entry WHERE id = ?", ids)
        self._many("DELETE FROM payload WHERE id = ?", ids)
        self._many("DELETE FROM tag WHERE tag = ? AND id = ?", _tags(removed))
        self._many("DELETE FROM title WHERE key = ? AND id = ?", self._titles(removed))
        self._many("DELETE FROM address WHERE id = ?", ids)
        languages = (row[:3] for row in _languages(removed))
        self._many("DELETE FROM language WHERE language = ? AND id = ? AND written = ?", languages)
        self._many("DELETE FROM source WHERE source = ? AND id = ?", (row[:2] for row in _sources(removed)))
        # A contentless table has to be told to the letter what it holds.
        delete = "INSERT INTO text (text, rowid, title, tags, summary, body) VALUES ('delete', ?, ?, ?, ?, ?)"
        self._many(delete, _texts(removed))
        self._many(ADD_TEXT, _texts(added))
        self._many("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (one.row for one in added))
        self._many("INSERT INTO payload VALUES (?, ?)", ((one.entry.known_id, one.line) for one in added))
        self._many("INSERT INTO tag VALUES (?, ?)", _tags(added))
        self._many(ADD_TITLE, self._titles(added))
        self._many("INSERT INTO address VALUES (?, ?, ?)", _addresses(added))
        self._many("INSERT INTO language VALUES (?, ?, ?, ?)", _languages(added))
        self._many("INSERT INTO source VALUES (?, ?, ?)", _sources(added))


def _tags(many: Iterable[Contents]) -> Iterator[tuple[str, int]]:
    return ((tag, contents.entry.known_id) for contents in many for tag in contents.entry.tags)


def titles(many: Iterable[Contents]) -> Iterator[Row]:
    """Yield what each title is sorted by, and the id."""
    return ((contents.title, contents.entry.known_id) for contents in many)


def titles_as_they_are(many: Iterable[Contents]) -> Iterator[Row]:
    """Yield each title with the languages and the id, for others to tell what it is sorted by."""
    entries = (contents.entry for contents in many)
    return ((entry.title, entry.languages, entry.known_id) for entry in entries)


def _addresses(many: Iterable[Contents]) -> Iterator[tuple[int, str, str | None]]:
    entries = (contents.entry for contents in many)
    return ((entry.known_id, entry.url, folded(entry.url)) for entry in entries if entry.url is not None)


def _languages(many: Iterable[Contents]) -> Iterator[tuple[str, int, str, str | None]]:
    return (
        (code, contents.entry.known_id, written, codes)
        for contents in many
        for code, written, codes in contents.languages
    )


def _sources(many: Iterable[Contents]) -> Iterator[tuple[str, int, str | None]]:
    entries = (contents.entry for contents in many)
    return (
        (entry.source, entry.known_id, folded(entry.source)) for entry in entries if entry.source is not None
    )


def _texts(many: Iterable[Contents]) -> Iterator[tuple[int | str, ...]]:
    return ((contents.entry.known_id, *contents.columns) for contents in many)


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
    connection.executemany("INSERT OR IGNORE INTO stem VALUES (?, ?)", rows)


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
