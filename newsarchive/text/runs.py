"""How often runs of letters occur in the languages of one script, read from a table."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

TABLES: Final = Path(__file__).parent.parent / "data" / "languages"
"""The folder of the tables: `latin.tsv` has the languages in Latin letters."""

LONGEST_RUN: Final = 3
LEVELS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
"""What the tables write 1, 2, 3 … as."""

# What news of the Range States is usually written in is presumed of what is between two languages.
_USUAL: Final = ("en", "ru", "fr", "es")
_REGIONAL: Final = (
    *("ar", "de", "dz", "fa", "hi", "kk", "ky", "mn"),
    *("ne", "ps", "tg", "tk", "ug", "ur", "uz"),
)
_PRESUMED: Final = {**dict.fromkeys(_USUAL, 40), **dict.fromkeys(_REGIONAL, 30)}

_LANE: Final = 32  # bits for the sum of a language, beside those of the others in one number
_MASK: Final = (1 << _LANE) - 1
_KNOWN_WORDS: Final = 1 << 16


class Table(dict[str, int]):
    """The runs of letters of one script: what each says for all languages, one lane of bits for each.

    A run is unpacked when it is first met. Adding two such numbers adds the lanes.
    """

    def __init__(self, languages: Sequence[str], rows: Mapping[str, str]) -> None:
        super().__init__()
        self.languages = languages
        self._rows = rows
        self._levels = {sign: level for level, sign in enumerate(LEVELS, 1)}
        self._lanes = {sign: _LANE * place for place, sign in enumerate(LEVELS[: len(languages)])}
        self._known_words: dict[str, int] = {}

    def __missing__(self, run: str) -> int:
        row = self._rows.get(run, "")
        pairs = zip(row[::2], row[1::2], strict=True)
        packed = self[run] = sum(self._levels[level] << self._lanes[lane] for lane, level in pairs)
        return packed

    def languages_with(self, word: str) -> Sequence[str]:
        """Return the languages in which a word is frequent."""
        return self.languages_of(f" {word.lower()} ") if len(word) > 1 else ()

    def languages_of(self, run: str) -> Sequence[str]:
        """Return the languages that have a run of letters."""
        row = self._rows.get(run, "")
        return [self.languages[self._lanes[lane] // _LANE] for lane in row[::2]]

    def judged(self, words: Sequence[str]) -> tuple[dict[str, float], float]:
        """Return what speaks for each language, and how many runs there are."""
        names = [
            word for word in words if word[0].isupper()
        ]  # or the beginning of a sentence: half as telling
        total = 2 * sum(map(self._of_word, words)) - sum(map(self._of_word, names))
        runs = (sum(map(len, words)) - sum(map(len, names)) / 2) * LONGEST_RUN
        return {
            language: (total >> _LANE * place & _MASK) / 2 + _PRESUMED.get(language, 0)
            for place, language in enumerate(self.languages)
        }, runs

    def _of_word(self, word: str) -> int:
        known = self._known_words.get(word)
        if known is None:
            if len(self._known_words) > _KNOWN_WORDS:
                self._known_words.clear()
            known = self._known_words[word] = sum(map(self.__getitem__, runs_of(word.lower())))
        return known


def runs_of(word: str) -> Iterator[str]:
    """Yield the runs of one to three letters of a lower-case word, and all of it; its ends are written as blanks."""
    padded = f" {word} "
    yield from word
    for length in range(2, LONGEST_RUN + 1):
        yield from (padded[start : start + length] for start in range(len(padded) - length + 1))
    if len(padded) > LONGEST_RUN:
        yield padded


@functools.cache
def table(script: str) -> Table:
    """Read the table of a script."""
    _, names, *rows = (TABLES / f"{script}.tsv").read_text(encoding="utf-8").split("\n")
    cells = "\t".join(rows).split("\t")
    return Table(names.split(), dict(zip(cells[::2], cells[1::2], strict=False)))
