"""How an archive's people tag: the tags of the stories that are most like one, and what those tags' stories share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.planning.suggesting.features import Features, stems_in

# Tuned on two sites' posts with `benchmarks/tagging.py`; each part alone is worse there than all together.
_NEAREST: Final = 40
_SHARPNESS: Final = 3
_SHARED: Final = 1.4
_NAMED: Final = 0.15
_K1: Final = 1.2
_B: Final = 0.6
_NOTHING: Final = 1e-9

SHOWN: Final = 8
"""The most similar stories that are spoken of as evidence."""

_Vector = dict[str, float]


class Learned(NamedTuple):
    """How strongly a tag is suggested, and which of the most similar stories have it, of how many."""

    score: float
    having: tuple[int, ...]
    among: int


class Learner:
    """Suggests tags by some tagged entries, which are looked through once."""

    def __init__(self, tagged: Iterable[Entry], features_of: Callable[[Entry], Features] = Features) -> None:
        self._entries = [entry for entry in tagged if entry.tags]
        self._features_of = features_of
        features = [features_of(entry) for entry in self._entries]
        self._space = _Space(features)
        self._vectors = {
            entry.known_id: self._space.vector(its)
            for entry, its in zip(self._entries, features, strict=True)
        }
        self._middles: dict[str, _Vector] = defaultdict(dict)
        for entry in self._entries:
            for tag in entry.tags:
                _add(self._middles[tag], self._vectors[entry.known_id])
        self._squares = {
            tag: sum(weight * weight for weight in middle.values()) for tag, middle in self._middles.items()
        }

    def learned(self, entry: Entry) -> Mapping[str, Learned]:
        """Return what the tagged entries, without `entry` itself, say of each of their tags.

        Three things add up: how the nearest of them are tagged, how near the entry is to what a tag's entries
        have in common, and whether the words of the tag stand in it.
        """
        features = self._features_of(entry)
        asked = self._space.vector(features)
        near = self._nearest(entry, asked)
        scores = _votes(near)
        for tag, middle in self._middles.items():
            scores[tag] += _SHARED * _to_middle(
                asked, middle, self._squares[tag], without=tag in entry.tags and entry.id in self._vectors
            )
        for tag in scores:
            scores[tag] += _NAMED * _mentions(tag, features)
        shown = [other for _, other in near[:SHOWN]]
        return {
            tag: Learned(score, tuple(other.known_id for other in shown if tag in other.tags), len(shown))
            for tag, score in scores.items()
            if score > 0
        }

    def _nearest(self, entry: Entry, asked: _Vector) -> list[tuple[float, Entry]]:
        """Return the entries that are most like `entry`, with their likeness, the likest first."""
        all_ = (
            (_product(asked, self._vectors[one.known_id]), one) for one in self._entries if one.id != entry.id
        )
        near = nlargest(_NEAREST, all_, key=itemgetter(0))
        return [(likeness, one) for likeness, one in near if likeness > 0]


class _Space:
    """The stems of some entries with their weights: the rarer the more."""

    def __init__(self, features: Sequence[Features]) -> None:
        self._size = len(features)
        self._average = sum(one.length for one in features) / max(1, self._size) or 1.0
        holding = Counter(chain.from_iterable(one.counts for one in features))
        self._rarities = {stem: self._rarity(number) for stem, number in holding.items()}

    def vector(self, features: Features) -> _Vector:
        """Return the weights of the stems of an entry, as a vector of length 1."""
        length = _K1 * (1 - _B + _B * features.length / self._average)
        rarities = self._rarities
        weights = {
            stem: count * (_K1 + 1) / (count + length) * rarities[stem]
            for stem, count in features.counts.items()
            if stem in rarities
        }
        return _unit(weights)

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (self._size - holding + 0.5) / (holding + 0.5))


def _unit(weights: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {stem: weight / length for stem, weight in weights.items()}


def _product(one: _Vector, other: _Vector) -> float:
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def _votes(near: Sequence[tuple[float, Entry]]) -> dict[str, float]:
    """Let the nearest entries vote for their tags, the nearer the more."""
    whole = sum(likeness**_SHARPNESS for likeness, _ in near) or 1.0
    votes: dict[str, float] = defaultdict(float)
    for likeness, other in near:
        for tag in other.tags:
            votes[tag] += likeness**_SHARPNESS / whole
    return votes


def _add(middle: _Vector, vector: _Vector) -> None:
    for stem, weight in vector.items():
        middle[stem] = middle.get(stem, 0.0) + weight


def _to_middle(asked: _Vector, middle: _Vector, square: float, *, without: bool) -> float:
    """Return how near an entry is to the middle of a tag's entries, `without` it where it is one of them itself.

    `square` is that of the middle's length.
    """
    product = _product(asked, middle)
    if without:
        square += 1 - 2 * product
        product -= 1
    return product / math.sqrt(square) if square > _NOTHING else 0.0


def _mentions(tag: str, features: Features) -> int:
    """Say 1 when the words of a tag's last part stand in the text side by side, 2 when they do in the title."""
    name = " ".join(stems_in(re.sub(r"[-_.]", " ", tag.rpartition("/")[2]), ("en",)))
    if not name:
        return 0
    return (f" {name} " in features.text) + (f" {name} " in features.title)
