"""Words that are parted or joined otherwise than they were typed, and the last parts of compounds."""

from __future__ import annotations

import pytest
from searching import Labels, find, ids, members, story, titled

TITLES = (
    "Saving snow leopards from extinction",  # 1
    "Gobi bear seen again",  # 2
    "Midterm review of the initiative",  # 3
    "Huntable wildlife and migratory wildlife",  # 4
    "A transboundary reserve",  # 5
    "The post-2020 framework",  # 6
    "Some 1,500 saigas were counted",  # 7
    "Re-introduction of the kulan by e-mail",  # 8
    "Следы снежного барса",  # 9
    "Wild sheep, and the life of a herder",  # 10
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("snowleopard", 1),
        ("SnowLeopards", 1),
        ("gobibear", 2),
        ("gobibears", 2),
        ("mid-term", 3),
        ("mid term", 3),
        ("wild life", 4),
        ("wild-life", 4),
        ("trans-boundary", 5),
        ("trans boundary", 5),
        ("post2020", 6),
        ("post 2020", 6),
        ("1500", 7),
        ("1,500", 7),
        ("1.500", 7),
        ("reintroduction", 8),
        ("email", 8),
        ("снежныйбарс", 9),
        ("mid-term review of wild life", 3),
    ],
)
def test_joined_and_parted(typed, first):
    """It finds what is meant, before what has only a part of it."""
    assert ids(typed, titled(*TITLES))[0] == first


@pytest.mark.parametrize(
    ("typed", "text"), [("1500", "1500 or 1,500 or 1 500"), ("150000", "1,50,000"), ("1500000", "1,500,000")]
)
def test_long_numbers(typed, text):
    """It finds a number however its thousands are parted."""
    assert ids(typed, titled(text, "500 1", "1.5 million")) == [1]


@pytest.mark.parametrize(
    ("typed", "titles", "order"),
    [
        ("wildlife", ("Wild life", "Wildlife"), [2, 1]),
        ("wild life", ("Wildlife", "Wild life"), [2, 1]),
        ("snowleopard", ("Snow leopard", "Snowleopard"), [2, 1]),
        ("midterm", ("Mid-term review", "Review at midterm of the year"), [2, 1]),
        ("1500", ("1,500", "1500"), [2, 1]),
    ],
)
def test_below_the_words_as_typed(typed, titles, order):
    """It puts what was typed before what is joined or parted otherwise."""
    assert ids(typed, titled(*titles)) == order


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("into", ("In to the valley",)),
        ("may be", ("Maybe a saiga",)),
        ("a way", ("Away from it",)),
        ("snowleopard", ("Snow, and no leopard", "Leopard snow")),
        ("wildlife", ("Life in the wild",)),
    ],
)
def test_chance(typed, titles):
    """It joins no short words, and parts none that do not stand side by side."""
    assert ids(typed, titled(*titles)) == []


def test_reasons():
    """It says that words were joined or parted, and gives them a group of their own beside the word."""
    groups = find("wildlife", titled("wildlife", "Wild life")).groups

    assert [members(group) for group in groups] == [{"wildlife": "exact"}, {"wild life": "joined"}]


def test_parts_are_not_corrected():
    """It makes nothing else of the parts of a word that is found when they are joined."""
    groups = find("mid-tern", titled("Midterm", "Mild and stern")).groups
    found = find("mid-term", titled("Midterm", "Mid and terms", "Team")).groups

    assert not any(member.reason == "joined" for group in groups for member in group.members)
    assert {text for group in found for text in members(group)} == {"mid", "midterm", "terms"}


def test_other_names_of_joined_words():
    """It finds another name of what is a name when it is parted."""
    labels = Labels("snow leopard", "ирбис")

    assert ids("snowleopard", titled("ирбис в горах"), synonyms=labels) == [1]


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("de", "Antilope", "Die Saigaantilope kehrt zurück"),
        ("de", "antilope", "Saigaantilopen im Schnee"),
        ("de", "Leopard", "Der Schneeleopard"),
        ("kk", "барысы", "Қарбарысы"),
        ("tr", "leopar", "Karleoparı görüldü"),
        ("de-AT", "schutz", "Artenschutzes"),
    ],
)
def test_last_part_of_a_compound(language, typed, title):
    """It finds a German or Turkic compound by its last part."""
    assert ids(typed, [story(1, title, languages=(language,))]) == [1]


def test_compounds_come_last():
    """It puts a compound after everything that has the word or one of its forms."""
    entries = [
        story(1, "Saigaantilope", languages=("de",)),
        story(2, "Reise", languages=("de",), body=f"{'Worte ' * 200} Antilope"),
        story(3, "Antilope", languages=("de",)),
    ]

    assert ids("Antilope", entries) == [3, 2, 1]


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("en", "stead", "instead of it"),
        ("en", "range", "strange"),
        ("de", "hund", "Schweinehund"),
        ("de", "gazelle", "Keine Saigagazellenart"),
    ],
)
def test_no_compound(language, typed, title):
    """It does not look into words of other languages, for short words, or for what stands in the middle."""
    assert ids(typed, [story(1, title, languages=(language,)), story(2, "Argali", languages=("de",))]) == []
