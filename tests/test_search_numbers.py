"""Numbers, and words of letters and digits: never corrected, one word however they are written."""

from __future__ import annotations

import pytest
from clock import takes_at_most
from searching import find, ids, members, titled

from newsarchive.query.tree import Word
from newsarchive.search.typed import put_together, typed_words
from newsarchive.thesaurus.thesaurus import Thesaurus

CONFERENCES = (
    *("COP17 ends", "CoP 17 begins", "КС-17 в Самарканде", "CdP17 à Samarcande"),
    *("17th Conference of the Parties opens", "Seventeenth Meeting of the Conference of the Parties"),
    *("17-е совещание Конференции Сторон", "На 17-м совещании Конференции Сторон КМВ"),
    *("17e réunion de la Conférence des Parties", "La 17ème session de la Conférence des Parties à Bonn"),
    *("17ª reunión de la Conferencia de las Partes", "17th Meeting of the Conference of the Parties to CMS"),
)
OTHER_CONFERENCES = (
    *(
        "COP14",
        "КС-14",
        "CdP 14",
        "14th meeting of the Conference of the Parties",
        "Seventh Conference of the Parties",
    ),
    *("14-е совещание Конференции Сторон", "17th Meeting of Signatories", "17 parties", "CdP17bis"),
)


@pytest.mark.parametrize("typed", ["COP 12", "COP12", "CoP-12", "cop12", "cop 12", "COP–12", "cop۱۲"])
@pytest.mark.parametrize("title", ["At COP12", "At CoP 12", "At CoP-12", "At COP۱۲"])
def test_one_word(typed, title):
    """It finds one however the other is written, and nothing that has only a part of it."""
    assert ids(
        typed, titled(title, "COP of 2012", "12 policemen", "COP14 and COP 1"), synonyms=Thesaurus.load()
    ) == [1]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("COP14", "CoP18"),
        ("COP17", "COP12 at Manila"),
        ("COP1", "COP12"),
        ("KZ1235", "KZ1234"),
        ("KZ1235", "KZ12351"),
        ("A320", "A330 and A32"),
        ("A320", "A321neo"),
        ("2019", "2018 and 20190"),
        ("150", "1500"),
        ("15000", "1,500"),
        ("MOP7", "MOP 8 on the 7th"),
        ("COP-14", "14 February"),
        ("resolution12", "resolution13"),
        ("2O20", "2020"),
        ("КС14", "КС13"),
        ("17th", "18th"),
    ],
)
def test_digits_are_never_corrected(typed, title):
    """It does not take a number for another one, nor its beginning for the whole."""
    assert ids(typed, titled(title)) == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("conferense2020", "conference2020"),
        ("CITES17", "cites17"),
        ("КС14", "KS14"),
        ("resolutoin12", "Resolution12"),
    ],
)
def test_letters_beside_digits(typed, title):
    """It forgives slips in the letters where the digits are the same."""
    assert ids(typed, titled(title)) == [1]


@pytest.mark.parametrize("typed", ["COP17", "CoP-17", "COP 17", "CdP17", "CdP-17", "КС17", "КС-17"])
def test_a_conference_by_its_number(typed):
    """It finds the conference in four languages, in words too, and none of another number."""
    found = ids(typed, titled(*CONFERENCES, *OTHER_CONFERENCES), synonyms=Thesaurus.load())

    assert sorted(found) == list(range(1, len(CONFERENCES) + 1))


@pytest.mark.parametrize(
    "typed",
    [
        "17th meeting of the Conference of the Parties",
        "Seventeenth Meeting of the Conference of the Parties",
        "17-я Конференция Сторон",
        "17e Conférence des Parties",
        "17ª reunión de la Conferencia de las Partes",
    ],
)
def test_a_conference_by_its_name(typed):
    """It finds the abbreviations for the words, of this number alone."""
    titles = ("COP17", "КС-17", "CdP 17", "COP14", "КС-14", "CdP 14")

    assert sorted(ids(typed, titled(*titles), synonyms=Thesaurus.load())) == [1, 2, 3]


@pytest.mark.parametrize(
    "title",
    [
        "17th Conference of the Parties to the Convention on International Trade in Endangered Species",
        "17th meeting of the Conference of the Parties to CITES",
        "17-я Конференция Сторон СИТЕС",
        "17e réunion de la Conférence des Parties à la Convention de Ramsar",
    ],
)
def test_the_conference_of_another_convention(title):
    """It does not take the conference of a convention that the story names for the one of its own."""
    assert ids("COP17", titled(title), synonyms=Thesaurus.load()) == []


def test_a_table_of_numbers():
    """It reads a query of twice as many parted numbers in little more than twice the time."""
    few, many = (list(typed_words([Word(",".join(["1", *["000"] * n]))])) for n in (2_000, 4_000))

    def read(words):
        return lambda: put_together(words, lambda _letters, _number: False)

    assert takes_at_most(3, read(many), read(few))


@pytest.mark.usefixtures("archive")
def test_ten_stories(invoke):
    """It finds nothing for a conference that none of the ten stories is about."""
    assert [invoke("search", typed, "--format", "ids").out for typed in ("COP14", "COP17", "CoP-17")] == [
        ""
    ] * 3
    assert invoke("search", "COP 12", "--format", "ids").out == "8\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("saiga 2016", {"saiga", "2016"}),
        ("CMS 2020", {"cms", "2020"}),
        ("May 12", {"may", "12"}),
        ("leopard 12", {"leopard", "12"}),
        ("12 COP", {"cop", "12"}),
    ],
)
def test_a_number_that_stands_by_itself(typed, words):
    """It takes a year, a day, or a number after a longer word for words of their own."""
    groups = find(typed, titled("saiga cms may leopard cop 2016 2020 12")).groups

    assert {text for group in groups for text in members(group)} == words


def test_digits_of_other_scripts():
    """It finds digits of one script by those of another."""
    titles = titled("سال ۲۰۲۴", "عام ٢٠٢١", "वर्ष २०२१", "In 2024")

    assert set(ids("2024", titles)) == {1, 4}
    assert set(ids("۲۰۲۱", titles)) == {2, 3}
