"""How well `tags suggest` learns from an archive how a site's people tag.

    python benchmarks/tagging.py FOLDER...

A folder holds `tagged.jsonl`, of which an archive is made, and `untagged.jsonl`, whose tags are the answers: nDCG of
the first five suggestions from learning alone, counting tags that the archive knows.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from newsarchive.entry import Entry, entry_from
from newsarchive.planning.suggesting.learning import Learner

FIRST = 5


def main(folders: Sequence[str]) -> None:
    print(f"{'collection':24} entries  answers  nDCG@{FIRST}  ms each")
    for folder in map(Path, folders):
        tagged = list(read(folder / "tagged.jsonl", 1))
        asked = list(read(folder / "untagged.jsonl", len(tagged) + 1))
        known = {tag for entry in tagged for tag in entry.tags}
        start = time.process_time()
        learner = Learner(tagged)
        learning = time.process_time() - start
        gains = [gain for entry in asked if (gain := gain_of(learner, entry, known)) is not None]
        took = (time.process_time() - start - learning) / len(asked) * 1000
        print(f"{folder.name:24} {len(tagged):7,} {len(gains):8,} {sum(gains) / len(gains):7.3f} {took:8.0f}")


def read(path: Path, first: int) -> Iterator[Entry]:
    """Yield the entries of a file with ids from `first` on."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), first):
        if line:
            yield entry_from({"languages": ["en"], **json.loads(line)}, number)


def gain_of(learner: Learner, entry: Entry, known: Collection[str]) -> float | None:
    """Return the normalised gain of one entry's suggestions; None when none of its tags is known."""
    answers = known & set(entry.tags)
    if not answers:
        return None
    learned = learner.learned(entry)
    ranked = sorted(learned, key=lambda tag: (-learned[tag].score, tag))[:FIRST]
    gained = sum(1 / math.log2(place + 2) for place, tag in enumerate(ranked) if tag in answers)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(FIRST, len(answers))))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1:])
