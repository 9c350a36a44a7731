"""Compare writing a whole archive in each format with reading it and building every entry.

usage: python benchmarks/exporting.py [SIZE [ROUNDS [FORMAT…]]]

The archive has SIZE entries (default 100,000) from the generator of scale.py. Every measurement is a process
of its own, in turn with the others, ROUNDS times (default 3) after one round that is not counted. Printed are
medians in seconds, the ratio to reading of the same run, what was written, and the most memory a process took:
that of a format which does not hold its output is that of reading, however much it writes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import processes
from scale import import_entries

from newsarchive.formats.registry import names

READ = "import sys, pathlib, newsarchive.archive as a; a.Archive(pathlib.Path(sys.argv[1])).entries"
FOLDERS = ("markdown",)
"""Formats of many files, whose time is that of the file system."""


class Cost(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


def main(size: int = 100_000, rounds: int = 3, *forms: str) -> None:
    forms = forms or tuple(form for form in names("writer") if form not in FOLDERS)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive", "archive.json")
        import_entries(archive, size)
        output = Path(folder, "output")
        export = ["-m", "newsarchive", "-q", "-a", str(archive), "export", "-o", str(output), "--force"]
        commands = {"read and build": ["-c", READ, str(archive)]}
        commands |= {form: [*export, "--format", form] for form in forms}
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        written = {}
        for number in range(rounds + 1):
            for name, words in commands.items():
                output.unlink(missing_ok=True)
                cost = run(words)
                written[name] = output.stat().st_size / 1e6 if output.exists() else 0.0
                if number:
                    costs[name].append(cost)
    base = statistics.median(cost.seconds for cost in costs["read and build"])
    print(f"{size:,} entries{'seconds':>15}{'ratio':>8}{'MB written':>13}{'MB of memory':>14}")
    for name, its in costs.items():
        seconds = statistics.median(cost.seconds for cost in its)
        most = max(cost.megabytes for cost in its)
        print(f"{name:21}{seconds:8.2f}{seconds / base:8.2f}{written[name]:13.1f}{most:14.0f}")


def run(words: list[str]) -> Cost:
    """Run Python as a process of its own."""
    ran = processes.expect(processes.run([sys.executable, *words]), words)
    return Cost(ran.wall, ran.megabytes)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
