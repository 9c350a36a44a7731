"""The table of commands and the manual page are made by the registry; the README's first examples are run."""

from __future__ import annotations

import shutil
import subprocess
import sys

from pages import ROOT, example_in, section

from newsarchive.cli.manual import manual
from newsarchive.cli.registry import command_reference

README = ROOT / "README.md"


def test_the_table_of_commands_is_up_to_date():
    """It is what `python -m newsarchive.cli.registry` prints."""
    text = README.read_text(encoding="utf-8")

    section = text.partition("<!-- commands -->\n")[2].partition("<!-- /commands -->")[0]

    assert section == command_reference()


def test_the_manual_page_is_up_to_date():
    """It is what `python -m newsarchive.cli.manual` prints, after any change of a command's help."""
    page = (ROOT / "docs" / "newsarchive.1").read_text(encoding="utf-8")

    assert manual() == page, "run: python -m newsarchive.cli.manual > docs/newsarchive.1"


def test_the_table_has_a_row_a_command():
    """It names commands, those of groups by both words, and says what each does."""
    lines = command_reference().splitlines()

    assert lines[:2] == ["| command | what it does |", "|---|---|"]
    assert "| `add` | Add one entry. |" in lines
    assert "| `tags list`, `tags` | List tags with the number of their entries. |" in lines


def test_the_table_can_be_printed():
    """It is what a maintainer gets from the command that CONTRIBUTING names."""
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive.cli.registry"], capture_output=True, text=True, check=True
    )

    assert done.stdout == command_reference()


def test_the_first_examples_print_what_is_shown(alone, invoke):
    """It runs them on the archive that comes with the program."""
    shutil.copy(ROOT / "archive.json", alone)
    example = example_in(section("README.md", "What it does"))

    assert len(example.commands) == 2
    assert example.printed(invoke, alone) == example.commands
