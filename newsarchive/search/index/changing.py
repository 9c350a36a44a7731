"""Change an index as its archive changed: entry by entry, each word of them once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping
from itertools import chain
from sqlite3 import Connection
from typing import Any

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.amounts import COMMON, Amounts, Posting, posting
from newsarchive.search.index.contents import Contents, check_ids, stemming_bit
from newsarchive.search.index.counts import ChangedCounts
from newsarchive.search.index.faults import DamagedIndexError, UnfitEntryError
from newsarchive.search.index.rows import (
    EntryRows,
    add_stems,
    add_words,
    by_stemmer,
    known_numbers,
    remove_stems,
)
from newsarchive.search.index.sql import any_of, holding
from newsarchive.search.stems import RUSSIAN
from newsarchive.store.snapshot import collector_paused


def change(connection: Connection, lines: Mapping[int, Any | None]) -> int:
    """Bring entries to the state of `lines`, of which None says that there is no such entry any more.

    Returns by how many there are then more.

    Raises what `building.build` raises, and DamagedIndexError; then the transaction must be rolled back.
    """
    check_ids(lines)
    with collector_paused():
        changing = _Changing(connection)
        for entry_id in sorted(lines):
            changing.put(entry_id, lines[entry_id])
        changing.finish()
        return changing.growth


class _Changing:
    def __init__(self, connection: Connection) -> None:
        self.growth = 0
        self._connection = connection
        self._rows = EntryRows(connection.executemany)
        self._amounts = Amounts(connection)
        self._counts = ChangedCounts()
        self._frequencies: Counter[str] = Counter()
        self._gone: dict[str, list[int]] = defaultdict(list)
        self._new: dict[str, Posting] = defaultdict(posting)
        self._words_gained: dict[str, set[str]] = defaultdict(set)
        self._words_lost: dict[str, set[str]] = defaultdict(set)

    def put(self, entry_id: int, line: Any | None) -> None:
        """Put the entry of `line` in the place of the one that is there."""
        select = "SELECT line FROM payload WHERE id = ?"
        row = self._connection.execute(select, (entry_id,)).fetchone()
        old = _present(entry_id, row[0]) if row else None
        new = Contents(entry_id, line, like=old) if line is not None else None
        self.growth += bool(new) - bool(old)
        self._rows.put(old, new)
        self._counts.put(old, new)
        concerned = _in_other_fields(old, new) | _in_other_fields(new, old)
        self._change_words(entry_id, self._in(old, concerned), self._in(new, concerned))
        self._change_stems(old, new)

    def _in(self, contents: Contents | None, concerned: Container[str]) -> Mapping[str, float]:
        return {} if contents is None else self._amounts.measure.in_entry(contents.words, concerned)

    def _change_words(self, entry_id: int, old: Mapping[str, float], new: Mapping[str, float]) -> None:
        self._frequencies.update(new.keys() - old.keys())
        self._frequencies.subtract(old.keys() - new.keys())
        for word, _ in old.items() - new.items():
            self._gone[word].append(entry_id)
        for word, amount in new.items() - old.items():
            ids, amounts = self._new[word]
            ids.append(entry_id)
            amounts.append(amount)

    def _change_stems(self, old: Contents | None, new: Contents | None) -> None:
        if old and new and old.stemming == new.stemming:
            had_words, has_words = _all_words(old), _all_words(new)
            had, has = _stemmed(old, had_words - has_words), _stemmed(new, has_words - had_words)
        else:
            had, has = _stemmed(old, _all_words(old)), _stemmed(new, _all_words(new))
        for language in had.keys() | has.keys():
            before, after = had.get(language, set()), has.get(language, set())
            self._words_gained[language] |= after - before
            self._words_lost[language] |= before - after

    def finish(self) -> None:
        """Write what concerns several entries."""
        self._rows.finish()
        self._counts.write(self._connection)
        words = sorted(self._gone.keys() | self._new.keys())
        present = known_numbers(self._connection, words)
        fresh = [(word, self._frequencies[word]) for word in words if word not in present]
        add_words(self._connection, fresh)
        for word, (number, frequency) in present.items():
            self._change_word(word, number, frequency + self._frequencies[word])
        for word, (number, _) in known_numbers(self._connection, [word for word, _ in fresh]).items():
            self._change_word(word, number, self._frequencies[word])
        self._forget_stems()
        add_stems(self._connection, self._words_gained)

    def _change_word(self, word: str, number: int, frequency: int) -> None:
        """Write frequency and posting of a word."""
        has_posting = self._amounts.change(number, self._gone.get(word, ()), self._new.get(word, posting()))
        if not has_posting and frequency >= COMMON:
            self._amounts.write(number, self._amounts.of_text(word))
        if frequency:
            self._connection.execute("UPDATE vocab SET frequency = ? WHERE number = ?", (frequency, number))
        else:
            self._connection.execute("DELETE FROM vocab WHERE number = ?", (number,))

    def _forget_stems(self) -> None:
        """Forget the stems that no entry brings any more."""
        lost = {
            language: [word for word in words if not self._is_stemmed(word, language)]
            for language, words in self._words_lost.items()
        }
        remove_stems(self._connection, lost)

    def _is_stemmed(self, word: str, language: str) -> bool:
        """Whether an entry still holds `word` and has it stemmed by `language`; Russian needs no entry in it."""
        mask = -1 if language == RUSSIAN else stemming_bit(language)
        holders, values = holding(TEXT_FIELDS, any_of([word]))
        select = f"SELECT 1 FROM ({holders}) JOIN entry ON id = rowid WHERE stemming & ? LIMIT 1"
        return self._connection.execute(select, (*values, mask)).fetchone() is not None


def _present(entry_id: int, line: Any) -> Contents:
    try:
        return Contents(entry_id, line)
    except (UnfitEntryError, TypeError) as error:
        raise DamagedIndexError(f"is damaged: {error}") from error


def _in_other_fields(one: Contents | None, other: Contents | None) -> set[str]:
    """Return the words of those fields that the other does not have alike: all others are in both as often."""
    if one is None or other is None:
        return _all_words(one)
    pairs = zip(one.words, other.words, strict=True)
    return set(chain.from_iterable(words for words, same in pairs if words is not same))


def _all_words(contents: Contents | None) -> set[str]:
    return set() if contents is None else set(chain.from_iterable(contents.words))


def _stemmed(contents: Contents | None, words: set[str]) -> Mapping[str, set[str]]:
    """Return some words of an entry by each language that stems them."""
    if contents is None or not words:
        return {}
    return by_stemmer(dict.fromkeys(contents.stemming, words))
