"""What a misspelt word most likely is, told by the word beside it: the барз of снежный барз is a барс."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from newsarchive.search.dictionary import is_right
from newsarchive.search.groups import SOUND, SPELLING, Phrase
from newsarchive.search.members import Found, Members
from newsarchive.search.spelling import slips
from newsarchive.search.typed import Typed
from newsarchive.text.numbers import has_digit

_SLIP: Final = 0.75
_APART: Final = 0.5  # of a slip's weight, where another one stands beside the word's neighbour
_MOST_COMPARED: Final = 20


class Neighbours:
    """Compares what a word may stand for by what stands side by side in the entries of an archive."""

    def __init__(self, members: Members, found: Callable[[Typed], Iterable[str]]) -> None:
        """Take what returns the words of the archive that one is found as without a guess at a slip."""
        self._members = members
        self._found = found

    def beside(self, words: Sequence[Typed], place: int, found: Found) -> Found:
        """Return `found`, what the word at `place` may stand for, with what stands beside its neighbours first.

        What sounds like it in another script may be another word, where one letter makes it one that stands there:
        барз is not the Turkmen bars where there is a снежный барс.
        """
        word, reasons = words[place], {reason for _, reason in found.values()}
        if word.is_prefix or has_digit(word.folded):
            return found
        if reasons == {SPELLING} and len(found) > 1:
            near = self._standing(words, place, found)
            far = {other: (weight * _APART, reason) for other, (weight, reason) in found.items()}
            return {**far, **near} if near else found
        if reasons != {SOUND} or is_right(word.folded, self._members.vocabulary.stemming):
            return found
        if self._standing(words, place, found):
            return found
        own = [slip for slip in slips(word.folded, self._members.vocabulary) if slip not in found]
        return {**found, **self._standing(words, place, dict.fromkeys(own, (_SLIP, SPELLING)))}

    def _standing(self, words: Sequence[Typed], place: int, found: Found) -> Found:
        """Return those of `found` that stand in an entry beside a word that a neighbour is found as."""
        before, after = (
            frozenset(self._found(words[at])) if at in range(len(words)) else frozenset[str]()
            for at in (place - 1, place + 1)
        )

        def stands(other: str) -> bool:
            pairs: list[Phrase] = [(before, frozenset((other,))), (frozenset((other,)), after)]
            return bool(self._members.of_phrases([pair for pair in pairs if all(pair)], 1.0, SPELLING))

        frequency = self._members.vocabulary.frequency
        most_frequent = sorted(found, key=lambda other: (-frequency(other), other))[:_MOST_COMPARED]
        return {other: found[other] for other in most_frequent if stands(other)}
