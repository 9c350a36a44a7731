"""What a thesaurus knows of the words of a query: other names of the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol

import msgspec

from newsarchive.search.groups import THESAURUS, Member, Phrase
from newsarchive.search.members import Members, weigh
from newsarchive.text.numbers import is_code
from newsarchive.text.pairs import is_paired

_LONGEST_CODE: Final = 2
"""So many words an abbreviation with its number may be written in: COP 17."""

_WHOSE: Final[Sequence[Phrase]] = (
    (
        frozenset(("to", "of", "under", "a", "de")),
        frozenset(("the", "la", "cites", "unfccc", "ccnucc", "cbd", "cdb", "unccd", "ramsar")),
    ),
    (frozenset(("конвенции", "рамочной", "рамсарской", "базельской", "ситес", "ркик", "кбр", "кбо")),),
)
"""How an entry goes on that says whose conference it tells of: the 17th one to the Convention on Trade."""

Run = tuple[int, int]
"""Start and length of words side by side."""


class Synonyms(Protocol):
    """What search asks of a thesaurus; words are folded, and may be inflected."""

    def label_runs(self, run: Sequence[str], /) -> Sequence[tuple[int, int, Any]]:
        """Return start, length and concept of each label in `run`."""

    def forms(self, concept: Any, /) -> Sequence[Phrase]:
        """Return the labels of a concept, each of their words in all its forms."""

    def unlisted(self, concept: Any, /) -> Sequence[Sequence[str]]:
        """Return those of its labels whose words are in other forms as well, which `forms` does not have."""


class Labelled(msgspec.Struct, frozen=True):
    """The members that other labels give for runs of words, and the places of all labels among the words."""

    members: dict[Run, list[Member]]
    places: set[int]


class Labels:
    """Looks words up in a thesaurus, if there is one."""

    def __init__(self, members: Members, synonyms: Synonyms | None) -> None:
        self._members = members
        self._synonyms = synonyms

    def among(self, words: Sequence[str]) -> Labelled:
        """Return what the archive holds of other labels for runs of `words`."""
        found = Labelled({}, set())
        for start, length, concept in self._synonyms.label_runs(words) if self._synonyms else ():
            found.places.update(range(start, start + length))
            run = words[start : start + length]
            others = (form for form in self._forms(concept) if self._may_stand_for(form, run))
            members = self._members.of_phrases([*others, *self._inflected(concept)], *weigh(THESAURUS))
            if members:
                found.members.setdefault((start, length), []).extend(members)
        return found

    def _inflected(self, concept: Any) -> Iterator[Phrase]:
        """Yield labels with the forms that the archive has of their words, where the thesaurus lists none."""
        for label in self._synonyms.unlisted(concept) if self._synonyms else ():
            yield tuple(frozenset({word, *self._forms_there(word)}) for word in label)

    def _forms_there(self, word: str) -> Iterator[str]:
        vocabulary = self._members.vocabulary
        if not is_paired(word):
            yield from vocabulary.inflections(word)
            yield from vocabulary.inflections_sounding(word)

    def is_label(self, *words: str) -> bool:
        """Whether all of these words together are a label."""
        runs = self._synonyms.label_runs(words) if self._synonyms else ()
        return any(length == len(words) for _, length, _ in runs)

    def of_whole(self, words: Sequence[str]) -> list[Member]:
        """Return what the archive holds of the labels of what all of `words` together are a label of."""
        runs = self._synonyms.label_runs(words) if self._synonyms else ()
        forms = [form for _, length, concept in runs if length == len(words) for form in self._forms(concept)]
        return self._members.of_phrases(forms, *weigh(THESAURUS))

    def _may_stand_for(self, form: Phrase, run: Sequence[str]) -> bool:
        """Whether an entry with another label is what is meant by one.

        That is not so where the label itself is a part of the other one, nor from an abbreviation with a number
        to words where every entry that has them goes on to say whose they are: COP17 is the 17th Conference of
        the Parties, but not the one to another convention, whose labels name it.
        """
        if _holds(form, run):
            return False
        if len(run) > 1 or not is_code(run[0]) or len(form) <= _LONGEST_CODE:
            return True
        frequency = self._members.counts.frequency
        return frequency([form]) > frequency([(*form, *whose) for whose in _WHOSE])

    def _forms(self, concept: Any) -> Sequence[Phrase]:
        return self._synonyms.forms(concept) if self._synonyms else ()


def _holds(phrase: Phrase, run: Sequence[str]) -> bool:
    """Whether the words of `run` stand side by side in `phrase`."""
    starts = range(len(phrase) - len(run) + 1)
    return any(all(word in phrase[start + step] for step, word in enumerate(run)) for start in starts)
