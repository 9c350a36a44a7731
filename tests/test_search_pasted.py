"""Titles that are pasted into `search`: capitals, parentheses and quotation marks that mean nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result

STORIES = [
    {"title": "Snow leopard and wild sheep of the Altai"},
    {"title": "CITES meets in Johannesburg"},
    {"title": "CMS meets in Samarkand"},
    {"title": "Midterm Review of the Central Asian Mammals Initiative (CAMI)"},
    {"title": "Saiga horn is not for sale"},
    {"title": "ОХРАНА САЙГАКА И АРХАРА"},
]


@pytest.fixture(autouse=True)
def archive(alone: Path, invoke: Callable[..., Result]) -> None:
    """Import the stories, numbered from 1."""
    assert invoke("import", "-", "--format", "json", stdin=json.dumps(STORIES)).code == 0


@pytest.fixture
def found(invoke: Callable[..., Result]) -> Callable[..., list[int]]:
    """Return the ids that a command finds for what is typed, best first."""

    def call(typed: str, command: str = "search") -> list[int]:
        result = invoke(command, typed, "--format", "ids")
        assert result.code == 0, result.err
        return [int(line) for line in result.out.split()]

    return call


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("SNOW LEPARD AND WILD SHEEP", 1),
        ("SAIGA HORN IS NOT FOR SALE", 5),
        ("SNOW LEOPARD OR SHEEP OR ALTAI", 1),
        ("SAIGA HORN IS SOLD NOT", 5),
        ("WILD SHEEP, SNOW-LEOPARD AND OTHERS", 1),
        ("NOT FOR SALE: SAIGA HORN", 5),
    ],
)
def test_operators_of_a_title_in_capitals(found: Callable[..., list[int]], typed: str, first: int) -> None:
    """It takes AND, OR and NOT for words of the title."""
    assert found(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("CITES OR CMS", {2, 3}),
        ("MEETS NOT CITES", {3}),
        ("MEETS IN SAMARKAND NOT TITLE:CITES", {3}),
        ('"MEETS IN" AND CMS AND SAMARKAND', {3}),
        ("(CMS OR CITES) MEETS IN SAMARKAND", {2, 3}),
        ("meets in Samarkand AND CMS", {3}),
    ],
)
def test_operators_that_are_meant(found: Callable[..., list[int]], typed: str, ids: set[int]) -> None:
    """It keeps operators between a few words, beside a field, a phrase or parentheses, and in lower case."""
    assert set(found(typed)) == ids


@pytest.mark.parametrize("typed", ["SAIGA HORN IS FOR SALE AND MORE", "SAIGA HORN NOT FOR SALE"])
def test_other_commands_keep_to_the_letter(
    found: Callable[..., list[int]], typed: str, invoke: Callable[..., Result]
) -> None:
    """It reads the operators in `list` and in writing commands."""
    assert found(typed, "list") == []
    assert invoke("tag", "+x", "--", typed).code == 1


@pytest.mark.parametrize(
    "typed",
    [
        "Midterm Reviw of the Central Asian Mammals Initiativ (CAMI)",
        "Midterm Review (of the Central Asian) Mammals",
        "Midterm Review of Mammals (CAMY)",
        "Midterm Review) of the Mammals",
        "Midterm (Review of the Mammals",
        "Midterm Review of the Mammals ()",
    ],
)
def test_parentheses_of_a_title(found: Callable[..., list[int]], typed: str) -> None:
    """It requires nothing of what stands in parentheses by itself."""
    assert found(typed)[0] == 4


@pytest.mark.parametrize(
    "typed", ['Saiga 5" horn', '"Saiga horn', 'Saiga horn"', 'Saiga "" horn', '"…" saiga horn']
)
def test_stray_quotation_marks(found: Callable[..., list[int]], typed: str) -> None:
    """It passes over a quotation mark that has no partner, or no word before that."""
    assert found(typed)[0] == 5


@pytest.mark.parametrize(
    "typed", ['saiga "horn', "saiga (horn", "saiga horn)", 'saiga ""', "saiga AND", "(saiga OR horn"]
)
def test_faults_elsewhere(invoke: Callable[..., Result], typed: str) -> None:
    """It refuses in `list` what is no query, as before."""
    assert invoke("list", typed).code == 2


@pytest.mark.parametrize("typed", ["(saiga OR argali", "saiga AND", "-(saiga horn", 'title:"saiga'])
def test_faults_in_search(invoke: Callable[..., Result], typed: str) -> None:
    """It refuses what is meant as a query and is none."""
    assert invoke("search", typed).code == 2


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("(saiga OR snow) horn", {5}),
        ("meets -(CMS Samarkand)", {2}),
        ("(saiga horn) OR (CMS Samarkand)", {3, 5}),
        ("(saiga -snow) horn", {5}),
        ("(title:cites) meets", {2}),
    ],
)
def test_parentheses_that_are_meant(found: Callable[..., list[int]], typed: str, ids: set[int]) -> None:
    """It requires what stands in parentheses with an operator or a field inside, or an operator beside."""
    assert set(found(typed)) == ids
