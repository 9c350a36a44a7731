"""What is certainly right is not corrected: labels, names of countries, words of a dictionary."""

from __future__ import annotations

import pytest
from searching import Labels, find, ids, members, story, titled

from newsarchive.thesaurus.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("saiga", "The taiga burns"),
        ("сайгак", "тайга"),
        ("argali", "Argalia"),
        ("Mongolia", "Mongolka"),
        ("CITES", "Cities"),
    ],
)
def test_labels(typed, title):
    """It takes no label of the thesaurus for a misspelling, whether the archive has another or not."""
    assert ids(f"{typed} now", titled(title), synonyms=Thesaurus.load()) == []


def test_labels_of_one_s_own():
    """It takes those of a thesaurus beside the archive for right too."""
    assert ids("xaiga now", titled("Saiga horn"), synonyms=Labels("xaiga", "zzz")) == []
    assert ids("xaiga now", titled("Saiga horn")) == [1]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Iraq", "Iran"),
        ("Iran", "Iraq"),
        ("Nigeria", "Niger"),
        ("Niger", "Nigeria and Nigerians"),
        ("Austria", "Australia"),
        ("Slovakia", "Slovenia"),
        ("Ирак", "Иран"),
        ("Литва", "Латвия"),
        ("Irak", "Iran"),
        ("Mauritania", "Mauritius"),
    ],
)
def test_countries(typed, title):
    """It takes no country for another."""
    assert ids(typed, titled(title)) == []


@pytest.mark.parametrize(
    ("typed", "title", "reason"),
    [
        ("Irak", "Iraq", "thesaurus"),
        ("Mongolei", "Mongolia", "thesaurus"),
        ("Ирак", "Talks in Iraq", "sound"),
        ("Венгрия", "Hungary", "thesaurus"),
        ("Iraq", "Iraqi", "prefix"),
    ],
)
def test_other_names_of_a_country(typed, title, reason):
    """It finds the same country by another name, and what is made of its name."""
    assert list(members(find(typed, titled(title)).groups[0]).values()) == [reason]


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("en", "horse", "house"),
        ("en", "bear", "beer"),
        ("en", "deer", "deed"),
        ("en", "pouching", "poaching"),
        ("ru", "олень", "осень"),
        ("ru", "волк", "полк"),
        ("fr", "cheval", "chenal"),
        ("es", "ciervo", "cuervo"),
    ],
)
def test_words_of_a_dictionary(language, typed, title):
    """It takes no word for another where it is one of the archive's language."""
    assert ids(f"{typed} zz", [story(1, title, languages=(language,))]) == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [("lepard", "leopard"), ("cheval", "chevals"), ("снежнный", "снежный"), ("Mezhnoff", "Mezhnov")],
)
def test_misspellings(typed, title):
    """It corrects what is no word, or one of a language in which the archive has nothing."""
    assert ids(f"{typed} zz", titled(title)) == [1]


def test_a_word_of_a_sentence():
    """It guesses in a sentence, where one word decides little, what a slip may have made another word."""
    title = "Leading edge of a wing in supersonic flow"

    assert ids("bear", titled("Beer")) == []
    assert find("flow at the leafing edge of wings", titled(title)).groups[3].members[0].text == "leading"
    assert find("in Iraq at the leading edge of wings", titled("Iran at the edge")).groups[1].members == ()
