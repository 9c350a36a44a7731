"""The examples of a page: the files that it shows, and its commands with what they print.

usage: python tests/pages.py PAGE

puts into the page what its commands print now; it is for pages whose commands are typed into a shell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote, split
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


class Typed(NamedTuple):
    """A command line that a page shows after a `$`, and what it prints."""

    line: str
    printed: str


def typed_in(text: str) -> list[Typed]:
    """Return all that is typed into a shell in the console fences of a page, newsarchive or not."""
    return [Typed(*found) for found in re.findall(_TYPED, "".join(re.findall(_CONSOLE, text)))]


def type_in(lines: Sequence[str], folder: Path) -> list[Typed]:
    """Type lines into one shell in a folder, where newsarchive is on the path; return what each printed."""
    tools = folder.with_name(f"{folder.name}-tools")
    tools.mkdir()
    tool = tools / "newsarchive"
    tool.write_text(f'#!/bin/sh\nexec {quote(sys.executable)} -m newsarchive "$@"\n')
    tool.chmod(0o755)
    script = "".join(f"{{ {line}\n}} 2>&1\nprintf '\\0'\n" for line in lines)
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    printed = done.stdout.decode().replace(str(folder), "/home/you").split("\0")
    return [Typed(*pair) for pair in zip(lines, printed, strict=False)]


def prepare(text: str, home: Path) -> None:
    """Write the files of a page into a folder, and where it says so the archive that comes with the program."""
    example_in(text).write_files(home)
    if "on a copy of `archive.json`" in text:
        shutil.copy(ROOT / "archive.json", home)


def section(page: str, heading: str) -> str:
    """Return the text below a heading, up to the next one of its kind."""
    text = (ROOT / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    return text.partition("\n## ")[0]


_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def example_in(text: str) -> Example:
    """Return what stands in the fences of a page: ```csv name for a file, ```console for commands."""
    sessions = _CONSOLE.findall(text)
    return Example(
        re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL),
        re.findall(r"^\$ newsarchive (.+)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.MULTILINE),
    )


def _rewrite(page: Path) -> None:
    """Put into a page what its commands print now."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "you")
        home.mkdir()
        prepare(text, home)
        now = iter(type_in([line for line, _ in typed_in(text)], home))

    def fence(match: re.Match[str]) -> str:
        return (
            "```console\n"
            + "".join(f"$ {line}\n{next(now).printed}" for line, _ in _TYPED.findall(match[1]))
            + "```"
        )

    page.write_text(_CONSOLE.sub(fence, text), encoding="utf-8")


if __name__ == "__main__":
    _rewrite(Path(sys.argv[1]))
