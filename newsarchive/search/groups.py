"""What a query means in an archive: each of its words stands for a group of the archive's own words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple, Protocol

from newsarchive.search.vocabulary import Vocabulary

Phrase = tuple[frozenset[str], ...]
"""Folded words side by side, in each place one of several; a single word is a phrase of one place."""

EXACT: Final = "exact"
FOLDED: Final = "folded"
SOUND: Final = "sound"
STEM: Final = "stem"
THESAURUS: Final = "thesaurus"
PREFIX: Final = "prefix"
JOINED: Final = "joined"
COMPOUND: Final = "compound"
SPELLING: Final = "spelling"
KEYBOARD: Final = "keyboard"
NEAREST: Final = "nearest"

GUESSES: Final = (SPELLING, KEYBOARD, NEAREST)
"""The reasons for which a word is taken for one that it is not."""

WANTED: Final = "wanted"
REQUIRED: Final = "required"
CLOSE: Final = "close"
OPTIONAL: Final = "optional"


class Member(NamedTuple):
    """A word or phrase of the archive: how much it counts, why it belongs, and how many entries hold it."""

    phrase: Phrase
    weight: float
    reason: str
    frequency: int

    @property
    def text(self) -> str:
        """The member for people to read, such as `snow leopard/leopards`."""
        return " ".join("/".join(sorted(place)) for place in self.phrase)


class Group(NamedTuple):
    """A word of the query as typed and its members, the best first; `frequency` counts the entries with any.

    An entry that is found holds one of the wanted groups, if there are any, and each of the required and the
    close ones. What is required is a condition of the query as well; a close group is one by itself.
    Words in other fields than `fields` don't count. `factor` is what the group counts beside others: less where
    it is a guess beside words that are there as they were typed.
    """

    typed: str
    members: tuple[Member, ...]
    frequency: int
    role: str
    fields: tuple[str, ...]
    factor: float = 1.0


class Counts(Protocol):
    """What groups are built from."""

    @property
    def size(self) -> int:
        """The number of entries."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""

    def compounds(self, last_part: str) -> Collection[str]:
        """Return the words of which `last_part`, or a form of it, is the last part.

        That is in languages which write compounds as one word, and in entries without a language if there are
        any in such a language.
        """

    def frequency(self, phrases: Collection[Phrase]) -> int:
        """Return how many entries hold one of `phrases` or more."""
