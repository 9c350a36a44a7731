"""Compare commands that write, read the history or go through all entries with those of another build.

usage: python benchmarks/writes.py PYTHON [--size 100000] [--rounds 5]

PYTHON is that of a virtual environment with the other build, such as one of commit 52c5fafa. Each build imports
the same synthetic entries (the generator of scale.py) into an archive of its own and builds its index; then the
commands run as whole processes, the builds in turn within a round. For each command: processor time of this
build and of the other in milliseconds, the least of the rounds, their ratio, and the most memory in MB that a
process of each took. Imports have at most two rounds, each into a new archive or a copy of the one that is there: of
JSONL, of JSONL of which every other story is there already, of CSV, of posts. Exports have one round.

Install both plainly (`pip install .`). Not for Windows.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import processes
from scale import entries

POSTS: Final = 8_000
MOST_IMPORTS: Final = 2
FORMATS: Final = ("csv", "atom", "bibtex")
REPEATED: Final = {
    "add": ("add", "--title", "A story"),
    "add, with an address": ("add", "--title", "A story", "--url", "https://news.example/story"),
    "tag one entry": ("tag", "+one", "id:7"),
    "undo of that": ("undo",),
    "tag 3,000 entries": ("tag", "+many", "--id", "1-3000"),
    "undo of those": ("undo",),
    "history": ("history",),
}


class Cost(NamedTuple):
    """Of one process: milliseconds of the processor, in the program and in the system, and MB of memory."""

    milliseconds: float
    megabytes: float
    seconds: float = 0.0
    """By the clock."""


class Build:
    """An installation of the program, and its archive."""

    def __init__(self, python: str, folder: Path) -> None:
        folder.mkdir()
        self.archive = folder / "archive.json"
        self._python = python
        self.folder = folder

    def run(self, *words: str, archive: Path | None = None) -> Cost:
        """Run one command as a process of its own."""
        command = [self._python, "-P", "-m", "newsarchive", "-q", "-a", str(archive or self.archive), *words]
        ran = processes.expect(processes.run(command, folder=self.folder), words)
        return Cost(ran.processor * 1000, ran.megabytes, ran.wall)

    def first(self, *words: str) -> Cost:
        """Run a command where there is no index, and wait for the process that may be left to build it."""
        self.index.unlink(missing_ok=True)
        cost = self.run(*words)
        while not self.index.exists():
            time.sleep(0.1)
        return cost

    @property
    def index(self) -> Path:
        """Where the index is."""
        return self.folder / ".newsarchive" / self.archive.name / "index.sqlite3"

    def imported(self, source: Path, *, has_archive: bool) -> Cost:
        """Import into a new archive, or into a copy of the one that is there."""
        folder = self.folder / "apart"
        folder.mkdir()
        archive = folder / self.archive.name
        if has_archive:
            shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=lambda *_: {folder.name})
        cost = self.run("import", str(source), archive=archive)
        shutil.rmtree(folder)
        return cost


class Sources(NamedTuple):
    """What is imported."""

    stories: Path
    again: Path
    """Every other story is there already."""
    table: Path
    posts: Path

    def imports(self) -> list[tuple[str, Path, bool]]:
        """Return of each import what it is called, its source, and whether it is into the archive that is there."""
        return [
            ("JSONL", self.stories, False),
            ("JSONL, half there", self.again, True),
            ("CSV", self.table, False),
            (f"{POSTS:,} posts", self.posts, False),
        ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        builds = [Build(sys.executable, folder / "this"), Build(options.other, folder / "other")]
        sources = _sources(folder, options.size)
        print(f"{options.size:,} entries{'this':>24}{'other':>9}{'ratio':>8}{'MB':>7}{'other':>7}")
        for build in builds:
            build.run("import", str(sources.stories))
        for name_of, source, has_archive in sources.imports():
            costs: list[list[Cost]] = [[] for _ in builds]
            for _ in range(min(options.rounds, MOST_IMPORTS)):
                for place, build in enumerate(builds):
                    costs[place].append(build.imported(source, has_archive=has_archive))
            _print(f"import of {name_of}", costs)
        _print_first(builds, options.rounds)
        _print_repeated(builds, options.rounds)
        for form in FORMATS:
            words = ("export", "--format", form, "-o", f"out.{form}")
            _print(f"export to {form}", [[build.run(*words)] for build in builds])


def _print_first(builds: Sequence[Build], rounds: int) -> None:
    """Print what the first list and the first search take, when there is no index.

    The processor's time of a process that a list leaves behind, to build the index, is not in it.
    """
    lists: list[list[Cost]] = [[] for _ in builds]
    searches: list[list[Cost]] = [[] for _ in builds]
    for _ in range(rounds):
        for build, listed, searched in zip(builds, lists, searches, strict=True):
            listed.append(build.first("list", "--limit", "20"))
            searched.append(build.first("search", "saiga"))
    for name, costs in (("first list", lists), ("first search", searches)):
        _print(name, costs)
        seconds = [min(cost.seconds for cost in of_build) for of_build in costs]
        ratio = f"{seconds[0] / seconds[1]:8.2f}"
        print(
            f"{f'{name}, by the clock':26}{seconds[0] * 1000:10,.0f}{seconds[1] * 1000:9,.0f}{ratio}",
            flush=True,
        )


def _print_repeated(builds: Sequence[Build], rounds: int) -> None:
    costs: dict[str, list[list[Cost]]] = {name: [[] for _ in builds] for name in REPEATED}
    for _ in range(rounds):
        for name, words in REPEATED.items():
            for place, build in enumerate(builds):
                costs[name][place].append(build.run(*words))
    for name, by_build in costs.items():
        _print(name, by_build)


def _print(name: str, by_build: Sequence[Sequence[Cost]]) -> None:
    this, other = (min(cost.milliseconds for cost in costs) for costs in by_build)
    most = [max(cost.megabytes for cost in costs) for costs in by_build]
    print(f"{name:28}{this:10,.0f}{other:9,.0f}{this / other:8.2f}{most[0]:7.0f}{most[1]:7.0f}", flush=True)


def _sources(folder: Path, size: int) -> Sources:
    """Write the entries as JSONL and as a table, and some of them as the posts of a site."""
    sources = Sources(*(folder / name for name in ("stories.jsonl", "again.jsonl", "stories.csv", "posts")))
    sources.posts.mkdir()
    with (
        sources.stories.open("w", encoding="utf-8") as stories,
        sources.again.open("w", encoding="utf-8") as again,
        sources.table.open("w", encoding="utf-8", newline="") as table,
    ):
        rows = csv.writer(table)
        rows.writerow(("title", "date", "summary", "url", "languages", "tags"))
        for number, entry in enumerate(entries(max(size, POSTS)), 1):
            if number <= POSTS:
                (sources.posts / f"{number:05}.md").write_text(_post(entry), encoding="utf-8")
            if number > size:
                continue
            stories.write(json.dumps(entry, ensure_ascii=False) + "\n")
            lists = ("; ".join(entry[name]) for name in ("languages", "tags"))  # type: ignore[call-overload]
            rows.writerow((*(entry[name] for name in ("title", "date", "summary", "url")), *lists))
            other = {"title": f"{entry['title']} again", "url": f"{entry['url']}/again"} if number % 2 else {}
            again.write(json.dumps({**entry, **other}, ensure_ascii=False) + "\n")
    return sources


def _post(entry: Mapping[str, object]) -> str:
    head = {name: entry[name] for name in ("title", "date", "url", "languages", "tags")}
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items())
    return f"---\n{lines}---\n\n{entry['summary']}\n\n{entry['body']}\n"


if __name__ == "__main__":
    main()
