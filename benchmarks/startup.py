"""Compare the start-up of newsarchive's commands with a Typer hello world that prints a Rich table.

usage: python benchmarks/startup.py [ROUNDS]

Every command runs as a process of its own, in turn with the others, ROUNDS times (default 15) after one
round that is not counted. Printed are medians in milliseconds and the ratio to the hello world of the same
run: machines are noisy, ratios within a run are not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder, "hello.py")
        hello.write_text(HELLO)
        archive = Path(folder, "archive.json")
        listing = Path(__file__).parent.parent / "tests" / "data" / "cami-news-listing.txt"
        program = [sys.executable, "-m", "newsarchive", "-a", str(archive)]
        subprocess.run([*program, "import", str(listing)], check=True, capture_output=True)
        commands = {
            "hello world": [sys.executable, str(hello), "hello"],
            "--version": [*program, "--version"],
            "--help": [*program, "--help"],
            "list": [*program, "list"],
            "list --json": [*program, "list", "--json"],
            "search saiga": [*program, "search", "saiga"],
            "search snow lepard": [*program, "search", "snow", "lepard"],
            "add": [*program, "add", "--title", "A story"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                seconds = _run_on_terminal(command)
                if number:
                    times[name].append(seconds)
    base = statistics.median(times["hello world"])
    print(f"{'command':20}{'median ms':>10}{'ratio':>8}")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:20}{median * 1000:10.0f}{median / base:8.2f}")


def _run_on_terminal(command: list[str]) -> float:
    """Time one run whose output is a terminal, so that tables are drawn by Rich."""
    ours, theirs = os.openpty()
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        try:
            while os.read(ours, 65536):
                pass
        except OSError:  # the other end is closed
            pass
        process.wait()
    seconds = time.perf_counter() - start
    os.close(ours)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return seconds


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
