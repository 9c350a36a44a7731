"""Compare commands that write, read the history or go through all entries with those of another build.

usage: python benchmarks/writes.py PYTHON [--size 100000] [--rounds 5]

PYTHON is that of a virtual environment with the other build, such as one of commit 52c5fafa. Each build imports
the same synthetic entries (the generator of scale.py) into an archive of its own and builds its index; then the
commands run as whole processes, the builds in turn within a round. For each command: processor time of this
build and of the other in milliseconds, the least of the rounds, their ratio, and the most memory in MB that a
process of each took. Imports and exports have one round.

Install both plainly (`pip install .`). Not for Windows.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import processes
from scale import entries

POSTS: Final = 8_000
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
        return Cost(ran.processor * 1000, ran.megabytes)


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
        source, posts = _sources(folder, options.size)
        print(f"{options.size:,} entries{'this':>22}{'other':>9}{'ratio':>8}{'MB':>7}{'other':>7}")
        _print("import of JSONL", [[build.run("import", str(source))] for build in builds])
        for build in builds:
            build.run("search", "saiga")
        _print_repeated(builds, options.rounds)
        apart = [build.run("import", str(posts), archive=build.folder / "posts.json") for build in builds]
        _print(f"import of {POSTS:,} posts", [[cost] for cost in apart])
        for form in FORMATS:
            words = ("export", "--format", form, "-o", f"out.{form}")
            _print(f"export to {form}", [[build.run(*words)] for build in builds])


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
    print(f"{name:26}{this:10,.0f}{other:9,.0f}{this / other:8.2f}{most[0]:7.0f}{most[1]:7.0f}", flush=True)


def _sources(folder: Path, size: int) -> tuple[Path, Path]:
    """Write the entries as JSONL, and some of them as the posts of a site."""
    source, posts = folder / "source.jsonl", folder / "posts"
    posts.mkdir()
    with source.open("w", encoding="utf-8") as file:
        for number, entry in enumerate(entries(max(size, POSTS)), 1):
            if number <= size:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            if number <= POSTS:
                head = {name: entry[name] for name in ("title", "date", "url", "languages", "tags")}
                lines = "".join(
                    f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items()
                )
                text = f"---\n{lines}---\n\n{entry['summary']}\n\n{entry['body']}\n"
                (posts / f"{number:05}.md").write_text(text, encoding="utf-8")
    return source, posts


if __name__ == "__main__":
    main()
