"""Tell which languages a text is written in, line by line: by script, and by the letters that follow each other.

How often each run of one to three letters occurs in a language is counted in translations of the Universal
Declaration of Human Rights; `benchmarks/languages.py` makes the tables and measures what comes out. Those of a
script are read when a text of it comes in.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from newsarchive.text.fold import APOSTROPHES
from newsarchive.text.runs import Table, table

# First code points of ranges of scripts, and what each range is; `` is nothing that tells.
_SCRIPTS: Final = (
    *((0x0000, ""), (0x0041, "latin"), (0x0250, ""), (0x0400, "cyrillic"), (0x0530, ""), (0x0600, "arabic")),
    *(
        (0x0700, ""),
        (0x0750, "arabic"),
        (0x0780, ""),
        (0x08A0, "arabic"),
        (0x0900, "devanagari"),
        (0x0980, ""),
    ),
    *((0x0E00, "th"), (0x0E80, "lo"), (0x0F00, "tibetan"), (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko")),
    *((0x1200, ""), (0x1780, "km"), (0x1800, ""), (0x1E00, "latin"), (0x1F00, ""), (0x3041, "ja")),
    *((0x3100, ""), (0x3130, "ko"), (0x3190, ""), (0x3400, "zh"), (0xA000, ""), (0xAC00, "ko"), (0xD7B0, "")),
    *((0xFB50, "arabic"), (0xFE00, ""), (0xFE70, "arabic"), (0xFF00, ""), (0x20000, "zh"), (0x32000, "")),
)
_STARTS: Final = [start for start, _ in _SCRIPTS]

_TABLES: Final = ("latin", "cyrillic", "arabic", "devanagari", "tibetan")
_CASED: Final = ("latin", "cyrillic")


# Lower-case words that are part of names.
_PARTICLES: Final = frozenset(
    {
        "af",
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "et",
        "ibn",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "zu",
    }
)

_SENTENCE = 5  # words
_SHARE = 0.2  # of the words of the text
_QUOTATION = 1 / 3  # of the words of a line: less than that in another script is a name or a quotation
_LEAD: Final = 20  # levels before the next language
_OTHER_LEAD: Final = 60  # levels before the language of most of the text
_FAMILIAR: Final = 16.0  # levels a run at least: less than that is a language of which there is no table
_SIGNS_PER_WORD: Final = 2  # of Chinese and Japanese

_FEWEST_SIGNS: Final = 4
_ENOUGH_WORDS: Final = 4


def languages(text: str) -> tuple[str, ...]:
    """Return the BCP 47 codes of the languages of `text`, the one with most words first.

    A language needs five words or a fifth of the text. Empty when nothing tells, as in a line of names.
    """
    parts = [part for line in text.splitlines() for part in _parts(line)]
    main = {script: _strongest(part.scores for part in parts if part.script == script) for script in _TABLES}
    amounts: dict[str, float] = {}
    total = 0.0
    for part in parts:
        total += part.amount
        language = _decided(part, main.get(part.script, "")) if part.scores else part.script
        if language:
            amounts[language] = amounts.get(language, 0) + part.amount
    ranked = sorted(amounts, key=amounts.__getitem__, reverse=True)
    return tuple(code for code in ranked if amounts[code] >= min(_SENTENCE, _SHARE * total))


class Part(NamedTuple):
    """The words of one line in one script: how many, and in levels what speaks for each language.

    `runs` is the number of runs of letters that were looked at; without scores the script tells by itself. Few
    words may be names: then `backed` are the languages that something else speaks for, else it is None.
    """

    script: str
    amount: float
    scores: Mapping[str, float]
    runs: float = 0
    backed: frozenset[str] | None = None


def _parts(line: str) -> Iterator[Part]:
    line = _addresses().sub(" ", _plain(line.lower() if line.isupper() else line))
    by_script: dict[str, list[str]] = {}
    for word in _words().findall(line):
        by_script.setdefault(_script(word), []).append(word)
    if "ja" in by_script:  # Japanese is written with Chinese signs too
        by_script["ja"] += by_script.pop("zh", [])
    amounts = {script: _amount(script, words) for script, words in by_script.items()}
    for script, words in by_script.items():
        telling = script and _tells(script, words)
        if not telling or amounts[script] < _QUOTATION * sum(amounts.values()):
            yield Part("", amounts[script], {"": 0})
        elif script in _TABLES:
            known = table(script)
            yield Part(script, amounts[script], *known.judged(words), _backed(script, words, known))
        else:
            yield Part(script, amounts[script], {})


def _backed(script: str, words: Sequence[str], known: Table) -> frozenset[str] | None:
    """Return the languages in which one of a few words is frequent, in Cyrillic those that have all the letters.

    Russian is presumed of plain letters.
    """
    if len(words) >= _ENOUGH_WORDS:
        return None
    if script == "cyrillic" and len(words) > 1:
        others = set(_not_russian().findall("".join(words).lower()))
        with_letters = (frozenset(known.languages_of(letter)) for letter in others)
        return functools.reduce(frozenset.intersection, with_letters) if others else frozenset({"ru"})
    return frozenset(chain.from_iterable(map(known.languages_with, words)))


@functools.cache
def _not_russian() -> re.Pattern[str]:
    return re.compile("[^а-яё'-]")


def _tells(script: str, words: Sequence[str]) -> bool:
    """Whether there is more than names: a word in lower case, or several where there is no case."""
    if script in _CASED:
        return any(word[0].islower() and word not in _PARTICLES for word in words)
    return len(words) > 1 or sum(map(len, words)) >= _FEWEST_SIGNS


def _plain(line: str) -> str:
    return line if line.isascii() else unicodedata.normalize("NFKC", line).translate(_spellings())


@functools.cache
def _spellings() -> dict[int, str]:
    """Return what is written one way: apostrophes, and no joiners, tatweel, or the hamza of Kazakh."""
    return str.maketrans(
        {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys("\u200c\u200d\u0640\u0674\u00ad", "")}
    )


@functools.cache
def _addresses() -> re.Pattern[str]:
    return re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")


@functools.cache
def _words() -> re.Pattern[str]:
    marks = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    marks += "\u0e31-\u0e4e\u0eb1-\u0ecd\u0f71-\u0fbc"  # Thai, Lao, Tibetan
    return re.compile(rf"[^\W\d_](?:[^\W\d_]|[{marks}]|'(?=[^\W\d_]))*'?")


def _script(word: str) -> str:
    return _SCRIPTS[bisect(_STARTS, ord(word[0])) - 1][1]


def _amount(script: str, words: Sequence[str]) -> float:
    """Count words; signs of which several make a word count as so much less."""
    return sum(map(len, words)) / _SIGNS_PER_WORD if script in ("zh", "ja") else len(words)


def _strongest(scores: Iterable[Mapping[str, float]]) -> str:
    """Return the language that most speaks for in all of a text."""
    sums: dict[str, float] = {}
    for part in scores:
        for language, score in part.items():
            sums[language] = sums.get(language, 0) + score
    return max(sums, key=sums.__getitem__, default="")


def _decided(part: Part, main: str) -> str:
    """Return the language of a part, empty when it is too uncertain."""
    best, *others = sorted(part.scores, key=part.scores.__getitem__, reverse=True)
    scores = part.scores
    if scores[best] < _FAMILIAR * part.runs:
        return ""
    if part.backed and len(part.backed) == 1:
        (main,) = part.backed
    if best != main and scores[best] < scores.get(main, 0) + _OTHER_LEAD:
        best, others = main, []
    if part.backed is not None and best not in part.backed:
        return ""
    return best if all(scores[best] >= scores[other] + _LEAD for other in others[:1]) else ""
