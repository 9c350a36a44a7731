"""Measure how well the cross-script key brings the spellings of a name together.

usage: python benchmarks/names.py NAMES.tsv [--misses]

NAMES.tsv has on each line a name in Latin letters, a TAB and the same name in Cyrillic letters. For every
name, all names of the other column are put in order of the distance between the keys (optimal string
alignment), those at the same distance in the order of the file. Printed is, for both directions, how many
per cent find their partner among the first five; --misses also prints the names that do not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from newsarchive.text.key import key
from newsarchive.text.words import words

NEAREST = 5


def main(arguments: Sequence[str]) -> None:
    """Print both percentages for the file named in `arguments`."""
    files = [argument for argument in arguments if argument != "--misses"]
    if len(files) != 1:
        sys.exit(__doc__)
    pairs = [line.split("\t") for line in Path(files[0]).read_text(encoding="utf-8").splitlines() if line]
    latin, cyrillic = ([name[side] for name in pairs] for side in (0, 1))
    for title, names, others in (("Latin", latin, cyrillic), ("Cyrillic", cyrillic, latin)):
        missed = list(misses(names, others))
        print(f"{title}: {100 * (1 - len(missed) / len(names)):.1f} % within the nearest {NEAREST}")
        if "--misses" in arguments:
            print(*missed, sep="\n")


def misses(names: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Yield a line for each of `names` whose partner, at the same place in `others`, is not near."""
    keys, other_keys = ([key("".join(words(name))) for name in side] for side in (names, others))
    for place, name in enumerate(names):
        nearest = extract(keys[place], other_keys, scorer=OSA.distance, limit=NEAREST)
        if others[place] not in {others[other] for _, _, other in nearest}:
            distance = OSA.distance(keys[place], other_keys[place])
            yield f"  {name} {keys[place]} - {others[place]} {other_keys[place]}: {distance}"


if __name__ == "__main__":
    main(sys.argv[1:])
