"""Words that begin with a dash: options only when they are exactly one, everywhere."""

from __future__ import annotations

import json

import pytest
from commands import NAMES, commands
from typer import Context

from newsarchive.cli.command import CONTEXT_SETTINGS

COMMANDS = dict(commands())


def context_of(name: str) -> Context:
    """Return the context that a command is parsed in."""
    return Context(COMMANDS[name], **CONTEXT_SETTINGS)


def short_options(name: str) -> list[str]:
    """Return the short options of a command, `-h` among them."""
    command = COMMANDS[name]
    parameters = command.get_params(context_of(name))
    return [option for parameter in parameters for option in parameter.opts if len(option) == 2]


def parsed(name: str, words: list[str]) -> tuple[dict[str, object], list[str]]:
    """Return the options that a command's parser finds, and the words that are none."""
    command = COMMANDS[name]
    values, rest, _ = command.make_parser(context_of(name)).parse_args(words)
    arguments = {item.name for item in command.params if item.param_type_name == "argument"}
    taken = [values.pop(argument) for argument in arguments if argument in values]
    found = [word for value in taken for word in (value if isinstance(value, tuple) else [value]) if word]
    return values, found + rest


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_the_short_options_that_the_rule_is_about(name):
    """It would be no check if the short options were not discovered."""
    assert {"-a", "-q", "-h"} <= set(short_options(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_word_that_begins_like_a_short_option_is_a_word(name):
    """It reads neither `-araft` as `-a raft`, nor `-qy` as `-q -y`, nor `-a=x` as an option and its value."""
    for option in short_options(name):
        for word in (f"{option}raft", f"{option}y", f"{option}=x", f"{option}{option[1]}"):
            assert parsed(name, [word]) == ({}, [word])


@pytest.mark.parametrize("name", NAMES)
def test_a_word_that_begins_with_any_other_letter_is_a_word(name):
    """It takes no single dash for an option that the command does not have."""
    short = short_options(name)
    for letter in "abcdefghijklmnopqrstuvwxyzж1":
        if f"-{letter}" not in short:
            assert parsed(name, [f"-{letter}"]) == ({}, [f"-{letter}"])


@pytest.mark.parametrize("name", NAMES)
def test_the_value_of_an_option_is_never_looked_at(name):
    """It gives an option the word behind it, whatever that looks like."""
    for value in ("--help", "-n", "-q", "--", "-draft", "--archive"):
        assert parsed(name, ["-a", value]) == ({"archive": value}, [])


@pytest.mark.parametrize("name", NAMES)
def test_after_two_dashes_everything_is_a_word(name):
    """It leaves options alone behind `--`."""
    assert parsed(name, ["--", "-q"]) == ({}, ["-q"])
    assert parsed(name, ["--", "--help"]) == ({}, ["--help"])


@pytest.mark.parametrize("title", ["--help", "-n", "--", "-q", "--title"])
def test_a_title_that_looks_like_an_option(invoke, title):
    """It adds an entry with that very title."""
    result = invoke("add", "--title", title)

    assert (result.code, result.out) == (0, "1\n")
    assert [entry["title"] for entry in json.loads(invoke("list", "--json").out)] == [title]


def test_a_negation_behind_two_dashes(archive, invoke):
    """It negates behind `--` as well, where a query begins with what would be an option."""
    result = invoke("list", "--format", "ids", "--", "-q", "memoriam", "-saiga")

    assert (result.code, result.out) == (0, "5\n")


def test_two_dashes_part_the_tags_from_the_query(archive, invoke):
    """It takes what stands behind `--` for the query, even when it begins with a dash."""
    result = invoke("tag", "+obituary", "--", "-saiga", "memoriam")

    assert result.code == 0
    assert invoke("list", "tag:obituary", "--format", "ids").out == "5\n"


def test_tags_to_remove_that_look_like_options(archive, invoke):
    """It removes the tag `draft` where `-d` is no option of the command."""
    invoke("tag", "+draft", "+news", "memoriam")

    result = invoke("tag", "-draft", "+d", "memoriam")

    assert result.code == 0
    assert json.loads(invoke("show", "5", "--json").out)[0]["tags"] == ["news", "d"]


def test_an_unknown_long_option_is_an_error(archive, invoke):
    """It refuses two dashes before a name that no option has."""
    result = invoke("list", "--xyz")

    assert (result.code, result.out) == (2, "")
    assert result.err == "newsarchive: no option --xyz\n  see newsarchive list --help\n"
