"""Where the members of groups stand in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsarchive.search.groups import Group, Member, Phrase


class Occurrence(NamedTuple):
    """The place where a member of a group begins; groups are numbered as they come."""

    place: int
    group: int
    member: Member


class Finder:
    """Looks for the members of those groups that count in one field."""

    def __init__(self, groups: Sequence[Group], field: str) -> None:
        self.words: dict[str, list[tuple[int, Member]]] = {}
        self.phrases: list[tuple[int, Member]] = []
        for number, group in enumerate(groups):
            if field in group.fields:
                self._add(number, group)

    def _add(self, number: int, group: Group) -> None:
        """Note the members of a group; a word that is there for two reasons counts for the better one."""
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


def starts(phrase: Phrase, words: Sequence[str]) -> list[int]:
    """Return the places in `words` where `phrase` begins."""
    first, *others = phrase
    last = max(0, len(words) - len(others))
    return [
        place
        for place, word in enumerate(words[:last])
        if word in first and all(words[place + step] in other for step, other in enumerate(others, 1))
    ]
