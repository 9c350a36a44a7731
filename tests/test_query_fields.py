"""The table of fields, and the guess at a misspelt name."""

from __future__ import annotations

from datetime import date

import pytest

from newsarchive.query.fields import FIELDS, PRESENCES, STATES, find_field, nearest_name
from newsarchive.query.parser import parse
from newsarchive.query.spelling import is_one_edit_apart
from newsarchive.query.tree import HasTerm, IsTerm

EXAMPLES = {"date": "2021", "id": "7", "state": "undated", "presence": "url", "language": "en"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_is_read(field) -> None:
    """It offers only fields that the parser knows, under each of their names."""
    value = EXAMPLES.get(field.kind, "saiga")

    found = {
        repr(parse(f"{name}:{value}", today=date(2024, 12, 18)).root) for name in (field.name, *field.aliases)
    }

    assert len(found) == 1
    assert "Word('" + field.name not in found.pop()


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_read(state: str) -> None:
    """It offers only states that the parser knows."""
    assert parse(f"is:{state}", today=date(2024, 12, 18)).root == IsTerm(state)


@pytest.mark.parametrize("name", PRESENCES)
def test_every_presence_is_read(name: str) -> None:
    """It takes the name of any field of an entry after has:."""
    assert isinstance(parse(f"has:{name}", today=date(2024, 12, 18)).root, HasTerm)


def test_find_field() -> None:
    """It finds a field by its name or alias in whatever case."""
    assert find_field("LANGUAGES") is find_field("lang")
    assert find_field("author") is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "title"),
        ("Tittle", "title"),
        ("tgas", "tags"),
        ("dates", "date"),
        ("has", None),
        ("news", None),
    ],
)
def test_nearest_name(name: str, meant: str | None) -> None:
    """It guesses the field that is one edit away."""
    assert nearest_name(name) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [("tag", "tags"), ("tag", "tg"), ("tag", "tug"), ("tag", "tga"), ("tag", "atg"), ("a", "")],
)
def test_one_edit(one: str, other: str) -> None:
    """It counts a letter added, dropped, replaced, or changing places with its neighbour."""
    assert is_one_edit_apart(one, other)
    assert is_one_edit_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("tag", "tag"), ("tag", "gat"), ("tag", "t"), ("", ""), ("abcd", "badc")]
)
def test_not_one_edit(one: str, other: str) -> None:
    """It counts neither no edit nor two."""
    assert not is_one_edit_apart(one, other)
