"""Measure how the commands grow with the archive: whole processes on synthetic archives, warm.

usage: python benchmarks/scale.py [--rounds 7] [SIZE…]

Sizes default to 10, 1000, 10000, 100000 and 300000 entries of about 70 words, the same in every run: the generator
is seeded, word frequencies follow Zipf's law, a tenth of the entries is Russian. Each row is one command: for each
size the least of the rounds in milliseconds of the processor, in the program and in the system (--wall: the median
by the clock), then the ratio of the largest to the smallest and the most memory in MB that a process of the largest
took. The sizes take turns within a round, because a machine is seldom as fast as it was a minute ago. What can be
done only once on an archive (its import, building its index, a bulk tagging) has one round.

Install the program plainly (`pip install .`): an editable installation costs 50 ms by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import processes

ENGLISH = (
    *("conservation", "saiga", "leopard", "snow", "mongolia", "steppe", "poaching", "wildlife"),
    *("meeting", "species", "range", "migratory"),
)
RUSSIAN = (
    *("сайгак", "барс", "снежный", "охрана", "степь", "браконьеры", "совещание", "вид", "мигрирующие"),
    *("природа", "министерство", "год"),
)
SENTENCE = (
    "range state representatives met last week to review the implementation of the programme of work on the "
    "conservation of saiga antelope"
)
READING: Mapping[str, Sequence[str]] = {
    "list --limit 20": ["list", "--limit", "20"],
    "list saiga --limit 20": ["list", "saiga", "--limit", "20"],
    "list tag:topic-7 --limit 20": ["list", "tag:topic-7", "--limit", "20"],
    "show 7": ["show", "7"],
    "list date:2001..2003 --limit 20": ["list", "date:2001..2003", "--limit", "20"],
    "list is:untagged --limit 20": ["list", "is:untagged", "--limit", "20"],
    "list added:2026 --limit 20": ["list", "added:2026", "--limit", "20"],
    "list url:news.example/77 --limit 20": ["list", "url:news.example/77", "--limit", "20"],
    "list --sort date --limit 20": ["list", "--sort", "date", "--limit", "20"],
    "list --sort title --limit 20": ["list", "--sort", "title", "--limit", "20"],
    "stats": ["stats"],
    "stats --by tag,source,month": ["stats", "--by", "tag,source,month"],
    "relations list 7": ["relations", "list", "7"],
    "stats tag:topic-7": ["stats", "tag:topic-7"],
    "tags": ["tags"],
    "search, one word": ["search", "saiga"],
    "search, one typo": ["search", "lepard"],
    "search, three words": ["search", "snow", "leopard", "conservation"],
    "search, a sentence": ["search", SENTENCE],
}


class Cost(NamedTuple):
    """What one run of a command took."""

    milliseconds: float
    megabytes: float
    processor: float = 0.0
    """Milliseconds."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 1_000, 10_000, 100_000, 300_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--wall", action="store_true")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    print(f"{'milliseconds':33}" + "".join(f"{size:>10,}" for size in sizes) + f"{'ratio':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        archives = [Path(folder, str(size), "archive.json") for size in sizes]
        for name, costs in rows(dict(zip(sizes, archives, strict=True)), options.rounds):
            told = [_told(of_size, by_clock=options.wall) for of_size in costs]
            most = max(cost.megabytes for cost in costs[-1])
            figures = "".join(f"{one:10,.0f}" for one in told)
            print(f"{name:33}{figures}{told[-1] / told[0]:8.2f}{most:7.0f}", flush=True)


def _told(costs: Sequence[Cost], *, by_clock: bool) -> float:
    if by_clock:
        return statistics.median(cost.milliseconds for cost in costs)
    return min(cost.processor for cost in costs)


def rows(archives: Mapping[int, Path], rounds: int) -> Iterator[tuple[str, list[list[Cost]]]]:
    """Run every command; yield its name and what it took, for each size and round."""
    paths = list(archives.values())
    yield "import", [[import_entries(archive, size)] for size, archive in archives.items()]
    yield "first search", [[run(archive, "search", "saiga")] for archive in paths]
    for name, words in READING.items():
        yield name, in_turn([(archive, words) for archive in paths], rounds)
    yield "add", in_turn([(archive, ["add", "--title", "A story"]) for archive in paths], rounds)
    after_add: list[list[Cost]] = [[] for _ in paths]
    once_more: list[list[Cost]] = [[] for _ in paths]
    for _ in range(rounds):
        for place, archive in enumerate(paths):
            run(archive, "add", "--title", "A story")
            after_add[place].append(run(archive, "search", "saiga"))
            once_more[place].append(run(archive, "search", "saiga"))
    yield "search after an add", after_add
    yield "search once more", once_more
    for count in (1_000, 3_000):
        tagging = ["tag", f"+in-{count}", "--id", f"1-{count}"]
        yield f"tag {count:,} entries", [[run(archive, *tagging)] for archive in paths]
    yield "undo of that", [[run(archive, "undo")] for archive in paths]
    yield "history", in_turn([(archive, ["history"]) for archive in paths], rounds)
    exporting = ["export", "--format", "jsonl", "-o"]
    yield "export", [[run(path, *exporting, str(path.with_name("out.jsonl")))] for path in paths]
    for archive in paths:
        (archive.parent / ".newsarchive" / archive.name / "index.sqlite3").unlink(missing_ok=True)
    yield "search, index built anew", [[run(archive, "search", "saiga")] for archive in paths]


def import_entries(archive: Path, size: int) -> Cost:
    """Make an archive of synthetic entries."""
    archive.parent.mkdir()
    source = archive.with_name("source.jsonl")
    write_entries(source, size)
    cost = run(archive, "import", str(source))
    source.unlink()
    return cost


def write_entries(source: Path, size: int) -> None:
    """Write synthetic entries as JSONL."""
    with source.open("w", encoding="utf-8") as file:
        for entry in entries(size):
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def in_turn(commands: Sequence[tuple[Path, Sequence[str]]], rounds: int) -> list[list[Cost]]:
    """Run one command after the other, `rounds` times after one that does not count."""
    turns = [[run(archive, *words) for archive, words in commands] for _ in range(rounds + 1)]
    return [list(costs) for costs in zip(*turns[1:], strict=True)]


def run(archive: Path | str, *words: str) -> Cost:
    """Run one command as a process of its own."""
    named = [] if words[0] == "copy" else ["-a", str(archive)]
    command = [sys.executable, "-m", "newsarchive", "-q", *named, *words]
    ran = processes.expect(processes.run(command), words)
    return Cost(ran.wall * 1000, ran.megabytes, ran.processor * 1000)


def entries(size: int) -> Iterator[dict[str, object]]:
    """Yield the same `size` entries in every run."""
    chance = random.Random(2026)
    english, russian = (
        _vocabulary(chance, words, letters)
        for words, letters in ((ENGLISH, "abcdefghiklmnoprstuvw"), (RUSSIAN, "абвгдежзиклмнопрстуфхцчшя"))
    )
    for number in range(1, size + 1):
        is_russian = number % 10 == 0
        words, weights = russian if is_russian else english
        picked = chance.choices(words, cum_weights=weights, k=70)
        year, month, day = 1990 + number % 35, 1 + number % 12, 1 + number % 28
        yield {
            "title": f"{' '.join(picked[:8]).capitalize()} {number}",
            "date": f"{year}-{month:02}-{day:02}",
            "summary": " ".join(picked[8:40]).capitalize() + ".",
            "body": " ".join(picked[40:]).capitalize() + ".",
            "url": f"https://news.example/{number}",
            "languages": ["ru" if is_russian else "en"],
            "tags": [f"topic-{number % 50}"],
        }


def _vocabulary(chance: random.Random, words: Sequence[str], letters: str) -> tuple[list[str], list[float]]:
    """Make a vocabulary of 50,000 words that contains `words`, with cumulative weights by Zipf's law."""
    made = {"".join(chance.choices(letters, k=chance.randint(3, 10))) for _ in range(60_000)}
    ranked = sorted(made - set(words))[:50_000]
    chance.shuffle(ranked)
    for place, word in enumerate(words):
        ranked.insert(20 + place * 60, word)
    total, weights = 0.0, []
    for rank in range(1, len(ranked) + 1):
        total += 1 / (rank + 2.7)
        weights.append(total)
    return ranked, weights


if __name__ == "__main__":
    main()
