"""The thesaurus as it comes compiled is the one that its TOML files state."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from newsarchive.text.words import words
from newsarchive.thesaurus.compiled import COMPILED, forms_of, shipped
from newsarchive.thesaurus.concepts import Concept
from newsarchive.thesaurus.thesaurus import Thesaurus

_TOOL = Path(__file__).parent.parent / "tools" / "thesaurus.py"


def test_the_compiled_thesaurus_is_what_its_files_say() -> None:
    """It is what `python tools/thesaurus.py` makes of the TOML files, which renews it."""
    made = runpy.run_path(str(_TOOL))["compiled"]()

    assert COMPILED.read_text(encoding="utf-8").splitlines() == made.splitlines()


ALL = Thesaurus(shipped())
"""The same concepts, all of them read."""


@pytest.mark.parametrize("concept", ALL.concepts.values(), ids=ALL.concepts)
def test_a_few_words_mean_what_they_mean_to_all_of_it(concept: Concept) -> None:
    """It finds the same concepts in the same order, whether it reads all of them or those that words begin."""
    for label in (label for label in concept.names if label.language in ("en", "ru")):
        run = [max(forms) for _, forms in forms_of(concept, label)]
        assert Thesaurus.load().label_runs(run) == ALL.label_runs(run), run


@pytest.mark.parametrize(
    "run",
    [
        ["cop14"],
        ["кс", "14"],
        ["14th", "conference"],
        ["fourteenth", "meeting"],
        ["saiga"] * 20,
        [],
        ["\ud800"],
        ['"'],
    ],
    ids=" ".join,
)
def test_numbers_and_odd_words_too(run: list[str]) -> None:
    """It is so for members of series, for words that no text holds, and for many of them."""
    assert Thesaurus.load().label_runs(run) == ALL.label_runs(run)


def test_one_that_was_asked_before() -> None:
    """It goes on to answer in full, however much it was asked."""
    asked = Thesaurus.load()

    for concept in ALL.concepts.values():
        run = words(concept.preferred())
        assert asked.label_runs(run) == ALL.label_runs(run)
