"""Measure archives on a server beside the same ones in files: whole processes, each command beside the other.

usage: python benchmarks/server.py [--rounds 5] [--folder FOLDER] [SIZE…]

A PostgreSQL server of this machine's packages is started for it, on a socket, with fsync. For each SIZE (100,000
unless told; the entries are those of scale.py) an archive is imported into a file and straight to the server, and
copied from the one to the other. Each row is one command: the least milliseconds of the rounds in the file, on the
server, and their ratio, then that of the processor time of the command itself, which other work on the machine
disturbs less, and the most memory in MB that the command on the server took; for `add` the ratio is to an `add` to
ten entries in a file. What can be done only once has one round. With several sizes, the last table has what
commands on the server take with the smallest and the largest, in turn.

The archives stay in FOLDER, and are there for the next time; without one all is temporary.

Install the program plainly (`pip install .`): an editable installation costs 50 ms by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from scale import Cost, entries, run

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from postgres import MISSING, Server, programs

READING = {
    "list --limit 20": ("list", "--limit", "20"),
    "search saiga": ("search", "saiga"),
    "search snow lepard": ("search", "snow", "lepard"),
    "search conservation": ("search", "conservation"),
    "show 7": ("show", "7"),
    "history": ("history", "--limit", "5"),
}
FEW = 10
ADD = ("add", "--title", "A story")


class Pair(NamedTuple):
    """One archive in a file, and on the server."""

    file: Path
    address: str


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if programs() is None:
        raise SystemExit(MISSING)
    with place(options.folder) as (folder, server):
        os.environ["HOME"] = str(folder)
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            os.environ.pop(name, None)
        few = folder / str(FEW) / "archive.json"
        if not few.exists():
            run(few, "import", str(source(few, FEW)))
        sizes = sorted(options.sizes)
        pairs = [of_size(size, folder, server, few, options.rounds) for size in sizes]
        if len(pairs) > 1:
            grown(sizes, [pair.address for pair in (pairs[0], pairs[-1])], options.rounds)


@contextmanager
def place(folder: Path | None) -> Iterator[tuple[Path, Server]]:
    """Start a server whose data stay in a folder, or go at the end."""
    with tempfile.TemporaryDirectory(prefix="newsarchive-pg-") as temporary:
        base = Path(temporary) if folder is None else folder.absolute()
        base.mkdir(parents=True, exist_ok=True)
        for each in (Path(temporary), base):
            each.chmod(0o755)  # the server may be somebody else's
        (base / "pg").mkdir(exist_ok=True)
        server = Server(base / "pg", fsync=True)
        if not server.data.exists():
            server.make()
        server.start()
        try:
            yield base, server
        finally:
            server.stop()


def of_size(size: int, folder: Path, server: Server, few: Path, rounds: int) -> Pair:
    """Print the table of a size."""
    print(f"\n{size:,} entries{'file':>22}{'server':>10}{'ratio':>8}{'processor':>11}{'MB':>7}", flush=True)
    file, name = folder / str(size) / "archive.json", f"size{size}"
    pair = Pair(file, server.address(name))
    if not file.exists():
        make(pair, size, server, name)
    index = file.parent / ".newsarchive" / file.name / "index.sqlite3"
    index.unlink(missing_ok=True)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    show("search, a fresh machine", [run(one, "search", "saiga") for one in pair])
    replica = sum(path.stat().st_size for path in (folder / ".cache").rglob("index.sqlite3"))
    for command, words in READING.items():
        show(command, least(words, pair, rounds))
    show("add (file: of ten)", least(ADD, [few, pair.address], rounds))
    show("search after an add", after_add(pair, rounds))
    tagging = ("tag", f"+in-{time.time():.0f}", "--id", f"1-{min(3_000, size)}")
    show("tag 3,000", [run(one, *tagging) for one in pair])
    database = int(server.sql(f"SELECT pg_database_size('{name}')"))
    print(
        f"file {file.stat().st_size / 1e6:,.0f} MB, database {database / 1e6:,.0f} MB, "
        f"index on each machine {replica / 1e6:,.0f} MB"
    )
    return pair


def make(pair: Pair, size: int, server: Server, name: str) -> None:
    """Import the entries into a file and straight to the server, and copy the one to the other."""
    wanted = source(pair.file, size)
    for database in ("imported", name):
        server.sql(f"CREATE DATABASE {database}")
    imported = server.address("imported")
    run(imported, "init")
    show("import", [run(one, "import", str(wanted)) for one in (pair.file, imported)])
    show("copy (both to it)", [run("", "copy", str(pair.file), pair.address)] * 2)
    server.sql("DROP DATABASE imported")
    wanted.unlink()


def source(file: Path, size: int) -> Path:
    """Write the entries beside an archive that is to be."""
    file.parent.mkdir(exist_ok=True)
    path = file.with_name("source.jsonl")
    with path.open("w", encoding="utf-8") as lines:
        for entry in entries(size):
            print(json.dumps(entry, ensure_ascii=False), file=lines)
    return path


def grown(sizes: Sequence[int], addresses: Sequence[str], rounds: int) -> None:
    """Print what commands take with the smallest and the largest archive on the server."""
    print(f"\non the server{sizes[0]:>22,}{sizes[-1]:>10,}{'ratio':>8}{'processor':>11}{'MB':>7}", flush=True)
    for command, words in {**READING, "add": ADD}.items():
        show(command, least(words, addresses, rounds))
    show("search after an add", after_add(addresses, rounds))
    for round_ in range(2):
        tagging = ("tag", f"+in-{time.time():.0f}-{round_}", "--id", "1-3000")
        show("tag 3,000", [run(one, *tagging) for one in addresses])


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
            run(place, *ADD)
        turns.append([run(place, "search", "saiga") for place in places])
    return leasts(turns)


def show(name: str, costs: Sequence[Cost]) -> None:
    """Print a row."""
    one, other = (cost.milliseconds for cost in costs)
    own, servers = (cost.processor for cost in costs)
    most = costs[1].megabytes
    print(
        f"{name:24}{one:10,.0f}{other:10,.0f}{other / one:8.2f}{servers / own:11.2f}{most:7.0f}", flush=True
    )


if __name__ == "__main__":
    main()
