"""The words that an archive holds, and the ways to look them up."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, takewhile
from typing import Final, Protocol, TypeVar

from newsarchive.search.stems import (
    loosely_sounding_stems,
    sounding_stems,
    stemming_languages,
    stems_and_sounds,
    stems_of,
)
from newsarchive.text.key import key

Nearest = tuple[list[str], int]
"""What is nearest to something, and how far it is away."""

SHORTEST_CORRECTION: Final = 4
"""No misspelt word stands for one that has fewer letters."""


class Vocabulary(Protocol):
    """Folded words, each with the number of entries that hold it.

    A *correction* is a word that a misspelt one may stand for: not a short one, and never a number.
    """

    corrected: dict[str, Nearest]
    """What `spelling` found to be nearest to words by their letters."""

    corrected_sounds: dict[tuple[str, int], Nearest]
    """The keys nearest to others, by those and the most that they may differ."""

    @property
    def stemming(self) -> Sequence[str]:
        """The languages that stem words."""

    def frequency(self, word: str) -> int:
        """Return how many entries hold `word`; 0 when none does."""

    def inflections(self, word: str) -> Collection[str]:
        """Return the words with the stem of `word`."""

    def sounding(self, sound: str) -> Collection[str]:
        """Return the words whose cross-script key is `sound`."""

    def read_as(self, sound: str) -> Collection[str]:
        """Return the words whose marks tell that they sound so: juscenko, where it is written Juščenko."""

    def inflections_sounding(self, word: str) -> Collection[str]:
        """Return the words that sound, but for their ending, like `word` in another script, see `stems`."""

    def sounding_loosely(self, word: str) -> Collection[str]:
        """Return the words that sound like `word`, or begin so, when it is in no entry in any other way."""

    def beginning(self, prefix: str) -> Collection[str]:
        """Return the words that begin with `prefix`."""

    def containing(self, character: str) -> Collection[str]:
        """Return the words that hold `character`: pairs of which it is one, and itself."""

    def corrections(self, shortest: int, longest: int) -> Sequence[str]:
        """Return the corrections of that many letters."""

    def correction_keys(self, shortest: int, longest: int) -> Sequence[str]:
        """Return those cross-script keys of corrections that have that many letters."""


class MemoryVocabulary:
    """A vocabulary in memory, whose indexes are built when they are first asked for."""

    def __init__(
        self,
        frequencies: Mapping[str, int],
        stemmed_words: Mapping[str, Collection[str]],
        readings: Mapping[str, Collection[str]],
    ) -> None:
        """Take the number of entries of each word; its words by language that stems them, and by their marks."""
        self._frequencies = frequencies
        self._readings = readings
        self._stemmed_words = stemmed_words
        self.corrected: dict[str, Nearest] = {}
        self.corrected_sounds: dict[tuple[str, int], Nearest] = {}

    @property
    def stemming(self) -> Sequence[str]:
        """See Vocabulary."""
        return tuple(self._stemmed_words)

    def frequency(self, word: str) -> int:
        """See Vocabulary."""
        return self._frequencies.get(word, 0)

    def inflections(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        languages = stemming_languages(word, self.stemming)
        return self._stemmed(stems_of(word, languages))

    def sounding(self, sound: str) -> Collection[str]:
        """See Vocabulary."""
        return self._words_by_key.get(sound, ())

    def read_as(self, sound: str) -> Collection[str]:
        """See Vocabulary."""
        return self._readings.get(sound, ())

    def inflections_sounding(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        return self._stemmed(sounding_stems(word, self.stemming))

    def sounding_loosely(self, word: str) -> Collection[str]:
        """See Vocabulary."""
        alike = self._stemmed(loosely_sounding_stems(word, self.stemming))
        sound = key(word)
        return [*alike, *self._sounding_from(sound)] if len(sound) >= SHORTEST_CORRECTION else alike

    def _stemmed(self, stems: Iterable[str]) -> Collection[str]:
        return list(dict.fromkeys(chain.from_iterable(self._words_by_stem.get(stem, ()) for stem in stems)))

    def beginning(self, prefix: str) -> Collection[str]:
        """See Vocabulary."""
        first = bisect_left(self._sorted, prefix)
        return list(takewhile(lambda word: word.startswith(prefix), self._sorted[first:]))

    def containing(self, character: str) -> Collection[str]:
        """See Vocabulary."""
        return [word for word in self._frequencies if character in word]

    def corrections(self, shortest: int, longest: int) -> Sequence[str]:
        """See Vocabulary."""
        return _of_lengths(self._corrections_by_length, shortest, longest)

    def correction_keys(self, shortest: int, longest: int) -> Sequence[str]:
        """See Vocabulary."""
        return _of_lengths(self._keys_by_length, shortest, longest)

    def _sounding_from(self, sound: str) -> Iterable[str]:
        first = bisect_left(self._sorted_keys, sound)
        keys = takewhile(lambda key: key.startswith(sound), self._sorted_keys[first:])
        return chain.from_iterable(self._words_by_key[key] for key in keys)

    @cached_property
    def _sorted_keys(self) -> list[str]:
        return sorted(self._words_by_key)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._frequencies)

    @cached_property
    def _words_by_key(self) -> Mapping[str, list[str]]:
        return _grouped((key(word), word) for word in self._frequencies)

    @cached_property
    def _words_by_stem(self) -> Mapping[str, list[str]]:
        stemmed: dict[str, list[str]] = defaultdict(list)
        for language, vocabulary in self._stemmed_words.items():
            for word in vocabulary:
                for code in stemming_languages(word, (language,)):
                    stemmed[code].append(word)
        pairs = (stems_and_sounds(words, language) for language, words in stemmed.items())
        return _grouped(chain.from_iterable(pairs))

    @cached_property
    def _corrections(self) -> list[str]:
        return list(filter(_may_be_meant, self._frequencies))

    @cached_property
    def _corrections_by_length(self) -> Mapping[int, list[str]]:
        return _grouped((len(word), word) for word in self._corrections)

    @cached_property
    def _keys_by_length(self) -> Mapping[int, list[str]]:
        keys = dict.fromkeys(key(word) for word in self._corrections)
        return _grouped((len(sound), sound) for sound in keys)


def _may_be_meant(word: str) -> bool:
    """Whether a misspelt word may stand for `word`: it never does for a number."""
    return len(word) >= SHORTEST_CORRECTION and not (word.isdigit() and word.isascii())


_Key = TypeVar("_Key", int, str)


def _grouped(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, list[str]]:
    groups: dict[_Key, list[str]] = {}
    for name, word in pairs:
        groups.setdefault(name, []).append(word)
    return groups


def _of_lengths(by_length: Mapping[int, list[str]], shortest: int, longest: int) -> list[str]:
    return list(chain.from_iterable(by_length.get(length, ()) for length in range(shortest, longest + 1)))


def holding(words: str, character: str) -> Iterator[str]:
    """Yield those of `words`, joined by blanks, that hold `character`."""
    at = words.find(character)
    while at >= 0:
        start, end = words.rfind(" ", 0, at) + 1, words.find(" ", at)
        end = len(words) if end < 0 else end
        yield words[start:end]
        at = words.find(character, end)


def ending_so(words: str, last_part: str, *, shortest: int = 3, longest_ending: int = 3) -> Iterator[str]:
    """Yield those of `words`, joined by blanks, whose last part is `last_part`, perhaps with an ending."""
    at = words.find(last_part)
    while at >= 0:
        start, end = words.rfind(" ", 0, at) + 1, words.find(" ", at)
        end = len(words) if end < 0 else end
        if at - start >= shortest and end - at - len(last_part) <= longest_ending:
            yield words[start:end]
        at = words.find(last_part, end)
