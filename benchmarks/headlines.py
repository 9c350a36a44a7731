"""Measure how often a story is found by somebody who half remembers its headline, in many languages.

usage: python benchmarks/headlines.py [FILE] [--misses] [--told]

FILE (tests/data/headlines.txt) has on each line a language, a headline, a query and the kind of the query,
parted by ` | `. The headlines make one archive; an entry is found when it is within the first three. The
languages of the entries are those that `add` would give them; --told takes those of the file instead.
--misses also prints what is not found, and at which place it stands.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from newsarchive.entry import Entry
from newsarchive.query.parser import parse
from newsarchive.search.postings import MemoryPostings
from newsarchive.search.ranking import search
from newsarchive.text.languages import languages
from newsarchive.thesaurus.thesaurus import Thesaurus

OURS = Path(__file__).parent.parent / "tests" / "data" / "headlines.txt"
FIRST = 3


class Remembered(NamedTuple):
    """A headline, and what somebody types who looks for it."""

    language: str
    headline: str
    query: str
    kind: str


def read(path: Path) -> list[Remembered]:
    """Return the lines of a file; those that begin with # are not meant."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Remembered(*line.split(" | ")) for line in lines if line and not line.startswith("#")]


def places(stories: Sequence[Remembered], *, told: bool = False) -> Iterator[int]:
    """Yield for each query the place of its story among what is found, from 1; 0 if it is not."""
    postings = MemoryPostings(
        Entry(id=number, title=story.headline, languages=_languages(story, told=told))
        for number, story in enumerate(stories, 1)
    )
    synonyms, today = Thesaurus.load(), date(2026, 1, 1)
    for number, story in enumerate(stories, 1):
        hits = search(parse(story.query, today=today), postings, synonyms=synonyms).hits
        yield next((place for place, hit in enumerate(hits, 1) if hit.entry.id == number), 0)


def _languages(story: Remembered, *, told: bool) -> tuple[str, ...]:
    return (story.language,) if told else languages(story.headline)


def main(arguments: Sequence[str]) -> None:
    """Print how many are found, by kind and by language."""
    files = [argument for argument in arguments if not argument.startswith("--")]
    if len(files) > 1:
        sys.exit(__doc__)
    stories = read(Path(files[0]) if files else OURS)
    found = list(places(stories, told="--told" in arguments))
    hits = [story for story, place in zip(stories, found, strict=True) if 0 < place <= FIRST]
    for column in ("kind", "language"):
        total = Counter(getattr(story, column) for story in stories)
        its = Counter(getattr(story, column) for story in hits)
        print(", ".join(f"{name} {its[name]}/{total[name]}" for name in total))
    print(f"{len(hits)} of {len(stories)} within the first {FIRST}")
    if "--misses" in arguments:
        for story, place in zip(stories, found, strict=True):
            if not 0 < place <= FIRST:
                print(f"  {story.language} {story.query!r} - {story.headline}: {place or 'not found'}")


if __name__ == "__main__":
    main(sys.argv[1:])
