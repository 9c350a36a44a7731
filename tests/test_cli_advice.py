"""A command line that is wrong or finds nothing is told how what was meant is written."""

from __future__ import annotations

import shlex

import pytest


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("edit 1 --date 2020", "no option --date; write --set date=2020"),
        ("edit 1 --title 'x y'", "no option --title; write --set 'title=x y'"),
        ("edit 1 --url=https://x.org", "no option --url; write --set url=https://x.org"),
        ("edit 1 --language --dry-run", "no option --language; write --set languages=VALUE"),
        ("list --date 2016", "no option --date; write date:2016"),
        ("search --title 'snow leopard'", "no option --title; write 'title:\"snow leopard\"'"),
        ("tags list --tags", "no option --tags; write tag:…"),
        ("add --headline x", "no option --headline; did you mean --title?"),
        ("add --language ru", "no option --language; did you mean --lang?"),
        ("add --source x", "no option --source"),
        (
            "import x --tag y",
            "no option --tag; `newsarchive tag +y added:today` tags what was brought in today",
        ),
        ("import x --lang fr", "no option --lang; `newsarchive edit added:today --set languages=fr` sets it"),
        ("open 1 --title x", "no option --title"),
    ],
)
def test_options_of_other_commands(archive, invoke, line, advice):
    """It says how this command does what the option would do in another."""
    before = archive.read_bytes()

    result = invoke(*shlex.split(line))

    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"newsarchive: {advice}"
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (
            "edit 3 --lang fr",
            "--lang selects entries; `newsarchive edit id:3 --set languages=fr` changes the language",
        ),
        ("edit 3,7 --tag x", "--tag selects entries; `newsarchive tag +x id:3,7` adds the tag"),
        ("remove 3 --tag x --yes", "--tag selects entries; `newsarchive tag -x id:3` takes the tag off"),
        ("tag +y saiga --tag x", "--tag selects entries; `newsarchive tag +x saiga` adds the tag"),
        ("tag +y lepard", "`newsarchive search lepard` looks in spite of spelling"),
        ("tag +y zzqx -n", "-n leaves out entries with the word n: options are spelt out, as in --limit"),
    ],
)
def test_a_write_that_selects_nothing(archive, invoke, line, advice):
    """It says that nothing was changed, and on a line of its own what may have been meant."""
    before = archive.read_bytes()

    result = invoke(*shlex.split(line))

    assert (result.code, result.out) == (1, "")
    assert result.err.endswith(f", so nothing was changed\n  {advice}\n")
    assert archive.read_bytes() == before


def test_an_assignment_without_its_option(archive, invoke):
    """It says what the query could mean, and how the field is changed."""
    result = invoke("edit", "1", "date=2020")

    assert result.code == 2
    assert result.err.endswith("\n  to change the field write --set date=2020\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("list lepard", "nothing matches 'lepard'; `newsarchive search lepard` looks in spite of spelling"),
        (
            "list mongola saiga",
            "nothing matches 'mongola saiga'; `newsarchive search mongola saiga` looks in ",
        ),
        ("stats lepard", "nothing matches 'lepard'; `newsarchive search lepard` looks in spite of spelling"),
        ("tags lepard", "nothing matches 'lepard'; `newsarchive search lepard` looks in spite of spelling"),
        ("list tag:zzqx", "nothing matches 'tag:zzqx'\n"),
        ("list lang:KZ", "nothing matches 'lang:KZ'; kz is a country's code; its language is lang:kk\n"),
        (
            "search --lang kg",
            "nothing matches '--lang kg'; kg is a country's code; its language is lang:ky\n",
        ),
        ("list 'lang:cn OR lang:es'", "nothing matches 'lang:cn OR lang:es'; cn is a country's code; "),
        ("list title:lang", "nothing matches 'title:lang'\n"),
        ("list 77", "nothing matches '77'\n"),
        ("list '\"gobi lepard\"'", "nothing matches '\"gobi lepard\"'\n"),
        ("search zzqxzzqx", "nothing matches 'zzqxzzqx'\n"),
    ],
)
def test_a_list_of_nothing(archive, invoke, line, told):
    """It offers `search` where that is free to read a word otherwise."""
    result = invoke(*shlex.split(line))

    assert result.code == 0
    assert result.err.startswith(told)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("argali 2016", "note: 2016 is looked for as a word; date:2016 is the year\n"),
        (
            "argali 14 November 2016",
            "note: 14 November 2016 is looked for as words; date:2016-11-14 is the day\n",
        ),
        ("gobi '\"14 february 2020\"'", ""),
        ("argali ноябрь 2016", "note: ноябрь 2016 is looked for as words; date:2016-11 is the month\n"),
        ("gobi 2016-2018", "note: 2016-2018 is looked for as a word; date:2016..2018 are the years\n"),
        ("gobi date:2020", ""),
        ("gobi 'date:\"14 february 2020\"'", ""),
        ("post-2020", ""),
    ],
)
def test_dates_in_a_search(archive, invoke, query, note):
    """It says that a date is looked for as a word, and how it is asked for, once."""
    result = invoke("search", *shlex.split(query))

    assert result.out != ""
    assert result.err == note


def test_what_the_advice_says_works(archive, invoke):
    """It finds the story of that year by the term that the note gives."""
    assert invoke("search", "argali", "date:2016", "--format", "ids").out == "10\n"


@pytest.mark.parametrize("line", ["list 2020-02", "search 2020-02"])
def test_a_month_is_no_range_of_ids(archive, invoke, line):
    """It does not take the month for the ids 2 to 2020, which are there."""
    assert "id:" not in invoke(*line.split()).err


@pytest.mark.parametrize("value", ["x", "1.5"])
def test_no_whole_number(archive, invoke, value):
    """It says what a number is in everybody's words."""
    result = invoke("list", "--limit", value)

    assert result.code == 2
    assert result.err.startswith(
        f"newsarchive: invalid value for '--limit': '{value}' is not a whole number\n"
    )


def test_hits_without_text(alone, invoke):
    """It has no column for texts where no entry has one."""
    invoke("add", "--title", "Saiga numbers recover", "--date", "2024")

    assert invoke("search", "siaga").out == "Id  Date  Title\n 1  2024  Saiga numbers recover\n"


def test_long_errors_on_a_terminal(archive, terminal):
    """It breaks them at words, and lets the word they begin with stand out as that of a note does."""
    shown = terminal("edit", "3", "--lang", "fr", width=60).out
    noted = terminal("search", "argali", "2016", width=60, pipes=["stdout"]).out

    assert "\x1b[1;31mnewsarchive:\x1b[0m nothing matches '3 --lang fr', so nothing was" in shown
    assert all(len(line) < 60 + len("\x1b[1;31m\x1b[0m") for line in shown.splitlines())
    assert "\x1b[1;33mnote:\x1b[0m 2016 is looked for as a word" in noted


@pytest.mark.parametrize("how", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, "--no-color"])
def test_errors_without_colour(archive, terminal, how):
    """It has none where none is wanted, in errors too."""
    options, env = ([how], {}) if isinstance(how, str) else ([], how)

    shown = terminal("list", "(", *options, env=env).out

    assert "newsarchive: " in shown
    assert "\x1b" not in shown


def test_errors_in_a_pipe(archive, invoke):
    """It neither breaks lines nor colours them."""
    result = invoke("edit", "x" * 100 + " " + "y" * 100)

    assert result.err.splitlines()[0] == (
        f"newsarchive: nothing matches '{'x' * 100} {'y' * 100}', so nothing was changed"
    )
