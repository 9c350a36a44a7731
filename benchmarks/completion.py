"""Measure how long a shell waits for what a command line may become, in a large archive.

usage: python benchmarks/completion.py [SIZE [ROUNDS]]

The archive has SIZE entries (default 100,000) from the generator of scale.py, and its search index. Every
answer is a process of its own, asked as the scripts of the shells ask, ROUNDS times (default 7) after one
round that is not counted. Printed are medians in milliseconds, for each shell, and for an archive without an
index, of which nothing can be known in so short a time; at the end the least that a process takes.

Install the program plainly (`pip install .`): an editable installation costs 50 ms by itself.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scale import import_entries, run

SHELLS = ("bash", "zsh", "fish")
LINES = {
    "commands": ["ta"],
    "options": ["list", "--li"],
    "fields": ["list", "ti"],
    "ids with titles": ["show", "7"],
    "tags": ["list", "--tag", "topic-1"],
    "tags after +": ["tag", "+"],
    "tags after -": ["tag", "-t"],
    "tags after tag:": ["list", "tag:to"],
    "languages": ["list", "lang:"],
}


def main(size: int = 100_000, rounds: int = 7) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive", "archive.json")
        import_entries(archive, size)
        bare = Path(folder, "bare", "archive.json")
        bare.parent.mkdir()
        os.link(archive, bare)
        run(archive, "search", "saiga")
        print(f"{'milliseconds':20}" + "".join(f"{name:>10}" for name in (*SHELLS, "no index")))
        for name, words in LINES.items():
            asked = [(shell, archive) for shell in SHELLS] + [("fish", bare)]
            times = [[ask(shell, path, words) for shell, path in asked] for _ in range(rounds + 1)][1:]
            medians = map(statistics.median, zip(*times, strict=True))
            print(f"{name:20}" + "".join(f"{median:10.0f}" for median in medians), flush=True)
        version = statistics.median(run(archive, "--version").milliseconds for _ in range(rounds))
        print(f"{'--version':20}{version:10.0f}")


def ask(shell: str, archive: Path, words: Sequence[str]) -> float:
    """Ask as a shell does, and return the milliseconds until the answer is there."""
    environ = {**os.environ, "_NEWSARCHIVE_COMPLETE": shell, "NEWSARCHIVE_FILE": str(archive)}
    if shell == "bash":
        environ |= {
            "COMP_LINE": " ".join(["newsarchive", *words]),
            "COMP_TYPE": "9",
            "COMP_WORDBREAKS": " :=",
        }
        words = []
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "newsarchive", *words], env=environ, check=True, capture_output=True
    )
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
