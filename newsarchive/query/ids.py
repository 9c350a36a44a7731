"""Ids as people write them: `7`, `3,7-9`, `3..7`, `5..`."""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from newsarchive.errors import BadOptionError
from newsarchive.query.tree import IdTerm

Interval = tuple[int | None, int | None]


def ids_only(words: Sequence[str]) -> IdTerm | None:
    """Return the ids when every word is a number or a range, else None: then the words are a query."""
    if any(map(str.isalpha, "".join(words))):  # most queries; spares start-up the patterns
        return None
    try:
        return parse_ids(" ".join(words))
    except BadOptionError:
        return None


def parse_ids(text: str) -> IdTerm:
    """Read ids that commas or blanks separate, in the order given; a reversed range is turned round.

    Raises BadOptionError naming the part that is neither a number nor a range.
    """
    return IdTerm(tuple(map(_interval, re.split(r"\s*,\s*|\s+", text.strip()))))


def id_filter(term: IdTerm) -> Callable[[int], bool]:
    """Return the test of ids; thousands of ranges are looked up, not walked through."""
    ranges = sorted((low or 0, math.inf if high is None else high) for low, high in term.ranges)
    starts = [low for low, _ in ranges]
    ends = list(accumulate((high for _, high in ranges), max))

    def holds(entry_id: int) -> bool:
        place = bisect_right(starts, entry_id)
        return place > 0 and entry_id <= ends[place - 1]

    return holds


def _interval(text: str) -> Interval:
    """Read a number, a range of two with a dash, or one with `..` that may be open at one side."""
    found = _item().fullmatch(text)
    low, joint, high = found.groups() if found else (None, None, None)
    is_complete = low and high if joint in ("-", "–") else low or high
    if not is_complete:
        raise BadOptionError(f"{text[:80]!r} is not an id; write 7, 3,7-9 or 5..")
    if low and high:
        return min(int(low), int(high)), max(int(low), int(high))
    if low and joint is None:
        return int(low), int(low)
    return int(low) if low else None, int(high) if high else None


@functools.cache
def _item() -> re.Pattern[str]:
    return re.compile(r"([0-9]{0,15})(?:(\.\.|[-–])([0-9]{0,15}))?")
