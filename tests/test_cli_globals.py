"""What holds on every command line: global options on both sides, help, faults that are told in one form."""

from __future__ import annotations

import random

import pytest
import typer
from commands import NAMES, commands

from newsarchive import __version__
from newsarchive.cli.options import global_flags
from newsarchive.cli.registry import COMMANDS

GLOBALS = [
    option
    for _, command in list(commands())[:1]
    for parameter in command.params
    if parameter.name in global_flags.__annotations__
    for option in [[name] if parameter.is_flag else [name, "5"] for name in parameter.opts]
]


def test_the_global_options_are_found():
    """It would be no check if they were not."""
    assert ["-a", "5"] in GLOBALS
    assert ["--lock-timeout", "5"] in GLOBALS
    assert ["--no-color"] in GLOBALS


@pytest.mark.parametrize("name", NAMES)
def test_every_command_takes_the_global_options_before_and_after_its_name(invoke, name):
    """It takes each of them on both sides, and in a group between the two words as well."""
    first, *rest = name.split()
    for option in GLOBALS:
        if option != ["--version"]:
            assert invoke(*option, *name.split(), "--help").code == 0
            assert invoke(*name.split(), *option, "--help").code == 0
            assert invoke(first, *option, *rest, "--help").code == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_command_tells_the_version(invoke, name):
    """It prints name and version, and does nothing else."""
    for arguments in (["--version", *name.split()], [*name.split(), "--version"]):
        result = invoke(*arguments)
        assert (result.code, result.out, result.err) == (0, f"newsarchive {__version__}\n", "")


@pytest.mark.parametrize("name", ["", *NAMES, *(entry.name for entry in COMMANDS if entry.commands)])
def test_every_command_explains_itself(invoke, name):
    """It prints the same help for -h and --help."""
    short, long = invoke(*name.split(), "-h"), invoke(*name.split(), "--help")

    assert short.out.startswith(f"Usage: newsarchive {name}".rstrip())
    assert (short.code, short.err) == (0, "")
    assert long == short


@pytest.mark.parametrize(
    ("arguments", "there"),
    [
        (["-a", "one.json", "list", "-a", "two.json"], "two.json"),
        (["-a", "one.json", "list"], "one.json"),
        (["list", "-a", "one.json", "-a", "two.json"], "two.json"),
        (["-a", "1.json", "tags", "-a", "2.json", "list", "-a", "3.json"], "3.json"),
        (["-a", "1.json", "tags", "-a", "2.json", "list"], "2.json"),
        (["-a", "1.json", "tags", "-a", "2.json"], "2.json"),
        (["--archive=1.json", "history"], "1.json"),
    ],
)
def test_the_value_nearest_the_end_counts(alone, invoke, arguments, there):
    """It takes a global option from the place nearest the end of the command line."""
    result = invoke(*arguments)

    assert result.code == 1
    assert result.err.startswith(f"newsarchive: there is no archive at {alone / there}; ")


def test_no_waiting_near_the_end_counts_too(invoke, archive):
    """It takes a 0 for a value, and not for none."""
    result = invoke("--lock-timeout", "-1", "list")

    assert result.code == 2
    assert "invalid value for '--lock-timeout': -1 is less than 0" in result.err
    assert invoke("--lock-timeout", "5", "list", "--lock-timeout", "0").code == 0
    assert invoke("list", "--lock-timeout", "nan").code == 2


def test_quiet(archive, invoke):
    """It keeps counts and notes to itself, and says errors all the same."""
    assert invoke("list", "zzqx", "-q").err == ""
    assert invoke("-q", "tag", "+x", "saiga").err == ""
    assert invoke("-q", "tag", "+x", "zzqx").err != ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lsit"], "no command 'lsit'; did you mean 'list'?\n  see newsarchive --help"),
        (
            ["saiga"],
            "no command 'saiga'; `newsarchive search saiga` looks for the word\n  see newsarchive --help",
        ),
        (["list", "--frmat"], "no option --frmat; did you mean --format?\n  see newsarchive list --help"),
        (["open"], "missing argument 'ID'\n  see newsarchive open --help"),
        (["open", "x"], "invalid value for 'ID': 'x' is not a whole number\n  see newsarchive open --help"),
        (["list", "--tag"], "option '--tag' requires an argument"),
        (["restore", "x"], "got unexpected extra argument(s) (x)\n  see newsarchive restore --help"),
        (
            ["list", "--limit", "-1"],
            "invalid value for '--limit': -1 is less than 0\n  see newsarchive list --help",
        ),
        (
            ["tags", "lst"],
            "no command 'lst'; did you mean `newsarchive tags list …`, "
            "or the word: `newsarchive tags list -- lst`?\n"
            "  see newsarchive tags --help",
        ),
    ],
)
def test_faults_of_the_command_line(invoke, arguments, message):
    """It says what is wrong and where to read on, and ends with 2."""
    result = invoke(*arguments)

    assert (result.code, result.out, result.err) == (2, "", f"newsarchive: {message}\n")


def test_a_group_without_a_command_runs_its_first(archive, invoke):
    """It lists for `tags` and `history`, options and words for the list included."""
    assert invoke("history") == invoke("history", "list")
    assert invoke("history", "--json", "saiga") == invoke("history", "list", "--json", "saiga")
    assert invoke("tags", "--tag", "list", "--json") == invoke("tags", "list", "--tag", "list", "--json")
    assert invoke("tags", "-draft", "--json").out == "[]\n"


def test_debug_shows_a_traceback(invoke):
    """It shows where an expected error came from when asked to, and only then."""
    plain, debug = invoke("show", "7"), invoke("show", "7", "--debug")

    assert "Traceback" not in plain.err
    assert debug.err.startswith(plain.err)
    assert "Traceback (most recent call last)" in debug.err


_PLAIN = """
saiga -x -- --all --json --yes -y -q --dry-run --format table csv ids yaml +new -old + - -- --tag --id
1 3,7-9 99 0 -1 1..2 date:2018.. date: is:untagged is: has:url titel:x title:saiga ( ) OR AND NOT "
--limit --offset --sort date-,title --since --until 2018 02/03/2016 -3w --ids-from --add --remove --set
--title --date --body --url --lang en --keep --force --strict --explain -o out.csv out out/ . -a
list archive.json
"""
WORDS = (
    *_PLAIN.split(),
    "",
    " ",
    "a\x1b[31mb\n",
    "\udcff",
    "\u202e",
    "x" * 300,
    "x" * 2000,
)


@pytest.mark.parametrize("seed", range(8))
def test_no_command_line_ends_in_a_traceback(archive, invoke, monkeypatch, seed):
    """It ends any mixture of words with an exit code of the table, and a message for every failure."""
    monkeypatch.setattr(typer, "launch", lambda _: 0)
    chance = random.Random(seed)
    ending = [name for name in NAMES if name != "watch"]
    for _ in range(60):
        name = chance.choice(ending).split()
        arguments = [*name, *chance.choices(WORDS, k=chance.randrange(8))]
        result = invoke(*arguments, stdin="1\n")
        assert result.code in (0, 1, 2, 4, 6, 7), arguments
        assert "Traceback" not in result.err, arguments
        assert result.code == 0 or result.err.startswith("newsarchive: ") or "\nnewsarchive: " in result.err
