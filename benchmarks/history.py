"""Measure what a long history costs: the same commands in an archive with many bulk operations and in one without.

usage: python benchmarks/history.py [--rounds 5] [OPERATIONS [CHANGES [SIZE]]]

Two archives get the same SIZE (10,000) entries of scale.py and their index; in one of them OPERATIONS (1,000) tag and
untag CHANGES (1,000) entries in turn. For each command: processor time with those and without, in milliseconds, the
least of the rounds in turn, their ratio, and the most memory in MB that a process took with them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scale import Cost, import_entries, run

COMMANDS: dict[str, Sequence[str]] = {
    "list": ["list", "--limit", "20"],
    "search": ["search", "saiga"],
    "stats": ["stats"],
    "add": ["add", "--title", "A story"],
    "tag one entry": ["tag", "+one", "id:7"],
    "undo of that": ["undo"],
    "tag 1,000 entries": ["tag", "+many", "--id", "1-1000"],
    "undo of those": ["undo"],
    "history": ["history", "--limit", "20"],
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("operations", nargs="?", type=int, default=1_000)
    parser.add_argument("changes", nargs="?", type=int, default=1_000)
    parser.add_argument("size", nargs="?", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archives = [Path(folder, name, "archive.json") for name in ("with", "without")]
        for archive in archives:
            import_entries(archive, options.size)
            run(archive, "search", "saiga")
        for _ in range(options.operations // 2):
            run(archives[0], "tag", "+bulk", "--id", f"1-{options.changes}")
            run(archives[0], "tag", "--remove", "bulk", "--id", f"1-{options.changes}")
        log = archives[0].parent / ".newsarchive" / archives[0].name / "history.jsonl"
        print(f"{options.operations:,} operations, {log.stat().st_size / 1e6:,.0f} MB")
        _print(archives, options.rounds)


def _print(archives: Sequence[Path], rounds: int) -> None:
    costs: dict[str, list[list[Cost]]] = {name: [[] for _ in archives] for name in COMMANDS}
    for _ in range(rounds):
        for name, words in COMMANDS.items():
            for place, archive in enumerate(archives):
                costs[name][place].append(run(archive, *words))
    for name, (long, none) in costs.items():
        least, of_none = (min(cost.processor for cost in each) for each in (long, none))
        most = max(cost.megabytes for cost in long)
        print(f"{name:20}{least:9,.0f}{of_none:9,.0f}{least / of_none:7.2f}{most:7.0f}", flush=True)


if __name__ == "__main__":
    main()
