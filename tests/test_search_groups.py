"""What of an archive's vocabulary a query word stands for, and why."""

from __future__ import annotations

import pytest
from searching import Labels, find, members, reasons, story, titled

from newsarchive.search.fields import Reach

# --- the word itself --------------------------------------------------------------------------------------


def test_the_word_itself():
    """It finds the word as it is typed."""
    assert reasons("saiga", "saiga antelope") == {"saiga": "exact"}


@pytest.mark.parametrize(
    ("typed", "title", "word"),
    [
        ("SAIGA", "saiga", "saiga"),
        ("Гонсалу", "гонсалу", "гонсалу"),
        ("ёлки", "елки", "елки"),
        ("Gonçalo", "goncalo", "goncalo"),
        ("ｓａｉｇａ", "saiga", "saiga"),
    ],
)
def test_folded(typed, title, word):
    """It finds the word whatever its case, width and diacritics, and says that it was folded."""
    assert reasons(typed, title) == {word: "folded"}


def test_a_word_that_is_not_there():
    """It has no members for a word that nothing is near to."""
    result = find("zzqx", titled("Saiga antelope"))

    assert [(group.typed, group.members, group.frequency) for group in result.groups] == [("zzqx", (), 0)]


# --- sound ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Межнев", "mezhnev"),
        ("mejnev", "mezhnev"),
        ("Mezhnyov", "mezhnev"),
        ("Mezhnev", "межнев"),
        ("лхагвасурэн", "lkhagvasuren"),
        ("Пржевальский", "przewalski"),
        ("przhevalsky", "przewalski"),
        ("przewalski", "пржевальский"),
    ],
)
def test_the_same_name_in_another_spelling(typed, word):
    """It finds a name however it is transcribed."""
    assert reasons(typed, f"About {word}") == {word: "sound"}


def test_sound_beside_the_word_itself():
    """It finds the other spelling of a name also when the one that was typed is there."""
    assert reasons("Mezhnev", "Anton mezhnev", "Антон Межнев") == {"mezhnev": "folded", "межнев": "sound"}


def test_short_words_that_sound_alike():
    """It does not take short words of one script for each other because they sound alike."""
    assert reasons("wine", "vine and wine") == {"wine": "exact"}


def test_a_word_of_one_letter_repeated():
    """It does not take a long row of one letter for that letter."""
    assert reasons("aaaaaaaa", "a saiga") == {}


# --- stems ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("en", "leopards", "leopard"),
        ("en", "hunted", "hunting"),
        ("ru", "снежный", "снежного"),
        ("fr", "migratrices", "migratrice"),
        ("es", "migratorias", "migratorio"),
        ("fr-CA", "nationaux", "national"),
    ],
)
def test_stems(language, typed, title):
    """It finds the other forms of a word in the language of the entry."""
    result = find(typed, [story(1, title, languages=(language,))])

    assert [member.reason for member in result.groups[0].members] == ["stem"]


def test_stems_of_another_language():
    """It does not stem the words of an English entry as if they were Spanish."""
    entries = [story(1, "migratorio", languages=("en",)), story(2, "ballena", languages=("es",))]

    assert members(find("migratorias now", entries).groups[0]) == {}


def test_russian_words_in_an_english_entry():
    """It stems Cyrillic words as Russian whatever the language of the entry."""
    result = find("снежный", [story(1, "снежного", languages=("en",))])

    assert members(result.groups[0]) == {"снежного": "stem"}


def test_exact_before_stem():
    """It puts the word itself before its other forms."""
    result = find("leopard", titled("leopards", "leopard"))

    assert [(member.text, member.reason) for member in result.groups[0].members] == [
        ("leopard", "exact"),
        ("leopards", "stem"),
    ]


@pytest.mark.parametrize(
    ("typed", "title", "word"),
    [
        ("Mezhnev", "памяти межнева", "межнева"),
        ("Mejnev", "межневым сказано", "межневым"),
        ("межнева", "anton mezhnev", "mezhnev"),
        ("Пржевальского", "przewalski horse", "przewalski"),
        ("Przewalski", "лошадь пржевальского", "пржевальского"),
        ("Badamjav", "памяти бадамжава", "бадамжава"),
        ("Mongolia", "в монголии", "монголии"),
    ],
)
def test_form_in_the_other_script(typed, title, word):
    """It finds an inflected name for its nominative in Latin letters, and the other way round."""
    assert reasons(typed, title)[word] == "sound"


@pytest.mark.parametrize(
    ("typed", "title"),
    [("Межнев", "межнева"), ("Межнева", "межнев"), ("Жирнову", "жирнов"), ("Бадамжав", "бадамжаву")],
)
def test_names_that_look_inflected(typed, title):
    """It knows a Russian name as the stem of its other forms, though Snowball shortens it."""
    assert reasons(typed, title) == {title: "stem"}


# --- thesaurus --------------------------------------------------------------------------------------------

SNOW_LEOPARD = Labels("uncia", "snow leopard", "снежный барс", "ирбис")


def test_a_label_of_one_word():
    """It finds the other labels of the concept, those of several words as phrases."""
    found = reasons("uncia", "Snow leopard", "ирбис", synonyms=SNOW_LEOPARD)

    assert found == {"ирбис": "thesaurus", "snow leopard": "thesaurus"}


def test_a_label_of_several_words():
    """It gives the words of a label a group of their own for the other labels."""
    result = find("снежный барс Алтай", titled("Snow leopard", "Uncia", "Алтай"), synonyms=SNOW_LEOPARD)

    assert [(group.typed, dict(members(group))) for group in result.groups] == [
        ("снежный", {}),
        ("барс", {}),
        ("Алтай", {"алтай": "folded"}),
        ("снежный барс", {"snow leopard": "thesaurus", "uncia": "thesaurus"}),
    ]


def test_words_of_a_label_apart():
    """It does not find a label whose words stand apart."""
    assert reasons("uncia", "A leopard in the snow", synonyms=SNOW_LEOPARD) == {}


def test_a_label_that_holds_what_was_typed():
    """It does not count a word again for standing in a longer label."""
    labels = Labels("saiga", "saiga antelope", "сайга")

    assert reasons("saiga", "Saiga antelope", synonyms=labels) == {"saiga": "exact"}


def test_a_label_is_no_misspelling():
    """It does not correct the words of a label, although they are not in the archive."""
    result = find("panthera uncia", titled("Panther", "Irbis"), synonyms=Labels("panthera uncia", "irbis"))

    assert [dict(members(group)) for group in result.groups] == [{}, {}, {"irbis": "thesaurus"}]


# --- prefixes ---------------------------------------------------------------------------------------------


def test_an_unfinished_last_word():
    """It takes the last word for the beginning of one when it is not in the archive."""
    assert reasons("mong", "Mongolia, mongoose") == {"mongolia": "prefix", "mongoose": "prefix"}


def test_an_unfinished_word_that_is_not_the_last():
    """It takes no other word for the beginning of one."""
    assert reasons("mong saiga", "Mongolia") == {}


def test_two_letters_are_no_prefix():
    """It does not take two letters for the beginning of a word."""
    assert reasons("mo", "Mongolia") == {}


def test_an_asterisk():
    """It finds all words that begin with what stands before an asterisk, wherever it stands."""
    found = reasons("migrat* saiga", "Migratory species migrate")

    assert found == {"migratory": "prefix", "migrate": "prefix"}


# --- spelling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("lepard", "leopard"),
        ("leopadr", "leopard"),
        ("leotpard", "leopard"),
        ("leupard", "leopard"),
        ("conservtoin", "conservation"),
        ("бавс", "барс"),
        ("сайгк", "сайгак"),
    ],
)
def test_misspelt(typed, word):
    """It finds the word that differs by a letter added, left out, changed or swapped."""
    assert reasons(f"{typed} now", word) == {word: "spelling"}


@pytest.mark.parametrize(
    ("typed", "word"), [("cat", "cut"), ("bare", "bear"), ("horns", "horses"), ("2019", "2018")]
)
def test_too_different(typed, word):
    """It allows no edit in words of three letters and numbers, one up to five letters."""
    assert reasons(f"{typed} now", word) == {}


def test_never_into_a_short_word():
    """It does not correct to a word of fewer than four letters."""
    assert reasons("cows now", "cow") == {"cow": "stem"}
    assert reasons("oxey now", "oxe") == {}


def test_the_nearest_only():
    """It takes the words at the least distance and no others."""
    assert reasons("moumtain now", "mountain fountain") == {"mountain": "spelling"}


def test_only_without_a_better_member():
    """It does not correct a word that is there."""
    assert reasons("horse now", "horse house") == {"horse": "exact"}


def test_a_corrected_word_in_its_other_forms():
    """It finds the other forms of the word that was meant."""
    result = find("lepard now", titled("leopard", "leopards"))

    assert members(result.groups[0]) == {"leopard": "spelling", "leopards": "spelling"}


def test_the_farthest_guess():
    """It takes what sounds nearest, up to three edits away, for a long word that nothing else is near to."""
    assert reasons("Badamjavyn now", "Бадамжав") == {"бадамжав": "spelling"}


def test_a_word_that_is_everywhere():
    """It corrects to the words that an archive is about as to any other."""
    entries = titled(*(f"convention number {number}" for number in range(1_200)))

    assert members(find("convntion", entries).groups[0]) == {"convention": "spelling"}


@pytest.mark.parametrize(
    ("typed", "word"),
    [("dolphin", "join"), ("vulture", "mature"), ("monkey", "more")],
)
def test_too_far_by_sound(typed, word):
    """It takes nothing for a word of which more than a third would have to change."""
    assert reasons(f"{typed} now", word) == {}


# --- groups as a whole ------------------------------------------------------------------------------------


def test_weights_fall_in_the_order_of_the_reasons():
    """It weighs a better reason more."""
    titles = ("snow leopard mezhnev", "межнев", "hunted", "saiga", "снежный барс")
    queries = ("mezhnev", "mezhnyov", "hunting", "uncia", "leop", "saigs")
    synonyms = Labels("uncia", "saiga")

    weights = {
        member.reason: member.weight
        for query in queries
        for member in find(query, titled(*titles), synonyms=synonyms).groups[0].members
    }

    order = ["exact", "sound", "stem", "thesaurus", "prefix", "spelling"]
    assert sorted(weights, key=lambda reason: -weights[reason]) == order


def test_frequency_is_the_groups():
    """It counts the entries that hold any of the members, each once."""
    group = find("leopard", titled("leopard leopards", "leopards", "saiga")).groups[0]

    assert group.frequency == 2
    assert {member.text: member.frequency for member in group.members} == {"leopard": 1, "leopards": 2}


def test_one_word_typed_twice():
    """It makes one group of a word that is repeated."""
    assert [group.typed for group in find("saiga Saiga", titled("saiga")).groups] == ["Saiga"]


def test_without_guesses():
    """It finds only the word itself, and its like in the other script, when it is told not to be fuzzy."""
    titles = ("mezhnev", "межнев", "mejnev", "mezhnevs")

    as_spelt = Reach(fuzzy=False)

    assert reasons("mezhnev", *titles, reach=as_spelt) == {"mezhnev": "exact", "межнев": "sound"}
    assert reasons("mezhnv", *titles, reach=as_spelt) == {}
    assert reasons("mezh", *titles, reach=as_spelt) == {}


TROPHY = ("trophy", "required", {"trophy": "exact"})


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ('"trophy hunting"', [('"trophy hunting"', "required", {"trophy hunting": "exact"})]),
        ("trophy AND hunting", [TROPHY, ("hunting", "required", {"hunting": "exact"})]),
        ("trophy OR horn", [("trophy", "optional", {"trophy": "exact"}), ("horn", "optional", {})]),
        ("(trophy)", [TROPHY]),
        ("title:trophy", [TROPHY]),
        ("-trophy", []),
        ("tag:trophy", []),
        ("source:trophy", []),
    ],
)
def test_what_is_required(query, groups):
    """It reads what must be there exactly, and leaves out what is negated or no text."""
    result = find(query, titled("trophy hunting"))

    assert [(group.typed, group.role, dict(members(group))) for group in result.groups] == groups
