"""How many planted duplicates `duplicates` finds, how many of its pairs were planted, and what it costs.

python benchmarks/duplicates.py [SIZE [EACH]]

The made-up archive is that of `check`'s benchmark, whose stories have few different words; every tenth ends with the
same paragraph. An exact duplicate has the address or the title, date and language of another entry; a near one has
half its text, another title, and a date within a week.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import processes
from planting import ENGLISH, RUSSIAN, sentence, story

from newsarchive.archive import Archive
from newsarchive.changes import adding
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry

_ABOUT = (
    "About the initiative: the range states of the region and their partners work together for the migratory mammals "
    "of its steppes, deserts and mountains, from the first survey of a herd to the removal of the last fence."
)


def made(size: int, chance: random.Random) -> list[Entry]:
    """Return stories without duplicates; every tenth with the paragraph that all press releases end with."""
    entries = [story(chance, number) for number in range(1, size + 1)]
    return [
        replace(one, body=f"{one.body}\n\n{_ABOUT}") if one.known_id % 10 == 0 else one for one in entries
    ]


def exact(entry: Entry, number: int, chance: random.Random) -> Entry:
    """Return an entry with the same address as `entry`, or the same title, date and language."""
    if chance.random() < 0.5:
        title = sentence(chance, RUSSIAN if "ru" in entry.languages else ENGLISH, 7)
        return replace(
            entry,
            id=number,
            title=title,
            url=f"http://www.{(entry.url or '')[8:]}/?utm_source=feed",
            body=None,
        )
    return replace(
        entry, id=number, title=entry.title.upper(), url=None, summary=None, body="A short notice."
    )


def near(entry: Entry, number: int, chance: random.Random) -> Entry:
    """Return an entry with half the text of `entry`, another title, and a date within a week."""
    words = f"{entry.summary} {entry.body}".split()
    start = chance.choice((0, len(words) // 2))
    assert entry.date is not None
    day = entry.date.start + timedelta(days=chance.choice((-7, -5, -2, -1, 1, 3, 4, 7)))
    return replace(
        entry,
        id=number,
        title=sentence(chance, RUSSIAN if "ru" in entry.languages else ENGLISH, 8),
        date=PartialDate(day.year, day.month, day.day),
        summary=None,
        body=" ".join(words[start : start + len(words) // 2]),
        url=f"https://example.com/{number}",
    )


def main(size: int = 10_000, each: int = 50) -> None:
    chance = random.Random(11)
    entries = made(size - 2 * each, chance)
    originals = chance.sample(entries, 2 * each)
    planted: dict[str, set[tuple[int, int]]] = {"exact": set(), "near": set()}
    for place, original in enumerate(originals):
        copy = (exact, near)[place % 2](original, len(entries) + 1, chance)
        planted[("exact", "near")[place % 2]].add((original.known_id, copy.known_id))
        entries.append(copy)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.json"
        Archive(path).commit([adding(entry, Archive(path).clock()) for entry in entries])
        _measure(path, planted)


def _measure(path: Path, planted: dict[str, set[tuple[int, int]]]) -> None:
    """Run the command as a process of its own."""
    out = path.with_name("pairs.json")
    command = [sys.executable, "-m", "newsarchive", "-q", "-a", str(path), "duplicates", "--json"]
    with out.open("wb") as file:
        ran = processes.run(command, stdout=file)
    pairs = json.loads(out.read_bytes())
    found = {(pair["id"], pair["other"]) for pair in pairs}
    everything = set().union(*planted.values())
    print("kind   planted  recall  precision")
    for kind, right in planted.items():
        of_kind = {(pair["id"], pair["other"]) for pair in pairs if pair["kind"] == kind}
        precision = len(of_kind & everything) / max(1, len(of_kind))
        print(f"{kind:6} {len(right):7,} {len(right & found) / len(right):7.2f} {precision:10.2f}")
    print(f"{ran.processor:.1f} s of the processor, {ran.megabytes:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
