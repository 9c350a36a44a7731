"""What the pages say of importing is true: their files are written, their commands run, the output compared."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import split
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent


class Example(NamedTuple):
    """The files that a page shows, by name, and its commands with what they print."""

    files: list[tuple[str, str]]
    commands: list[tuple[str, str]]


def example_in(text: str) -> Example:
    """Return what stands in the fences of a page: ```csv name for a file, ```console for commands."""
    sessions = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return Example(
        re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL),
        re.findall(r"^\$ newsarchive (.+)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.MULTILINE),
    )


README = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Bringing news in\n")[2]
EXAMPLES = {
    "docs/importing.md": example_in((ROOT / "docs" / "importing.md").read_text(encoding="utf-8")),
    "README.md": example_in(README.partition("\n## ")[0]),
}


def test_the_pages_have_examples():
    """It would be no check if their files and commands were not recognised."""
    found = {name: (len(files), len(commands)) for name, (files, commands) in EXAMPLES.items()}

    assert found == {"docs/importing.md": (6, 8), "README.md": (1, 2)}


@pytest.mark.parametrize("page", EXAMPLES)
def test_every_command_prints_what_the_page_shows(alone, invoke, page):
    """It runs the commands in their order in a folder with the files of the page."""
    for name, content in EXAMPLES[page].files:
        (alone / name).parent.mkdir(exist_ok=True)
        (alone / name).write_text(content, encoding="utf-8")

    for command, printed in EXAMPLES[page].commands:
        result = invoke(*split(command))

        assert (result.err + result.out).replace(str(alone), "/home/you/news") == printed, command
