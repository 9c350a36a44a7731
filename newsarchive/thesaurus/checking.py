"""Find what is wrong with a thesaurus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newsarchive.text.words import words
from newsarchive.thesaurus.concepts import Concept, ids_above
from newsarchive.thesaurus.series import has_number


class Finding(NamedTuple):
    """A fault: its stable code, the concept it was found in, and a sentence with the evidence."""

    code: str
    concept: str
    evidence: str


def findings(concepts: Mapping[str, Concept]) -> Iterator[Finding]:
    """Yield the faults of `concepts` by id."""
    for concept in concepts.values():
        yield from _label_faults(concept)
        yield from _broader_faults(concept, concepts)
    yield from _shared_labels(concepts)


def _label_faults(concept: Concept) -> Iterator[Finding]:
    if not any(concept.of_kind("preferred")):
        yield Finding("no-preferred-label", concept.id, "has no preferred label in any language")
    for label in concept.labels:
        if not words(label.text):
            yield Finding("label-without-words", concept.id, f"{label.text!r} holds no word")
        if label.kind == "numbered" and not has_number(label.text):
            yield Finding("pattern-without-number", concept.id, f"{label.text!r} lacks {{n}} or {{nth}}")


def _broader_faults(concept: Concept, concepts: Mapping[str, Concept]) -> Iterator[Finding]:
    for broader in concept.broader:
        if broader not in concepts:
            yield Finding("unknown-broader", concept.id, f"is broader {broader!r}, which no concept is")
    if concept.id in ids_above(concept, concepts):
        yield Finding("broader-cycle", concept.id, "is broader than itself")


def _shared_labels(concepts: Mapping[str, Concept]) -> Iterator[Finding]:
    """Yield names of several concepts; sharing one is declared by calling it ambiguous."""
    owners: dict[tuple[str, ...], dict[str, str]] = {}
    for concept in concepts.values():
        for label in concept.names:
            owners.setdefault(tuple(words(label.text)), {}).setdefault(concept.id, label.text)
    for run, texts in owners.items():
        for owner in [*texts][1:] if run else ():
            first = next(iter(texts))
            yield Finding("shared-label", owner, f"{texts[owner]!r} is also a label of {first}")
