"""Build the group of each query word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, Protocol

from newsarchive.search.groups import (
    EXACT,
    FOLDED,
    PREFIX,
    SOUND,
    SPELLING,
    STEM,
    THESAURUS,
    WANTED,
    Counts,
    Group,
    Member,
    Phrase,
)
from newsarchive.search.spelling import corrections
from newsarchive.search.stems import sounds_of_nominative
from newsarchive.text.key import key
from newsarchive.text.pairs import is_paired
from newsarchive.text.script import script
from newsarchive.text.words import stands_alone

# The vocabulary is folded, so that exact and folded differ only in what the reader is told.
_WEIGHTS: Final = {EXACT: 1.0, FOLDED: 1.0, SOUND: 0.95, STEM: 0.9, THESAURUS: 0.85, PREFIX: 0.8}
_CORRECTED: Final = (0.0, 0.75, 0.65, 0.5)  # by the number of edits
_INFLECTED: Final = 0.8  # what is left of a weight in a word that only shares the stem

_MOST_CORRECTED: Final = 40  # words from the first on; each may cost two walks through the vocabulary
_SHORTEST_PREFIX: Final = 3  # fewer letters begin too many words
_SHORTEST_LIKE_SOUND: Final = 5  # fewer letters of one script sound alike by chance

Found = dict[str, tuple[float, str]]
"""Words of the archive, each with its weight and reason; the best reason is the first to come."""


class Typed(NamedTuple):
    """A word of the query: as it was typed, folded, and whether it is the beginning of one (`migrat*`)."""

    text: str
    folded: str
    is_prefix: bool = False


class Synonyms(Protocol):
    """What search asks of a thesaurus; words are folded, and may be inflected."""

    def label_runs(self, run: Sequence[str], /) -> Sequence[tuple[int, int, Any]]:
        """Return start, length and concept of each label in `run`."""

    def forms(self, concept: Any, /) -> Sequence[Phrase]:
        """Return the labels of a concept, each of their words in all its forms."""


class GroupBuilder:
    """Finds the members of query words; not `fuzzy`, only words that are the same."""

    def __init__(self, counts: Counts, synonyms: Synonyms | None, *, fuzzy: bool) -> None:
        self._counts = counts
        self._vocabulary = counts.vocabulary
        self._synonyms = synonyms if fuzzy else None
        self._fuzzy = fuzzy

    def wanted(self, words: Sequence[Typed], fields: tuple[str, ...]) -> Iterator[Group]:
        """Yield the group of each word, then those of runs of words that are labels of the thesaurus."""
        labels = self._labels([word.folded for word in words])
        labelled = {place for start, length in labels for place in range(start, start + length)}
        for place, word in enumerate(words):
            found = self._found(word, is_last=place == len(words) - 1)
            if not found and place not in labelled and place < _MOST_CORRECTED:
                found = self._corrected(word)
            members = [*self._members(found), *labels.pop((place, 1), ())]
            yield self._group(word.text, members, WANTED, fields)
        for (start, length), members in labels.items():
            typed = " ".join(word.text for word in words[start : start + length])
            yield self._group(typed, members, WANTED, fields)

    def same(self, words: Sequence[Typed], typed: str, role: str, fields: tuple[str, ...]) -> Group:
        """Return the group of words that must stand side by side, as they are or in the other script."""
        places = [self._same(word) for word in words]
        if len(places) == 1:
            return self._group(typed, self._members(places[0]), role, fields)
        phrase = tuple(frozenset(place) for place in places)
        return self._group(typed, self._phrases([phrase], 1.0, EXACT), role, fields)

    # --- the words of a group ---------------------------------------------------------------------------

    def _same(self, word: Typed) -> Found:
        """Return the word, or those that begin with it, and its like in the other script."""
        vocabulary, folded = self._vocabulary, word.folded
        found: Found = {}
        if vocabulary.frequency(folded):
            found[folded] = _weigh(EXACT if word.text == folded else FOLDED)
        if word.is_prefix:
            return dict.fromkeys(vocabulary.beginning(folded), (1.0, PREFIX)) | found
        if is_paired(folded):
            return found | dict.fromkeys(self._pairs_with(folded), _weigh(PREFIX)) | found
        letters = {script(folded), "mixed", "other"}
        alike = (other for other in vocabulary.sounding(key(folded)) if script(other) not in letters)
        return found | dict.fromkeys(alike, _weigh(SOUND))

    def _pairs_with(self, folded: str) -> Iterable[str]:
        """Return the pairs that a single character is in; a pair stands for itself alone."""
        return self._vocabulary.containing(folded) if stands_alone(folded) else ()

    def _found(self, word: Typed, *, is_last: bool) -> Found:
        """Return the words that need no guess at a misspelling."""
        vocabulary, folded = self._vocabulary, word.folded
        found = self._same(word)
        if word.is_prefix or not self._fuzzy or is_paired(folded):
            return found
        alike = vocabulary.sounding(key(folded)) if len(folded) >= _SHORTEST_LIKE_SOUND else ()
        _add(found, (other for other in alike if len(other) >= _SHORTEST_LIKE_SOUND), _weigh(SOUND))
        _add(found, vocabulary.inflections(folded), _weigh(STEM))
        _add(found, self._other_forms(folded), (_WEIGHTS[SOUND] * _INFLECTED, SOUND))
        if not found and is_last and len(folded) >= _SHORTEST_PREFIX:
            _add(found, vocabulary.beginning(folded), _weigh(PREFIX))
        return self._with_inflections(found)

    def _other_forms(self, folded: str) -> Iterable[str]:
        """Return words in the other script that sound like another form: Mezhnev and Межнева are one name."""
        if script(folded) == "latin":
            return self._vocabulary.inflections_sounding(folded)
        if script(folded) != "cyrillic":
            return ()
        alike = chain.from_iterable(map(self._vocabulary.sounding, sounds_of_nominative(folded)))
        return (other for other in alike if script(other) == "latin")

    def _corrected(self, word: Typed) -> Found:
        """Return the words that a misspelt one most likely stands for."""
        if word.is_prefix or not self._fuzzy or is_paired(word.folded):
            return {}
        words, edits = corrections(word.folded, self._vocabulary)
        return self._with_inflections(dict.fromkeys(words, (_CORRECTED[edits], SPELLING)))

    def _with_inflections(self, found: Found) -> Found:
        """Add to what was found by sound or spelling the other forms of the same words."""
        for other, (weight, reason) in list(found.items()):
            if reason in (SOUND, SPELLING):
                _add(found, self._vocabulary.inflections(other), (weight * _INFLECTED, reason))
        return found

    # --- the labels of a thesaurus ----------------------------------------------------------------------

    def _labels(self, words: Sequence[str]) -> dict[tuple[int, int], list[Member]]:
        """Return what the archive holds of other labels for runs of words, by start and length of the run."""
        if self._synonyms is None:
            return {}
        labels: dict[tuple[int, int], list[Member]] = {}
        for start, length, concept in self._synonyms.label_runs(words):
            run = words[start : start + length]
            others = (form for form in self._synonyms.forms(concept) if not _holds(form, run))
            members = self._phrases(others, *_weigh(THESAURUS))
            if members:
                labels.setdefault((start, length), []).extend(members)
        return labels

    # --- members ----------------------------------------------------------------------------------------

    def _members(self, found: Found) -> list[Member]:
        frequency = self._vocabulary.frequency
        return [
            Member((frozenset((word,)),), weight, reason, frequency(word))
            for word, (weight, reason) in found.items()
        ]

    def _phrases(self, phrases: Iterable[Phrase], weight: float, reason: str) -> list[Member]:
        """Return those of `phrases` that the archive holds, with no more forms of a word than it holds."""
        known = (
            tuple(frozenset(filter(self._vocabulary.frequency, place)) for place in phrase)
            for phrase in phrases
        )
        counted = ((phrase, self._counts.frequency([phrase])) for phrase in known if all(phrase))
        return [Member(phrase, weight, reason, frequency) for phrase, frequency in counted if frequency]

    def _group(self, typed: str, members: list[Member], role: str, fields: tuple[str, ...]) -> Group:
        members.sort(key=lambda member: (-member.weight, -member.frequency, member.text))
        frequency = self._counts.frequency([member.phrase for member in members]) if members else 0
        return Group(typed, tuple(members), frequency, role, fields)


def _weigh(reason: str) -> tuple[float, str]:
    return _WEIGHTS[reason], reason


def _add(found: Found, words: Iterable[str], why: tuple[float, str]) -> None:
    for word in words:
        found.setdefault(word, why)


def _holds(phrase: Phrase, run: Sequence[str]) -> bool:
    """Whether the words of `run` stand side by side in `phrase`."""
    starts = range(len(phrase) - len(run) + 1)
    return any(all(word in phrase[start + step] for step, word in enumerate(run)) for start in starts)
