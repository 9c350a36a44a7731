"""What readers type, on an archive of a dozen stories in two scripts, through the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result

STORIES = [
    {"title": "Snow Leopards", "summary": "Rangers count them.", "date": "2017-02-06", "tags": ["mongolia"]},
    {"title": "Year of Conservation", "summary": "The steppe is vast.", "date": "2016"},
    {"title": "In memoriam – Anton Mezhnev", "summary": "He worked for the saiga.", "date": "2021-01-29"},
    {"title": "Памяти Антона Межнева", "summary": "Сайгак был делом его жизни.", "date": "2021-01-29"},
    {"title": "Снежный барс Алтая", "summary": "Следы снежного барса на перевале.", "date": "2018-03-01"},
    {"title": "Ёлки в степи", "summary": "Лесопосадки.", "date": "2015"},
    {"title": "Lkhagvasuren and the takhi", "summary": "Przewalski’s horse returns.", "date": "2019-08-07"},
    {"title": "Лхагвасурэн и тахи", "summary": "Лошадь Пржевальского.", "date": "2019-08-08"},
    {"title": "COP14 opens in Samarkand", "summary": "Parties to CMS sign the MOU.", "date": "2024-02-12"},
    {"title": "КС14 в Самарканде", "summary": "Стороны КМВ подписали МОВ.", "date": "2024-02-12"},
    {"title": "Trophy hunting as a measure", "summary": "On migratory ungulates.", "date": "2016-11-14"},
    {"title": "Draft: hunting a trophy", "summary": "Migration of the argali.", "date": "2016-11-15"},
    {
        "title": "Range States meet in Ulaanbaatar",
        "summary": "They reviewed the work on camels.",
        "date": "2018-04-27",
        "tags": ["mongolia"],
    },
    {"title": "A leopard in the zoo", "summary": "In Berlin.", "date": "2017-05-01", "tags": ["germany"]},
]  # fmt: skip

SNOW_LEOPARD = {1, 5}
OBITUARY = {3, 4}
HORSE = {7, 8}
MEETING = {9, 10}


@pytest.fixture
def archive(alone: Path, invoke: Callable[..., Result]) -> Path:
    """Import the stories, numbered from 1."""
    assert invoke("import", "-", "--format", "json", stdin=json.dumps(STORIES)).code == 0
    return alone / "archive.json"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("snow lepard conservaton", {1, 2}),
        *((name, OBITUARY) for name in ("Mezhnev", "Mezhnyov", "Mejnev", "Межнев", "межнева")),
        *((name, SNOW_LEOPARD) for name in ("снежный барс", "снежного барса", "Panthera uncia", "Uncia")),
        *((word, {6}) for word in ("елки", "ёлки", "ЁЛКИ")),
        *((name, HORSE) for name in ("Lkhagvasuren", "Лхагвасурэн")),
        *((name, HORSE) for name in ("Przewalski", "Przhevalsky", "Пржевальский")),
        *((name, MEETING) for name in ("COP14", "КС14", "CMS", "КМВ", "MOU", "МОВ")),
        ('"trophy hunting"', {11}),
        ("migrat*", {11, 12}),
        ("hunting -draft", {11}),
        ("tag:mongolia date:2016..2018 leopard", {1}),
        (
            "representatives of the Range States met last week in Ulaanbatar to review camel conservation",
            {13},
        ),
    ],
)
def test_what_readers_type(invoke: Callable[..., Result], typed: str, first: set[int]) -> None:
    """It puts the stories that are meant before all others."""
    result = invoke("search", *typed.split(), "--format", "ids")

    found = [int(line) for line in result.out.split()]
    assert (result.code, set(found[: len(first)])) == (0, first)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    "typed", ['"trophy hunting"', "hunting -draft", "tag:mongolia date:2016..2018 leopard"]
)
def test_what_is_required(invoke: Callable[..., Result], typed: str) -> None:
    """It finds nothing else where what is typed is a condition."""
    assert len(invoke("search", typed, "--format", "ids").out.split()) == 1


@pytest.mark.usefixtures("archive")
def test_best_first(invoke: Callable[..., Result]) -> None:
    """It puts the story that has both misspelt words' worth before those that have one."""
    result = invoke("search", "snow lepard mongolai", "--format", "ids")

    assert result.out.split()[0] == "1"
