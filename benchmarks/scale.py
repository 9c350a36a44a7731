"""Measure how the commands grow with the archive: whole processes on synthetic archives, warm.

usage: python benchmarks/scale.py [--rounds 7] [SIZE…]

SIZES default to 10, 1000, 10000 and 100000 entries of about 70 words, the same for every run (the generator
is seeded; word frequencies follow Zipf's law, a tenth of the entries is Russian). Each row is one command: the
median of the rounds in milliseconds, its ratio to the same command on the smallest archive, and the largest
memory of its process in MB. Commands that only can run once on an archive (import, the first search, which
builds the index) have one round.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ENGLISH = [
    "conservation",
    "saiga",
    "leopard",
    "snow",
    "mongolia",
    "steppe",
    "poaching",
    "wildlife",
    "meeting",
    "species",
    "range",
    "migratory",
]
RUSSIAN = [
    "сайгак",
    "барс",
    "снежный",
    "охрана",
    "степь",
    "браконьеры",
    "совещание",
    "вид",
    "мигрирующие",
    "природа",
    "министерство",
    "год",
]
SENTENCE = (
    "range state representatives met last week to review the implementation of the programme of work on the "
    "conservation of saiga antelope"
)
READING = {
    "list --limit 20": ["list", "--limit", "20"],
    "list tag:topic-7": ["list", "tag:topic-7", "--limit", "20"],
    "show 7": ["show", "7"],
    "tags": ["tags"],
    "search, one word": ["search", "saiga"],
    "search, one typo": ["search", "lepard"],
    "search, three words": ["search", "snow", "leopard", "conservation"],
    "search, a sentence": ["search", SENTENCE],
}


def main() -> None:
    """Print one table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    base: dict[str, float] = {}
    for size in options.sizes:
        print(f"\n{size:,} entries\n{'command':28}{'median ms':>11}{'ratio':>8}{'MB':>7}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, milliseconds, megabytes in measure(Path(folder), size, options.rounds):
                ratio = milliseconds / base.setdefault(name, milliseconds)
                print(f"{name:28}{milliseconds:11,.0f}{ratio:8.2f}{megabytes:7.0f}", flush=True)


def measure(folder: Path, size: int, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Run every command on an archive of `size` entries; yield name, median milliseconds and megabytes."""
    source, archive = folder / "source.jsonl", folder / "archive.json"
    with source.open("w", encoding="utf-8") as file:
        for entry in entries(size):
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    yield "import", *run(archive, "import", str(source))
    yield "first search", *run(archive, "search", "saiga")
    for name, words in READING.items():
        yield name, *_median(rounds, lambda words=words: run(archive, *words))
    yield "add", *_median(rounds, lambda: run(archive, "add", "--title", f"A story {time.time_ns()}"))
    yield "search after add", *_median(rounds, lambda: _after_add(archive))
    some = ",".join(str(number) for number in range(1, min(size, 3_000) + 1))
    yield "tag 3,000 entries", *run(archive, "tag", "+benchmark", "--id", some)
    shutil.rmtree(folder / ".newsarchive")
    yield "search, index built anew", *run(archive, "search", "saiga")


def _after_add(archive: Path) -> tuple[float, float]:
    run(archive, "add", "--title", f"A story {time.time_ns()}")
    return run(archive, "search", "saiga")


def _median(rounds: int, once: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    once()
    results = [once() for _ in range(rounds)]
    return statistics.median(result[0] for result in results), max(result[1] for result in results)


def run(archive: Path, *words: str) -> tuple[float, float]:
    """Run one command; return its milliseconds and the largest memory of its process in megabytes."""
    command = [sys.executable, "-m", "newsarchive", "-q", "-a", str(archive), *words]
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    milliseconds = (time.perf_counter() - start) * 1000
    if process.returncode:
        raise SystemExit(f"{' '.join(words)[:80]} ended with {process.returncode}")
    return milliseconds, usage.ru_maxrss / 1024


def entries(size: int) -> Iterator[dict[str, object]]:
    """Yield the same `size` entries in every run."""
    chance = random.Random(2026)
    english, russian = (
        _vocabulary(chance, words, kind) for words, kind in ((ENGLISH, "en"), (RUSSIAN, "ru"))
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


def _vocabulary(chance: random.Random, words: list[str], kind: str) -> tuple[list[str], list[float]]:
    """Make a vocabulary of 50,000 words that contains `words`, with cumulative weights by Zipf's law."""
    letters = "abcdefghiklmnoprstuvw" if kind == "en" else "абвгдежзиклмнопрстуфхцчшя"
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
