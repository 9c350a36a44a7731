"""What ranking asks of an index, and the index that is built in memory."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

from newsarchive.entry import Entry
from newsarchive.query.matching import matcher
from newsarchive.query.tree import And, Node
from newsarchive.search.fields import TEXT_FIELDS, field_words
from newsarchive.search.groups import REQUIRED, WANTED, Counts, Group, Phrase
from newsarchive.search.occurrences import starts
from newsarchive.search.stems import latin_languages
from newsarchive.search.vocabulary import MemoryVocabulary, Vocabulary


class Document:
    """An entry, the folded words of each of its text fields in their order, and how often each word comes."""

    __slots__ = ("counts", "entry", "words")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.words: tuple[list[str], ...] = field_words(entry)
        self.counts: tuple[Counter[str], ...] = tuple(map(Counter, self.words))


class Found(NamedTuple):
    """The documents that may rank, and how many entries match."""

    documents: Sequence[Document]
    total: int


class Postings(Counts, Protocol):
    """What ranking asks of an index."""

    @property
    def size(self) -> int:
        """The number of entries."""

    @property
    def average_lengths(self) -> Sequence[float]:
        """The average number of words in each of TEXT_FIELDS, of those entries that have it."""

    def find(self, groups: Sequence[Group], required: Sequence[Node], most: int | None) -> Found:
        """Return the entries that hold the groups and match `required`.

        Of more than `most` only those need be returned that can be among the best `most`.
        """


class MemoryPostings:
    """An index in memory."""

    def __init__(
        self, entries: Iterable[Entry], *, tag_aliases: Callable[[str], Collection[str]] | None = None
    ) -> None:
        """Index `entries`; `tag_aliases` gives the tags that mean the same as one that a query names."""
        self._tag_aliases = tag_aliases
        self._documents = [Document(entry) for entry in entries]
        self._holders: dict[str, list[int]] = {}
        self._latin_words: dict[str, set[str]] = {}
        for number, document in enumerate(self._documents):
            words = set(chain.from_iterable(document.counts))
            for word in words:
                self._holders.setdefault(word, []).append(number)
            for language in latin_languages(document.entry.languages):
                self._latin_words.setdefault(language, set()).update(words)

    @property
    def size(self) -> int:
        """See Postings."""
        return len(self._documents)

    @cached_property
    def average_lengths(self) -> Sequence[float]:
        """See Postings."""
        columns = zip(*(document.words for document in self._documents), strict=True)
        lengths = ([len(words) for words in column if words] for column in columns)
        return [sum(column) / len(column) if column else 0.0 for column in lengths] or [0.0] * len(
            TEXT_FIELDS
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """See Counts."""
        frequencies = {word: len(holders) for word, holders in self._holders.items()}
        return MemoryVocabulary(self.size, frequencies, self._latin_words)

    def frequency(self, phrases: Collection[Phrase]) -> int:
        """See Counts."""
        return len(self._holding(phrases, TEXT_FIELDS))

    def find(self, groups: Sequence[Group], required: Sequence[Node], most: int | None = None) -> Found:
        """See Postings; all of them are returned."""
        documents = [self._documents[number] for number in sorted(self._candidates(groups))]
        if required:
            matches = matcher(And(tuple(required)), tag_aliases=self._tag_aliases)
            documents = [document for document in documents if matches(document.entry)]
        return Found(documents, len(documents))

    def _candidates(self, groups: Sequence[Group]) -> Collection[int]:
        """Return the entries with a wanted group and all required ones, which spares matching the others."""
        holding = [
            (group.role, self._holding([m.phrase for m in group.members], group.fields)) for group in groups
        ]
        wanted = [numbers for role, numbers in holding if role == WANTED]
        candidates = set[int]().union(*wanted) if wanted else set(range(self.size))
        return candidates.intersection(*(numbers for role, numbers in holding if role == REQUIRED))

    def _holding(self, phrases: Collection[Phrase], fields: Sequence[str]) -> set[int]:
        """Return the documents that hold one of `phrases` in one of `fields`."""
        holding: set[int] = set()
        columns = [column for column, field in enumerate(TEXT_FIELDS) if field in fields]
        for phrase in phrases:
            places = (self._holding_word(place) for place in phrase)
            numbers = functools.reduce(set.intersection, places) - holding
            if len(phrase) > 1 or len(columns) < len(TEXT_FIELDS):
                numbers = {number for number in numbers if self._has(number, phrase, columns)}
            holding |= numbers
        return holding

    def _holding_word(self, place: Iterable[str]) -> set[int]:
        return set(chain.from_iterable(self._holders.get(word, ()) for word in place))

    def _has(self, number: int, phrase: Phrase, columns: Iterable[int]) -> bool:
        words = self._documents[number].words
        return any(starts(phrase, words[column]) for column in columns)
