"""Queries that find nothing as they stand: what is tried instead, and what is said of it."""

from __future__ import annotations

import pytest
from searching import find, ids, story, titled

from newsarchive.search.fields import Reach

STORIES = [
    story(1, "Saving snow leopards", "2017", tags=("mongolia",), languages=("en",)),
    story(2, "Midterm review of the work", "2018", languages=("en",)),
    story(3, "Saiga horn seized at the border", "2019", languages=("en",)),
    story(4, "Снежного барса видели в горах", "2020", languages=("ru",)),
    story(5, "Leopards in the first snow", "2021", languages=("en",)),
    story(6, "Conference of 14 states", "2022", languages=("en",)),
]


def found(query: str) -> tuple[list[int], str]:
    """Return the ids that are found, and what is said."""
    result = find(query, STORIES)
    return [hit.entry.known_id for hit in result.hits], " ".join(result.notes)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ('"snow leopard"', 1),
        ('"snow lepards"', 1),
        ('"snwo leopards" -draft', 1),
        ('"mid term"', 2),
        ('"midterm reviews"', 2),
        ('"снежный барс"', 4),
        ('title:"saiga horns"', 3),
        ('"saiga horne" OR "gobi bears"', 3),
    ],
)
def test_phrases_with_slips_and_inflection(query, first):
    """It tries other spellings and forms of a phrase that no entry has, side by side."""
    ids_found, note = found(query)

    assert ids_found == [first]
    assert "to the letter" in note


@pytest.mark.parametrize(
    "query", ['"leopards snow"', '"horn saiga"', '"review midterm"', '"seized horn"', '"горах барса"']
)
def test_phrases_that_stand_apart(query):
    """It tries the words of a phrase wherever they stand in an entry."""
    ids_found, note = found(query)

    assert ids_found
    assert "side by side" in note


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("saiga AND zebra", 3),
        ('"saiga zebra"', 3),
        ("(zebra AND giraffe) OR (saiga AND giraffe)", 3),
        ("title:zebra AND title:saiga", 3),
        ("summary:saiga", 3),
        ('"zebra" midterm', 2),
        ("COP14 AND saiga", 3),
    ],
)
def test_words_that_may_be_missing(query, first):
    """It lets words be missing in the end, as long as one is there."""
    ids_found, note = found(query)

    assert ids_found[0] == first
    assert "may be missing" in note


@pytest.mark.parametrize(
    "query",
    [
        "saiga date:1990",
        "saiga AND zebra date:..2018",
        "saiga tag:mongolia",
        '"saiga horns" lang:ru',
        '"saiga horns" -saiga',
        "id:1 AND saiga",
        "zebra AND giraffe",
        "COP15",
        "COP-14",
        "saiga horn is:translated",
    ],
)
def test_conditions_hold(query):
    """It drops no condition but words, and finds nothing where none of the words is."""
    assert found(query)[0] == []


def test_letters_and_a_number():
    """It takes COP 14 for two words at the very end, and says so."""
    ids_found, note = found("COP 14")

    assert ids_found == [6]
    assert "COP 14" in note


@pytest.mark.parametrize("query", ['"snow lepard"', "saiga AND zebra", "cfqufr", "децим"])
def test_words_as_they_are_spelt(query):
    """It relaxes nothing where words count only as they are spelt."""
    assert ids(query, STORIES, reach=Reach(fuzzy=False)) == []


@pytest.mark.parametrize("query", ["snow leopard", '"snow leopards"', "saiga OR zebra", "tag:mongolia", ""])
def test_nothing_to_say(query):
    """It says nothing where the query finds something as it stands."""
    assert found(query)[1] == ""


# --- the other keyboard -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("cfqufr", "Сайгак в степи"),
        ("ыфшпф", "Saiga horn"),
        ("CFQUFR", "Сайгак в степи"),
        ("cyt;ysq ,fhc", "Снежного барса видели"),
        ("куа куфве", "Ref read"),
        ("Vt;ytd", "Антон Межнев"),
        ('",fhc"', "Снежный барс"),
        ("cfqufr d cntgb", "Сайгак в степи"),
        ("дузфкв", "Snow leopard"),
    ],
)
def test_keys_of_the_other_layout(typed, title):
    """It finds what the same keys give in the other layout, and says so."""
    result = find(typed, titled(title))

    assert [hit.entry.id for hit in result.hits] == [1]


@pytest.mark.parametrize(
    ("typed", "title"), [("rjn", "кот и rjn"), ("lepard", "leopard дузфкв"), ("saiga", "saiga ыфшпф")]
)
def test_only_where_nothing_else_matches(typed, title):
    """It does not look at the keys of a word that is there, or is misspelt."""
    reasons = {member.reason for group in find(typed, titled(title)).groups for member in group.members}

    assert "keyboard" not in reasons


# --- the nearest by sound ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("децим", "Decimus"),
        ("шометт", "Chaumette"),
        ("лайош", "Lajos"),
        ("isauricus", "исаврик"),
        ("розалия", "Rosalia"),
        ("burton", "бертон"),
    ],
)
def test_the_nearest_by_sound(typed, name):
    """It shows for a name that nothing is like those that sound most like it."""
    assert ids(typed, titled(name, "Saiga horn", "Конференция")) == [1]


NONSENSE = (
    *("zzzz", "qqqqq", "umyj", "kyseddxu", "thqcvnx", "asdfg", "zxcvb", "qwertyuiop"),
    *("ггггг", "воив", "пяял", "эцыил", "йцукен", "фывапр", "пжэянде", "блаблабла"),
    *("غبثه", "ثنذل", "بصعببط", "تهجاتورثا", "鑫龘", "犇靐驫猋"),
)


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense(typed):
    """It takes no word for another that sounds a little like it among many."""
    text = (
        "family discuss group week could snow shared midterm trans argali press islamic passing taken river "
        "with which join urial mammal ever review wild council species desert pleased community global south took "
        "available first жизнь барса степь здесь язык также общего нельзя можно года когда резки целью"
    )

    assert ids(typed, titled(*text.split())) == []


# --- told by the word beside ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["снежный барз", "снежные барз"])
def test_a_slip_beside_a_word(typed):
    """It takes what stands beside the other word for what was meant, not what sounds like the slip elsewhere."""
    stories = titled("Sumbar jülgesinde bars yzlary", "Снежные барсы вернулись", "Снежные сугробы", "Bar")

    assert ids(typed, stories)[0] == 2


def test_slips_that_are_as_near():
    """It puts of two words that are as near the one first that stands beside the other word."""
    stories = titled("Saiga horn", "Corn corn corn", "Saiga and corn")

    result = find("saiga hotn", stories)
    alone = find("hotn", titled("Saiga horn", "A hoten is full"))

    assert result.hits[0].entry.id == 1
    assert {hit.entry.id for hit in alone.hits} == {1, 2}


@pytest.mark.parametrize("typed", ["zzzqxw", "Iraq", "COP17", "KZ1235", "horse", "qx"])
def test_nothing_is_near(typed):
    """It shows nothing for a country, a number, a word that is right, or what sounds like nothing there."""
    assert ids(typed, titled("Iran", "COP12", "KZ1234", "house", "saiga")) == []
