"""The examples of a page: the files that it shows, and its commands with what they print."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shlex import split
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent


class Example(NamedTuple):
    """The files that a page shows, by name, and its commands with what they print."""

    files: list[tuple[str, str]]
    commands: list[tuple[str, str]]

    def write_files(self, folder: Path) -> None:
        """Write the files below a folder."""
        for name, content in self.files:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")

    def printed(self, invoke: Callable[..., Any], folder: Path) -> list[tuple[str, str]]:
        """Run the commands in their order, and return them with what they print now."""
        results = [(command, invoke(*split(command, comments=True))) for command, _ in self.commands]
        return [
            (command, (result.err + result.out).replace(str(folder), "/home/you/news"))
            for command, result in results
        ]


def section(page: str, heading: str) -> str:
    """Return the text below a heading, up to the next one of its kind."""
    text = (ROOT / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    return text.partition("\n## ")[0]


def example_in(text: str) -> Example:
    """Return what stands in the fences of a page: ```csv name for a file, ```console for commands."""
    sessions = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return Example(
        re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL),
        re.findall(r"^\$ newsarchive (.+)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.MULTILINE),
    )
