"""The thesaurus: its data, what it recognises, and the user's own file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.intake import normalise_tag
from newsarchive.text.words import words
from newsarchive.thesaurus.concepts import Concept, Label, merge
from newsarchive.thesaurus.series import member
from newsarchive.thesaurus.thesaurus import Thesaurus

DATA = Path(__file__).parent.parent / "newsarchive" / "data"
THESAURUS = Thesaurus.load()
CONCEPTS = sorted(THESAURUS.concepts.values(), key=lambda concept: concept.id)


def ids(text: str) -> list[str]:
    """Return the ids of the concepts named in `text`, in their order."""
    return [concept.id for _, _, concept in THESAURUS.label_runs(words(text))]


# --- the data ---------------------------------------------------------------------------------------------


def test_vernacular_names_have_two_sources() -> None:
    """It says behind each name in a language of the Range States in which two sources it was found."""
    lines = (DATA / "vernacular-names.toml").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if '"' in line and not line.startswith(("#", "["))]

    assert len(names) > 50
    assert [line for line in names if not re.search(r"# [^;]+\w.*; .*\w", line)] == []


@pytest.mark.parametrize("language", ["kk", "ky", "mn", "uz", "tg", "tk", "zh", "fa"])
def test_states_have_names_in_their_languages(language: str) -> None:
    """It names each Range State in each of the languages of the region."""
    states = [concept for concept in CONCEPTS if concept.id.startswith("states/")]

    assert len(states) == 14
    assert [state.id for state in states if language not in {label.language for label in state.names}] == []


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("ақбөкен", "species/saiga"),
        ("киік", "species/saiga"),
        ("бөхөн", "species/saiga"),
        ("sayg‘oq", "species/saiga"),
        ("高鼻羚羊", "species/saiga"),
        ("илбирс", "species/snow-leopard"),
        ("پلنگ برفی", "species/snow-leopard"),
        ("қарақұйрық", "species/goitered-gazelle"),
        ("цагаан зээр", "species/mongolian-gazelle"),
        ("buxoro bugʻusi", "species/bukhara-deer"),
        ("мазаалай", "species/gobi-bear"),
        ("Қазақстан", "states/kazakhstan"),
        ("Oʻzbekiston", "states/uzbekistan"),
        ("吉尔吉斯斯坦", "states/kyrgyzstan"),
        ("Тоҷикистон", "states/tajikistan"),
        ("مغولستان", "states/mongolia"),
        ("世界自然保护联盟", "bodies/iucn"),
    ],
)
def test_names_in_languages_of_the_region(name: str, concept: str) -> None:
    """It knows what is called so in a language of the Range States."""
    assert [found.id for found in THESAURUS.find(name)] == [concept]


def test_data_is_sound() -> None:
    """It has no label without words, none on two concepts, and nothing broader that isn't there."""
    assert THESAURUS.check() == []


def test_data_has_all_the_groups() -> None:
    """It has 21 species, 14 Range States and 11 bodies."""
    sizes = {
        name: len(THESAURUS.narrower(THESAURUS.concepts[name])) for name in ("species", "states", "bodies")
    }

    assert sizes == {"species": 21, "states": 14, "bodies": 11}


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_every_id_is_a_tag(concept: Concept) -> None:
    """It names each concept by what is already written as a tag."""
    assert normalise_tag(concept.id) == concept.id


@pytest.mark.parametrize("language", ["la", "en", "ru", "fr", "es"])
def test_every_species_is_named_in_every_language(language: str) -> None:
    """It calls every species by its scientific name and in four languages."""
    unnamed = [
        concept.id
        for concept in THESAURUS.narrower(THESAURUS.concepts["species"])
        if not any(label.language == language for label in concept.of_kind("preferred"))
    ]

    assert unnamed == []


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_every_name_leads_to_its_concept(concept: Concept) -> None:
    """It finds each concept by each of its labels, and by no more than those words."""
    for label in concept.names:
        assert THESAURUS.concepts_for(words(label.text)) == (concept,), label.text
        assert THESAURUS.find(label.text) == (concept,), label.text


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("снежный барс", "species/snow-leopard"),
        ("снежного барса", "species/snow-leopard"),
        ("снежными барсами", "species/snow-leopard"),
        ("Panthera uncia", "species/snow-leopard"),
        ("Uncia", "species/snow-leopard"),
        ("panthères des neiges", "species/snow-leopard"),
        ("saïga", "species/saiga"),
        ("сайги", "species/saiga"),
        ("степных орлов", "species/steppe-eagle"),
        ("степной орёл", "species/steppe-eagle"),
        ("Przewalski’s Horses", "species/przewalskis-horse"),
        ("лошадей Пржевальского", "species/przewalskis-horse"),
        ("рыси", "species/eurasian-lynx"),
        ("РФ", "states/russia"),
        ("Казахстане", "states/kazakhstan"),
        ("Индией", "states/india"),
        ("Kirghizistan", "states/kyrgyzstan"),
        ("Tadjikistan", "states/tajikistan"),
        ("CMS", "bodies/cms"),
        ("КМВ", "bodies/cms"),
        ("Конвенцию по мигрирующим видам", "bodies/cms"),
        ("MoU", "bodies/mou"),
        ("МОВ", "bodies/mou"),
        ("UICN", "bodies/iucn"),
        ("МСОП", "bodies/iucn"),
        ("États de l’aire de répartition", "states"),
    ],
)
def test_names_in_any_form(text: str, concept: str) -> None:
    """It recognises a name in any language, case and number."""
    assert ids(text) == [concept]


@pytest.mark.parametrize(
    "text", ["COP14", "cop-14", "CoP 14", "КС14", "кс-14", "14th Conference of the Parties"]
)
def test_numbered_abbreviations(text: str) -> None:
    """It takes every way to write a numbered conference for the same thing."""
    assert ids(text) == ["bodies/cop14"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [("21st meeting of the Conference of the Parties", "bodies/cop21"), ("COP 3", "bodies/cop3")],
)
def test_ordinals(text: str, concept: str) -> None:
    """It reads English ordinals, and numbers of one digit."""
    assert ids(text) == [concept]


@pytest.mark.parametrize("text", ["COP0", "COP100", "COP2020", "14", "14th", "COP", "КС"])
def test_what_is_no_numbered_conference(text: str) -> None:
    """It leaves numbers that no conference has, and bare numbers and abbreviations, alone."""
    assert ids(text) == []


@pytest.mark.parametrize("text", ["once", "ounce", "goa", "cop"])
def test_ambiguous_labels_find_only_for_who_asks(text: str) -> None:
    """It keeps ordinary words out of texts and queries and answers a question about them."""
    assert ids(text) == []
    assert THESAURUS.concepts_for([text]) == ()
    assert len(THESAURUS.find(text)) == 1


def test_ambiguous_labels_are_not_looked_for() -> None:
    """It doesn't search for the English word once when someone wants the snow leopard."""
    assert ("once",) not in THESAURUS.labels(THESAURUS.concepts["species/snow-leopard"])


@pytest.mark.parametrize("text", ["кита", "инд", "cited", "index", "indie", "chin", "московский", "leopard"])
def test_words_that_only_look_alike(text: str) -> None:
    """It doesn't take a whale for China, a river for India, a verb for CITES."""
    assert ids(text) == []


def test_longest_name_wins() -> None:
    """It prefers the Tibetan gazelle to the gazelle whose name is part of its own."""
    runs = THESAURUS.label_runs(words("о тибетском дзерене и дзерене"))

    assert [(start, length, concept.id) for start, length, concept in runs] == [
        (1, 2, "species/tibetan-gazelle"),
        (4, 1, "species/mongolian-gazelle"),
    ]


def test_broken_phrases_are_not_names() -> None:
    """It wants the words of a name side by side and in order."""
    assert ids("барс снежный") == []
    assert ids("snow and leopard") == []


def test_labels_are_folded_words() -> None:
    """It gives labels as a search compares them, preferred ones first, each once."""
    labels = THESAURUS.labels(THESAURUS.concepts["species/saiga"])

    assert labels == (
        ("saiga", "tatarica"),
        ("saiga",),
        ("сайгак",),
        ("ақбөкен",),
        ("бөхөн",),
        ("saygoq",),
        ("高鼻", "鼻羚", "羚羊"),
        ("saiga", "antelope"),
        ("сайга",),
        ("antilope", "saiga"),
        ("сайғоқ",),
        ("киік",),
        ("бөкен",),
        ("saiga", "borealis"),
        ("saigak",),
    )


def test_forms_hold_the_cases() -> None:
    """It lists the forms of a label's words, so that a search finds the inflected text."""
    forms = THESAURUS.forms(THESAURUS.concepts["states/kazakhstan"])

    (russian,) = next(name for name in forms if "казахстан" in name[0])
    assert {"казахстан", "казахстана", "казахстану", "казахстаном", "казахстане"} <= russian


def test_forms_of_two_languages_are_one() -> None:
    """It joins the forms of a name that several languages have."""
    forms = THESAURUS.forms(THESAURUS.concepts["species/kiang"])

    assert [name for name in forms if "kiang" in name[0]] == [(frozenset({"kiang", "kiangs", "kianges"}),)]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_runs_lie_in_the_words(texts: list[str]) -> None:
    """It finds runs that are in order, apart, and within the words, whatever they are."""
    end = 0

    for start, length, _ in THESAURUS.label_runs(texts):
        assert length > 0
        assert start >= end
        end = start + length
    assert end <= len(texts)


# --- tags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    ["snow-leopard", "species/snow-leopard", "panthera-uncia", "снежный-барс", "species/panthère-des-neiges"],
)
def test_tag_aliases_are_mutual(tag: str) -> None:
    """It gives every tag of a concept the same aliases."""
    assert THESAURUS.tag_aliases(tag) == THESAURUS.tag_aliases("species/snow-leopard")
    assert tag in THESAURUS.tag_aliases(tag)


@pytest.mark.parametrize("tag", ["cop14", "bodies/cop14", "кс-14", "14th-conference-of-the-parties"])
def test_tags_of_a_series(tag: str) -> None:
    """It knows the tags of numbered conferences too."""
    assert "bodies/cop14" in THESAURUS.tag_aliases(tag)
    assert "bodies/cop15" not in THESAURUS.tag_aliases(tag)


@pytest.mark.parametrize("tag", ["draft", "once", "species/goa", "cop2020"])
def test_other_tags_stand_alone(tag: str) -> None:
    """It gives a tag that no concept has no other name."""
    assert THESAURUS.tag_aliases(tag) == frozenset({tag})
    assert THESAURUS.for_tag(tag) is None


def test_aliases_are_written_as_tags() -> None:
    """It names aliases as tags are stored, or they would never be met."""
    aliases = [alias for concept in CONCEPTS for alias in THESAURUS.tag_aliases(concept.id)]

    assert [alias for alias in aliases if len(alias) <= 100 and normalise_tag(alias) != alias] == []


# --- concepts ---------------------------------------------------------------------------------------------


def test_preferred_falls_back() -> None:
    """It shows a concept in another language, or by its id, rather than not at all."""
    russian = Concept("a", (Label("preferred", "ru", "лось"),))

    assert russian.preferred("en") == "лось"
    assert Concept("a", ()).preferred() == "a"


def test_merging_twice_changes_nothing_more() -> None:
    """It merges what it has merged into the same concept."""
    ours = Concept("a", (Label("preferred", "en", "elk"),), ("b",))
    more = Concept("a", (Label("preferred", "en", "moose"),), ("c",))

    merged = merge(ours, more)

    assert merged == Concept(
        "a", (Label("alternative", "en", "elk"), Label("preferred", "en", "moose")), ("b", "c")
    )
    assert merge(merged, more) == merged


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd")],
)
def test_members_of_a_series_are_named_in_english(number: int, text: str) -> None:
    """It writes the ordinal that English has for the number."""
    series = Concept("cop", (Label("numbered", "en", "{nth} COP"),))

    assert member(series, number) == Concept(
        f"cop{number}", (Label("preferred", "en", f"{text} COP"),), ("cop",)
    )
