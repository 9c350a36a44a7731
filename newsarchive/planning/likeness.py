"""Find tags that look alike, with the evidence for each pair.

What is compared is what OpenRefine's clustering compares (fingerprint, n-gram fingerprint, sound, distance), with the
keys and stems that search has, and the names of one concept in the thesaurus.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from newsarchive.search.dictionary import is_right
from newsarchive.search.stems import languages_that_stem, stemming_languages, stems_of
from newsarchive.text.fold import fold
from newsarchive.text.key import key
from newsarchive.text.script import script
from newsarchive.text.tags import quoted

SHORTEST: Final = 4
"""Letters of a tag from which on one edit makes it no other word."""

LONG: Final = 7
"""Letters from which on two edits do."""

_LARGEST: Final = 12
"""More tags than this with one key are a kind of tag, not spellings of one."""


class Likeness(NamedTuple):
    """Two tags that may be one: the rarer, the more frequent, how many entries have each, and why."""

    tag: str
    like: str
    entries: int
    like_entries: int
    evidence: str

    @property
    def mend(self) -> str:
        """The command that makes them one."""
        return f"newsarchive tags rename {quoted(self.tag)} {quoted(self.like)}"


def look_alikes(
    counts: Mapping[str, int],
    aliases: Callable[[str], Collection[str]],
    is_label: Callable[[str], bool],
) -> list[Likeness]:
    """Return the pairs of tags that look alike, surest evidence first, then the most frequent.

    `counts` has the entries of each tag; `aliases` the tags of the same concept; `is_label` tells names that the
    thesaurus knows: two of those that mean different things are no slips of each other, as Niger and Nigeria.
    """
    found: dict[tuple[str, str], str] = {}
    for evidence, pairs in _comparisons(counts, aliases):
        for one, other in pairs:
            pair = (one, other) if _rank(one, counts) < _rank(other, counts) else (other, one)
            if pair not in found and not (is_label(one) and is_label(other) and other not in aliases(one)):
                found[pair] = evidence
    made = [Likeness(tag, like, counts[tag], counts[like], why) for (tag, like), why in found.items()]
    order = {evidence: place for place, evidence in enumerate(dict.fromkeys(found.values()))}
    return sorted(made, key=lambda pair: (order[pair.evidence], -pair.entries - pair.like_entries, pair.tag))


def _rank(tag: str, counts: Mapping[str, int]) -> tuple[int, bool, int, int, str]:
    """Order the two of a pair: the one with fewer entries is the slip.

    Else one that is no words, one with `_` or a full stop, or outside a hierarchy.
    """
    return counts[tag], _is_of_words(tag), -len(re.findall("[_.]", tag)), tag.count("/"), tag


@functools.cache
def _is_of_words(tag: str) -> bool:
    """Whether a dictionary holds all the words of a tag."""
    return all(is_right(part, ("en", "es", "fr")) for part in _parts(tag) if part.isalpha())


def _comparisons(
    counts: Mapping[str, int], aliases: Callable[[str], Collection[str]]
) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Yield each kind of evidence with the pairs that have it, the surest first."""
    tags = sorted(counts)
    yield "differ in case or accents only", _same(tags, fold)
    yield "differ in separators only", _same(tags, lambda tag: re.sub(r"[-_./\s]+", "", fold(tag)))
    yield "have the same words in another order", _same(tags, _fingerprint)
    yield "mean the same in the thesaurus", _translations(tags, aliases)
    yield "differ in the ending of a word", _same(tags, _stems)
    yield "have the same last part", _same([tag for tag in tags if len(_last(tag)) >= SHORTEST], _last)
    yield (
        "are spelt in two scripts",
        (pair for pair in _same(tags, _sound) if script(pair[0]) != script(pair[1])),
    )
    yield "sound alike", _same(tags, _sound)
    yield (
        "have the same pairs of letters",
        _same([tag for tag in tags if len(tag) >= LONG], _pairs_of_letters),
    )
    yield "are one edit apart", _near(tags, 1)
    yield "are two edits apart", _near(tags, 2)


def _same(tags: Iterable[str], trait: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of tags that have a trait in common; numbers in them must be the same."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tag in tags:
        if value := trait(tag):
            groups[value, _numbers(tag)].append(tag)
    for group in groups.values():
        if len(group) <= _LARGEST:
            yield from combinations(group, 2)


def _parts(tag: str) -> list[str]:
    return re.findall(r"\w+", fold(tag).replace("_", " "))


def _numbers(tag: str) -> str:
    return " ".join(re.findall(r"\d+", tag))


def _last(tag: str) -> str:
    return fold(tag).rpartition("/")[2]


def _fingerprint(tag: str) -> str:
    return " ".join(sorted(_parts(tag)))


def _pairs_of_letters(tag: str) -> str:
    letters = "".join(_parts(tag))
    return " ".join(sorted({letters[place : place + 2] for place in range(len(letters) - 1)}))


def _sound(tag: str) -> str:
    """Return what the words of a tag sound like; nothing where they are so short that many do."""
    letters = "".join(_parts(tag))
    return " ".join(map(key, _parts(tag))) if len(letters) >= SHORTEST else ""


def _stems(tag: str) -> str:
    """Return the stems of the words of a tag, by the languages that its script speaks for."""
    latin = languages_that_stem(())
    return " ".join(
        sorted(next(iter(stems_of(part, stemming_languages(part, latin))), part) for part in _parts(tag))
    )


def _translations(
    tags: Sequence[str], aliases: Callable[[str], Collection[str]]
) -> Iterator[tuple[str, str]]:
    in_use = set(tags)
    for tag in tags:
        yield from ((tag, other) for other in sorted(in_use.intersection(aliases(tag))) if other > tag)


def _near(tags: Sequence[str], edits: int) -> Iterator[tuple[str, str]]:
    """Yield pairs that are so many edits apart, long enough for that to be a slip, with the same numbers."""
    shortest = SHORTEST if edits == 1 else LONG
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for tag in tags:
        if len(tag) >= shortest:
            alike[_numbers(tag), len(tag)].append(tag)
    for (numbers, length), group in alike.items():
        near = [tag for more in range(edits + 1) for tag in alike.get((numbers, length + more), ())]
        for tag in group:
            for other, distance, _ in extract(tag, near, scorer=OSA.distance, score_cutoff=edits, limit=None):
                if distance == edits and (len(other), other) > (length, tag):
                    yield tag, other
