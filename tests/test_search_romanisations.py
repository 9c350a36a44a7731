"""Names by eight systems of writing Russian in Latin letters, and by letters with marks."""

from __future__ import annotations

import pytest
from indexing import rows, selected, write_archive
from romanisations import NAMES, TABLES, romanised
from searching import find, ids, titled
from storing import opened
from test_search_scripts import Indexed

from newsarchive.changes import removing
from newsarchive.text.readings import other_keys, other_spellings, read, read_words
from newsarchive.text.words import words

FIRST = 3


def within_the_first(queries: list[str], titles: list[str]) -> int:
    """Count the queries whose title, at the same place, is among the first that are found."""
    archive = titled(*titles)
    return sum(number in ids(query, archive)[:FIRST] for number, query in enumerate(queries, 1))


@pytest.mark.parametrize("system", TABLES)
def test_a_name_in_latin_letters_finds_it_in_russian(system):
    """It finds at least 34 of 35 names in Cyrillic, whichever system the query is written by."""
    queries = [romanised(name, system) for name in NAMES]

    assert within_the_first(queries, [f"Памяти профессора {name}" for name in NAMES]) >= 34


@pytest.mark.parametrize(
    ("system", "least"), [(system, 32 if system == "French" else 33) for system in TABLES]
)
def test_a_russian_name_finds_it_in_latin_letters(system, least):
    """It finds nearly all names in Latin letters, whichever system they are written by."""
    titles = [f"In memory of {romanised(name, system)}" for name in NAMES]

    assert within_the_first(list(NAMES), titles) >= least


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Coj", "Цой"),
        ("Âŝuk", "Ящук"),
        ("Juščenko", "Ющенко"),
        ("Èjnštejn", "Эйнштейн"),
        ("Đorđe", "Ђорђе"),
        ("Džon", "Джон"),
        ("Čačak", "Чачак"),
        ("Ul`yanova", "Ульянова"),
        ("Pod”yapol’skiy", "Подъяпольский"),
        ("Ju\u0161c\u030cenko", "Ющенко"),
        ("ŞANLIURFA", "Шанлыурфа"),
    ],
)
def test_marks_and_signs(query, title):
    """It reads what marks on letters and signs between them stand for, both ways."""
    assert ids(query, titled("A story in English", f"Памяти: {title}")) == [2]
    assert ids(title, titled("A story in English", f"In memory of {query}")) == [2]


def test_between_two_systems():
    """It finds a name written with marks by its spelling in English, and the other way round."""
    assert ids("Yushchenko", titled("Yanukovich", "V. Juščenko")) == [2]
    assert ids("Juščenko", titled("Yanukovich", "V. Yushchenko")) == [2]


def test_without_marks_it_is_the_same_word():
    """It goes on finding a word with marks by its bare letters, as exactly as before."""
    result = find("Juscenko", titled("V. Juščenko"))

    assert [member.reason for member in result.groups[0].members] == ["folded"]


def test_signs_in_words():
    """It takes signs that stand for letters into the word, and quotation marks around words for what they are."""
    assert words("Ul`yanova Pod``yapol`skij Pod”yapol’skiy") == ["ulyanova", "podyapolskij", "podyapolskiy"]
    assert words("“snow” ”leopard” `saiga`") == ["snow", "leopard", "saiga"]


def test_read():
    """It spells out marks, and in words of Slavic spelling the letters beside them."""
    assert read("Coj, Čexov, Xatanga, façade, 2020") == "Coj, chekhov, Xatanga, fachade, 2020"
    assert list(read_words("Šoloxov leopard")) == [("wolohov", "soloxov")]


def test_other_systems():
    """It knows the keys of a name without marks by other systems, and what a Russian name is written as."""
    assert "coi" in other_keys("coj")
    assert {"juschtschenko", "iouchtchenko", "yushhenko"} <= set(other_spellings("ющенко"))
    assert other_spellings("қазақ") == []


def test_an_index_forgets_marks(tmp_path):
    """It keeps no reading of a word when the last entry is gone that has the marks."""
    path = write_archive(tmp_path / "archive.json", titled("V. Juščenko", "V. Juščenko", "V. Juscenko"))
    totals = []
    for number in (1, 2):
        archive = Indexed(path)
        archive.commit([removing(entry) for entry in archive.entries if entry.id == number])
        answers = Indexed(path), opened(path)
        totals.append([answer.search(selected("Yushchenko")).total for answer in answers])

    assert totals[0] == [2, 2]
    assert len(set(totals[1])) == 1
    assert rows(path, "SELECT * FROM reading") == []
