"""Words that are parted in one place and joined in another: snowleopard, mid-term, wild life, Saigaantilope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from newsarchive.search.groups import COMPOUND, JOINED, WANTED, Group, Member, Phrase
from newsarchive.search.labels import Labels
from newsarchive.search.members import WEIGHTS, Members, weigh
from newsarchive.search.scoring import rarity
from newsarchive.search.typed import BLANK, Typed
from newsarchive.text.numbers import is_parted
from newsarchive.text.pairs import is_paired

BESIDE: Final = 0.8
"""What a split counts beside the word as it was typed."""

LAST: Final = 0.02
"""What a compound counts, which can only come last."""

_SHORTEST_PART: Final = 2
_SHORTEST_SPLIT: Final = 5
_SHORTEST_JOINED: Final = 6  # fewer letters are joined by chance: `in to`, `may be`
_SHORTEST_HYPHENATED: Final = 4
_SHORTEST_LAST_PART: Final = 5
_COMMON: Final = 1_000
"""Words in more entries, and in a fifth of all, stand side by side by chance, and take long to look for."""


class Boundaries:
    """Looks for the words of an archive that differ from what was typed in where they begin and end."""

    def __init__(self, members: Members, labels: Labels) -> None:
        self._members = members
        self._labels = labels
        self._vocabulary = members.vocabulary
        self._size = members.counts.size

    # --- what was typed as one ---------------------------------------------------------------------------

    def splits(self, word: Typed, *, is_known: bool) -> list[Member]:
        """Return the pairs that `word` is when it is parted; for one that is not known, also other names."""
        if not _may_be_parted(word, _SHORTEST_SPLIT):
            return []
        first = _SHORTEST_PART if is_known else 1  # email may be e-mail, but along is no `a long`
        cuts = range(first, len(word.folded) - _SHORTEST_PART + 1)
        pairs = [(word.folded[:at], word.folded[at:]) for at in cuts]
        phrases = [phrase for pair in pairs if (phrase := self._phrase(*pair))]
        if is_known:
            phrases = [phrase for phrase in phrases if not any(map(self._is_common, phrase))]
        members = self._members.of_phrases(phrases, *weigh(JOINED))
        known = {member.phrase for member in members}
        others = [] if is_known else [member for pair in pairs for member in self._labels.of_whole(pair)]
        return members + [member for member in others if member.phrase not in known]

    def _phrase(self, first: str, second: str) -> Phrase | None:
        places = self._forms(first), self._forms(second)
        return places if all(places) else None

    def _forms(self, word: str) -> frozenset[str]:
        """Return the forms of a word that the archive holds."""
        known = {word} if self._vocabulary.frequency(word) else set()
        if len(word) > _SHORTEST_PART:
            known.update(self._vocabulary.inflections(word))
        return frozenset(known)

    def _is_common(self, place: Iterable[str]) -> bool:
        return sum(map(self._vocabulary.frequency, place)) > max(_COMMON, self._size / 5)

    def compounds(self, word: Typed, group: Group) -> list[Member]:
        """Return the words of which `word`, whose group is given, is the last part."""
        if not _may_be_parted(word, _SHORTEST_LAST_PART):
            return []
        known = {other for member in group.members for place in member.phrase for other in place}
        others = [other for other in self._members.counts.compounds(word.folded) if other not in known]
        return self._members.of(dict.fromkeys(others, weigh(COMPOUND)))

    # --- what was typed as two ---------------------------------------------------------------------------

    def joined(
        self, words: Sequence[Typed], fields: tuple[str, ...], *, unknown: bool = False
    ) -> Iterator[tuple[tuple[int, int], Group]]:
        """Yield the groups of two neighbours as one word, with the places of the two.

        Such a word counts a little less than both of the two together do. With `unknown`, no two are joined that
        are both in the archive.
        """
        for place, (first, second) in enumerate(pairwise(words)):
            if unknown and all(self._vocabulary.frequency(word.folded) for word in (first, second)):
                continue
            forms = self._joined(first, second)
            if not forms:
                continue
            members = self._members.of_phrases([(frozenset(forms),)], 1.0, JOINED)
            group = self._members.group(f"{first.text} {second.text}", members, WANTED, fields)
            both = sum(
                rarity(self._vocabulary.frequency(word.folded), self._size) for word in (first, second)
            )
            factor = WEIGHTS[JOINED] * both / rarity(group.frequency, self._size)
            yield (place, place + 1), group._replace(factor=factor)

    def _joined(self, first: Typed, second: Typed) -> Iterable[str]:
        if first.is_prefix or second.is_prefix or is_paired(first.folded) or is_paired(second.folded):
            return ()
        joined, is_hyphenated = first.folded + second.folded, second.joint != BLANK
        if is_parted([first.folded, second.folded]):
            return [joined] if self._vocabulary.frequency(joined) else ()
        shortest = _SHORTEST_HYPHENATED if is_hyphenated else _SHORTEST_JOINED
        if len(joined) < shortest or not joined.isalpha():
            return ()
        is_long = is_hyphenated or min(len(first.folded), len(second.folded)) >= _SHORTEST_PART
        return self._forms(joined) if is_long else ()


def _may_be_parted(word: Typed, shortest: int) -> bool:
    is_word = word.folded.isalpha() and not is_paired(word.folded)
    return is_word and not word.is_prefix and len(word.folded) >= shortest
