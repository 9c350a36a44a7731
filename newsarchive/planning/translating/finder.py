"""Find entries that may be translations of each other, without comparing each with each.

Two entries in different languages are compared by the traits that a translation keeps, the rarer the more. How alike
they are says little, as all stories of an archive are about the same things. What counts is how much more alike two
entries are than either is to the next best entry in the other's language, within a month.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple

from newsarchive.entry import REPLACES, TRANSLATION, Entry
from newsarchive.planning.translating.space import Near, Space
from newsarchive.planning.translating.traits import address_in_all_languages, shown_traits, traits
from newsarchive.text.codes import plain_language
from newsarchive.thesaurus.thesaurus import Thesaurus

# Tuned on the same 50 news items in 24 languages, of which each side had a third that the other had not, and on
# paragraphs of encyclopedias in two.
_ORDINARY: Final = 0.04
"""How alike stories are that have nothing to do with each other."""

_HALF: Final = 0.02
"""So much more alike than others is as good as not."""

LEAST: Final = 0.5
"""The score from which on a suggestion is shown."""

_BY_ANOTHER, _BY_ADDRESS = 1.0, 0.95
_SHOWN: Final = 5
_MOST_LANGUAGES: Final = 30
"""An address that more entries have than a story has languages is no story's."""

_Side = tuple[int, str]
"""The place of an entry, and a language that it may have a translation in."""


class Suggestion(NamedTuple):
    """Two entries that may be translations of each other: how sure (0 to 1), the days between them, what tells it."""

    id: int
    other: int
    score: float
    days: int | None
    evidence: tuple[str, ...]


class _Match(NamedTuple):
    one: int
    other: int
    score: float
    why: str = ""


class Finder:
    """Takes in entries one by one, and finds the pairs among them. An entry is known by its place among them."""

    def __init__(self, entries: Iterable[Entry], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._ids = array("Q")
        self._days = array("I")
        """The ordinal of the first day; 0 when undated."""
        self._languages: list[str] = []
        """The first one of each: what has a text in a second one may have a translation into that."""
        self._numbers: dict[str, int] = {}
        self._traits: list[array[int]] = []
        self._addresses: defaultdict[str, list[int]] = defaultdict(list)
        self._related: defaultdict[int, set[int]] = defaultdict(set)
        self._translated: dict[int, list[int]] = {}
        """The ids of the translations of an entry, by its place."""
        for entry in entries:
            self._take(entry)
        self._places = {entry_id: place for place, entry_id in enumerate(self._ids)}

    def _take(self, entry: Entry) -> None:
        place = len(self._ids)
        self._ids.append(entry.known_id)
        self._days.append(entry.date.start.toordinal() if entry.date else 0)
        self._languages.append(plain_language(entry.languages[0]) if entry.languages else "")
        numbers = self._numbers
        found = sorted(traits(entry, self._thesaurus)) if entry.languages else ()
        self._traits.append(array("I", (numbers.setdefault(trait, len(numbers)) for trait in found)))
        if entry.url and entry.languages and (address := address_in_all_languages(entry.url)):
            self._addresses[address].append(place)
        for kind, other in entry.relations:
            if kind != REPLACES:
                self._related[entry.known_id].add(other)
                self._related[other].add(entry.known_id)
            if kind == TRANSLATION:
                self._translated.setdefault(place, []).append(other)

    def suggestions(
        self, is_wanted: Callable[[int], bool], entry_of: Callable[[int], Entry], *, min_score: float = LEAST
    ) -> list[Suggestion]:
        """Return the pairs of which at least one is wanted, the surest first; an entry has one in each language."""
        matches = [*self._by_another(), *self._by_address(), *self._by_text()]
        taken: set[_Side] = {
            (place, self._languages[self._places[other]])
            for place, others in self._translated.items()
            for other in others
            if other in self._places
        }
        found = []
        for match in sorted(matches, key=lambda one: (-one.score, one.one, one.other)):
            one, other = match.one, match.other
            ids = self._ids[one], self._ids[other]
            sides = {(one, self._languages[other]), (other, self._languages[one])}
            if match.score < min_score or sides & taken or ids[1] in self._related[ids[0]]:
                continue
            taken |= sides
            if any(map(is_wanted, ids)):
                found.append(self._suggestion(match, entry_of))
        return found

    # --- by what stands beside the text -----------------------------------------------------------------------

    def _by_another(self) -> Iterator[_Match]:
        """Yield the translations of one entry, which are translations of each other."""
        for place, translations in self._translated.items():
            others = sorted({self._places[other] for other in translations if other in self._places})
            for pair in combinations(others, 2):
                if self._are_apart(*pair):
                    yield _Match(*pair, _BY_ANOTHER, f"both are translations of {self._ids[place]}")

    def _by_address(self) -> Iterator[_Match]:
        """Yield entries with one address but for the language, unless there are several in one."""
        for places in self._addresses.values():
            pairs = list(combinations(places[: _MOST_LANGUAGES + 1], 2))
            if len(places) <= _MOST_LANGUAGES and all(self._are_apart(*pair) for pair in pairs):
                for pair in pairs:
                    yield _Match(*pair, _BY_ADDRESS, "the same address but for the language")

    def _are_apart(self, one: int, other: int) -> bool:
        first, second = self._languages[one], self._languages[other]
        return bool(first and second) and first != second

    # --- by the text ------------------------------------------------------------------------------------------

    def _by_text(self) -> Iterator[_Match]:
        """Yield entries that are each other's likest in their languages, the more so the surer."""
        likest = self._likest()
        for (place, _), others in likest.items():
            other = others[0].place
            back = likest[other, self._languages[place]]
            if place < other and back[0].place == place:
                next_best = [near.likeness for near in (*others[1:2], *back[1:2])]
                more = max(0.0, others[0].likeness - max([_ORDINARY, *next_best]))
                yield _Match(place, other, more / (more + _HALF))

    def _likest(self) -> dict[_Side, list[Near]]:
        """Return for each entry those that are likest to it, in each language, the likest first.

        The most frequent languages are not asked themselves: who is likest to theirs is told by all others.
        """
        sizes = Counter(filter(None, self._languages))
        most = max(sizes, key=lambda language: (sizes[language], language), default="")
        found: defaultdict[_Side, dict[int, float]] = defaultdict(dict)
        for place, own in enumerate(self._languages):
            if own and own != most:
                for language, others in self._space.likest(place).items():
                    for likeness, other in others:
                        found[place, language][other] = likeness
                        found[other, own][place] = likeness
        return {
            side: sorted((Near(likeness, place) for place, likeness in others.items()), reverse=True)
            for side, others in found.items()
        }

    @cached_property
    def _space(self) -> Space:
        return Space(self._traits, self._days, self._languages)

    # --- in words ---------------------------------------------------------------------------------------------

    def _suggestion(self, match: _Match, entry_of: Callable[[int], Entry]) -> Suggestion:
        one, other = sorted((match.one, match.other), key=lambda place: self._ids[place])
        days = self._days[one], self._days[other]
        gap = abs(days[0] - days[1]) if all(days) else None
        shared = self._in_common(entry_of(self._ids[one]), entry_of(self._ids[other]))
        evidence = (*filter(None, [match.why]), *shared)
        return Suggestion(self._ids[one], self._ids[other], round(match.score, 2), gap, evidence)

    def _in_common(self, one: Entry, other: Entry) -> Iterator[str]:
        """Yield what two entries have in common as it stands in each, the rarest first."""
        ours, theirs = (shown_traits(entry, self._thesaurus) for entry in (one, other))
        shared = sorted(
            ours.keys() & theirs.keys(), key=lambda trait: (self._space.holders(self._numbers[trait]), trait)
        )
        shown = dict.fromkeys((ours[trait], theirs[trait]) for trait in shared)
        for first, second in list(shown)[:_SHOWN]:
            yield first if first == second else f"{first} = {second}"


_GAPS: Final = {None: (), 0: ("the same day",), 1: ("1 day apart",)}


def line_of(suggestion: Suggestion) -> str:
    """Return a suggestion as `relations add --from` reads it, with what speaks for it as a comment."""
    gap = _GAPS.get(suggestion.days, (f"{suggestion.days} days apart",))
    why = "; ".join((*gap, ", ".join(suggestion.evidence)))
    return f"{TRANSLATION} {suggestion.id} {suggestion.other}   # {suggestion.score:.2f}: {why}"
