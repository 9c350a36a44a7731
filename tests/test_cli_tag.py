"""`tag`: many entries at once, in order, and only those that change."""

from __future__ import annotations

import json

import pytest


def counted(invoke, *query):
    """Return the tags of a selection with the number of their entries."""
    rows = json.loads(invoke("tags", "list", *query, "--json").out)
    return {row["tag"]: row["entries"] for row in rows}


@pytest.fixture
def tags_of(invoke):
    """Return the tags of an entry."""
    return lambda entry_id: json.loads(invoke("show", str(entry_id), "--json").out)[0]["tags"]


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (["+a", "+b"], ["old", "a", "b"]),
        (["+b", "-b"], ["old"]),
        (["-b", "+b"], ["old", "b"]),
        (["-old"], []),
        (["-unknown", "+a"], ["old", "a"]),
        (["+old", "+new"], ["old", "new"]),
        (["--add", "a,b;c"], ["old", "a", "b", "c"]),
        (["--add", "a", "--remove", "old"], ["a"]),
        (["--set", "x, y"], ["x", "y"]),
        (["--set", ""], []),
        (["--set", "x", "+y", "-x"], ["y"]),
        (["+Press Release"], ["old", "press-release"]),
        (["+species/saiga"], ["old", "species/saiga"]),
        (["+Красная Книга"], ["old", "красная-книга"]),
    ],
)
def test_operations(archive, invoke, tags_of, words, tags):
    """It applies them in their order."""
    invoke("tag", "+old", "mezhnev")

    result = invoke("tag", *words, "mezhnev")

    assert result.code == 0
    assert tags_of(1) == tags


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("a,b", "it holds ','"),
        ("", "it is empty"),
        ("a!", "it holds '!'"),
        ("/a", "it begins with '/'"),
        ("a-", "it ends with '-'"),
        ("x" * 101, "it has 101 characters; 100 are allowed"),
    ],
)
def test_tags_that_are_refused(archive, invoke, tag, reason):
    """It names the character or the length, and writes nothing."""
    before = archive.read_bytes()

    result = invoke("tag", f"+{tag}", "mezhnev")

    assert (result.code, result.out) == (2, "")
    assert f"cannot be a tag: {reason}" in result.err
    assert archive.read_bytes() == before


def test_only_what_changes_is_changed(archive, invoke):
    """It leaves entries alone that have the tag already, the time of their last change too."""
    invoke("tag", "+saiga", "mezhnev")
    before = json.loads(invoke("show", "1", "--json").out)

    result = invoke("tag", "+saiga", "memoriam")

    assert result.err == "Tagged 1 of 2 entries (operation 3). Undo: newsarchive undo 3\n"
    assert json.loads(invoke("show", "1", "--json").out) == before


def test_nothing_to_change(archive, invoke):
    """It makes no operation of it, and that is no failure."""
    invoke("tag", "+saiga", "mezhnev")
    before = archive.read_bytes()

    result = invoke("tag", "+saiga", "mezhnev")

    assert (result.code, result.out) == (0, "")
    assert result.err == "Tagged 0 of 1 entry; nothing was changed\n"
    assert archive.read_bytes() == before


def test_no_operation(archive, invoke):
    """It says how one is written."""
    result = invoke("tag", "mezhnev")

    assert (result.code, result.out) == (2, "")
    assert result.err == "newsarchive: no tag to add or remove; write `newsarchive tag +NEW -OLD QUERY`\n"


def test_a_plus_adds_wherever_it_stands(archive, invoke, tags_of):
    """It takes a word with + behind the query for a tag, up to --, and a word with - for a negation."""
    result = invoke("tag", "id:1", "+x", "memoriam", "+press release", "-gobi", "--", "mezhnev")

    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines()[:2] == [
        "note: -gobi leaves out entries; a tag to take away stands before the query",
        "Tagged 1 of 1 entry (operation 2). Undo: newsarchive undo 2",
    ]
    assert tags_of(1) == ["x", "press-release"]


def test_a_negation_stays_one(archive, invoke, tags_of):
    """It leaves out the entries with the word, and says nothing of it, in the order that the help shows."""
    result = invoke("tag", "+news", "-draft", "gobi", "-leopard")

    assert result.err == "Tagged 1 of 1 entry (operation 2). Undo: newsarchive undo 2\n"
    assert tags_of(8) == ["news"]


@pytest.mark.parametrize(
    ("words", "better"),
    [
        (["id:1", "-x"], "-x leaves out entries here; to take the tag away write `newsarchive tag -x id:1`"),
        (["id:1", "--", "+y"], "after -- every word is a query: write `newsarchive tag +y id:1`"),
    ],
)
def test_a_tag_in_the_wrong_place(archive, invoke, words, better):
    """It says where it belongs."""
    result = invoke("tag", *words)

    assert (result.code, result.out) == (2, "")
    assert result.err == f"newsarchive: no tag to add or remove; {better}\n"


def test_dry_run(archive, invoke):
    """It shows each change, and writes nothing."""
    invoke("tag", "+old", "mezhnev")
    before = archive.read_bytes()

    result = invoke("tag", "+new", "-old", "memoriam", "--dry-run")

    assert result.out == (
        "Id  Title                                               Change\n"
        " 1  In memoriam – Anton Mezhnev                         tags: -old +new\n"
        " 5  In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)  tags: +new\n"
    )
    assert (result.code, result.err) == (0, "2 changes planned; nothing was written\n")
    assert archive.read_bytes() == before


def test_a_tag_that_may_be_a_slip(archive, invoke):
    """It points at the tag that is spelt nearly so, and tags."""
    invoke("tag", "+mongolia", "mongolia")

    result = invoke("tag", "+mongolai", "gobi")

    assert result.code == 0
    assert result.err.startswith("note: 'mongolai' is a new tag; there is 'mongolia' already\n")


def test_one_command_is_one_operation(archive, invoke):
    """It takes back a thousand changes as easily as one."""
    invoke("tag", "+x", "--all")

    result = invoke("undo")

    assert result.code == 0
    assert invoke("tags", "--json").out == "[]\n"


def test_a_number_in_a_series_is_no_slip(archive, invoke):
    """It does not point at cop12 for cop13."""
    invoke("tag", "+cop12", "mongolia")

    assert invoke("tag", "+cop13", "gobi").err.startswith("Tagged ")


def test_another_name_of_a_tag(archive, invoke):
    """It adds the name that is in use for what the thesaurus knows by this one, and says so."""
    invoke("tag", "+species/saiga", "mezhnev")

    result = invoke("tag", "+Сайгак", "gobi")

    assert result.code == 0
    assert result.err.startswith(
        "note: 'сайгак' is another name of the tag 'species/saiga', which is added instead\nTagged "
    )
    assert counted(invoke) == {"species/saiga": 4}


def test_the_short_name_is_in_use(archive, invoke):
    """It adds the name in use also where that is not the one of the thesaurus."""
    invoke("tag", "+saiga", "mezhnev")

    assert invoke("tag", "+species/saiga", "id:2").code == 0
    assert counted(invoke) == {"saiga": 2}


def test_giving_a_thing_another_name(archive, invoke):
    """It takes who removes the name in use, or all tags, at the word."""
    invoke("tag", "+saiga", "id:1,2")

    assert invoke("tag", "+species/saiga", "-saiga", "id:1").code == 0
    assert invoke("tag", "--set", "species/saiga", "id:2").code == 0
    assert counted(invoke) == {"species/saiga": 2}


def test_a_removed_tag_that_has_another_name(archive, invoke):
    """It says by which name a tag is there that is to go, and removes no other one."""
    invoke("tag", "+species/saiga", "id:1")

    result = invoke("tag", "-saiga", "tag:saiga")

    assert result.code == 0
    assert result.err.startswith(
        "note: what is tagged 'species/saiga', which means the same as 'saiga', stays so\nTagged 0 of 1 entry;"
    )
    assert invoke("tag", "-species/saiga", "tag:saiga").err.startswith("Tagged 1 of 1 entry")


def test_a_tag_in_another_spelling(archive, invoke):
    """It removes what `tag:` selects from a file that was edited by hand, and adds nothing twice."""
    text = archive.read_text()
    archive.write_text(text.replace('"tags":[]', '"tags":["Species / Saiga"]', 1))

    assert invoke("tag", "+species/saiga", "id:1").err.startswith("note: archive.json was changed by hand")
    assert invoke("list", "tag:species/saiga", "--format", "ids").out == "1\n"
    assert counted(invoke) == {"Species / Saiga": 1}
    assert invoke("tag", "-species/saiga", "id:1").code == 0
    assert invoke("tags", "--json").out == "[]\n"


def test_counts_agree_with_the_query(archive, invoke):
    """It counts for each tag what `tag:` selects by it, also in a part of the archive."""
    invoke("tag", "+saiga", "id:1,2")
    invoke("tag", "+species/saiga", "-saiga", "id:2,3")

    assert counted(invoke, "id:2..") == {"species/saiga": 2}
    for words in ([], ["id:1..2"]):
        amounts = counted(invoke, *words)
        for tag, amount in amounts.items():
            found = invoke("list", *words, f"tag:{tag}", "--format", "ids").out.split()
            assert len(found) == amount
        assert list(amounts) == ["saiga", "species/saiga"]
    assert "note: 'saiga' and 'species/saiga' mean the same; each counts all of it\n" in invoke("tags").err


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("Species / Saiga", "species/saiga"),
        ("species//saiga", "species/saiga"),
        ("species / / saiga", "species/saiga"),
        ("snow--leopard", "snow-leopard"),
        ("snow - leopard", "snow-leopard"),
        ("cop__14", "cop_14"),
        ("виды / сайгак", "виды/сайгак"),
    ],
)
def test_separators(archive, invoke, typed, tag):
    """It writes blanks around a slash, and what stands twice, the one way."""
    assert invoke("tag", f"+{typed}", "id:1").code == 0

    assert counted(invoke) == {tag: 1}
    assert invoke("list", "--tag", typed, "--format", "ids").out == "1\n"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tag:press*", "1 2"),
        ("tag:Press-*", "1"),
        ("tag:species/sn*", "3"),
        ("-tag:press* id:1..3", "3"),
        ("tag:leo*", ""),
    ],
)
def test_the_beginning_of_a_tag(archive, invoke, query, ids):
    """It takes all tags that begin so."""
    invoke("tag", "+press-release", "id:1")
    invoke("tag", "+press/cms", "id:2")
    invoke("tag", "+species/snow-leopard", "id:3")

    assert invoke("list", "--sort", "id", "--format", "ids", "--", query).out.split() == ids.split()


def test_a_faulty_thesaurus_is_no_hindrance(archive, invoke, alone):
    """It tags without looking for other names."""
    (alone / "thesaurus.toml").write_text("[")
    invoke("tag", "+species/saiga", "mezhnev")

    assert invoke("tag", "+сайгак", "gobi").code == 0


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (["5"], "5 is looked for as a word; id:5 is entry 5"),
        (["3,7-9"], "3,7-9 is looked for as words; id:3,7-9 are entries 3,7-9"),
        (["3", "4"], "3 4 is looked for as words; id:3,4 are entries 3,4"),
    ],
)
def test_numbers_are_words(archive, invoke, words, note):
    """It says so where nothing is written, and how ids are written."""
    result = invoke("list", *words)

    assert result.err.startswith(f"note: {note}\n")


@pytest.mark.parametrize("words", [["saiga", "5"], ["99"], ["id:5"], ["--id", "5"]])
def test_no_note_on_numbers(archive, invoke, words):
    """It says nothing of a number among words, nor of one that no entry has."""
    assert "looked for as" not in invoke("list", *words).err


@pytest.mark.parametrize("command", [["tag", "+x"], ["export"]])
@pytest.mark.parametrize(
    ("words", "readings"),
    [
        (["10"], "10 has more than one meaning; write id:10 for entry 10, or '\"10\"' for the words"),
        (["3", "4"], "write id:3,4 for entries 3,4, or '\"3 4\"' for the words"),
        (["3,7-9"], "write id:3,7-9 for entries 3,7-9, or '\"3,7-9\"' for the words"),
        (["2020"], "id:2020 for entry 2020, date:2020 for what is of that date, or '\"2020\"'"),
        (["2016..2018"], "date:2016..2018 for what is of that date"),
        (["--", "-7"], "write id:7 for entry 7, or -id:7 for all others"),
    ],
)
def test_lone_numbers(archive, invoke, command, words, readings):
    """It does not choose between the entry and the word where much depends on it."""
    before = archive.read_bytes()

    result = invoke(*command, *words)

    assert (result.code, result.out) == (2, "")
    assert readings in result.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize("words", ["id:10", '"10"', "--id 10", "conservation 10", "date:2016"])
def test_numbers_that_are_plain(archive, invoke, words):
    """It takes a number with a field, in quotes or among words."""
    assert invoke("export", *words.split()).code == 0


def test_a_year_among_the_words(archive, invoke):
    """It says how a date is asked for where nothing matched."""
    result = invoke("tag", "+x", "zzqx", "2021")

    assert result.code == 1
    assert result.err.endswith("\n  date:2021 is the year\n")
