"""The manual page is what the registry says, and man shows it as it is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from commands import COMMANDS_BY_NAME, NAMES
from pages import ROOT

from newsarchive import __version__

PAGE = (ROOT / "docs" / "newsarchive.1").read_text(encoding="utf-8")
REQUESTS = {".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi", ".RS", ".RE"}


def test_the_page_can_be_printed():
    """It is what a maintainer gets from that command."""
    done = subprocess.run([sys.executable, "-m", "newsarchive.cli.manual"], capture_output=True, check=True)

    assert done.stdout.decode() == PAGE


def test_every_command_has_its_part():
    """It heads one with the words that call each command, in the order of the help."""
    assert re.findall(r"^\.SS (.+)$", PAGE, re.MULTILINE) == [name.replace("-", r"\-") for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_there(name):
    """It has the options that the command's --help shows, its own or those of all, and its examples."""
    part = PAGE.partition(f"\n.SS {name}\n")[2].partition("\n.S")[0].replace(r"\-", "-").replace(r"\(aq", "'")
    command = COMMANDS_BY_NAME[name]
    options = [item for item in command.params if item.param_type_name == "option" and not item.hidden]
    everywhere = PAGE.partition("\n.SH GLOBAL OPTIONS\n")[2].partition("\n.SH")[0].replace(r"\-", "-")

    assert [
        item.opts for item in options if item.opts[0] not in part and item.opts[0] not in everywhere
    ] == []
    assert command.epilog.splitlines()[0].replace('"', r"\(dq").replace("\\\\", r"\e") in part


def test_the_exit_codes_are_those_of_the_readme():
    """It explains each."""
    readme = re.findall(r"^\| (\d+) \| ", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    part = PAGE.partition(".SH EXIT STATUS")[2].partition(".SH")[0]

    assert re.findall(r"^\\fB(\d+)\\fP$", part, re.MULTILINE) == readme


def test_no_line_is_a_request_by_accident():
    """It begins a line with a dot or an apostrophe only where man is asked for something."""
    lines = PAGE.splitlines()

    assert {line.split()[0] for line in lines if line.startswith((".", "'"))} == REQUESTS
    assert [
        line for line in lines if re.search(r"(?<!\\)-|\\(?![-e&(f])", line) and not line.startswith(".TH")
    ] == []


def test_it_is_installed():
    """It is among the files that a wheel brings to where man looks."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert settings["tool"]["setuptools"]["data-files"] == {"share/man/man1": ["docs/newsarchive.1"]}


@pytest.mark.skipif(not shutil.which("mandoc"), reason="needs mandoc: apt-get install mandoc")
def test_mandoc_finds_nothing_to_warn_of():
    """It has no fault that is more than style; it is without a date, so that it stays the same."""
    done = subprocess.run(
        ["mandoc", "-Tlint", "-Wwarning", str(ROOT / "docs" / "newsarchive.1")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stdout.splitlines() if "missing date" not in line] == []


def test_the_version_is_the_same_everywhere():
    """It is that of the program in the citation, and the newest of the changelog."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"\nversion: {__version__}\n" in citation
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[0] == __version__
