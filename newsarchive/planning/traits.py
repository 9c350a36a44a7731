"""What entries have in common, found without comparing each with each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b


class Postings:
    """Which entries have which traits, both as numbers, in a few bytes for each."""

    def __init__(self, *, long: bool = False) -> None:
        """Take in traits of 32 bits, or of 64 when they are long."""
        self._traits = array("Q" if long else "I")
        self._owners = array("I")

    def add(self, trait: int, owner: int) -> None:
        """Take in that an entry has a trait."""
        self._traits.append(trait)
        self._owners.append(owner)

    def clear(self) -> None:
        """Forget all."""
        del self._traits[:], self._owners[:]

    def groups(self) -> Iterator[Sequence[int]]:
        """Yield the owners of each trait that several have, in their order."""
        first: dict[int, int] = {}
        several: dict[int, list[int]] = {}
        for trait, owner in zip(self._traits, self._owners, strict=True):
            if (known := first.setdefault(trait, owner)) != owner:
                several.setdefault(trait, [known]).append(owner)
        del first
        yield from several.values()

    def small_groups(self, most: int) -> Iterator[Sequence[int]]:
        """Yield the groups of no more than so many, without gathering the others, which may be nearly all."""
        counts = Counter(self._traits)
        wanted: dict[int, list[int]] = {trait: [] for trait, count in counts.items() if 1 < count <= most}
        del counts
        for trait, owner in zip(self._traits, self._owners, strict=True):
            if (group := wanted.get(trait)) is not None:
                group.append(owner)
        yield from wanted.values()


def digest(text: str) -> int:
    """Return a number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
