"""Which entries hold words and phrases, and how much of them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, product
from math import prod
from sqlite3 import Connection

from newsarchive.search.fields import TEXT_FIELDS, field_words
from newsarchive.search.groups import Phrase
from newsarchive.search.index.amounts import Amounts, Posting
from newsarchive.search.index.payload import read_entries
from newsarchive.search.index.sql import MANY, any_of, beginning_with, holding
from newsarchive.search.index.vocabulary import IndexVocabulary
from newsarchive.search.occurrences import starts


class Holders:
    """Looks entries up by words and phrases; what was looked up once is remembered."""

    def __init__(self, connection: Connection, vocabulary: IndexVocabulary) -> None:
        self._connection = connection
        self._vocabulary = vocabulary
        self._amounts = Amounts(connection)
        self._postings: dict[str, Posting] = {}
        self._holders: dict[tuple[frozenset[Phrase], tuple[str, ...]], AbstractSet[int]] = {}
        self._matched: dict[tuple[str, ...], Sequence[int]] = {}

    def posting(self, word: str, fields: Sequence[str] = TEXT_FIELDS) -> Posting:
        """Return the ids of the entries that hold a word in one of `fields`, and how much of it each has there."""
        if len(fields) < len(TEXT_FIELDS):
            return self._amounts.of_text(word, fields)
        if word not in self._postings:
            self._postings[word] = self._amounts.of(self._vocabulary.number(word), word)
        return self._postings[word]

    def phrase_posting(self, phrase: Phrase) -> tuple[Collection[int], Sequence[float]]:
        """Return the ids of the entries that hold a phrase, and the most of it that each can have.

        That is as much as it has of the rarest of the places' words.
        """
        ids = self.of([phrase])
        rarest = min(phrase, key=lambda place: sum(map(self._vocabulary.frequency, place)))
        amounts: dict[int, float] = dict.fromkeys(ids, 0.0)
        for word in rarest:
            for entry_id, amount in zip(*self.posting(word), strict=True):
                if entry_id in amounts:
                    amounts[entry_id] += amount
        return amounts.keys(), list(amounts.values())

    def of(self, phrases: Iterable[Phrase], fields: Sequence[str] = TEXT_FIELDS) -> AbstractSet[int]:
        """Return the entries that hold one of `phrases` in one of `fields`."""
        asked = frozenset(phrases), tuple(fields)
        if asked not in self._holders:
            self._holders[asked] = self._of(*asked)
        return self._holders[asked]

    def _of(self, phrases: Iterable[Phrase], fields: Sequence[str]) -> AbstractSet[int]:
        ids: set[int] = set()
        single: set[str] = set()
        for phrase in phrases:
            if len(phrase) > 1:
                ids.update(self._of_phrase(phrase, fields))
            else:
                single |= phrase[0]
        if len(single) > MANY:
            beginnings = self._vocabulary.beginnings
            for prefix in sorted(beginnings, key=len):  # the longer ones are often within a shorter one
                if beginnings[prefix] and beginnings[prefix] <= single:
                    ids.update(self._matching(beginning_with(prefix), fields))
                    single -= beginnings[prefix]
        if single and len(fields) < len(TEXT_FIELDS):
            ids.update(self._matching(any_of(single), fields))
        elif single:
            for word in sorted(single, key=self._vocabulary.frequency, reverse=True):
                ids.update(self.posting(word)[0])
        return ids

    def _of_phrase(self, phrase: Phrase, fields: Sequence[str]) -> Iterable[int]:
        if prod(map(len, phrase)) <= MANY:
            return self._matching(any_of(map(" ".join, product(*phrase))), fields)
        holding_all = " AND ".join(f"({any_of(place)})" for place in phrase)
        columns = [TEXT_FIELDS.index(field) for field in fields]
        return [
            entry.known_id
            for entry in read_entries(self._connection, self._matching(holding_all, fields))
            if any(starts(phrase, field_words(entry)[column]) for column in columns)
        ]

    def _matching(self, expression: str, fields: Sequence[str]) -> Sequence[int]:
        select, values = holding(fields, expression)
        if values not in self._matched:
            rows = self._connection.execute(select, values)
            self._matched[values] = array("q", chain.from_iterable(rows))
        return self._matched[values]
