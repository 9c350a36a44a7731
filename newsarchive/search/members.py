"""Make the members of groups: words and phrases of the archive, each with its weight and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from newsarchive.search.groups import (
    COMPOUND,
    EXACT,
    FOLDED,
    JOINED,
    PREFIX,
    SOUND,
    STEM,
    THESAURUS,
    Counts,
    Group,
    Member,
    Phrase,
)

# The vocabulary is folded, so that exact and folded differ only in what the reader is told.
WEIGHTS: Final = {
    EXACT: 1.0,
    FOLDED: 1.0,
    SOUND: 0.95,
    STEM: 0.9,
    THESAURUS: 0.85,
    PREFIX: 0.8,
    JOINED: 0.85,  # below both words in a title twice as long
    COMPOUND: 0.5,
}

Why = tuple[float, str]
"""A weight and a reason."""

Found = dict[str, Why]
"""Words of the archive, each with its weight and reason; the best reason is the first to come."""


def weigh(reason: str) -> Why:
    """Return the weight of a reason, with the reason."""
    return WEIGHTS[reason], reason


def add(found: Found, words: Iterable[str], why: Why) -> None:
    """Add words that were not found for a better reason."""
    for word in words:
        found.setdefault(word, why)


class Members:
    """Makes members and groups of the words of one archive."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.vocabulary = counts.vocabulary

    def of(self, found: Found) -> list[Member]:
        """Return a member for each word."""
        frequency = self.vocabulary.frequency
        return [
            Member((frozenset((word,)),), weight, reason, frequency(word))
            for word, (weight, reason) in found.items()
        ]

    def of_phrases(self, phrases: Iterable[Phrase], weight: float, reason: str) -> list[Member]:
        """Return those of `phrases` that the archive holds, with no more forms of a word than it holds."""
        known = (
            tuple(frozenset(filter(self.vocabulary.frequency, place)) for place in phrase)
            for phrase in phrases
        )
        counted = ((phrase, self.counts.frequency([phrase])) for phrase in known if all(phrase))
        return [Member(phrase, weight, reason, frequency) for phrase, frequency in counted if frequency]

    def group(self, typed: str, members: list[Member], role: str, fields: tuple[str, ...]) -> Group:
        """Return the group of members, the best first."""
        members.sort(key=lambda member: (-member.weight, -member.frequency, member.text))
        frequency = self.counts.frequency([member.phrase for member in members]) if members else 0
        return Group(typed, tuple(members), frequency, role, fields)

    def beside(self, group: Group, members: Sequence[Member], factor: float) -> Iterator[Group]:
        """Yield the group of `members` that rank below another, and are taken for no rarer than that."""
        if members:
            beside = self.group(group.typed, list(members), group.role, group.fields)
            phrases = [member.phrase for member in (*group.members, *members)]
            yield beside._replace(frequency=self.counts.frequency(phrases), factor=factor)
