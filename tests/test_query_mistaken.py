"""What looks like a field and is none: refused where it would select what nobody meant, else said."""

from __future__ import annotations

import pytest

READING = ["list", "search", "export", "tags", "stats"]
WRITING = [["remove", "--yes"], ["tag", "+x"], ["edit", "--set", "source=x"]]

NEGATED = [
    ("-before:2020", "there is no field 'before:'; did you mean 'date:..2019'?"),
    ("-year:2019", "there is no field 'year:'; did you mean 'date:2019'?"),
    ("-after:2019-12", "did you mean 'date:2020-01..'?"),
    ("-since:2020", "did you mean 'date:2020..'?"),
    ("-until:2020-02-14", "did you mean 'date:..2020-02-14'?"),
    ("-до:2020", "did you mean 'date:..2020'?"),
    ("-avant:2020", "did you mean 'date:..2019'?"),
    ("-fecha:2020", "did you mean 'date:2020'?"),
    ("-category:draft", "did you mean 'tag:draft'?"),
    ("-author:mezhnev", "there is no field 'author:'; '\"author:mezhnev\"' looks for the words"),
    ("-Release: saiga", "there is no field 'Release:'"),
    ("-tag: draft", "no value stands directly behind 'tag:'; did you mean 'tag:VALUE'?"),
    ("-tag:(a OR b)", "did you mean 'tag:… OR tag:…'?"),
    ('-before:"1 March 2020"', "there is no field 'before:'; did you mean 'date:'?"),
    ("-date<2020", "there is no field 'date<'; did you mean 'date:..2019'?"),
    ("-date>=2020", "did you mean 'date:2020..'?"),
    ("-year=2019", "did you mean 'date:2019'?"),
    ("-2016..2018", "2016..2018 is a range of nothing; did you mean 'date:2016..2018'?"),
    ("-7..9", "did you mean 'id:7..9'?"),
    ("NOT before:2020", "did you mean 'date:..2019'?"),
    ("-(saiga OR before:2020)", "did you mean 'date:..2019'?"),
    ("saiga --year:2019", "did you mean 'date:2019'?"),
]


@pytest.mark.parametrize(("query", "reason"), NEGATED)
@pytest.mark.parametrize("command", [["remove", "--yes"], ["list"]])
def test_is_refused_behind_a_negation(archive, invoke, command, query, reason):
    """It is refused with the field that is meant, in commands that write and in those that read."""
    before = archive.read_bytes()

    result = invoke(*command, "--", *query.split())

    assert (result.code, result.out) == (2, "")
    assert reason in result.err or "is every entry without" in result.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(
    "query", ["before:2020", "saiga author:x", "year=2019", "saiga 2016..2018", "tag: draft", "date:(2019)"]
)
def test_is_refused_by_what_writes(archive, invoke, command, query):
    """It is refused by a command that writes, negated or not."""
    before = archive.read_bytes()

    result = invoke(*command, *query.split())

    assert result.code == 2
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("since:2020", "date:2020.."),
        ("before:2020", "date:..2019"),
        ("keyword:saiga", "tag:saiga"),
        ("from:2019", "date:2019.."),
        ("дата:2020", "date:2020"),
    ],
)
def test_gets_a_note_in_what_reads(archive, invoke, command, word, meant):
    """It is text, with a note on the field that is meant."""
    result = invoke(command, word)

    assert result.code == 0
    assert f"note: {word} is looked for as words; did you mean {meant}?\n" in result.err


@pytest.mark.parametrize(
    "title", ["Press Release: Afghanistan", "CAMI:saiga", "Memoriam: 10:30", "Save the date: CMS"]
)
def test_a_pasted_title_is_text(archive, invoke, title):
    """It says nothing where a title has a colon."""
    for command in ("list", "search"):
        result = invoke(command, title)

        assert result.code == 0
        assert "did you mean" not in result.err


def test_a_pasted_title_may_be_tagged(archive, invoke):
    """It takes a word whose colon ends it for text in writing commands too."""
    assert invoke("tag", "+x", "Press Release: Afghanistan").code == 0
    assert invoke("list", "tag:x", "--format", "ids").out == "2\n"


def test_quotes_make_text_of_it(archive, invoke):
    """It looks for the words where they are quoted."""
    assert invoke("remove", "--yes", "--", '-"before:2020" saiga').code == 0
    assert invoke("list", "--format", "ids").out.split() == ["2", "3", "4", "5", "6", "7", "8", "9", "10"]


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("query", ["-tag:obitaury", "-(tag:obitaury OR tag:x)", "NOT tags:obitaury"])
def test_a_slip_in_a_tag_that_is_left_out(archive, invoke, command, query):
    """It is refused by a command that writes: everything would be selected, obituaries too."""
    assert invoke("tag", "+obituary", "memoriam").code == 0
    before = archive.read_bytes()

    result = invoke(*command, "--", query)

    assert result.code == 2
    assert "there is no tag 'obitaury' to leave out; did you mean 'obituary'?" in result.err
    assert archive.read_bytes() == before


NOTHING_LEFT_OUT = [
    ("-tag:bogus", "there is no tag 'bogus' to leave out; --all selects every entry"),
    ("saiga -tag:bogus", "there is no tag 'bogus' to leave out; take it out of the query"),
    ("saiga -(tag:bogus OR tag:obituary)", "there is no tag 'bogus' to leave out"),
    ("NOT tag:bogus*", "there is no tag 'bogus*' to leave out"),
    ("-lang:kz", "there is no language 'kz' to leave out"),
    ("-ornithorhynchus", "this leaves out nothing: it selects every entry; --all selects every entry"),
    ("-date:..1990 -source:nobody", "this leaves out nothing"),
]


@pytest.mark.parametrize(("query", "reason"), NOTHING_LEFT_OUT)
@pytest.mark.parametrize("command", [["remove", "--yes"], ["edit", "--set", "source=x"]])
def test_a_negation_that_leaves_out_nothing(archive, invoke, command, query, reason):
    """It is refused by the commands that take something away: they would take it from what was to be spared."""
    before = archive.read_bytes()

    result = invoke(*command, "--", query)

    assert (result.code, result.out) == (2, "")
    assert reason in result.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    "query", ["-tag:species/*", "saiga -lang:ru", "-lang:ru-RU", "-saiga", "-(saiga OR argali)"]
)
def test_a_negation_that_leaves_out_something(archive, invoke, query):
    """It is taken at its word, whether or not any of that would be selected without it."""
    assert invoke("tag", "+species/saiga", "id:7").code == 0
    assert invoke("remove", "--dry-run", "--", query).code == 0


def test_a_tag_that_nobody_has_may_be_left_out(archive, invoke):
    """It takes a tag that is like none in use for what it is where something is added, and says so."""
    result = invoke("tag", "+x", "--", "-tag:draft")
    assert (result.code, "note: there is no tag 'draft' to leave out" in result.err) == (0, True)
    assert (
        invoke("list", "-tag:draft", "--format", "ids").out.split()
        == invoke("list", "--format", "ids").out.split()
    )


def test_mending_is_writing(archive, invoke):
    """It is refused by `check` where that mends what it finds."""
    assert invoke("check", "--fix", "saiga", "before:2020").code == 2
    assert invoke("check", "saiga", "before:2020").code == 0
