"""What ranking asks of an index, and the index that is built in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Protocol

import msgspec

from newsarchive.entry import Entry
from newsarchive.query.matching import matcher
from newsarchive.query.tree import And, Node
from newsarchive.search.fields import TEXT_FIELDS, field_words, read_field_words
from newsarchive.search.groups import CLOSE, REQUIRED, WANTED, Counts, Group, Phrase
from newsarchive.search.occurrences import starts
from newsarchive.search.stems import languages_that_stem
from newsarchive.search.vocabulary import MemoryVocabulary, Vocabulary, ending_so
from newsarchive.text.compounds import may_compound


class Document:
    """An entry, the folded words of each of its text fields in their order, and how often each word comes."""

    __slots__ = ("counts", "entry", "words")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.words: tuple[list[str], ...] = field_words(entry)
        self.counts = tuple(Counter(words) if words else {} for words in self.words)


class Candidates(msgspec.Struct, frozen=True):
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

    def may_find(self, needed: Sequence[Group], required: Sequence[Node]) -> bool:
        """Whether some entry may hold the groups, each of which is needed, and match `required`."""

    def find(self, groups: Sequence[Group], required: Sequence[Node], most: int | None) -> Candidates:
        """Return the entries that hold the groups and match `required`.

        Of more than `most` only those need be returned that can be among the best `most`.
        """


class MemoryPostings:
    """An index in memory."""

    def __init__(
        self, entries: Iterable[Entry], *, tag_aliases: Callable[[str], Collection[str]] | None = None
    ) -> None:
        """Index `entries`; `tag_aliases` gives the tags that mean the same as one that a query names."""
        from newsarchive.store.snapshot import collector_paused  # spares start-up: it brings msgspec

        self._tag_aliases = tag_aliases
        self._holders: dict[str, list[int]] = {}
        self._stemmed_words: dict[str, set[str]] = {}
        self._readings: dict[str, set[str]] = {}
        self._phrase_holders: dict[Phrase, Collection[int]] = {}
        with collector_paused():
            self._documents = [Document(entry) for entry in entries]
            for number, document in enumerate(self._documents):
                self._add(number, document)

    def _add(self, number: int, document: Document) -> None:
        words = set(chain.from_iterable(document.counts))
        for word in words:
            self._holders.setdefault(word, []).append(number)
        for language in languages_that_stem(document.entry.languages):
            self._stemmed_words.setdefault(language, set()).update(words)
        for sound, word in read_field_words(document.entry):
            self._readings.setdefault(sound, set()).add(word)

    @property
    def size(self) -> int:
        """See Postings."""
        return len(self._documents)

    @cached_property
    def average_lengths(self) -> Sequence[float]:
        """See Postings."""
        lengths = [[len(words) for words in document.words] for document in self._documents]
        columns = [list(filter(None, column)) for column in zip(*lengths, strict=True)]
        return [sum(column) / max(1, len(column)) for column in columns or [[]] * len(TEXT_FIELDS)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """See Counts."""
        frequencies = {word: len(holders) for word, holders in self._holders.items()}
        return MemoryVocabulary(frequencies, self._stemmed_words, self._readings)

    def compounds(self, last_part: str) -> Collection[str]:
        """See Counts."""
        if not self._has_compounds:
            return []
        return [word for word in ending_so(self._all_words, last_part) if self._is_compound(word)]

    @cached_property
    def _has_compounds(self) -> bool:
        languages = (document.entry.languages for document in self._documents)
        return any(its and may_compound(its) for its in languages)

    @cached_property
    def _all_words(self) -> str:
        return " ".join(sorted(self._holders))

    def _is_compound(self, word: str) -> bool:
        return any(may_compound(self._documents[number].entry.languages) for number in self._holders[word])

    def frequency(self, phrases: Collection[Phrase]) -> int:
        """See Counts."""
        return len(self._holding(phrases, TEXT_FIELDS))

    def may_find(self, needed: Sequence[Group], required: Sequence[Node]) -> bool:
        """See Postings."""
        return all(group.frequency for group in needed if group.role in (REQUIRED, CLOSE))

    def find(self, groups: Sequence[Group], required: Sequence[Node], most: int | None = None) -> Candidates:
        """See Postings; all of them are returned."""
        documents = [self._documents[number] for number in sorted(self._candidates(groups))]
        if required:
            matches = matcher(And(tuple(required)), tag_aliases=self._tag_aliases)
            documents = [document for document in documents if matches(document.entry)]
        return Candidates(documents, len(documents))

    def _candidates(self, groups: Sequence[Group]) -> Collection[int]:
        """Return the documents with a wanted group and all required ones: only those need be matched."""
        holding = [
            (group.role, self._holding([member.phrase for member in group.members], group.fields))
            for group in groups
        ]
        wanted = [numbers for role, numbers in holding if role == WANTED]
        candidates = set[int]().union(*wanted) if wanted else set(range(self.size))
        return candidates.intersection(*(numbers for role, numbers in holding if role in (REQUIRED, CLOSE)))

    def _holding(self, phrases: Collection[Phrase], fields: Sequence[str]) -> set[int]:
        """Return the documents that hold one of `phrases` in one of `fields`."""
        holders = (self._holders_of_phrase(p) if len(p) > 1 else self._holders_of(p[0]) for p in phrases)
        numbers = set(chain.from_iterable(holders))
        if len(fields) == len(TEXT_FIELDS):
            return numbers
        columns = [TEXT_FIELDS.index(field) for field in fields]
        return {number for number in numbers if self._has(number, phrases, columns)}

    def _holders_of(self, words: Iterable[str]) -> Iterable[int]:
        return chain.from_iterable(self._holders.get(word, ()) for word in words)

    def _holders_of_phrase(self, phrase: Phrase) -> Collection[int]:
        """Return the documents that hold `phrase`, which is asked for more than once in a search."""
        if phrase not in self._phrase_holders:
            numbers = set.intersection(*(set(self._holders_of(place)) for place in phrase))
            columns = range(len(TEXT_FIELDS))
            self._phrase_holders[phrase] = [n for n in numbers if self._has(n, [phrase], columns)]
        return self._phrase_holders[phrase]

    def _has(self, number: int, phrases: Iterable[Phrase], columns: Sequence[int]) -> bool:
        words = self._documents[number].words
        return any(starts(phrase, words[column]) for phrase in phrases for column in columns)
