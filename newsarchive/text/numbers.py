"""Numbers and words of letters and digits, which are one however they are written: COP12, CoP-12, COP 12."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

HYPHENS: Final = frozenset("-‐‑–—_./")
"""What may stand between the letters and the number of one word."""

SEPARATORS: Final = frozenset(",.'’")
"""What may stand between the thousands of a number."""

LONGEST_LETTERS: Final = 4
"""Words of more letters are none that a number belongs to although a blank stands between."""

_YEARS: Final = range(1800, 2200)

_THOUSANDS: Final = 4
"""Numbers of fewer digits are never parted."""

_MOST_PIECES: Final = 12
"""Nobody writes a number of more thousands; what goes on is a table, and is not gone through again at each place."""


def has_digit(word: str) -> bool:
    """Whether a folded word is a number or has one in it."""
    return not word.isalpha() and any(map(str.isdigit, word))


def digits(word: str) -> Sequence[str]:
    """Return the numbers in a folded word: what must be equal in all that it may stand for."""
    return _digits().findall(word)


def parts(word: str) -> Sequence[str]:
    """Return the letters and the numbers of a folded word, as they stand when blanks or hyphens part them."""
    return _parts().findall(word)


def is_code(word: str) -> bool:
    """Whether a folded word is made of letters and digits: COP12, A320, 17th."""
    return has_digit(word) and len(parts(word)) > 1


def is_year(number: str) -> bool:
    """Whether a number is most likely a year, which belongs to no word before it."""
    return int(number[:9]) in _YEARS


def is_abbreviation(letters: str) -> bool:
    """Whether a word was typed as abbreviations are: COP, CoP."""
    return letters.isupper() or any(map(str.isupper, letters[1:]))


def codes(spans: Sequence[tuple[str, int, int]], text: str) -> Iterator[str]:
    """Yield the words that stand in pieces in `text`, whose words are given: cop12 of CoP-12, 1500 of 1,500."""
    for place, (word, _, end) in enumerate(spans):
        run, after = [word], end
        for other, start, its_end in map(spans.__getitem__, range(place + 1, len(spans))):
            joint = text[after:start]
            is_code = len(run) == 1 and word.isalpha() and (joint in HYPHENS or joint.isspace())
            is_number = word.isdigit() and (joint in SEPARATORS or joint.isspace())
            if not other.isdigit() or not (is_code or is_number):
                break
            run.append(other)
            after = its_end
            if word.isalpha() or is_parted(run):
                yield "".join(run)
            if word.isalpha() or len(run) >= _MOST_PIECES:
                break


def parted(number: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to part a long number: 1,500; 12,345,678; in India 1,50,000."""
    if len(number) < _THOUSANDS or not number.isdigit() or number.startswith("0"):
        return
    yield (*_every(3, number[:-3]), number[-3:])
    if len(number) > _THOUSANDS + 1:
        yield (*_every(2, number[:-3]), number[-3:])


def _every(count: int, number: str) -> Iterator[str]:
    """Cut a number from its end into pieces of so many digits."""
    first = len(number) % count
    yield from filter(
        None, (number[:first], *(number[at : at + count] for at in range(first, len(number), count)))
    )


def is_parted(run: Sequence[str]) -> bool:
    """Whether these folded words are the pieces of one long number."""
    return 1 < len(run) <= _MOST_PIECES and tuple(run) in parted("".join(run))


@functools.cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


@functools.cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"\d+|\D+")
