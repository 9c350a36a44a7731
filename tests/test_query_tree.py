"""The nodes of a query's tree."""

from __future__ import annotations

import pytest

from newsarchive.query.tree import Group, HasTerm, IsTerm, Not, TagTerm, Word


def test_frozen() -> None:
    """It cannot be changed."""
    word = Word("saiga")

    with pytest.raises(AttributeError, match=r"Word\.text cannot be changed"):
        word.text = "argali"  # type: ignore[misc]


def test_equality() -> None:
    """It equals a node of its own kind with the same values, and has the same hash."""
    assert Word("a", prefix=True) == Word("a", True)
    assert {Word("a"): 1}[Word("a", prefix=False)] == 1
    assert Group(Word("a")) != Not(Word("a"))
    assert HasTerm("tags") != IsTerm("tags")


def test_repr() -> None:
    """It shows its values for whoever reads a failing test."""
    assert repr(Not(TagTerm("species", subtree=True))) == "Not(TagTerm('species', True, False))"


def test_matching_by_position() -> None:
    """It can be taken apart by a match statement."""
    match TagTerm("species"):
        case TagTerm(tag, subtree):
            found = (tag, subtree)

    assert found == ("species", False)
