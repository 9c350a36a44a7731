"""How well `relations suggest` finds translations, among stories of which a third has none.

usage: python benchmarks/translations.py FILE [LANGUAGE/LANGUAGE…]

FILE has a JSON object a line with `language`, `headline` and `summary`; the items of each language are the same
stories in the same order. Of each pair of languages one archive is made: of the first all but the last 30 % of the
stories, of the second all but the first 30 %, five stories a day, the second language up to three days later.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.planning.translating.finder import Finder
from newsarchive.thesaurus.thesaurus import Thesaurus

PER_DAY = 5
LATER = 3
SHARE = 0.3
SECOND = 100_000
"""What the ids of a story in the second language are higher by."""


def main() -> None:
    """Measure each pair of languages, and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("pairs", nargs="*")
    options = parser.parse_args()
    stories = read(options.file)
    pairs = [tuple(pair.split("/")) for pair in options.pairs] or list(combinations(sorted(stories), 2))
    totals = [0, 0, 0]
    began = time.process_time()
    for one, other in pairs:
        counts = measured(archive_of(stories, one, other), len(stories[one]))
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if options.pairs:
            print(f"{one}/{other}: {told(counts)}")
    print(
        f"{len(pairs)} pairs of languages: {told(totals)}; {time.process_time() - began:.1f} s of the processor"
    )


def read(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return headline and summary of each story by language."""
    stories: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        stories[item["language"]].append((item["headline"], item["summary"]))
    return stories


def archive_of(stories: dict[str, list[tuple[str, str]]], one: str, other: str) -> list[Entry]:
    """Return the entries of an archive in two languages."""
    cut = round(len(stories[one]) * SHARE)
    entries = []
    for language, first, kept in ((one, 0, stories[one][:-cut]), (other, cut, stories[other][cut:])):
        for number, (title, summary) in enumerate(kept, first + 1):
            later = number % (LATER + 1) if language == other else 0
            day = date(2020, 1, 1) + timedelta(days=number // PER_DAY + later)
            entry_id = number + (SECOND if language == other else 0)
            when = PartialDate(day.year, day.month, day.day)
            entries.append(Entry(id=entry_id, title=title, summary=summary, date=when, languages=(language,)))
    return entries


def measured(entries: Sequence[Entry], stories: int) -> tuple[int, int, int]:
    """Return how many suggestions are right, how many there are, and how many there should be."""
    by_id = {entry.known_id: entry for entry in entries}
    found = Finder(entries, THESAURUS).suggestions(lambda _: True, by_id.__getitem__)
    right = sum(one.other - one.id == SECOND for one in found)
    return right, len(found), stories - 2 * round(stories * SHARE)


def told(counts: Iterable[int]) -> str:
    """Say how good it is."""
    right, found, wanted = counts
    return f"recall {right / wanted:.3f}, precision {right / found if found else 1:.3f}"


THESAURUS = Thesaurus.load()

if __name__ == "__main__":
    main()
