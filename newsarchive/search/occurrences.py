"""Where the members of groups stand in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import contains
from typing import NamedTuple

from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.groups import Group, Member, Phrase


class Occurrence(NamedTuple):
    """The place where a member of a group begins; groups are numbered as they come."""

    place: int
    group: int
    member: Member


class Finder:
    """Looks for the members of groups among words; of two reasons for a word the better one counts."""

    def __init__(self, groups: Mapping[int, Group]) -> None:
        self.words: dict[str, list[tuple[int, Member]]] = {}
        self.phrases: list[tuple[int, Member]] = []
        for number, group in groups.items():
            known: set[str] = set()
            for member in group.members:
                if len(member.phrase) > 1:
                    self.phrases.append((number, member))
                    continue
                for word in sorted(member.phrase[0] - known):
                    self.words.setdefault(word, []).append((number, member))
                known |= member.phrase[0]

    def find(self, words: Sequence[str]) -> Iterator[Occurrence]:
        """Yield the single words from left to right, then phrase by phrase."""
        known = self.words
        for place, word in enumerate(words):
            if word in known:
                for number, member in known[word]:
                    yield Occurrence(place, number, member)
        for number, member in self.phrases:
            for place in starts(member.phrase, words):
                yield Occurrence(place, number, member)


def finders(groups: Sequence[Group]) -> tuple[Finder, ...]:
    """Return the finder for each of TEXT_FIELDS; fields in which the same groups count share one."""
    counting = [
        tuple(number for number, group in enumerate(groups) if field in group.fields) for field in TEXT_FIELDS
    ]
    made = {numbers: Finder({number: groups[number] for number in numbers}) for numbers in set(counting)}
    return tuple(made[numbers] for numbers in counting)


def starts(phrase: Phrase, words: Sequence[str]) -> list[int]:
    """Return the places in `words` where `phrase` begins, in ascending order."""
    first, *others = phrase
    found = []
    for word in first:
        place = -1
        for _ in range(words.count(word)):  # count and index are much faster than a loop over the words
            place = words.index(word, place + 1)
            following = words[place + 1 : place + len(phrase)]
            if len(following) == len(others) and all(map(contains, others, following)):
                found.append(place)
    return sorted(found)
