"""Build the group of each query word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from newsarchive.search.boundaries import BESIDE, LAST, Boundaries
from newsarchive.search.dictionary import is_right
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.groups import (
    CLOSE,
    EXACT,
    FOLDED,
    JOINED,
    KEYBOARD,
    NEAREST,
    PREFIX,
    SOUND,
    SPELLING,
    STEM,
    THESAURUS,
    WANTED,
    Counts,
    Group,
    Member,
)
from newsarchive.search.labels import Labels, Synonyms
from newsarchive.search.members import WEIGHTS, Found, Members, add, weigh
from newsarchive.search.sounding import may_be_one, other_forms, sounding_alike, sounding_loosely
from newsarchive.search.spelling import corrections, nearest
from newsarchive.search.typed import Typed, looks_like_code
from newsarchive.text.numbers import digits, has_digit, is_abbreviation
from newsarchive.text.pairs import is_paired
from newsarchive.text.script import script
from newsarchive.text.words import stands_alone
from newsarchive.thesaurus.countries import is_another_name, is_name, other_names

_CORRECTED: Final = (0.0, 0.75, 0.65, 0.5)  # by the number of edits
_LOOSE: Final = 0.6  # see `sounding.sounding_loosely`
_INFLECTED: Final = 0.8  # what is left of a weight in a word that only shares the stem
_PARTED: Final = 0.95  # of 1,500 for 1500

_UNSURE: Final = ({SOUND}, {SPELLING})
_MOST_GUESSED: Final = 40  # words from the first on; each may cost two walks through the vocabulary
MANY_WORDS: Final = 5
"""So many make a sentence, in which no word decides alone."""
_SHORTEST_PREFIX: Final = 3  # fewer letters begin too many words
_SHORTEST_LIKE_SOUND: Final = 5  # fewer letters of one script sound alike by chance


class GroupBuilder:
    """Finds the members of query words; not `fuzzy`, only words that are the same.

    With `nearest`, a word that is in no entry stands for those that sound most like it, however far they are.
    """

    def __init__(
        self, counts: Counts, synonyms: Synonyms | None, *, fuzzy: bool, nearest: bool = False
    ) -> None:
        self._vocabulary = counts.vocabulary
        self._members = Members(counts)
        self._labels = Labels(self._members, synonyms if fuzzy else None)
        self._boundaries = Boundaries(self._members, self._labels)
        self.fuzzy = fuzzy
        self._nearest = nearest

    def wanted(self, words: Sequence[Typed], fields: tuple[str, ...]) -> Iterator[Group]:
        """Yield the group of each word, then those of words side by side that are one: labels, joined words.

        What differs from a word only in where words begin and end has a group of its own beside the word's,
        below it. A word that was typed twice counts once, but stands in both places.
        """
        labels = self._labels.among([word.folded for word in words])
        latest = {(word.folded, word.is_prefix): word for word in words}
        firsts = _first_places((word.folded, word.is_prefix) for word in words)
        is_sentence = len(firsts) >= MANY_WORDS
        joined = (
            []
            if not self.fuzzy
            else [*self._boundaries.joined(words[: _last(firsts) + 1], fields, unknown=is_sentence)]
        )
        known = labels.places.union(*(places for places, _ in joined))
        for number, (place, word) in enumerate(zip(firsts, latest.values(), strict=True)):
            is_certain = place in labels.places or is_name(word.folded)
            found = self._found(word, is_last=place == len(words) - 1, is_certain=is_certain)
            named = [*self._ways(word), *labels.members.pop((place, 1), ())]
            if not self.fuzzy or number >= _MOST_GUESSED:
                yield self._members.group(word.text, [*self._members.of(found), *named], WANTED, fields)
                continue
            is_known = bool(found or named)
            splits = [] if is_known and is_sentence else self._boundaries.splits(word, is_known=is_known)
            if not found and place not in known:
                found = self._guessed(word, may_be_right=not is_sentence)
                found = found or (self._nearest_by_sound(word) if self._nearest and not splits else {})
            if len(words) > 1 and not is_sentence and {why for _, why in found.values()} in _UNSURE:
                found = self._beside(words, place, found)
            yield from self._with_guesses(word, [*self._members.of(found), *named], splits, fields)
        runs = list(labels.members.items())
        distinct = _first_places(tuple(word.folded for word in words[at : at + n]) for (at, n), _ in runs)
        for (start, length), members in map(runs.__getitem__, distinct):
            typed = " ".join(word.text for word in words[start : start + length])
            yield self._members.group(typed, members, WANTED, fields)
        yield from {group.typed: group for _, group in joined}.values()

    def _with_guesses(
        self, word: Typed, members: list[Member], splits: list[Member], fields: tuple[str, ...]
    ) -> Iterator[Group]:
        """Yield the group of a word, then those that are below it."""
        if word.is_switched:
            members = [member._replace(reason=KEYBOARD) for member in members]
        group = self._members.group(word.text, members or splits, WANTED, fields)
        compounds = self._boundaries.compounds(word, group)
        if not group.members:
            yield self._members.group(word.text, compounds, WANTED, fields)
            return
        yield group
        yield from self._members.beside(group, splits if members else [], BESIDE)
        yield from self._members.beside(group, compounds, LAST)

    def same(self, words: Sequence[Typed], typed: str, role: str, fields: tuple[str, ...]) -> Group:
        """Return the group of words that must stand side by side, as they are or in the other script."""
        places = [self._same(word) for word in words]
        if len(places) == 1:
            return self._members.group(typed, self._members.of(places[0]), role, fields)
        phrase = tuple(frozenset(place) for place in places)
        return self._members.group(typed, self._members.of_phrases([phrase], 1.0, EXACT), role, fields)

    def close(self, words: Sequence[Typed], typed: str, fields: tuple[str, ...]) -> Group:
        """Return the group of words that must stand side by side in some form, misspelt or joined ones too."""
        labels = self._labels.among([word.folded for word in words])
        places = [self._close(word, is_certain=place in labels.places) for place, word in enumerate(words)]
        named = labels.members.get((0, len(words)), [])
        if len(words) == 1:
            members = [*self._members.of(places[0]), *self._ways(words[0]), *named]
            members = members or self._boundaries.splits(words[0], is_known=False)
        else:
            phrase = tuple(frozenset(place) for place in places)
            joined = [
                member for _, group in self._boundaries.joined(words, fields) for member in group.members
            ]
            members = self._members.of_phrases([phrase], WEIGHTS[STEM], SPELLING)
            members += [*named, *(joined if len(words) == 2 else [])]
        return self._members.group(typed, members, CLOSE, fields)

    def _close(self, word: Typed, *, is_certain: bool) -> Found:
        found = self._found(word, is_last=False, is_certain=is_certain or is_name(word.folded))
        return found or ({} if is_certain else self._guessed(word, may_be_right=True))

    def any_of(self, groups: Sequence[Group]) -> Group:
        """Return one group of the members of several, the first of which says where they are looked for."""
        if len(groups) == 1:
            return groups[0]
        typed = " OR ".join(group.typed for group in groups)
        members = {member.phrase: member for group in groups for member in group.members}
        fields = tuple(field for field in TEXT_FIELDS if any(field in group.fields for group in groups))
        return self._members.group(typed, list(members.values()), CLOSE, fields)

    def is_there(self, word: Typed) -> bool:
        """Whether a word is in an entry in some form, or is a label."""
        folded = word.folded
        if self._vocabulary.frequency(folded) or self._labels.is_label(folded) or is_paired(folded):
            return True
        return bool(self._found(word, is_last=True, is_certain=False))

    def is_near(self, word: Typed) -> bool:
        """Whether a word is in an entry in some form, or is a label, or may be a slight misspelling."""
        return self.is_there(word) or corrections(word.folded, self._vocabulary, most=1)[1] == 1

    # --- words of letters and digits --------------------------------------------------------------------

    def are_one(self, letters: Typed, number: Typed) -> bool:
        """Whether letters and a number with a blank between them are one word: COP 12, not May 12."""
        if not looks_like_code(letters, number):
            return False
        if is_abbreviation(letters.text) or self._labels.is_label(letters.folded + number.folded):
            return True
        return any(self._vocabulary.beginning(f"{letters.folded}{digit}") for digit in "0123456789")

    def _ways(self, word: Typed) -> list[Member]:
        """Return the pieces that a number, or a word of letters and digits, may be written in."""
        weight = _PARTED if word.folded.isdigit() else 1.0
        phrases = (tuple(frozenset(self._same(Typed(piece, piece))) for piece in way) for way in word.ways)
        return self._members.of_phrases(phrases, weight, JOINED)

    # --- the words of a group ---------------------------------------------------------------------------

    def _same(self, word: Typed) -> Found:
        """Return the word, or those that begin with it, and its like in the other script."""
        vocabulary, folded = self._vocabulary, word.folded
        found: Found = {}
        if vocabulary.frequency(folded):
            found[folded] = weigh(EXACT if word.text == folded else FOLDED)
        if word.is_prefix:
            return dict.fromkeys(vocabulary.beginning(folded), (1.0, PREFIX)) | found
        if is_paired(folded):
            return found | dict.fromkeys(self._pairs_with(folded), weigh(PREFIX)) | found
        alike = sounding_alike(word.text, folded, vocabulary)
        return found | {other: weigh(SOUND) for other in alike if may_be_one(folded, other)}

    def _pairs_with(self, folded: str) -> Iterable[str]:
        """Return the pairs that a single character is in; a pair stands for itself alone."""
        return self._vocabulary.containing(folded) if stands_alone(folded) else ()

    def _found(self, word: Typed, *, is_last: bool, is_certain: bool) -> Found:
        """Return the words that need no guess at a misspelling.

        One that is certain does not stand for another of its script that sounds the same: CITES for cities.
        """
        vocabulary, folded = self._vocabulary, word.folded
        found = self._same(word)
        if word.is_prefix or not self.fuzzy or is_paired(folded):
            return found
        may_sound = len(folded) >= _SHORTEST_LIKE_SOUND and not is_certain
        alike = sounding_alike(word.text, folded, vocabulary) if may_sound else ()
        add(found, (other for other in alike if len(other) >= _SHORTEST_LIKE_SOUND), weigh(SOUND))
        letters = script(folded)
        same_script = (other for other in vocabulary.inflections(folded) if script(other) == letters)
        add(found, same_script, weigh(STEM))
        add(found, other_forms(folded, vocabulary), (WEIGHTS[SOUND] * _INFLECTED, SOUND))
        if has_digit(folded):
            numbers = digits(folded)
            return {other: why for other, why in found.items() if digits(other) == numbers}
        if not found and is_last and len(folded) >= _SHORTEST_PREFIX:
            longer = vocabulary.beginning(folded)
            if is_name(folded):
                longer = [other for other in longer if not is_another_name(other, folded)]
            add(found, longer, weigh(PREFIX))
        return self._with_inflections(found)

    def _guessed(self, word: Typed, *, may_be_right: bool) -> Found:
        """Return what a word that is in no entry most likely stands for; one that is right stands for itself.

        In a sentence a wrong guess decides nothing, and a slip may have made one word out of another: there only
        the names of countries are certain.
        """
        if word.is_prefix or is_paired(word.folded):
            return {}
        if is_name(word.folded):
            names = filter(self._vocabulary.frequency, other_names(word.folded))
            return self._with_inflections(dict.fromkeys(names, weigh(THESAURUS)))
        is_certain = may_be_right and is_right(word.folded, self._vocabulary.stemming)
        words, edits = (
            ([], 0) if is_certain else corrections(word.folded, self._vocabulary, is_alone=may_be_right)
        )
        found = dict.fromkeys(words, (_CORRECTED[edits], SPELLING))
        add(found, sounding_loosely(word.folded, self._vocabulary), (_LOOSE, SOUND))
        return self._with_inflections(found)

    def _beside(self, words: Sequence[Typed], place: int, found: Found) -> Found:
        from newsarchive.search.neighbours import Neighbours  # spares start-up: few words are in doubt

        neighbours = Neighbours(
            self._members, lambda word: self._found(word, is_last=False, is_certain=False)
        )
        return neighbours.beside(words, place, found)

    def _nearest_by_sound(self, word: Typed) -> Found:
        """Return the words that sound most like one that nothing else is like, none for a country or a number."""
        if word.is_prefix or is_paired(word.folded) or is_name(word.folded):
            return {}
        right = is_right(word.folded, self._vocabulary.stemming)
        near = nearest(word.folded, self._vocabulary, is_right=right)
        return dict.fromkeys(near, (_CORRECTED[-1], NEAREST))

    def _with_inflections(self, found: Found) -> Found:
        """Add to what was found by another name, sound or spelling the other forms of the same words."""
        for other, (weight, reason) in list(found.items()):
            if reason in (THESAURUS, SOUND, SPELLING):
                add(found, self._vocabulary.inflections(other), (weight * _INFLECTED, reason))
        return found


def _first_places(values: Iterable[object]) -> list[int]:
    """Return the place of each distinct value where it is met first, in ascending order."""
    firsts: dict[object, int] = {}
    for place, value in enumerate(values):
        firsts.setdefault(value, place)
    return list(firsts.values())


def _last(firsts: Sequence[int]) -> int:
    """Return the place of the last word that guesses are made about."""
    return firsts[:_MOST_GUESSED][-1] if firsts else -1
