"""Compare writing a whole archive in each format with reading it, and with what another build takes.

usage: python benchmarks/exporting.py [SIZE [ROUNDS [FORMAT…]]] [--beside PYTHON]

The archive has SIZE entries (default 100,000) from the generator of scale.py. Every measurement is a process of its
own, in turn with the others, ROUNDS times (default 3) after one round that is not counted, into a file that is not
there yet. Printed are seconds of the processor, the least of the rounds, their ratio to reading the archive and
building every entry, what was written, and the most memory in MB that a process took. PYTHON is that of a virtual
environment with another build, such as one of commit 52c5fafa, for which the same is printed, and the ratio of this
build to that one.

Install both plainly (`pip install .`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import processes
from scale import write_entries

from newsarchive.formats.registry import names

READ: Final = "import sys, pathlib, newsarchive.archive as a; a.Archive(pathlib.Path(sys.argv[1])).entries"
READING: Final = "read and build"
FOLDERS: Final = ("markdown",)
"""Formats of many files, whose time is that of the file system."""


class Build:
    """An installation of the program, its archive, and what each command took in it."""

    def __init__(self, python: str, folder: Path, source: Path) -> None:
        folder.mkdir()
        self._python = python
        self._archive = folder / "archive.json"
        self._output = folder / "output"
        self.costs: dict[str, list[processes.Ran]] = {}
        self.written: dict[str, float] = {}
        self._newsarchive("import", str(source))

    def _newsarchive(self, *words: str) -> processes.Ran:
        return self._run("-m", "newsarchive", "-q", "-a", str(self._archive), *words)

    def _run(self, *words: str) -> processes.Ran:
        command = [self._python, "-P", *words]
        return processes.expect(processes.run(command, folder=self._archive.parent), words)

    def measure(self, form: str) -> None:
        """Export in a format, or read."""
        self._output.unlink(missing_ok=True)
        if form == READING:
            ran = self._run("-c", READ, str(self._archive))
        else:
            ran = self._newsarchive("export", "--format", form, "-o", str(self._output))
            self.written[form] = self._output.stat().st_size / 1e6
        self.costs.setdefault(form, []).append(ran)

    def cost(self, form: str) -> Cost:
        """Return what a format took, without the first round."""
        counted = self.costs[form][1:]
        return Cost(min(ran.processor for ran in counted), max(ran.megabytes for ran in counted))


class Cost(NamedTuple):
    """Seconds of the processor, and MB of memory."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=100_000)
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    parser.add_argument("forms", nargs="*")
    parser.add_argument("--beside", metavar="PYTHON")
    options = parser.parse_args()
    forms = [READING, *(options.forms or (form for form in names("writer") if form not in FOLDERS))]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "source.jsonl")
        write_entries(source, options.size)
        pythons = [sys.executable, *([options.beside] if options.beside else [])]
        builds = [Build(python, Path(name, str(number)), source) for number, python in enumerate(pythons)]
        for _ in range(options.rounds + 1):
            for form in forms:
                for build in builds:
                    build.measure(form)
        _print(options.size, forms, builds)


def _print(size: int, forms: Sequence[str], builds: Sequence[Build]) -> None:
    beside = f"{'that build':>14}{'ratio':>8}{'MB':>8}" if len(builds) > 1 else ""
    print(f"{size:,} entries{'seconds':>15}{'ratio':>8}{'MB written':>13}{'MB':>8}{beside}")
    base = builds[0].cost(READING).seconds
    for form in forms:
        seconds, megabytes = builds[0].cost(form)
        written = builds[0].written.get(form, 0.0)
        print(f"{form:21}{seconds:8.2f}{seconds / base:8.2f}{written:13.1f}{megabytes:8.0f}", end="")
        for other in builds[1:]:
            theirs = other.cost(form)
            print(f"{theirs.seconds:14.2f}{seconds / theirs.seconds:8.2f}{theirs.megabytes:8.0f}", end="")
        print(flush=True)


if __name__ == "__main__":
    main()
