"""What the commands of a maintainer cost in a large archive: processor time and memory of whole processes.

usage: python benchmarks/curating.py [--rounds 3] [SIZE]

The archive is that of scale.py, 100,000 entries unless told, with 5,000 tags more and an index. The commands run in
turn; the least of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import processes
from scale import entries

LINES = 1_000
MORE_TAGS = 5_000


class Cost(NamedTuple):
    """What one run of a command took: seconds of the processor, and the most memory."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive.json")
        make(archive, options.size)
        costs: dict[str, list[Cost]] = {}
        for _ in range(options.rounds):
            for name, words, codes in commands(Path(folder), options.size):
                costs.setdefault(name, []).append(run(archive, words, codes))
    print(f"{'':34}{'seconds':>9}{'MB':>6}")
    for name, all_ in costs.items():
        print(
            f"{name:34}{min(cost.seconds for cost in all_):9.2f}{min(cost.megabytes for cost in all_):6.0f}"
        )


def make(archive: Path, size: int) -> None:
    """Import the entries, every twentieth with a tag that few have, and build the index."""
    source = archive.with_name("source.jsonl")
    with source.open("w", encoding="utf-8") as file:
        for number, entry in enumerate(entries(size), 1):
            if number % 20 == 0:
                entry["tags"] = [*entry["tags"], f"subject-{number % (20 * MORE_TAGS) // 20:x}-of"]  # type: ignore[misc]
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    run(archive, ["import", str(source)], (0,))
    run(archive, ["search", "saiga"], (0,))


def commands(folder: Path, size: int) -> Iterator[tuple[str, Sequence[str], tuple[int, ...]]]:
    """Yield each command with its name and the exit codes that it may have."""
    lines = folder / "lines.txt"
    queries = (
        "id:{0}",
        "id:{0},{1},{2}",
        "tag:topic-{3} date:20{3}-0{4}",
        "title:saiga tag:subject-{0:x}-of",
    )
    made = (queries[n % 4].format(n, n + 7, n + 900, 10 + n % 15, 1 + n % 9) for n in range(1, LINES + 1))
    lines.write_text("".join(f"+line-{n} -topic-7 -- {query}\n" for n, query in enumerate(made, 1)))
    yield "list --limit 20, for comparison", ["list", "--limit", "20"], (0,)
    yield f"tags apply, {LINES:,} lines", ["tags", "apply", str(lines), "--yes"], (0,)
    yield "undo of that", ["undo"], (0,)
    yield "tags similar", ["tags", "similar"], (0,)
    yield "tags suggest, one entry", ["tags", "suggest", f"id:{size // 2}"], (0,)
    yield "check", ["check"], (1,)
    yield "duplicates", ["duplicates"], (0,)
    yield "relations suggest", ["relations", "suggest"], (0,)
    yield "relations suggest, one entry", ["relations", "suggest", str(size // 2)], (0,)
    yield "relations add", ["relations", "add", "3", "4", "--as", "follow-up"], (0,)
    yield "relations list", ["relations"], (0,)
    yield "remove one of these", ["remove", "3", "--yes"], (0,)
    yield "undo of that removal", ["undo"], (0,)
    yield "undo of that relation", ["undo"], (0,)


def run(archive: Path, words: Sequence[str], codes: tuple[int, ...]) -> Cost:
    """Run one command as a process of its own."""
    command = [sys.executable, "-m", "newsarchive", "-q", "-a", str(archive), *words]
    ran = processes.expect(processes.run(command), words, codes)
    return Cost(ran.processor, ran.megabytes)


if __name__ == "__main__":
    main()
