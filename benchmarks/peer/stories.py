"""Write the stories that all peers are given, and what is looked for in them.

usage: python stories.py SIZE STORIES SOUGHT

STORIES are the entries of scale.py as JSON lines; three tenths of them (at most 3,000) have the tag campaign.
SOUGHT are ten of them as JSON: the number, a word of seven letters or more from the title that occurs in
three stories at most, and the same misspelt, with two letters swapped, one missing, one wrong or one too many.
One of the ten is Russian, as a tenth of the stories is.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from scale import entries

MOST_TAGGED = 3_000


def main(size: int, stories: Path, sought: Path) -> None:
    """Write both files."""
    tagged = min(MOST_TAGGED, size * 3 // 10)
    all_entries: list[dict[str, Any]] = list(entries(size))
    with stories.open("w", encoding="utf-8") as file:
        for number, entry in enumerate(all_entries, 1):
            entry["number"] = number
            entry["tags"] += ["campaign"] if number <= tagged else []
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    sought.write_text(json.dumps(list(_sought(all_entries))), encoding="utf-8")


def _sought(all_entries: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield ten stories from all over the archive whose numbers end in 0 (which are Russian) to 9."""
    texts = (f"{entry['title']} {entry['summary']} {entry['body']}" for entry in all_entries)
    occurs = Counter(word for text in texts for word in set(text.lower().replace(".", "").split()))
    for place in range(10):
        from_here = all_entries[place * len(all_entries) // 10 :] + all_entries
        for entry in from_here[(place - from_here[0]["number"]) % 10 :: 10]:
            rare = [word for word in entry["title"].lower().split() if len(word) >= 7 and occurs[word] <= 3]
            if rare:
                yield entry["number"], rare[0], misspelt(rare[0], place % 4)
                break


def misspelt(word: str, kind: int) -> str:
    """Make one slip in the middle of a word: swap two letters, leave one out, write another, put one in."""
    before, letter, after = word[: len(word) // 2], word[len(word) // 2], word[len(word) // 2 + 1 :]
    other = next(each for each in ("ea" if letter.isascii() else "еа") if each != letter)
    swapped = before[:-1] + letter + before[-1] + after
    left_out = before + after
    kinds = (
        swapped if swapped != word else left_out,
        left_out,
        before + other + after,
        before + other + letter + after,
    )
    return kinds[kind]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
