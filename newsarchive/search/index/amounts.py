"""How much of a word each entry has: by the same measure as the score, but with lengths that stay the same.

The score reckons with the average length of a field, which moves with every change of the archive. What is
kept is reckoned with the average at the time when the index was built: a change concerns no other entry.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.faults import DamagedIndexError
from newsarchive.search.index.sql import FULL_TEXTS
from newsarchive.search.scoring import FIELD_WEIGHTS, occurrence_amount

COMMON: Final = 1024
"""Of words that fewer entries hold the full text tells the amounts as soon as a posting does."""

MOST_IN_BLOCK: Final = 4096
"""A change of one entry writes a block anew for each of its common words."""

Posting = tuple["array[int]", "array[float]"]
"""Ids, ascending, and the amount of each."""


def posting(ids: bytes = b"", amounts: bytes = b"") -> Posting:
    """Return the posting of these columns."""
    found: Posting = array("I"), array("f")
    found[0].frombytes(ids)
    found[1].frombytes(amounts)
    return found


class Measure:
    """Tells how much of its words an entry has, by the usual length of each of TEXT_FIELDS."""

    def __init__(self, usual_lengths: Sequence[float]) -> None:
        self._usual_lengths = usual_lengths

    def of_one(self, column: int, length: int) -> float:
        """Return how much one occurrence in a field of `length` words is."""
        return occurrence_amount(FIELD_WEIGHTS[column], length, self._usual_lengths[column])

    def in_entry(self, words: Sequence[Sequence[str]], counted: Container[str]) -> Mapping[str, float]:
        """Return how much an entry with these words in TEXT_FIELDS has of those that are `counted`."""
        found: dict[str, float] = {}
        for column, column_words in enumerate(words):
            amount = self.of_one(column, len(column_words)) if column_words else 0.0
            for word in filter(counted.__contains__, column_words):
                found[word] = found.get(word, 0.0) + amount
        return found


class Amounts:
    """Reads and writes postings."""

    def __init__(self, connection: Connection) -> None:
        self._execute = connection.execute
        usual = connection.execute("SELECT usual_length FROM field ORDER BY rowid")
        self.measure = Measure([length for (length,) in usual])
        for table in FULL_TEXTS:
            create = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.place_{table} USING fts5vocab"
            self._execute(f"{create} (main, {table}, instance)")

    def of(self, number: int, word: str) -> Posting:
        """Return the posting of a word."""
        select = "SELECT ids, amounts FROM posting WHERE place BETWEEN ? AND ?"
        blocks = self._execute(select, _places(number)).fetchall()
        if not blocks:
            return self.of_text(word)
        try:
            return posting(*(b"".join(column) for column in zip(*blocks, strict=True)))
        except (TypeError, ValueError) as error:
            raise DamagedIndexError(f"is damaged: the posting of {word!r}: {error}") from error

    def of_text(self, word: str, fields: Sequence[str] = TEXT_FIELDS) -> Posting:
        """Work a posting out from the full text, as far as a word stands in `fields`."""
        lengths = " ".join(f"WHEN '{name}' THEN {name}" for name in TEXT_FIELDS)
        found: dict[int, float] = {}
        for table, columns in FULL_TEXTS.items():
            wanted = ", ".join(f"'{column}'" for column in columns if column in fields)
            within = f" AND col IN ({wanted})" if len(fields) < len(TEXT_FIELDS) else ""
            places = f"place_{table} JOIN entry ON id = doc WHERE term = ?{within}"
            rows = self._execute(f"SELECT doc, col, CASE col {lengths} END FROM {places}", (word,))
            for entry_id, name, length in rows:
                amount = self.measure.of_one(TEXT_FIELDS.index(name), length)
                found[entry_id] = found.get(entry_id, 0.0) + amount
        return _posting_of(sorted(found.items()))

    # --- writing -----------------------------------------------------------------------------------------

    def write(self, number: int, whole: Posting) -> None:
        """Write a posting, in several blocks if it is too large for one."""
        ids, amounts = whole
        start, _ = _places(number)
        for n in range(0, len(ids), MOST_IN_BLOCK):
            part, its_amounts = ids[n : n + MOST_IN_BLOCK], amounts[n : n + MOST_IN_BLOCK]
            row = start + part[0], part.tobytes(), its_amounts.tobytes()
            self._execute("INSERT INTO posting VALUES (?, ?, ?)", row)

    def change(self, number: int, gone: Iterable[int], new: Posting) -> bool:
        """Change the posting of a word block by block; return whether there is one."""
        start, end = _places(number)
        select = "SELECT place FROM posting WHERE place BETWEEN ? AND ?"
        firsts = [place - start for (place,) in self._execute(select, (start, end))]
        if not firsts:
            return False
        lost: dict[int, list[int]] = defaultdict(list)
        won: dict[int, Posting] = defaultdict(posting)
        for entry_id in gone:
            lost[_block_of(entry_id, firsts)].append(entry_id)
        for entry_id, amount in zip(*new, strict=True):
            ids, amounts = won[_block_of(entry_id, firsts)]
            ids.append(entry_id)
            amounts.append(amount)
        for first in lost.keys() | won.keys():
            self.write(number, _changed(self._taken_out(start + first), lost[first], won[first]))
        return True

    def _taken_out(self, place: int) -> Posting:
        """Remove a block and return what was in it."""
        found = self._execute("SELECT ids, amounts FROM posting WHERE place = ?", (place,)).fetchone()
        self._execute("DELETE FROM posting WHERE place = ?", (place,))
        return posting(*found)


def _places(number: int) -> tuple[int, int]:
    """Return the first and the last place that the blocks of a word can have.

    A block stands at its first id, counted from there, so that the blocks of a word lie side by side.
    """
    start = number << 32
    return start, start + (1 << 32) - 1


def _block_of(entry_id: int, firsts: Sequence[int]) -> int:
    """Return the first id of the block in which an entry belongs."""
    return firsts[max(0, bisect_right(firsts, entry_id) - 1)]


def _changed(block: Posting, lost: Iterable[int], won: Posting) -> Posting:
    """Return a block without some of its ids, and with others or other amounts."""
    total = dict(zip(*block, strict=True))
    for entry_id in lost:
        total.pop(entry_id, None)
    total.update(zip(*won, strict=True))
    ids = sorted(total)
    return array("I", ids), array("f", map(total.__getitem__, ids))


def _posting_of(pairs: Iterable[tuple[int, float]]) -> Posting:
    ids, amounts = posting()
    for entry_id, amount in pairs:
        ids.append(entry_id)
        amounts.append(amount)
    return ids, amounts
