"""Ask an archive anything: what the slowest of many random queries takes.

usage: python benchmarks/queries.py [--seed 1] [QUERIES [SIZE]]

QUERIES (10,000) are put together from words of the archive, misspelt or not, random letters of two scripts,
signs, operators, fields, prefixes, phrases and words of up to 1,000 characters; SIZE is the archive's entries
(10,000), those of scale.py. Printed are how many were queries at all, the mean and the slowest ones in
milliseconds, of the process and by the clock.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from scale import entries, import_entries

from newsarchive.archive import Archive
from newsarchive.errors import BadQueryError
from newsarchive.query.parser import parse
from newsarchive.selection import Selection

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщьыэюяё"
SIGNS = "-\"()*:.,'’/&#[]{}\\|~+=<> \u202e\u00a0½ﷺéßØ中文हिन्दी🦌0123456789"
SLOWEST = 5
TODAY = date(2026, 1, 1)


class Answer(NamedTuple):
    """What it took to answer a query."""

    seconds: float
    wall_seconds: float
    query: str


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("queries", nargs="?", type=int, default=10_000)
    parser.add_argument("size", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    words = [word for entry in entries(options.size // 50) for word in str(entry["body"]).split()[:20]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archives", "archive.json")
        import_entries(path, options.size)
        archive = Archive(path)
        _ask(archive, "saiga")  # builds the index
        queries = (_anything(chance, words) for _ in range(options.queries))
        answers = [answer for query in queries if (answer := _ask(archive, query))]
    mean = sum(answer.seconds for answer in answers) / len(answers)
    print(f"{options.queries:,} tried, {len(answers):,} are queries; mean {mean * 1000:.0f} ms; the slowest:")
    for answer in sorted(answers, reverse=True)[:SLOWEST]:
        print(f"{answer.seconds * 1000:6.0f} {answer.wall_seconds * 1000:6.0f}  {answer.query[:80]!r}")


def _ask(archive: Archive, query: str) -> Answer | None:
    """Search as the command does, highlights included; return None for what is no query."""
    start, wall_start = time.process_time(), time.perf_counter()
    try:
        result = archive.search(Selection(parse(query, today=TODAY), limit=20, given=True))
    except BadQueryError:
        return None
    for hit in result.hits:
        _ = hit.matches
    return Answer(time.process_time() - start, time.perf_counter() - wall_start, query)


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
