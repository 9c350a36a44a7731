"""`history show`: an operation's changes, as they were made."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def worked_on(archive, invoke):
    """Do one thing of each kind to the ten stories."""
    for words in (
        ["tag", "+saiga", "-draft", "id:1"],
        ["edit", "7", "--set", "title=Midterm Review", "--set", "extra.note=hello", "--unset", "date"],
        ["add", "--title", "A new story", "--lang", "en", "--tag", "press"],
        ["remove", "3", "--yes"],
    ):
        assert invoke(*words).code == 0
    return archive


@pytest.mark.parametrize(
    ("number", "row"),
    [
        (2, " 1  In memoriam – Anton Mezhnev  tags: +saiga"),
        (4, "11  A new story  added; languages: en; tags: press"),
        (5, " 3  Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection  removed"),
    ],
)
def test_what_an_operation_changed(worked_on, invoke, number, row):
    """It lists each entry with what became of it, one that was removed since included."""
    result = invoke("history", "show", str(number))

    assert result.code == 0
    assert " ".join(result.out.splitlines()[1].split()) == " ".join(row.split())
    assert result.err.startswith(f"Operation {number}, ")
    assert result.err.endswith("; 1 entry\n")


def test_each_field_before_and_after(worked_on, invoke):
    """It names the fields that changed, and only those."""
    (line,) = invoke("history", "show", "3").out.splitlines()[1:]

    assert "title: Midterm Review of the Central Asian Mammals Initiative (CAMI) → Midterm Review" in line
    assert "date: 2018-04-27 → nothing" in line
    assert "extra.note: nothing → hello" in line
    assert "modified" not in line
    assert "summary" not in line


def test_for_programs(worked_on, invoke):
    """It gives the changed fields before and after, the time of change among them."""
    (change,) = json.loads(invoke("history", "show", "2", "--json").out)

    assert (change["id"], change["kind"]) == (1, "change")
    assert (change["before"]["tags"], change["after"]["tags"]) == ([], ["saiga"])
    assert set(change["after"]) == {"tags", "modified"}


@pytest.mark.parametrize("number", ["99", "0"])
def test_an_operation_that_is_not_there(worked_on, invoke, number):
    """It says so and where they are listed."""
    result = invoke("history", "show", number)

    assert (result.code, result.out) == (1, "")
    assert (
        result.err
        == f"newsarchive: the history has no operation {number}; `newsarchive history` lists them\n"
    )


def test_the_table_of_a_removal_shows_dates(archive, invoke):
    """It shows before a removal of what date each entry is."""
    result = invoke("remove", "1", "3", "--dry-run")

    assert "2021-01-29" in result.out
    assert "2020-02-14" in result.out
