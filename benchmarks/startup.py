"""Compare the start-up of newsarchive's commands with a Typer hello world that prints a Rich table.

usage: python benchmarks/startup.py [ROUNDS] [PYTHON]

Every command runs as a process of its own, in turn with the others, ROUNDS times (default 15) after one
round that is not counted, which also compiles modules. Printed are medians of processor time in milliseconds
and the ratio to the hello world of the same run: machines are noisy, ratios within a run are not. With the
PYTHON of a virtual environment that has another build, the same is done with that one, and the ratio of this
one's median to its is printed. Not for Windows.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LISTING = Path(__file__).parent.parent / "tests" / "data" / "cami-news-listing.txt"

HELLO = """
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def hello() -> None:
    table = Table("Id", "Date", "Title")
    for number in range(1, 11):
        table.add_row(str(number), "2021-01-29", "In memoriam")
    Console().print(table)


@app.command()
def other() -> None:
    pass


app()
"""


Command = tuple[list[str], dict[str, str]]
"""Arguments, and what is added to the environment."""


def main(rounds: int, pythons: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        builds = [_commands(Path(folder, str(number)), python) for number, python in enumerate(pythons)]
        times: dict[tuple[str, int], list[float]] = {}
        for number in range(rounds + 1):
            for name in builds[0]:
                for build, commands in enumerate(builds):
                    seconds = _run_on_terminal(*commands[name])
                    if number:
                        times.setdefault((name, build), []).append(seconds)
    medians = {key: statistics.median(values) for key, values in times.items()}
    for name in builds[0]:
        line = f"{name:20}"
        for build in range(len(builds)):
            median = medians[name, build]
            line += f"{median * 1000:8.0f} ms{median / medians['hello world', build]:7.2f}"
        print(line + (f"{medians[name, 0] / medians[name, 1]:9.2f} of the other" if len(builds) > 1 else ""))


def _commands(folder: Path, python: str) -> dict[str, Command]:
    """Make an archive of ten entries and return what is run with it."""
    folder.mkdir()
    hello, archive = folder / "hello.py", folder / "archive.json"
    hello.write_text(HELLO)
    # -P: the newsarchive that is installed, not the one of the current folder.
    program = [python, "-P", "-m", "newsarchive", "-a", str(archive)]
    subprocess.run([*program, "import", str(LISTING)], check=True, capture_output=True)
    words = ["--version", "--help", "list", "list --json", "search saiga", "search snow lepard", "tags"]
    commands: dict[str, Command] = {"hello world": ([python, str(hello), "hello"], {})}
    commands |= {each: ([*program, *each.split()], {}) for each in words}
    asked = {"COMP_WORDS": "newsarchive li", "COMP_CWORD": "1", "_NEWSARCHIVE_COMPLETE": "complete_bash"}
    commands["completion"] = (program[:4], asked)
    commands["add"] = ([*program, "add", "--title", "A story"], {})
    return commands


def _run_on_terminal(command: list[str], added: dict[str, str]) -> float:
    """Return the processor time of one run whose output is a terminal, so that tables are drawn by Rich."""
    ours, theirs = os.openpty()
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    actions: list[tuple[Any, ...]] = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    actions += [(os.POSIX_SPAWN_DUP2, theirs, number) for number in (1, 2)]
    process = os.posix_spawn(command[0], command, environ | added, file_actions=actions)
    os.close(theirs)
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # the other end is closed
        pass
    _, status, used = os.wait4(process, 0)
    os.close(ours)
    if status:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15, [sys.executable, *sys.argv[2:3]])
