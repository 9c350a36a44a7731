"""Write the words of entries: vocabulary, postings, stems."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Final

from newsarchive.search.index.tables import AMOUNT_TYPE, ID_TYPE, MOST_IN_BLOCK, places
from newsarchive.search.stems import stemming_languages, stems
from newsarchive.text.key import key

Posting = tuple["array[int]", "array[float]"]
"""The ids of entries that hold a word, ascending, and how much each of them has of it."""


def posting(ids: bytes = b"", amounts: bytes = b"") -> Posting:
    """Return the posting of these columns."""
    found: Posting = array(ID_TYPE), array(AMOUNT_TYPE)
    found[0].frombytes(ids)
    found[1].frombytes(amounts)
    return found


class WordWriter:
    """Gathers what changes in the words of entries, which come in the order of their ids, and writes it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: dict[str, Posting] = defaultdict(posting)
        self._dropped: dict[str, list[int]] = defaultdict(list)
        self._stemmed: dict[str, Counter[str]] = defaultdict(Counter)

    def change(self, entry_id: int, old: Mapping[str, float], new: Mapping[str, float]) -> None:
        """Note how much an entry had of each word and how much it has now."""
        for word, amount in old.items():
            if new.get(word) != amount:
                self._dropped[word].append(entry_id)
        added = self._added
        for word, amount in new.items() - old.items() if old else new.items():
            ids, amounts = added[word]
            ids.append(entry_id)
            amounts.append(amount)
            if len(ids) == MOST_IN_BLOCK:
                self._write_postings([word])

    def count(self, language: str, words: Iterable[str], by: int) -> None:
        """Count an entry by whose language Latin words are stemmed: once more or, with -1, once less."""
        counter = self._stemmed[language]
        if by > 0:
            counter.update(words)
        else:
            counter.subtract(words)

    def write(self) -> None:
        """Write everything that was noted."""
        self._write_postings(sorted(self._added.keys() | self._dropped.keys()))
        for language, counter in self._stemmed.items():
            self._write_stems(language, counter)

    # --- postings ----------------------------------------------------------------------------------------

    def _write_postings(self, words: Sequence[str]) -> None:
        """Write what was noted of these words."""
        known = self._known(words)
        new = [word for word in words if word not in known]
        first_number = self._connection.execute("SELECT 1 + ifnull(max(number), 0) FROM vocab").fetchone()[0]
        self._connection.executemany(
            "INSERT INTO vocab VALUES (?, ?, ?, ?, ?)",
            (
                (number, word, len(word), key(word), len(self._added[word][0]))
                for number, word in enumerate(new, first_number)
            ),
        )
        for number, word in enumerate(new, first_number):
            self._write_blocks(number, self._added.pop(word))
        for word, (number, frequency) in known.items():
            self._rewrite(word, number, frequency)

    def _known(self, words: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Return number and frequency of those words that the vocabulary has."""
        select = "SELECT word, number, frequency FROM vocab WHERE word IN (SELECT value FROM json_each(?))"
        rows = self._connection.execute(select, (json.dumps(words),))
        return {word: (number, frequency) for word, number, frequency in rows}

    def _rewrite(self, word: str, number: int, frequency: int) -> None:
        """Change the posting of a word, block by block."""
        gone, new = self._dropped.pop(word, []), self._added.pop(word, posting())
        firsts = self._first_ids(number)
        lost: dict[int, list[int]] = defaultdict(list)
        won: dict[int, Posting] = defaultdict(posting)
        for entry_id in gone:
            lost[_block_of(entry_id, firsts)].append(entry_id)
        for entry_id, amount in zip(*new, strict=True):
            ids, amounts = won[_block_of(entry_id, firsts)]
            ids.append(entry_id)
            amounts.append(amount)
        for first in lost.keys() | won.keys():
            kept = without(self._taken_out(number, first), lost[first])
            self._write_blocks(number, joined(kept, won[first]))
        frequency += len(new[0]) - len(gone)
        if frequency:
            self._connection.execute("UPDATE vocab SET frequency = ? WHERE number = ?", (frequency, number))
        else:
            self._connection.execute("DELETE FROM vocab WHERE number = ?", (number,))

    def _first_ids(self, number: int) -> list[int]:
        """Return the first id of each block of a word."""
        start, end = places(number)
        select = "SELECT place FROM posting WHERE place BETWEEN ? AND ?"
        return [place - start for (place,) in self._connection.execute(select, (start, end))]

    def _taken_out(self, number: int, first: int) -> Posting:
        """Remove a block and return what was in it."""
        place = places(number)[0] + first
        delete = "DELETE FROM posting WHERE place = ? RETURNING ids, amounts"
        return posting(*self._connection.execute(delete, (place,)).fetchone())

    def _write_blocks(self, number: int, whole: Posting) -> None:
        """Write a posting, in several blocks if it is too large for one."""
        ids, amounts = whole
        start, _ = places(number)
        for n in range(0, len(ids), MOST_IN_BLOCK):
            part, its_amounts = ids[n : n + MOST_IN_BLOCK], amounts[n : n + MOST_IN_BLOCK]
            self._connection.execute(
                "INSERT INTO posting VALUES (?, ?, ?)",
                (start + part[0], part.tobytes(), its_amounts.tobytes()),
            )

    # --- stems -------------------------------------------------------------------------------------------

    def _write_stems(self, language: str, counter: Counter[str]) -> None:
        by_stemmer: dict[str, list[str]] = defaultdict(list)
        for word, change in counter.items():
            if change:
                for stemmer in stemming_languages(word, (language,)):
                    by_stemmer[stemmer].append(word)
        for stemmer, words in by_stemmer.items():
            stemmed = stems(words, stemmer)
            self._connection.executemany(
                "INSERT INTO stem VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
                zip(stemmed, words, map(counter.__getitem__, words), strict=True),
            )
            lost = ((stem, word) for stem, word in zip(stemmed, words, strict=True) if counter[word] < 0)
            self._connection.executemany(
                "DELETE FROM stem WHERE stem = ? AND word = ? AND entries = 0", lost
            )


def _block_of(entry_id: int, firsts: Sequence[int]) -> int:
    """Return the first id of the block in which an entry belongs, 0 when there is no block yet."""
    return firsts[max(0, bisect_right(firsts, entry_id) - 1)] if firsts else 0


def without(postings: Posting, gone: Collection[int]) -> Posting:
    """Take entries out of a posting."""
    if not gone:
        return postings
    lost = set(gone)
    return _posting_of((entry_id, amount) for entry_id, amount in zip(*postings, strict=True) if entry_id not in lost)


def joined(one: Posting, other: Posting) -> Posting:
    """Put two postings into one; no entry is in both."""
    ids, amounts = one
    if not ids or not other[0] or ids[-1] < other[0][0]:
        ids.extend(other[0])
        amounts.extend(other[1])
        return one
    return _posting_of(sorted(chain(zip(*one, strict=True), zip(*other, strict=True))))


def _posting_of(pairs: Iterable[tuple[int, float]]) -> Posting:
    ids, amounts = posting()
    for entry_id, amount in pairs:
        ids.append(entry_id)
        amounts.append(amount)
    return ids, amounts
