"""The concepts that come with the program, worked out beforehand: reading TOML at every search takes too long.

`data/thesaurus.tsv` is made of the TOML files beside it by tools/thesaurus.py, and a test compares them. Each line
is a concept: its id, the concept as JSON, and as JSON the text, language and forms of each of its labels, those of
its series included. A search needs few of them; a line that nothing asks for stays bytes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from newsarchive.thesaurus.concepts import Concept, Label
from newsarchive.thesaurus.forms import label_forms

COMPILED: Final = Path(__file__).parent.parent / "data" / "thesaurus.tsv"

Forms = list[tuple[str, frozenset[str]]]
"""The folded words of a label, each with the forms it may stand in."""


def shipped() -> Iterator[Concept]:
    """Yield the concepts that come with the program, in the order of their files."""
    return map(shipped_concept, _lines())


@functools.cache
def shipped_concept(concept_id: str) -> Concept:
    """Return the concept of this id that comes with the program. Raises KeyError when none does."""
    return msgspec.json.decode(_lines()[concept_id].split(b"\t")[1], type=Concept)


def shipped_with(words: Iterable[str]) -> list[str]:
    """Return the ids of the concepts that have one of these forms, and perhaps of some others, in order."""
    forms = [f'"{word}"'.encode("utf-8", "surrogatepass") for word in words]
    return [concept_id for concept_id, line in _lines().items() if any(form in line for form in forms)]


def forms_of(concept: Concept, label: Label) -> Forms:
    """Return what `label_forms` does; of labels that come with the program it is known already."""
    known = _shipped_forms(concept.id).get((label.text, label.language))
    return label_forms(label.text, label.language) if known is None else known


@functools.lru_cache(maxsize=1 << 12)
def _shipped_forms(concept_id: str) -> Mapping[tuple[str, str], Forms]:
    line = _lines().get(concept_id)
    if line is None:
        return {}
    labels = msgspec.json.decode(line.split(b"\t")[2], type=list[tuple[str, str, Forms]])
    return {(text, language): forms for text, language, forms in labels}


@functools.cache
def _lines() -> Mapping[str, bytes]:
    return {line[: line.index(b"\t")].decode(): line for line in COMPILED.read_bytes().splitlines()}
