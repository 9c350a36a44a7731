"""Write entries into the tables of an index and take them out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.contents import Contents
from newsarchive.search.index.words import WordWriter

_BATCH: Final = 1_000


class Writer:
    """Puts entries in the place of others; `finish` writes what concerns the words of all of them together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        usual = connection.execute("SELECT usual_length FROM field ORDER BY rowid")
        self._usual_lengths: Sequence[float] = [length for (length,) in usual]
        self._rows = _Rows(connection)
        self._words = WordWriter(connection)
        self._lengths = [[0, 0] for _ in TEXT_FIELDS]
        self._stemming: Counter[str] = Counter()

    def put(self, old: Contents | None, new: Contents | None) -> None:
        """Put `new` in the place of `old`, the same entry; None is no entry."""
        old_amounts: Mapping[str, float] = {}
        new_amounts: Mapping[str, float] = {}
        if old:
            self._rows.remove(old)
            old_amounts = self._counted(old, -1)
        if new:
            self._rows.add(new)
            new_amounts = self._counted(new, 1)
        if contents := new or old:
            self._words.change(contents.entry.known_id, old_amounts, new_amounts)

    def _counted(self, contents: Contents, by: int) -> Mapping[str, float]:
        """Count the lengths and languages of an entry; return how much it has of each word."""
        for total, words in zip(self._lengths, contents.words, strict=True):
            if words:
                total[0] += by * len(words)
                total[1] += by
        amounts = contents.amounts(self._usual_lengths)
        for language in contents.stemming:
            self._stemming[language] += by
            self._words.count(language, amounts.keys(), by)
        return amounts

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
        if len(self._added) + len(self._removed) >= _BATCH:
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
