"""The page on importing is true: its files are written, its commands run, and what they print is compared."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import split

PAGE = (Path(__file__).parent.parent / "docs" / "importing.md").read_text(encoding="utf-8")

FILES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SESSIONS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    (command, printed)
    for session in SESSIONS
    for command, printed in re.findall(r"^\$ newsarchive (.+)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE)
]


def test_the_page_has_an_example():
    """It would be no check if the files and commands of the page were not recognised."""
    assert len(FILES) == 6
    assert len(COMMANDS) == 8 == PAGE.count("\n$ ")


def test_every_command_prints_what_the_page_shows(alone, invoke):
    """It runs the commands in their order in a folder with the files of the page."""
    for name, content in FILES:
        (alone / name).parent.mkdir(exist_ok=True)
        (alone / name).write_text(content, encoding="utf-8")

    for command, printed in COMMANDS:
        result = invoke(*split(command))

        assert (result.err + result.out).replace(str(alone), "/home/you/news") == printed, command
