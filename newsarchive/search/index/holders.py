"""Which entries hold words and phrases, and how much of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product
from math import prod
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.groups import Phrase
from newsarchive.search.index.amounts import Amounts, Posting
from newsarchive.search.index.contents import Contents
from newsarchive.search.index.vocabulary import IndexVocabulary
from newsarchive.search.occurrences import starts

_MOST_READINGS: Final = 200
"""A phrase that can be read in more ways is looked for in the very words of the entries that it may be in."""


class Holders:
    """Looks entries up by words and phrases; what was looked up once is remembered."""

    def __init__(self, connection: Connection, vocabulary: IndexVocabulary) -> None:
        self._execute = connection.execute
        self._vocabulary = vocabulary
        self._amounts = Amounts(connection)
        self._postings: dict[str, Posting] = {}
        self._phrases: dict[Phrase, Collection[int]] = {}

    def posting(self, word: str) -> Posting:
        """Return the ids of the entries that hold a word, and how much of it each has."""
        if word not in self._postings:
            self._postings[word] = self._amounts.of(self._vocabulary.number(word), word)
        return self._postings[word]

    def phrase_posting(self, phrase: Phrase) -> tuple[Collection[int], Sequence[float]]:
        """Return the ids of the entries that hold a phrase, and the most of it that each can have.

        That is as much as it has of the rarest of the places' words.
        """
        ids = self.of_phrase(phrase)
        rarest = min(phrase, key=lambda place: sum(map(self._vocabulary.frequency, place)))
        amounts: dict[int, float] = dict.fromkeys(ids, 0.0)
        for word in rarest:
            for entry_id, amount in zip(*self.posting(word), strict=True):
                if entry_id in amounts:
                    amounts[entry_id] += amount
        return amounts.keys(), list(amounts.values())

    def of(self, phrases: Iterable[Phrase], fields: Sequence[str] = TEXT_FIELDS) -> Collection[int]:
        """Return the entries that hold one of `phrases` in one of `fields`."""
        if len(fields) < len(TEXT_FIELDS):
            return set(chain.from_iterable(self._search(phrase, fields) for phrase in phrases))
        return set(
            chain.from_iterable(
                self.of_phrase(phrase) if len(phrase) > 1 else self._of_words(phrase[0]) for phrase in phrases
            )
        )

    def _of_words(self, words: Iterable[str]) -> Iterable[int]:
        return chain.from_iterable(self.posting(word)[0] for word in words)

    def of_phrase(self, phrase: Phrase) -> Collection[int]:
        """Return the entries that hold a phrase."""
        if phrase not in self._phrases:
            self._phrases[phrase] = self._search(phrase, TEXT_FIELDS)
        return self._phrases[phrase]

    def _search(self, phrase: Phrase, fields: Sequence[str]) -> Collection[int]:
        if prod(map(len, phrase)) <= _MOST_READINGS:
            return self._matching(any_of(map(" ".join, product(*phrase))), fields)
        holding_all = " AND ".join(f"({any_of(place)})" for place in phrase)
        columns = [TEXT_FIELDS.index(field) for field in fields]
        return [
            contents.entry.known_id
            for contents in self.contents(self._matching(holding_all, fields))
            if any(starts(phrase, contents.words[column]) for column in columns)
        ]

    def _matching(self, expression: str, fields: Sequence[str]) -> Sequence[int]:
        match = f"{{{' '.join(fields)}}} : ({expression})"
        rows = self._execute("SELECT rowid FROM text WHERE text MATCH ?", (match,))
        return [entry_id for (entry_id,) in rows]

    def contents(self, ids: Iterable[int]) -> Iterable[Contents]:
        """Read entries, in any order."""
        select = "SELECT id, line FROM payload WHERE id IN (SELECT value FROM json_each(?))"
        rows: Iterable[tuple[int, Any]] = self._execute(select, (json.dumps(list(ids)),))
        return (Contents(entry_id, line) for entry_id, line in rows)


def any_of(phrases: Iterable[str]) -> str:
    """Write the full text's expression for any of these words or phrases."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def add_up(parts: Iterable[tuple[float, Iterable[int], Iterable[float]]]) -> Mapping[int, float]:
    """Return the sum by id of the amounts of several postings, each of which counts by its weight."""
    total: dict[int, float] = {}
    for weight, ids, amounts in parts:
        if not total:
            total = dict(zip(ids, (amount * weight for amount in amounts), strict=True))
            continue
        for entry_id, amount in zip(ids, amounts, strict=True):
            total[entry_id] = total.get(entry_id, 0.0) + amount * weight
    return total
