"""What a peer must say of itself to be compared, and how one of its commands is run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import processes


class Cost(NamedTuple):
    """What a command took: milliseconds of the processor and by the clock, megabytes at most."""

    processor: float
    wall: float
    megabytes: float


class Peer:
    """A program with an archive of its own in `folder`, which holds `stories` (a file of JSON lines).

    Each method that names an operation returns the commands that carry it out. What is written before they
    run (`prepare`) is the stories in the peer's own format, and is not measured.
    """

    name: str
    most = sys.maxsize
    """How many stories it is given at most, because it would take minutes for more."""
    shown = r"https://news\.example/(\d+)"
    """How the number of a story stands in what a search prints."""

    def __init__(self, folder: Path, stories: Path) -> None:
        self.folder, self.stories = folder, stories

    @classmethod
    def version(cls) -> str | None:
        """Return the version that is installed, None where there is none."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Write the stories in the peer's own format."""

    def build(self) -> list[Sequence[str]]:
        """Take in all stories, until they can be searched."""
        raise NotImplementedError

    def search(self, words: str) -> list[Sequence[str]]:
        """Print the best ten, or the newest where there is no best."""
        raise NotImplementedError

    def search_misspelt(self, words: str) -> list[Sequence[str]]:
        """Do the same in spite of spelling, as far as the peer can."""
        return self.search(words)

    def list_newest(self) -> list[Sequence[str]]:
        """Print twenty stories, the newest where there is an order."""
        raise NotImplementedError

    def add(self) -> list[Sequence[str]]:
        """Add one story."""
        raise NotImplementedError

    def tag(self) -> list[Sequence[str]]:
        """Give the tag reviewed to all stories that have the tag campaign."""
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        """Return what the commands need in the environment; no peer sees the user's own archive."""
        return {"HOME": str(self.folder)}

    def run(self, commands: Sequence[Sequence[str]]) -> tuple[Cost, str]:
        """Run commands one after the other; return what they took together, and what they printed."""
        costs, printed = zip(*(self._run_one(command) for command in commands), strict=True)
        processor, wall, megabytes = zip(*costs, strict=True)
        return Cost(sum(processor), sum(wall), max(megabytes)), "".join(printed)

    def _run_one(self, command: Sequence[str]) -> tuple[Cost, str]:
        environment = {**os.environ, **self.environment(), "LC_ALL": "C.UTF-8"}
        ran = processes.run(command, environment, subprocess.PIPE, subprocess.PIPE)
        if ran.code:
            raise SystemExit(f"{self.name}: {' '.join(command)[:200]} ended with {ran.code}\n{ran.complaint}")
        return Cost(ran.processor * 1000, ran.wall * 1000, ran.megabytes), ran.printed

    def numbers(self, printed: str) -> list[int]:
        """Return the numbers of the stories that a search printed, in its order."""
        return [int(number) for number in re.findall(self.shown, printed, re.MULTILINE)]

    def read_stories(self) -> Iterator[dict[str, Any]]:
        """Yield the stories, one after the other: the measuring process stays small."""
        with self.stories.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def first_line(*command: str) -> str | None:
    """Return the first line that a command prints, None where it is not installed."""
    try:
        printed = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    return (printed.stdout or printed.stderr).strip().splitlines()[0]
