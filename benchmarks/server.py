"""Measure archives on a server beside the same ones in files: whole processes, each command beside the other.

usage: python benchmarks/server.py [--rounds 5] [SIZE]

A PostgreSQL server of this machine's packages is started for it, on a socket, with fsync. The archive of SIZE
entries (100,000 unless told, those of scale.py) is imported into a file and copied to the server. Each row is one
command: the least milliseconds of the rounds in the file, on the server, and their ratio, then that of the processor
time of the command itself, which other work on the machine disturbs less; for `add` the ratio is
to an `add` to ten entries in a file. What can be done only once has one round.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scale import Cost, import_entries, run

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from postgres import MISSING, programs, running

READING = {
    "list --limit 20": ("list", "--limit", "20"),
    "search saiga": ("search", "saiga"),
    "search snow lepard": ("search", "snow", "lepard"),
    "show 7": ("show", "7"),
    "history": ("history", "--limit", "5"),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if programs() is None:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder, running(fsync=True) as server:
        os.environ["HOME"] = folder
        few, many = (Path(folder, str(size), "archive.json") for size in (10, options.size))
        for path, size in ((few, 10), (many, options.size)):
            import_entries(path, size)
        address = server.new_database()
        print(f"{options.size:,} entries{'file':>20}{'server':>10}{'ratio':>8}{'processor':>11}", flush=True)
        show("copy", [run(many, "copy", str(many), address)] * 2)
        show("first search", [run(place, "search", "saiga") for place in (many, address)])
        for name, words in READING.items():
            show(name, least(words, [many, address], options.rounds))
        show("add (file: of ten)", least(("add", "--title", "A story"), [few, address], options.rounds))
        show("search after an add", after_add([many, address], options.rounds))
        tagging = ("tag", "+in-3000", "--id", f"1-{min(3_000, options.size)}")
        show("tag 3,000", [run(place, *tagging) for place in (many, address)])
        shutil.rmtree(Path(folder, ".cache"))
        (many.parent / ".newsarchive" / many.name / "index.sqlite3").unlink()
        show("search, a fresh machine", [run(place, "search", "saiga") for place in (many, address)])


def least(words: Sequence[str], places: Sequence[Path | str], rounds: int) -> list[Cost]:
    """Run a command in each place in turn; return the least that it took in each."""
    turns = [[run(place, *words) for place in places] for _ in range(rounds + 1)][1:]
    return leasts(turns)


def leasts(turns: Sequence[Sequence[Cost]]) -> list[Cost]:
    """Return the least of each figure for each place."""
    return [Cost(*map(min, zip(*costs, strict=True))) for costs in zip(*turns, strict=True)]


def after_add(places: Sequence[Path | str], rounds: int) -> list[Cost]:
    """Return what a search takes that finds the archive changed."""
    turns = []
    for _ in range(rounds):
        for place in places:
            run(place, "add", "--title", "A story")
        turns.append([run(place, "search", "saiga") for place in places])
    return leasts(turns)


def show(name: str, costs: Sequence[Cost]) -> None:
    """Print a row."""
    one, other = (cost.milliseconds for cost in costs)
    own, servers = (cost.processor for cost in costs)
    print(f"{name:24}{one:10,.0f}{other:10,.0f}{other / one:8.2f}{servers / own:11.2f}", flush=True)


if __name__ == "__main__":
    main()
