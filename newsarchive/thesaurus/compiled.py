"""The concepts that come with the program, worked out beforehand: reading TOML at every search takes too long.

`data/thesaurus.json` is made of the TOML files beside it by tools/thesaurus.py, and a test compares them.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import msgspec

from newsarchive.thesaurus.concepts import Concept
from newsarchive.thesaurus.forms import label_forms

COMPILED: Final = Path(__file__).parent.parent / "data" / "thesaurus.json"

Forms = list[tuple[str, frozenset[str]]]
"""The folded words of a label, each with the forms it may stand in."""


class Compiled(msgspec.Struct, frozen=True):
    """Concepts in the order of their files, and the text, language and forms of each of their labels."""

    concepts: list[Concept]
    forms: list[tuple[str, str, Forms]]


@functools.cache
def shipped() -> Compiled:
    """Return the concepts that come with the program."""
    return msgspec.json.decode(COMPILED.read_bytes(), type=Compiled)


def forms_of(text: str, language: str) -> Forms:
    """Return what `label_forms` does; of labels that come with the program it is known already."""
    known = _shipped_forms().get((text, language))
    return label_forms(text, language) if known is None else known


@functools.cache
def _shipped_forms() -> dict[tuple[str, str], Forms]:
    return {(text, language): forms for text, language, forms in shipped().forms}
