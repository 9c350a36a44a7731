"""`queries` and `@name`: a query is saved once and stands for its text in every command."""

from __future__ import annotations

import json

import pytest


def ids(invoke, *words, command="list"):
    """Return the ids that a command finds."""
    return invoke(command, *words, "--format", "ids").out.split()


@pytest.fixture
def saved(archive, invoke):
    """Save two queries, the second made with the first."""
    assert invoke("queries", "add", "recent", "date:2019..").code == 0
    assert invoke("queries", "add", "cats", "leopard OR @recent bear").code == 0
    return archive


def test_saving_and_using(saved, invoke, own_folder):
    """It stands for its text in parentheses, whatever stands beside it."""
    assert ids(invoke, "@recent") == ["1", "2", "3", "4", "5"]
    assert ids(invoke, "@recent", "-gobi") == ["1", "2", "5"]
    assert ids(invoke, "@cats", "-@recent") == ["9"]
    assert ids(invoke, "@CATS", "brink") == ["9"]
    assert (
        own_folder / "queries.toml"
    ).read_text() == 'recent = "date:2019.."\ncats = "leopard OR @recent bear"\n'


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tag", "+new", "@recent"], "Tagged 5 of 5 entries"),
        (["edit", "@recent", "--set", "source=x"], "Changed 5 of 5 entries"),
        (["remove", "@recent", "--yes"], "Removed 5 entries"),
        (["export", "@recent", "-o", "a.csv"], "Wrote 5 entries"),
    ],
)
def test_every_command_knows_it(saved, invoke, words, found):
    """It selects the same entries wherever a query stands."""
    result = invoke(*words)

    assert result.code == 0
    assert found in result.err


def test_search_takes_it_as_required(saved, invoke):
    """It filters what is ranked; a name that is not there is a word of a pasted title."""
    assert ids(invoke, "bear", "@recent", command="search") == ["3", "4"]
    assert ids(invoke, "@bear", command="search") == ids(invoke, "bear", command="search")


def test_listing(saved, invoke):
    """It lists names and queries, as a table and for programs."""
    assert invoke("queries").out == (
        "Name     Query\n@recent  date:2019..\n@cats    leopard OR @recent bear\n"
    )
    assert json.loads(invoke("queries", "list", "--json").out) == [
        {"name": "recent", "query": "date:2019.."},
        {"name": "cats", "query": "leopard OR @recent bear"},
    ]


def test_none_is_saved(archive, invoke):
    """It says how to save one; the machine formats are valid all the same."""
    assert invoke("queries").err == "no query is saved; `newsarchive queries add NAME QUERY` saves one\n"
    assert json.loads(invoke("queries", "--json").out) == []


def test_a_query_with_comments_keeps_them(archive, invoke, own_folder):
    """It changes the line of a query only."""
    file = own_folder / "queries.toml"
    file.write_text('# ours\nsaigas = "saiga"  # the antelope\n\nold = "date:..2016"\n')

    assert invoke("queries", "add", "saigas", "saiga OR сайгак", "--force").code == 0
    assert invoke("queries", "add", "new", "date:2020..").code == 0
    assert invoke("queries", "remove", "@old").err == "Removed @old, which was: date:..2016\n"

    assert file.read_text() == '# ours\nsaigas = "saiga OR сайгак"  # the antelope\n\nnew = "date:2020.."\n'


FAULTS = [
    (["queries", "add", "recent", "saiga"], 2, "@recent is 'date:2019..' already; --force replaces it"),
    (["queries", "add", "a b", "saiga"], 2, "'a b' is no name of a query"),
    (["queries", "add", "x", "date:soon"], 2, "'soon' is not a date"),
    (["queries", "add", "x", "(saiga"], 2, "this parenthesis is never closed"),
    (["queries", "add", "x", "@x or"], 2, "the saved query @x is made of itself"),
    (["queries", "add", "recent", "@cats", "--force"], 2, "is made of itself"),
    (["queries", "add", "x", "@nothing"], 2, "there is no saved query @nothing"),
    (["queries", "remove", "nothing"], 1, "no query is saved as @nothing"),
    (["list", "@recnt"], 2, "there is no saved query @recnt; did you mean @recent?"),
    (["list", "@nothing"], 2, "'\"@nothing\"' looks for the word"),
    (["remove", "--yes", "--", "-@nothing"], 2, "there is no saved query @nothing"),
]


@pytest.mark.parametrize(("words", "code", "message"), FAULTS)
def test_what_is_refused(saved, invoke, own_folder, words, code, message):
    """It says what is wrong and keeps the file as it is."""
    before = (own_folder / "queries.toml").read_text()

    result = invoke(*words)

    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert (own_folder / "queries.toml").read_text() == before


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 'b'\n[c]\nd = 1\n", "queries.toml:2: 'c': write name = \"query\""),
        ("a = 1\n", "queries.toml:1: 'a': write name = \"query\""),
        ('a = "b\n', "queries.toml:1:"),
        (b'a = "\xff"\n', "queries.toml:1: is not UTF-8"),
    ],
)
def test_a_file_with_a_fault(archive, invoke, own_folder, text, place):
    """It names the line, and only a query that needs the file suffers."""
    (own_folder / "queries.toml").write_bytes(text if isinstance(text, bytes) else text.encode())

    result = invoke("list", "@a")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {own_folder}/{place}")
    assert ids(invoke, "mezhnev") == ["1"]


def test_a_fault_inside_a_saved_query_is_told(archive, invoke, own_folder):
    """It shows the text that is at fault, and whose it is."""
    (own_folder / "queries.toml").write_text('bad = "date:soon"\n')

    result = invoke("list", "@bad")

    assert result.code == 2
    assert "'soon' is not a date" in result.err
    assert "in the saved query @bad; `newsarchive queries` lists them" in result.err


def test_columns_of_the_table(archive, invoke):
    """It shows the fields that are named, in their order."""
    result = invoke("list", "--fields", "title,id", "id:1,7")

    assert result.out == (
        "Title                                                        Id\n"
        "In memoriam – Anton Mezhnev                                   1\n"
        "Midterm Review of the Central Asian Mammals Initiative (CAMI)   7\n"
    ).replace("Title                                                        Id", f"{'Title':61}  Id").replace(
        "In memoriam – Anton Mezhnev                                   1",
        f"{'In memoriam – Anton Mezhnev':61}   1",
    )


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv"])
def test_columns_of_machine_formats(archive, invoke, form):
    """It writes what `export` writes with the same fields."""
    listed = invoke("list", "--fields", "title,id,date", "--format", form)

    assert listed.out == invoke("export", "--fields", "title,id,date", "--format", form).out
    assert "summary" not in listed.out


def test_an_unknown_column(archive, invoke):
    """It names it and those there are."""
    result = invoke("list", "--fields", "id,titel")

    assert (result.code, result.out) == (2, "")
    assert "--fields: there is no 'titel'; the fields are id, title, date" in result.err
