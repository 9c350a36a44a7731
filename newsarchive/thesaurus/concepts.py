"""A concept and its labels, in the terms of SKOS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

KINDS: Final = ("preferred", "alternative", "hidden", "ambiguous", "numbered")
"""What a label can be.

A concept has one preferred label a language; hidden ones are recognised and not shown. An ambiguous label is
an ordinary word too and leads to the concept only where the concept itself is asked for. A numbered one is a
pattern for the labels of a series, see `series`.
"""

_NAMING: Final = KINDS[:3]


class Label(NamedTuple):
    """One label of a concept; `language` is a BCP 47 code, `la` for scientific names."""

    kind: str
    language: str
    text: str


class Concept(msgspec.Struct, frozen=True):
    """A thing that news is about. `id` is also its tag; `broader` holds the ids of what it is a kind of."""

    id: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> Iterator[Label]:
        """Yield the labels of one of KINDS."""
        return (label for label in self.labels if label.kind == kind)

    @property
    def names(self) -> list[Label]:
        """The labels that stand for the concept wherever they are met, preferred ones first."""
        return [label for kind in _NAMING for label in self.of_kind(kind)]

    def preferred(self, language: str = "en") -> str:
        """Return the preferred label in `language`, else in the first language that has one, else the id."""
        by_language = {label.language: label.text for label in self.of_kind("preferred")}
        return by_language.get(language) or next(iter(by_language.values()), self.id)


def merge(concept: Concept, more: Concept) -> Concept:
    """Return `concept` with what `more` adds to it.

    A label that both have becomes what `more` says; a preferred label gives way to a new one of its language
    and stays as an alternative.
    """
    labels = {(label.language, label.text): label for label in concept.labels}
    for new in more.labels:
        if new.kind == "preferred":
            for key, old in labels.items():
                if old.kind == "preferred" and old.language == new.language:
                    labels[key] = old._replace(kind="alternative")
        labels[new.language, new.text] = new
    return Concept(concept.id, tuple(labels.values()), tuple(dict.fromkeys(concept.broader + more.broader)))


def ids_above(concept: Concept, concepts: Mapping[str, Concept]) -> set[str]:
    """Return the ids of all that is broader than `concept`, at any distance; its own only in a cycle."""
    above: set[str] = set()
    ahead = list(concept.broader)
    while ahead:
        broader = ahead.pop()
        if broader not in above:
            above.add(broader)
            ahead.extend(concepts[broader].broader if broader in concepts else ())
    return above
