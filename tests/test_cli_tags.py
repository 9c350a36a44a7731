"""`tags rename`, `merge`, `remove`, `similar`: over the whole archive, as one operation that undo takes back."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def tagged(archive, invoke):
    """Tag stories with one concept in two spellings, a tag below another, and slips."""
    for words in (
        ["+species/saiga", "+press", "id:1"],
        ["+saiga", "-species/saiga", "+press/cms", "id:2"],
        ["+sayga", "+press", "id:3"],
        ["+cop12", "id:4"],
        ["+cop13", "id:5"],
    ):
        assert invoke("tag", *words).code == 0
    return archive


@pytest.fixture
def tags_of(invoke):
    """Return the tags of an entry."""
    return lambda entry_id: json.loads(invoke("show", str(entry_id), "--json").out)[0]["tags"]


def lines_of(archive):
    """Return the lines of the entries, without what counts revisions."""
    return [line for line in archive.read_text().splitlines() if '"title"' in line]


def test_renaming_a_tag(tagged, invoke, tags_of):
    """It gives it another name wherever it is, in its place, and undo takes that back."""
    before = lines_of(tagged)

    result = invoke("tags", "rename", "press", "news")

    assert (result.code, result.out) == (0, "")
    assert "note: 1 tag below 'press' stay" in result.err.replace("stays", "stay")
    assert "Renamed press to news in 2 entries (operation 7). Undo: newsarchive undo 7" in result.err
    assert (tags_of(1), tags_of(2), tags_of(3)) == (
        ["species/saiga", "news"],
        ["saiga", "press/cms"],
        ["sayga", "news"],
    )
    assert invoke("undo").code == 0
    assert lines_of(tagged) == before


def test_renaming_onto_a_name_in_use(tagged, invoke, tags_of):
    """It unites the two, says so, and asks nothing off a terminal."""
    result = invoke("tags", "rename", "sayga", "saiga")

    assert result.code == 0
    assert "note: 'saiga' is in use already; the tags become one" in result.err
    assert (tags_of(2), tags_of(3)) == (["saiga", "press/cms"], ["saiga", "press"])


def test_what_means_the_same_is_named_and_left(tagged, invoke, tags_of):
    """It does not follow the thesaurus silently."""
    result = invoke("tags", "rename", "saiga", "antelope")

    assert "note: 'species/saiga' means the same as 'saiga' and stays as it is" in result.err
    assert (tags_of(1), tags_of(2)) == (["species/saiga", "press"], ["antelope", "press/cms"])


def test_moving_a_subtree(tagged, invoke, tags_of):
    """It renames what is below, and not the tag itself."""
    result = invoke("tags", "rename", "press/*", "media/*")

    assert result.code == 0
    assert (tags_of(1), tags_of(2)) == (["species/saiga", "press"], ["saiga", "media/cms"])


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["rename", "saigo", "x"], 1, "no entry has the tag 'saigo'; did you mean 'saiga'?"),
        (["rename", "zzz", "x"], 1, "no entry has the tag 'zzz'; `newsarchive tags` lists those in use"),
        (["remove", "press", "zzz"], 1, "no entry has the tag 'zzz'"),
        (["merge", "zzz/*", "--into", "x"], 1, "no entry has the tag 'zzz/*'"),
        (["rename", "press/*", "media"], 2, "newsarchive tags merge 'press/*' --into media"),
        (["rename", "press", "a!"], 2, "it holds '!'"),
        (["merge", "press"], 2, "missing option '--into'"),
    ],
)
def test_faults(tagged, invoke, words, code, message):
    """It says which tag, what can be done, and writes nothing."""
    before = tagged.read_bytes()

    result = invoke("tags", *words)

    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert tagged.read_bytes() == before


def test_a_tag_named_in_another_language(archive, invoke):
    """It names the tag in use for which a name stands, and does not take the one for the other."""
    invoke("tag", "+species/saiga", "id:1")

    result = invoke("tags", "rename", "сайгак", "x")

    assert (result.code, result.err) == (
        1,
        "newsarchive: no entry has the tag 'сайгак'; did you mean 'species/saiga'?\n",
    )


def test_merging(tagged, invoke, tags_of):
    """It makes one tag of several, with those below one, as one operation."""
    result = invoke("tags", "merge", "saiga", "sayga", "press/*", "--into", "species/saiga")

    assert result.code == 0
    assert "in 2 entries (operation 7)" in result.err
    assert "means the same" not in result.err
    assert (tags_of(1), tags_of(2), tags_of(3)) == (
        ["species/saiga", "press"],
        ["species/saiga"],
        ["species/saiga", "press"],
    )


def test_removing(tagged, invoke, tags_of):
    """It takes tags away from every entry, and leaves the entries."""
    result = invoke("tags", "remove", "press", "saiga")

    assert result.code == 0
    assert "Removed press, saiga in 3 entries (operation 7)" in result.err
    assert (tags_of(1), tags_of(2), tags_of(3)) == (["species/saiga"], ["press/cms"], ["sayga"])


def test_a_dry_run_writes_nothing(tagged, invoke):
    """It shows what would change."""
    before = tagged.read_bytes()

    result = invoke("tags", "remove", "press", "--dry-run")

    assert "tags: -press" in result.out
    assert result.err.endswith("2 changes planned; nothing was written\n")
    assert tagged.read_bytes() == before


def test_a_tag_written_by_hand_can_be_renamed(archive, invoke, tags_of):
    """It finds a tag as it stands in the file, although nobody could have typed it."""
    text = archive.read_text().replace('"tags":[]', '"tags":["Press  Release!"]', 1)
    archive.write_text(text)

    result = invoke("tags", "rename", "Press  Release!", "press-release")

    assert result.code == 0
    assert tags_of(1) == ["press-release"]


LOOK_ALIKES = [
    ("+saiga", "+sayga", "sound alike"),
    ("+snow-leopard", "+snow_leopard", "differ in separators only"),
    ("+leopard-snow", "+snow-leopard", "have the same words in another order"),
    ("+snow-leopards", "+snow-leopard", "differ in the ending of a word"),
    ("+сайгак", "+species/saiga", "mean the same in the thesaurus"),
    ("+межнев", "+mezhnev", "are spelt in two scripts"),
    ("+conservaton", "+conservation", "are one edit apart"),
    ("+conservasion-plam", "+conservation-plan", "are two edits apart"),
    ("+animals/kulan", "+species/kulan", "have the same last part"),
    ("+élevage", "+elevage", "differ in case or accents only"),
]


@pytest.mark.parametrize(("rare", "frequent", "evidence"), LOOK_ALIKES)
def test_tags_that_look_alike(archive, invoke, rare, frequent, evidence):
    """It names the evidence and the command that makes one of the two; the more frequent one is kept."""
    invoke("tag", frequent, "id:1,2,3")
    invoke("tag", "--set", rare.removeprefix("+"), "id:4")

    (pair,) = json.loads(invoke("tags", "similar", "--json").out)

    assert (pair["tag"], pair["like"]) == (rare[1:], frequent[1:])
    assert (pair["entries"], pair["like_entries"], pair["evidence"]) == (1, 3, evidence)
    assert pair["mend"] == f"newsarchive tags rename {rare[1:]} {frequent[1:]}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+cop12", "+cop13"),
        ("+niger", "+nigeria"),
        ("+cms", "+cites"),
        ("+2019", "+2020"),
    ],
)
def test_tags_that_do_not(archive, invoke, one, other):
    """It takes no number for another, and no name that the thesaurus knows."""
    invoke("tag", one, other, "id:1")

    result = invoke("tags", "similar")

    assert (result.code, result.out, result.err) == (0, "", "0 pairs of 2 tags\n")


@pytest.mark.parametrize(
    ("slip", "right"),
    [("conservaton", "conservation"), ("foenix", "phoenix"), ("press_release", "press-release")],
)
def test_of_two_as_frequent_the_one_of_words_is_right(archive, invoke, slip, right):
    """It never offers to rename a tag to its misspelling when both have as many entries."""
    invoke("tag", f"+{slip}", f"+{right}", "id:7")

    (pair,) = json.loads(invoke("tags", "similar", "--json").out)

    assert pair["mend"] == f"newsarchive tags rename {slip} {right}"


@pytest.mark.parametrize("word", ["renam", "rename", "renmae", "lst", "merg", "remo", "simlar", "similars"])
def test_a_slip_of_a_subcommand_is_no_query(tagged, invoke, word):
    """It ends with 2 and never takes the word for a query that finds nothing."""
    result = invoke("tags", word)

    assert (result.code, result.out) == (2, "")


def test_a_slip_names_both_readings(tagged, invoke):
    """It says how to mean the command and how to mean the word."""
    result = invoke("tags", "renam")

    assert "`newsarchive tags rename …`" in result.err
    assert "`newsarchive tags list -- renam`" in result.err


@pytest.mark.parametrize("word", ["saiga", "mer", "sim", "named", "animals"])
def test_other_words_are_a_query(tagged, invoke, word):
    """It lists the tags of the entries with the word."""
    assert invoke("tags", word).code == 0
