"""Find entries that tell one story twice, with the evidence for each pair.

Exact duplicates have one address, or one title, day and language. Near ones have runs of words in common that few
entries have, as a notice that is put up again under another title does; or nearly the same title within days.

Runs of four words are counted, not pairs of entries compared: what more than RARE entries have is boilerplate and
speaks for nothing, and what one has can have no twin. Entries more than NEAR days apart are only compared by a part
of their runs, and must have nearly all in common: news of a matter that goes on repeats itself, and is none the less
news.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, groupby, islice
from typing import Final, NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from newsarchive.entry import REPLACES, Entry
from newsarchive.planning.shared_names import shared_names, whole_text
from newsarchive.planning.traits import Postings, digest
from newsarchive.planning.twins import normalise_url, share_language, title_and_day
from newsarchive.text.words import words

LIKELY: Final = 0.3
"""The least score of a pair that is shown."""

RARE: Final = 20
"""A run of words that more entries have than this is boilerplate."""

WEEK: Final = 7
NEAR: Final = 31
"""Days within which a part of the text is evidence."""

_OTHER_NUMBERS: Final = 0.6
"""What it counts for when the titles have other numbers, as issues of one series have."""

_WITHIN_WEEK, _WITHIN_MONTH, _UNDATED, _FAR = 1.0, 0.8, 0.5, 0.35
"""What a text in common counts for, by the gap of the dates: in the last case only nearly all of it is enough."""

_LONG: Final = 1_000
"""Of a text of more words than this, an eighth of the runs is looked at."""

_PARTS: Final = 64
_SAMPLED: Final = 8
"""Parts of the runs that are looked at whatever the gap of dates; of _PARTS, in which they are counted in turn."""

_FEWEST: Final = 3
"""Runs that two texts must have in common."""

_STORIES: Final = 3
"""An address with more titles than this is a page of many stories."""

_COMMON: Final = 500
"""A word that more titles have than this tells no title from another."""

_SAME_TITLE: Final = 88.0
"""From which likeness on, of 100, titles are the same but for a slip or their order."""

_FACTORS: Final = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)
_MASK: Final = 0xFFFFFFFF


class Pair(NamedTuple):
    """Two entries that may be one story: their ids, how sure (0 to 1), days between them, and what speaks for it."""

    id: int
    other: int
    kind: str
    score: float
    days: int | None
    names: tuple[str, ...]
    reason: str


class _Found(NamedTuple):
    kind: str
    score: float
    reason: str


_Evidence = tuple[int, int, _Found]
"""The places of two entries, and what speaks for their being one story."""


class Finder:
    """Takes in all entries of an archive, one by one, and finds the pairs among them.

    An entry is known by its place among them. What is kept of each is a few numbers, so that the whole of a large
    archive is never held: `entry_of` builds the entry with an id whenever it is to be looked at again.
    """

    def __init__(self, ids: Iterable[int], entry_of: Callable[[int], Entry]) -> None:
        self._entry_of = entry_of
        self._ids = array("Q")
        self._days = array("I")
        """The ordinal of the first day; 0 when undated."""
        self._settled: set[tuple[int, int]] = set()
        """The pairs of ids that somebody has related, and so knows to be two."""
        self._addresses = Postings(long=True)
        self._titles = Postings(long=True)
        self._title_words = Postings()
        self._numbers: dict[str, int] = {}
        self._runs = [Postings() for _ in range(_PARTS)]
        self._lengths = array("I")
        self._sampled = array("I")
        for entry_id in ids:
            self._take(entry_of(entry_id))

    def pairs(self, is_wanted: Callable[[int], bool]) -> list[Pair]:
        """Return the pairs of which at least one is wanted, the likest first."""
        found: dict[tuple[int, int], _Found] = {}
        for one, other, evidence in chain(self._exact(), self._near_by_text(), self._near_by_title()):
            first, second = sorted((self._ids[one], self._ids[other]))
            if not (is_wanted(first) or is_wanted(second)) or (first, second) in self._settled:
                continue
            known = found.get((first, second))
            if known is None or known.score < evidence.score:
                found[first, second] = evidence
        made = [_pair(self._entry_of(one), self._entry_of(other), why) for (one, other), why in found.items()]
        return sorted(made, key=lambda pair: (-pair.score, pair.id, pair.other))

    def _take(self, entry: Entry) -> None:
        place, own = len(self._ids), entry.known_id
        self._ids.append(own)
        self._days.append(entry.date.start.toordinal() if entry.date else 0)
        for other in entry.relations:
            if other.kind != REPLACES:
                self._settled.add((min(own, other.id), max(own, other.id)))
        if entry.url:
            self._addresses.add(digest(normalise_url(entry.url)), place)
        self._titles.add(digest("\n".join(title_and_day(entry))), place)
        runs = self._runs_of(entry)
        self._lengths.append(len(runs))
        self._sampled.append(sum(run % _PARTS < _SAMPLED for run in runs))
        for run in runs:
            self._runs[run % _PARTS].add(run, place)
        for word in set(words(entry.title)):
            self._title_words.add(self._numbers[word], place)

    def _entry(self, place: int) -> Entry:
        return self._entry_of(self._ids[place])

    def _runs_of(self, entry: Entry) -> set[int]:
        """Return the runs of an entry's words as numbers."""
        numbers, found = self._numbers, words(whole_text(entry))
        code = [numbers.setdefault(word, len(numbers) + 1) for word in found]
        a, b, c, d = _FACTORS
        runs = {
            ((((i * a ^ j) * b & _MASK) ^ k) * c & _MASK ^ m) * d >> 7 & _MASK
            for i, j, k, m in zip(code, code[1:], code[2:], code[3:], strict=False)
        }
        return {run for run in runs if run % _PARTS < _SAMPLED} if len(found) > _LONG else runs

    # --- exact ----------------------------------------------------------------------------------------------

    def _exact(self) -> Iterator[_Evidence]:
        for places in self._addresses.groups():
            if len({self._entry(place).title for place in places}) <= _STORIES:
                yield from self._twins(places, "the same address")
        for places in self._titles.groups():
            is_dated = self._days[places[0]]
            yield from self._twins(places, f"the same title{' and date' if is_dated else ', and no date'}")

    def _twins(self, places: Sequence[int], why: str) -> Iterator[_Evidence]:
        """Yield each with the first that may be in its language and that nobody has found to be another."""
        firsts: list[tuple[int, Entry]] = []
        for place in places:
            entry = self._entry(place)
            twins = (one for one, first in firsts if self._may_be_one(first, entry))
            if (twin := next(twins, None)) is not None:
                yield twin, place, _Found("exact", 1.0, why)
            elif len(firsts) < RARE:
                firsts.append((place, entry))

    def _may_be_one(self, one: Entry, other: Entry) -> bool:
        ids = sorted((one.known_id, other.known_id))
        return share_language(one.languages, other.languages) and (ids[0], ids[1]) not in self._settled

    # --- near -----------------------------------------------------------------------------------------------

    def _near_by_text(self) -> Iterator[_Evidence]:
        near, far = self._shared()
        for pair, shared in near.items():
            one, other = divmod(pair, len(self._ids))
            shorter = min(self._lengths[one], self._lengths[other])
            if (shared >= _FEWEST or shared == shorter) and shared / shorter >= LIKELY:
                yield from self._judged(one, other, shared / shorter)
        for pair, shared in far.items():
            one, other = divmod(pair, len(self._ids))
            if shared * 2 >= min(self._sampled[one], self._sampled[other]):
                yield from self._judged(one, other, self._overlap(one, other))

    def _judged(self, one: int, other: int, overlap: float) -> Iterator[_Evidence]:
        first, second = self._entry(one), self._entry(other)
        if not share_language(first.languages, second.languages):
            return
        score = overlap * _weight(self._days[one], self._days[other])
        score *= 1 if _same_numbers(first, second) else _OTHER_NUMBERS
        if score >= LIKELY:
            yield one, other, _Found("near", score, f"{overlap:.0%} of the shorter text is in both")

    def _shared(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """Count the runs in common, of entries near in time and of all others by a part; forget boilerplate.

        A pair is one number: the place of the first, times the number of entries, and the place of the second.
        """
        near: Counter[int] = Counter()
        far: Counter[int] = Counter()
        size = len(self._ids)
        for part, postings in enumerate(self._runs):
            for owners in postings.groups():
                if len(owners) > RARE:
                    self._forget(owners, is_sampled=part < _SAMPLED)
                    continue
                for one, other in combinations(owners, 2):
                    if self._gap(one, other) <= NEAR:
                        near[one * size + other] += 1
                    elif part < _SAMPLED:
                        far[one * size + other] += 1
            postings.clear()
        return near, far

    def _forget(self, owners: Sequence[int], *, is_sampled: bool) -> None:
        for owner in owners:
            self._lengths[owner] -= 1
            self._sampled[owner] -= is_sampled

    def _gap(self, one: int, other: int) -> int:
        """Return the days between two entries; more than NEAR when one is undated."""
        first, second = self._days[one], self._days[other]
        return abs(first - second) if first and second else NEAR + 1

    def _overlap(self, one: int, other: int) -> float:
        """Return which part of the runs of the shorter of two texts is in both."""
        first, second = self._runs_of(self._entry(one)), self._runs_of(self._entry(other))
        return len(first & second) / max(1, min(len(first), len(second)))

    def _near_by_title(self) -> Iterator[_Evidence]:
        """Yield entries within a week whose titles are the same but for a slip or the order of words."""
        size = len(self._ids)
        groups = self._title_words.small_groups(_COMMON)
        # Sorted numbers take a third of the memory of a Counter.
        shared = array(
            "Q", (one * size + other for places in groups for one, other in self._within_week(places))
        )
        for pair, each in groupby(sorted(shared)):
            if len([*each]) == 1:
                continue
            one, other = divmod(pair, size)
            first, second = self._entry(one), self._entry(other)
            titles = (title_and_day(entry)[0] for entry in (first, second))
            likeness = token_sort_ratio(*titles, score_cutoff=_SAME_TITLE)
            if (
                likeness
                and _same_numbers(first, second)
                and share_language(first.languages, second.languages)
            ):
                yield one, other, _Found("near", likeness / 100 * 0.9, "nearly the same title")

    def _within_week(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of places that are dated within a week of each other, the smaller place first."""
        by_day = sorted((self._days[place], place) for place in places if self._days[place])
        for start, (day, place) in enumerate(by_day):
            for later, other in islice(by_day, start + 1, None):
                if later - day > WEEK:
                    break
                yield (place, other) if place < other else (other, place)


def _weight(day: int, other: int) -> float:
    if not day or not other:
        return _UNDATED
    gap = abs(day - other)
    return _WITHIN_WEEK if gap <= WEEK else _WITHIN_MONTH if gap <= NEAR else _FAR


def _same_numbers(one: Entry, other: Entry) -> bool:
    """Whether two titles have the same numbers: a second issue, or a report of another year, is another story."""
    return re.findall(r"\d+", one.title) == re.findall(r"\d+", other.title)


def _pair(one: Entry, other: Entry, found: _Found) -> Pair:
    days = abs((one.date.start - other.date.start).days) if one.date and other.date else None
    names = shared_names(one, other)
    return Pair(one.known_id, other.known_id, found.kind, round(found.score, 2), days, names, found.reason)
