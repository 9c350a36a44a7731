"""Acronyms with dots are words, in every command."""

from __future__ import annotations

import json

import pytest
from searching import ids, titled

STORIES = [
    {"title": "C.I.T.E.S. meets"},
    {"title": "U.N.E.P. and the U.S . Senate"},
    {"title": "Страны С.Н.Г. договорились"},
    {"title": "CITES and UNEP in the СНГ"},
    {"title": "A herd of cattle"},
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CITES", {1, 4}),
        ("C.I.T.E.S.", {1, 4}),
        ("c.i.t.e.s", {1, 4}),
        ("UNEP", {2, 4}),
        ("СНГ", {3, 4}),
        ("с.н.г.", {3, 4}),
        ("U.S.", {2}),
        ('"U.S . Senate"', {2}),
        ("us", {2}),
    ],
)
@pytest.mark.parametrize("command", ["search", "list"])
def test_acronyms(invoke, command, typed, found):
    """It finds them with and without dots."""
    invoke("import", "-", "--format", "json", stdin=json.dumps(STORIES))

    result = invoke(command, typed, "--format", "ids")

    assert {int(line) for line in result.out.split()} == found


@pytest.mark.parametrize("typed", ["S", "T", "N", "I"])
def test_their_letters_are_no_words(typed):
    """It finds no acronym by one of its letters."""
    assert ids(typed, titled("C.I.T.E.S. and U.N.E.P.", "U.S.")) == []


def test_initials():
    """It finds initials with dots as they are written elsewhere."""
    assert ids("A.P. Mezhnev", titled("Mezhnev", "A.P. Mezhnev", "AP news"))[0] == 2
