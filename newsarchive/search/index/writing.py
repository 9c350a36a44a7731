"""Write entries into the tables of an index and take them out again."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.contents import Contents
from newsarchive.search.index.tables import AMOUNT_TYPE, ID_TYPE
from newsarchive.search.stems import stemming_languages, stems
from newsarchive.text.key import key

_BATCH: Final = 1_000


class Writer:
    """Puts entries in the place of others; `finish` writes what concerns the words of all of them together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        usual = connection.execute("SELECT usual_length FROM field ORDER BY rowid")
        self._usual_lengths: Sequence[float] = [length for (length,) in usual]
        self._rows = _Rows(connection)
        self._words = _Words(connection)
        self._lengths = [[0, 0] for _ in TEXT_FIELDS]
        self._stemming: Counter[str] = Counter()

    def put(self, old: Contents | None, new: Contents | None) -> None:
        """Put `new` in the place of `old`, the same entry; None is no entry."""
        old_amounts = self._removed(old) if old else {}
        new_amounts = self._added(new) if new else {}
        present = new or old
        if present is not None:
            self._words.change(present.entry.known_id, old_amounts, new_amounts)

    def finish(self) -> None:
        """Write what is left."""
        self._rows.write()
        self._words.write()
        self._connection.executemany(
            "UPDATE field SET words = words + ?, entries = entries + ? WHERE name = ?",
            [(*change, name) for name, change in zip(TEXT_FIELDS, self._lengths, strict=True)],
        )
        self._connection.executemany(
            "INSERT INTO stemming VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            self._stemming.items(),
        )
        self._connection.execute("DELETE FROM stemming WHERE entries = 0")

    def _removed(self, old: Contents) -> Mapping[str, float]:
        self._rows.remove(old)
        return self._counted(old, -1)

    def _added(self, new: Contents) -> Mapping[str, float]:
        self._rows.add(new)
        return self._counted(new, 1)

    def _counted(self, contents: Contents, by: int) -> Mapping[str, float]:
        """Count the lengths and languages of an entry; return how much it has of each word."""
        for total, words in zip(self._lengths, contents.words, strict=True):
            if words:
                total[0] += by * len(words)
                total[1] += by
        amounts = contents.amounts(self._usual_lengths)
        for language in contents.stemming:
            self._stemming[language] += by
            self._words.count(language, amounts, by)
        return amounts


class _Rows:
    """The rows that belong to one entry each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: list[Contents] = []
        self._removed: list[Contents] = []

    def add(self, contents: Contents) -> None:
        self._added.append(contents)
        self._write_many()

    def remove(self, contents: Contents) -> None:
        self._removed.append(contents)
        self._write_many()

    def _write_many(self) -> None:
        # An entry's removal and its return are never in different batches: the one is followed by the other.
        if len(self._added) >= _BATCH or len(self._removed) > _BATCH:
            self.write()

    def write(self) -> None:
        """Write what has come together."""
        removed, added = self._removed, self._added
        self._removed, self._added = [], []
        many = self._connection.executemany
        ids = [(contents.entry.known_id,) for contents in removed]
        for table in ("entry", "payload"):
            many(f"DELETE FROM {table} WHERE id = ?", ids)
        many("DELETE FROM tag WHERE tag = ? AND id = ?", _pairs(removed, "tags"))
        many("DELETE FROM language WHERE language = ? AND id = ?", _pairs(removed, "languages"))
        # A contentless table has to be told what it holds of an entry, to the letter.
        many(
            "INSERT INTO text (text, rowid, title, tags, summary, body) VALUES ('delete', ?, ?, ?, ?, ?)",
            _columns(removed),
        )
        many("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (contents.row for contents in added))
        many(
            "INSERT INTO payload VALUES (?, ?)",
            ((contents.entry.known_id, contents.line) for contents in added),
        )
        many("INSERT INTO tag VALUES (?, ?)", _pairs(added, "tags"))
        many("INSERT INTO language VALUES (?, ?)", _pairs(added, "languages"))
        many("INSERT INTO text (rowid, title, tags, summary, body) VALUES (?, ?, ?, ?, ?)", _columns(added))


def _pairs(many: Iterable[Contents], name: str) -> Iterator[tuple[str, int]]:
    for contents in many:
        values: Collection[str] = contents.entry.tags if name == "tags" else contents.languages
        for value in values:
            yield value, contents.entry.known_id


def _columns(many: Iterable[Contents]) -> Iterator[tuple[int | str, ...]]:
    return ((contents.entry.known_id, *contents.columns) for contents in many)


class _Words:
    """The words, their postings and their stems."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: dict[str, _Posting] = defaultdict(_Posting)
        self._dropped: dict[str, set[int]] = defaultdict(set)
        self._stemmed: dict[str, Counter[str]] = defaultdict(Counter)

    def change(self, entry_id: int, old: Mapping[str, float], new: Mapping[str, float]) -> None:
        """Note what an entry had of each word and what it has now."""
        for word, amount in old.items():
            if new.get(word) != amount:
                self._dropped[word].add(entry_id)
        for word, amount in new.items():
            if old.get(word) != amount:
                ids, amounts = self._added[word]
                ids.append(entry_id)
                amounts.append(amount)

    def count(self, language: str, words: Iterable[str], by: int) -> None:
        """Count an entry in a language that stems Latin words."""
        if by > 0:
            self._stemmed[language].update(words)
        else:
            self._stemmed[language].subtract(words)
...
