"""Which languages a text is found to be in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.languages import languages

ENGLISH_STORIES = [
    """In memoriam – Anton Mezhnev
    Mr. Anton Pavlovich Mezhnev was the Saiga MOU Focal Point at the Ministry of Natural Resources of
    Russia for more than 10 years.""",
    """Press Release: Afghanistan and Tajikistan Step Up Environmental Cooperation
    The Islamic Republic of Afghanistan and the Republic of Tajikistan have taken an important step in
    strengthening joint efforts to protect their unique, shared mountain ecosystem.""",
    """Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection
    Bonn, 14 February 2020 – The Gobi Bear – the only bear living in the desert - the Persian Leopard and
    the Urial, a wild sheep, are set to join other""",
    """Gobi Bear, Persian Leopard and Other Central Asian Mammals to Receive Greater Protection
    The Gobi Bear – the only bear living in the desert - the Persian Leopard and the Urial, a wild sheep,
    could soon join other Central Asian mammal species.""",
    """In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)
    It is with great sadness that the staff at the CMS Secretariat learned of the passing of
    Dr Lkhagvasuren Badamjav.""",
    """Connectivity Conservation: a Key Element of the Post-2020 Global Biodiversity Framework
    CMS and its Family set the course for developing their contributions to the Framework.""",
    """Midterm Review of the Central Asian Mammals Initiative (CAMI)
    Range State representatives, scientists and conservation experts met last week.""",
    """Addition of Three Species proposed by Mongolia to the Appendices of CMS
    The CMS Secretariat is pleased to announce the addition of Przewalski’s Horse, Gobi Bear, and Steppe
    Eagle.""",
    """The Argali Sheep – Trophy Hunting as a Potential Conservation Measure?
    The event - “Sustainable Use for Conservation – How CMS Can Provide a Complementary Tool to CITES” -
    focused on aspects of sustainable use of the Argali sheep.""",
]

SNOW_LEOPARDS = """Saving Snow Leopards from the Brink of Extinction
In the Hollywood blockbuster The Secret Life of Walter Mitty (2013), the adventurous photographer Sean
O’Connell decides not to take a picture of a snow leopard.
В голливудском блокбастере «Невероятная жизнь Уолтера Митти» (2013), фотограф Шон О'Коннелл решает не
фотографировать снежного барса."""


@pytest.mark.parametrize("story", ENGLISH_STORIES)
def test_english_stories(story: str) -> None:
    """It finds English stories, whatever names they are full of, to be in English only."""
    assert languages(story) == ("en",)


def test_two_languages() -> None:
    """It names both languages of a bilingual story, the one with more words first."""
    assert languages(SNOW_LEOPARDS) == ("en", "ru")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sauver la panthère des neiges, qui vit dans les montagnes d'Asie", ("fr",)),
        ("El leopardo de las nieves vive en las montañas de Asia", ("es",)),
        ("Совещание по сайгаку прошло в Улан-Баторе", ("ru",)),
        ("Снежный барс", ("ru",)),
        ("Снігові барси живуть у горах, і їх чисельність зменшується", ("uk",)),
        ("Қазақстанда ақбөкендердің саны артып келеді", ("kk",)),
        ("Монгол орны бөхөнгийн тоо толгой өсөж байна", ("mn",)),
        ("Кыргызстандын тоолорундагы илбирстердин саны көбөйүп, жаңы коруктар түзүлдү", ("ky",)),
        ("Der Schneeleopard ist eine Katze, die in den Gebirgen Asiens lebt.", ("de",)),
        ("Il leopardo delle nevi non è più in pericolo nelle montagne", ("it",)),
        ("O leopardo-das-neves não está em perigo nas montanhas", ("pt",)),
        ("Снежният леопард е застрашен от изчезване, като това се дължи на лова", ("bg",)),
        ("THE SAIGA OF MONGOLIA", ("en",)),
    ],
)
def test_one_language(text: str, expected: tuple[str, ...]) -> None:
    """It knows a language by its script, its letters and its function words."""
    assert languages(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "29.01.2021",
        "Snow Leopards",
        "Anton Pavlovich Mezhnev",
        "Los Angeles, Le Monde, The Hague",
        "Антон Павлович Межнев",
        "Die Saiga in Kasachstan",
        "Snöleoparden lever i bergen, där den är hotad för att den jagas av människor under vintern",
    ],
)
def test_undecidable(text: str) -> None:
    """It names no language where nothing tells, as in a line of names."""
    assert languages(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The saiga (сайгак in Russian) is an antelope of the steppes", ("en",)),
        ("Сайгак (Saiga tatarica) – это антилопа, которая живёт в степях", ("ru",)),
        ("Доктор Лхагвасүрэн Бадамжав долгие годы был членом Научного совета", ("ru",)),
    ],
)
def test_names_and_quotations(text: str, expected: tuple[str, ...]) -> None:
    """It does not take a name or a word quoted from another language for that language."""
    assert languages(text) == expected


@given(st.text())
def test_each_once(text: str) -> None:
    """It names no language twice."""
    found = languages(text)

    assert len(set(found)) == len(found)
