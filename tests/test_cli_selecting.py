"""What commands act on: words and options that mean the same, ids, and the care of commands that write."""

from __future__ import annotations

import json

import pytest

WRITING = [["tag", "+x"], ["remove", "--yes"]]


@pytest.fixture
def tagged(archive, invoke):
    """Tag some of the ten stories."""
    assert invoke("tag", "+obituary", "memoriam").code == 0
    assert invoke("tag", "+species/saiga", "saiga").code == 0
    return archive


@pytest.mark.parametrize(
    ("options", "query", "ids"),
    [
        (["--tag", "obituary"], "tag:obituary", "1 5"),
        (["--tag", "Obituary"], "tag:obituary", "1 5"),
        (["--tag", "species/*"], "tag:species/*", "1"),
        (["--tag", "obituary", "--tag", "species/saiga"], "tag:obituary tag:species/saiga", "1"),
        (["--since", "2020"], "date:2020..", "1 2 3"),
        (["--until", "2017"], "date:..2017", "8 9 10"),
        (["--since", "May 2018", "--until", "2019-08"], 'date:"May 2018..2019-08"', "5 6"),
        (["--since", "2018", "--until", "2018"], "date:2018", "6 7"),
        (["--lang", "ru"], "lang:ru", "9"),
        (["--id", "3,7-9"], "id:3,7-9", "3 7 8 9"),
        (["--id", "9..", "--id", "1"], "id:9..,1", "1 9 10"),
        (["--lang", "en", "--until", "2017"], "lang:en date:..2017", "8 9 10"),
    ],
)
def test_options_mean_what_their_query_form_means(tagged, invoke, options, query, ids):
    """It finds the same entries for an option as for the words."""
    by_options = invoke("list", *options, "--sort", "id", "--format", "ids")
    by_words = invoke("list", query, "--sort", "id", "--format", "ids")

    assert by_options.out.split() == ids.split()
    assert by_words.out == by_options.out


def test_options_and_words_together(tagged, invoke):
    """It finds what both select, also where the words have an OR."""
    result = invoke("list", "mongolia", "OR", "saiga", "--tag", "obituary", "--format", "ids")

    assert (result.code, result.out) == (0, "1\n")


def test_options_filter_a_search(tagged, invoke):
    """It ranks by the words and filters by the options."""
    result = invoke("search", "lepard", "--until", "2019", "--format", "ids")

    assert sorted(result.out.split()) == ["4", "9"]


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("tag:obitaury", "there is no tag 'obitaury'; did you mean 'obituary'?\n"),
        ("tag:specie/*", "there is no tag 'specie'; did you mean 'species'?\n"),
        ("tag:siaga", "there is no tag 'siaga'; did you mean 'species/saiga'?\n"),
        ("tag:saiga", ""),
        ("tag:species/*", ""),
        ("tag:meeting", ""),
    ],
)
def test_tag_that_is_misspelt(tagged, invoke, query, note):
    """It says which tag was probably meant, but not for another name of a tag in use."""
    result = invoke("list", query, "--format", "ids")

    assert (result.code, result.err.partition("nothing matches")[0]) == (0, note)


def test_tag_that_is_misspelt_in_an_option(tagged, invoke):
    """It says so before a command refuses to write."""
    result = invoke("tag", "+x", "--tag", "obitaury")

    assert result.code == 1
    assert result.err.startswith("there is no tag 'obitaury'; did you mean 'obituary'?\n")


def test_arguments_are_one_query(archive, invoke):
    """It joins them with blanks, so that only quotes inside make a phrase."""
    assert invoke("list", "hunting trophy", "--format", "ids").out == "10\n"
    assert invoke("list", '"hunting trophy"', "--format", "ids").out == ""
    assert invoke("list", '"trophy', 'hunting"', "--format", "ids").out == "10\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--since", "02/03/2016"],
            "--since: '02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean",
        ),
        (["--lang", "1"], "--lang: '1' is not a language code; write lang:en or lang:ru"),
        (["--id", "x"], "'x' is not an id; write 7, 3,7-9 or 5.."),
        (["--sort", "x"], "cannot sort by 'x'; write one or more of "),
    ],
)
def test_faults_of_options(archive, invoke, options, message):
    """It names the option and what is wrong with its value."""
    result = invoke("list", *options)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {message}")


def test_a_fault_in_a_query(archive, invoke):
    """It points at the place."""
    result = invoke("list", "saiga", "titel:x")

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "newsarchive: unknown field 'titel'; did you mean 'title:'?\n  saiga titel:x\n        ^\n"
    )


def test_a_reversed_range(archive, invoke):
    """It swaps the ends and says so."""
    result = invoke("list", "--since", "2019", "--until", "2018", "--format", "ids")

    assert result.out == "4\n5\n6\n7\n"
    assert "turned round" in result.err


def test_ids_from_a_file(archive, invoke, alone):
    """It reads ids that stand on lines of their own or beside each other."""
    (alone / "ids.txt").write_text("3\n7-8, 10\n\n")

    result = invoke("list", "--ids-from", "ids.txt", "--sort", "id", "--format", "ids")

    assert (result.code, result.out) == (0, "3\n7\n8\n10\n")


def test_ids_from_stdin(archive, invoke):
    """It reads them from a pipe."""
    assert invoke("list", "--ids-from", "-", "--format", "ids", stdin="5\n").out == "5\n"


def test_no_ids_from_stdin(archive, invoke):
    """It selects nothing where a search before it found nothing, and not everything."""
    before = archive.read_bytes()

    listed = invoke("list", "--ids-from", "-", "--format", "ids", stdin="")
    tagged = invoke("tag", "+x", "--ids-from", "-", stdin="")

    assert (listed.code, listed.out) == (0, "")
    assert listed.err.startswith("note: stdin held no ids\n")
    assert tagged.code == 1
    assert archive.read_bytes() == before


def test_ids_that_are_none(archive, invoke, alone):
    """It says where they came from and what is wrong with them."""
    (alone / "ids.txt").write_text("1\ntwo\n")

    result = invoke("list", "--ids-from", "ids.txt")

    assert (result.code, result.out) == (2, "")
    assert result.err == "newsarchive: --ids-from ids.txt: 'two' is not an id; write 7, 3,7-9 or 5..\n"


def test_no_file_of_ids(archive, invoke, alone):
    """It says that there is none."""
    result = invoke("list", "--ids-from", "ids.txt")

    assert (result.code, result.out) == (4, "")
    assert result.err == f"newsarchive: cannot read {alone}/ids.txt: no such file or directory\n"


@pytest.mark.parametrize("words", [["7", "99"], ["7,99"], ["--id", "7,99"]])
def test_show_prints_what_there_is(archive, invoke, words):
    """It prints the entries that are there, names the id that is not, and ends with 1."""
    result = invoke("show", *words, "--json")

    assert [entry["id"] for entry in json.loads(result.out)] == [7]
    assert (result.code, result.err) == (
        1,
        "newsarchive: no entry with id 99; `newsarchive list` shows what there is\n",
    )


@pytest.mark.parametrize("command", WRITING)
def test_a_writing_command_with_an_unknown_id(archive, invoke, command):
    """It writes nothing at all."""
    before = archive.read_bytes()

    result = invoke(*command, "--id", "7,99")

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("newsarchive: no entry with id 99; ")
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", WRITING)
def test_a_writing_command_without_a_selection(archive, invoke, command):
    """It refuses to guess, also when what was given is blank."""
    before = archive.read_bytes()

    assert invoke(*command).code == 2
    assert invoke(*command, "").code == 2
    assert invoke(*command, "--", " ").code == 2
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", WRITING)
def test_a_writing_command_for_everything(archive, invoke, command):
    """It acts on every entry when told so."""
    assert invoke(*command, "--all").code == 0
    assert invoke("list", "-tag:x", "--format", "ids").out == ""


@pytest.mark.parametrize("command", WRITING)
def test_a_writing_command_whose_query_matches_nothing(archive, invoke, command):
    """It ends with 1, and the query is in the message."""
    result = invoke(*command, "zzqx", "--tag", "none")

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("newsarchive: nothing matches 'zzqx --tag none', so nothing was changed\n  ")


def test_numbers_are_ids_where_entries_are_named(archive, invoke):
    """It takes them for ids in show and remove when all words are numbers, else for words."""
    assert json.loads(invoke("show", "3", "7-9", "--json").out)[0]["id"] == 3
    assert [entry["id"] for entry in json.loads(invoke("show", "2020", "framework", "--json").out)] == [6]
    assert invoke("remove", "9", "10..", "--yes").code == 0
    assert invoke("list", "--format", "ids", "--sort", "id").out == "1\n2\n3\n4\n5\n6\n7\n8\n"


def test_numbers_are_words_elsewhere(archive, invoke):
    """It takes a number for a word in list, and in tag where it is quoted."""
    assert invoke("list", "1969", "--format", "ids").out == "8\n"
    assert invoke("tag", "+old", '"1969"').code == 0
    assert invoke("list", "tag:old", "--format", "ids").out == "8\n"


@pytest.mark.parametrize("command", ["list", "show", "export", "tags", "history", "tag +x", "remove --yes"])
def test_no_archive(invoke, alone, command):
    """It says that there is none and how to start one, and starts none."""
    result = invoke(*command.split(), "saiga")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"newsarchive: there is no archive at {alone}/archive.json; start one with "
        "`newsarchive init` or `newsarchive import FILE`, or name one with -a\n"
    )
    assert list(alone.iterdir()) == []


def test_the_archive_of_a_folder_above(archive, invoke, alone, monkeypatch):
    """It finds it from a folder below, and a write says which one it was."""
    (alone / "below" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(alone / "below" / "deeper")

    read, written = invoke("list", "saiga", "--format", "ids"), invoke("tag", "+x", "saiga")

    assert (read.code, read.out, read.err) == (0, "1\n", "")
    assert written.err == (
        f"Tagged 1 of 1 entry (operation 2). Undo: newsarchive undo 2\nIn {alone}/archive.json\n"
    )


def test_the_archive_of_the_environment(archive, invoke, alone, monkeypatch):
    """It comes before the one in the folder, and after -a."""
    monkeypatch.setenv("NEWSARCHIVE_FILE", "other.json")

    assert f"no archive at {alone}/other.json" in invoke("list").err
    assert invoke("list", "saiga", "-a", "archive.json", "--format", "ids").out == "1\n"


def test_the_home_folder(archive, invoke, alone):
    """It knows `~` where the shell left it alone, and takes `~draft.json` for a name."""
    assert invoke("list", "--archive=~/archive.json", "saiga", "--format", "ids").out == "1\n"
    assert f"no archive at {alone}/~draft.json" in invoke("list", "-a", "~draft.json").err


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("2021", "date:2021 is the year"),
        ("2021-01", "date:2021-01 is the month"),
        ("29.01.2021", "date:29.01.2021 is the day"),
    ],
)
def test_a_date_among_the_words(archive, invoke, word, hint):
    """It says how a date is asked for where nothing matched."""
    result = invoke("list", "zzqx", word)

    assert (result.code, result.out) == (0, "")
    assert result.err == f"nothing matches 'zzqx {word}'; {hint}\n"


@pytest.mark.parametrize("command", [["show"], ["edit", "--set", "source=x"], ["remove", "--yes"]])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-7"], "-7 is every entry without the word 7; write id:7 for entry 7, or -id:7 for all others"),
        (
            ["--", "-7", "-3,8-9"],
            "-7 -3,8-9 is every entry without the word 7 or 3,8-9; "
            "write id:7,3,8-9 for entries 7,3,8-9, or -id:7,3,8-9 for all others",
        ),
    ],
)
def test_negated_numbers_are_no_ids(archive, invoke, command, words, told):
    """It refuses what would act on nearly everything, and says what to write."""
    before = archive.read_bytes()

    result = invoke(*command, *words)

    assert (result.code, result.out, result.err) == (2, "", f"newsarchive: {told}\n")
    assert archive.read_bytes() == before


def test_negated_words_and_fields_negate(archive, invoke):
    """It acts on the others where it is not a bare number that is negated."""
    assert invoke("show", "-id:1..9", "--format", "ids").out == "10\n"
    assert invoke("show", "saiga", "-7", "--format", "ids").out == "1\n"
