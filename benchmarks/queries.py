"""Ask an archive anything: what the slowest of many random queries takes.

usage: python benchmarks/queries.py [--seed 1] [--beside PYTHON] [QUERIES [SIZE]]

QUERIES (10,000) are put together from words of the archive, misspelt or not, random letters of two scripts,
signs, operators, fields, prefixes, phrases and words of up to 1,000 characters; SIZE is the archive's entries
(10,000), those of scale.py. One process of a build answers them all, each without what was looked up for another.
Printed are how many were queries at all, in milliseconds of the process the mean, the median, what 99 and 99.9 % of
them do not exceed, and the slowest ones, of the process and by the clock. PYTHON is that of another environment,
whose build answers each query in turn with this one: then the ratio of the slowest is printed, too, how many queries
are answered alike, and how many find something.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщьыэюяё"
SIGNS = "-\"()*:.,'’/&#[]{}\\|~+=<> \u202e\u00a0½ﷺéßØ中文हिन्दी🦌0123456789"
SLOWEST = 5
TODAY = date(2026, 1, 1)
ANSWER = "--answer"


class Answer(NamedTuple):
    """What it took to answer a query, and which entries were found first."""

    seconds: float
    wall_seconds: float
    query: str
    found: list[int]


class Build:
    """A process that answers queries by the library of one environment, from an archive of its own."""

    def __init__(self, python: str, archive: Path, source: Path) -> None:
        command = [python, "-P", "-m", "newsarchive", "-q", "-a", str(archive)]
        archive.parent.mkdir()
        for words in (["import", str(source)], ["search", "saiga"]):  # which builds the index
            subprocess.run([*command, *words], check=True, stdout=subprocess.DEVNULL)
        self._process = subprocess.Popen(
            [python, __file__, ANSWER, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.ask("saiga")

    def ask(self, query: str) -> Answer | None:
        """Return what it took; None for what is no query."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(query), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        return Answer(*answer) if answer else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("queries", nargs="?", type=int, default=10_000)
    parser.add_argument("size", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beside")
    parser.add_argument(ANSWER, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        answer(options.answer)
        return
    from scale import entries  # the process of another environment needs none of it

    chance = random.Random(options.seed)
    words = [word for entry in entries(options.size // 50) for word in str(entry["body"]).split()[:20]]
    queries = (_anything(chance, words) for _ in range(options.queries))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.jsonl")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(entry) + "\n" for entry in entries(options.size))
        pythons = [sys.executable, *([options.beside] if options.beside else [])]
        builds = [
            Build(python, Path(folder, str(number), "archive.json"), source)
            for number, python in enumerate(pythons)
        ]
        asked = [[build.ask(query) for build in builds] for query in queries]
    answered = [answers for answers in asked if all(answers)]
    print(f"{options.queries:,} tried, {len(answered):,} are queries")
    for number, python in enumerate(pythons):
        _print(python, [answers[number] for answers in answered])
    if options.beside:
        slowest, of_other = (max(answers[number] for answers in answered) for number in (0, 1))
        alike = sum(one.found == other.found for one, other in answered)
        here, there = (sum(bool(answers[number].found) for answers in answered) for number in (0, 1))
        print(f"slowest to slowest {slowest.seconds / of_other.seconds:.2f}")
        print(f"{alike:,} find the same first entries; {here:,} find something, {there:,} in the other")


def _print(python: str, answers: Sequence[Answer]) -> None:
    took = sorted(answer.seconds * 1000 for answer in answers)
    median, most, nearly_all = (took[int(len(took) * share)] for share in (0.5, 0.99, 0.999))
    print(
        f"{python}: mean {sum(took) / len(took):.0f} ms, median {median:.0f}, "
        f"99 % {most:.0f}, 99.9 % {nearly_all:.0f}; the slowest:"
    )
    for answer in sorted(answers, reverse=True)[:SLOWEST]:
        print(f"{answer.seconds * 1000:6.0f} {answer.wall_seconds * 1000:6.0f}  {answer.query[:80]!r}")


def answer(path: Path) -> None:
    """Answer queries from stdin as the command does, highlights included."""
    from newsarchive.archive import Archive  # of the environment that is asked
    from newsarchive.errors import BadQueryError
    from newsarchive.query.parser import parse
    from newsarchive.selection import Selection

    archive = Archive(path)
    for query in map(json.loads, _lines()):
        start, wall_start = time.process_time(), time.perf_counter()
        try:
            result = archive.search(Selection(parse(query, today=TODAY), limit=20, given=True))
        except BadQueryError:
            print("null", flush=True)
            continue
        for hit in result.hits:
            _ = hit.matches
        took = time.process_time() - start, time.perf_counter() - wall_start
        print(json.dumps([*took, query, [hit.entry.id for hit in result.hits]]), flush=True)


def _lines() -> Iterator[str]:
    while line := sys.stdin.readline():  # one by one: going through stdin would wait for more
        yield line


def _anything(chance: random.Random, words: Sequence[str]) -> str:
    count = chance.choice((1, 1, 2, 3, 5, 8, 19, 40, 100))
    return " ".join(_piece(chance, words) for _ in range(count))[:1000]


def _piece(chance: random.Random, words: Sequence[str]) -> str:
    kinds = {
        lambda: chance.choice(words): 35,
        lambda: _misspelt(chance, chance.choice(words)): 15,
        lambda: _letters(chance, LATIN, 12): 10,
        lambda: _letters(chance, CYRILLIC, 12): 10,
        lambda: _letters(chance, LATIN + CYRILLIC + SIGNS, 20): 10,
        lambda: _letters(chance, LATIN + CYRILLIC, 3) + "*": 6,
        lambda: f'"{" ".join(chance.choices(words, k=chance.randint(1, 5)))}"': 4,
        lambda: chance.choice(("title:", "body:", "tag:", "-", "NOT ", "date:")) + chance.choice(words): 4,
        lambda: chance.choice(("OR", "AND", "(", ")")): 3,
        lambda: _letters(chance, chance.choice((LATIN, LATIN + CYRILLIC + SIGNS)), 1000): 3,
    }
    (kind,) = chance.choices(list(kinds), list(kinds.values()))
    return kind()


def _letters(chance: random.Random, letters: str, most: int) -> str:
    return "".join(chance.choices(letters, k=chance.randint(1, most)))


def _misspelt(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice(LATIN + CYRILLIC) + word[place + 1 :]


if __name__ == "__main__":
    main()
