"""Reading the dates that people write, in English, Russian, French and Spanish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from newsarchive.dates.asian import plain_date
from newsarchive.dates.names import FILLERS, LABELS, MONTHS, WEEKDAYS
from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError
from newsarchive.text.fold import fold

LONGEST: Final = 100
"""No date has more characters; it keeps the expressions below away from whole paragraphs."""

# Patterns stay text until they are used: most commands read no dates but ISO ones.
# All of them are for folded text.
_TIME: Final = r"""
    (?: (?<=[0-9]) t | (?<![\s,])[\s,]++ )       # 2021-01-29T10:00; 29 January 2021, 10:00
    (?: (?: at | a | a\ las | в ) \s+ )?        # 29 janvier 2021 à 10h00
    (?: [01]?[0-9] | 2[0-4] ) [:h] [0-5][0-9]
    (?: : [0-6][0-9] (?: [.,][0-9]+ )? )?       # seconds and their fraction
    (?: \s* [ap]\.?m\b\.? )?
    (?: \s* [a-z]{1,5} )?                       # z, gmt, msk
    (?: \s* [+-][0-9]{2}:?[0-9]{2} )?           # +0300
    \s* $
"""
_JOINT: Final = r"""
    (?<=[0-9]) \.? (?: st | nd | rd | th | er | o | ° | -?го ) (?!\w)     # 1st, 1er, 1º, 1-го
  | (?<=[^\W\d_]) (?: \.? [-/\u2010] | \. ) (?=\w)   # feb-2020, feb.-2020
  | (?<=[0-9]) [-/.\u2010] (?=[^\W\d_])              # 14-feb
  | (?<=\w) \. (?!\w)                           # an abbreviation, the end of a sentence
  | ,
"""
_WORD: Final = r"[0-9][0-9./-]*|[^\W\d_]+|\S"
_NUMBERS: Final = r"[0-9]+([./-])[0-9]+(?:\1[0-9]+)?"

# The kinds of words, in the orders that make a date: year, month by its name, day.
_ORDERS: Final = frozenset({"dmy", "mdy", "ymd", "ydm", "my", "ym", "y"})

_Parts = tuple[int, int | None, int | None]


def parse_date(text: str, *, today: date | None = None) -> PartialDate:
    """Read a date in any written form; `today` and `yesterday` count when it is told what today is.

    `14.02.2020` is day, month, year. A time after the date is passed over, as is a weekday.
    Raises BadDateError, with both readings where day and month can be mistaken for each other.
    """
    with suppress(BadDateError):
        return PartialDate.from_iso(text.strip())
    if len(text) > LONGEST:
        raise BadDateError(f"{text[:LONGEST]}…")
    folded = _folded(text).strip()
    if today is not None and folded in ("today", "yesterday"):
        day = today if folded == "today" else today - timedelta(days=1)
        return PartialDate(day.year, day.month, day.day)
    readings = _readings(folded)
    if len(readings) != 1:
        raise BadDateError(text, [str(reading) for reading in readings])
    return readings[0]


def date_line(line: str) -> PartialDate | None:
    """Return the date of a line that is nothing but one, perhaps after a label such as `Last updated on`.

    A bare year is a number, and `2017-01` may be one; a month and its year are a date.
    """
    line = line.strip()
    if len(line) > LONGEST or not any(character.isdigit() or character == "年" for character in line):
        return None
    readings = _readings(_without_label(_folded(line)))
    if len(readings) != 1 or readings[0].month is None:
        return None
    is_spelt = readings[0].day is not None or any(character.isalpha() for character in line)
    return readings[0] if is_spelt else None


def _folded(text: str) -> str:
    """Fold a text, unless it has digits of another script: those years are often of another calendar."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text)
    has_other_digits = any(character.isdecimal() and not character.isascii() for character in composed)
    # By a month of ours in the same script, the year is of our calendar, too.
    is_ours = has_other_digits and any(not word.isascii() and fold(word) in MONTHS for word in text.split())
    return composed.casefold() if has_other_digits and not is_ours else fold(text)


def _without_label(folded: str) -> str:
    for label in LABELS:
        if folded.startswith(label) and not folded[len(label) :][:1].isalnum():
            return folded.removeprefix(label).lstrip(" :")
    return folded


def _readings(folded: str) -> list[PartialDate]:
    """Return the different dates that a folded text can mean."""
    folded = folded if folded.isascii() else plain_date(folded)
    timeless = re.sub(_TIME, "", folded, flags=re.VERBOSE)
    words = re.findall(_WORD, re.sub(_JOINT, " ", timeless, flags=re.VERBOSE))
    words = [word for word in words if word not in FILLERS]
    # Some weekdays share their short form with a month (mar, mardi, March): the month is tried first.
    return _dates(_candidates(words)) or [
        reading for reading in _dates(_candidates(_without_weekday(words))) if reading.day
    ]


def _without_weekday(words: Sequence[str]) -> Sequence[str]:
    if words and words[0] in WEEKDAYS:
        return words[1:]
    return words[:-1] if words and words[-1] in WEEKDAYS else words


def _dates(candidates: Iterator[_Parts]) -> list[PartialDate]:
    """Keep the candidates that exist, each once, from the year 1000 on: before it, a year is a slip."""
    found: dict[PartialDate, None] = {}
    for year, month, day in candidates:
        if year >= 1000:
            with suppress(BadDateError):
                found[PartialDate(year, month, day)] = None
    return list(found)


def _candidates(words: Sequence[str]) -> Iterator[_Parts]:
    """Yield year, month and day as the words can be read."""
    if len(words) == 1 and re.fullmatch(_NUMBERS, words[0]):
        yield from _numeric(words[0])
        return
    kinds = "".join(map(_kind, words))
    if kinds in _ORDERS:
        values = dict(zip(kinds, map(_value, words), strict=True))
        yield values["y"], values.get("m"), values.get("d")


def _numeric(word: str) -> Iterator[_Parts]:
    """Yield the readings of two or three numbers, by where the four digits of the year stand."""
    texts = re.split("[./-]", word)
    numbers = [int(text) for text in texts]
    match [len(text) for text in texts]:
        case [4, 1 | 2, 1 | 2]:
            yield numbers[0], numbers[1], numbers[2]
        case [4, 1 | 2]:
            yield numbers[0], numbers[1], None
        case [1 | 2, 4]:
            yield numbers[1], numbers[0], None
        case [1 | 2, 1 | 2, 4]:
            yield numbers[2], numbers[1], numbers[0]
            if "." not in word:
                yield numbers[2], numbers[0], numbers[1]


def _kind(word: str) -> str:
    """Say `m` for the name of a month, `y` for four digits, `d` for one or two, `?` for anything else."""
    if word in MONTHS:
        return "m"
    if not (word.isascii() and word.isdigit()):
        return "?"
    return {4: "y", 2: "d", 1: "d"}.get(len(word), "?")


def _value(word: str) -> int:
    return MONTHS[word] if word in MONTHS else int(word)
