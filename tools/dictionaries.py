"""Write the dictionaries by which search knows a word that is right, whatever the archive holds.

usage: dictionaries.py FOLDER

FOLDER holds the npm packages `dictionary-en` 4.0.0, `dictionary-en-gb` 3.0.0 (from SCOWL, MIT and BSD),
`dictionary-ru` 3.0.0 (A. Lebedev, BSD), `an-array-of-french-words` and `an-array-of-spanish-words` 2.0.0 (MIT),
each in a folder of its name. Names of countries are those of CLDR, by Babel (`pip install babel`). Of a word only
a few bits of a Bloom filter are kept: no list can be read out of it. English words are there in all their forms,
Russian ones as they stand in the dictionary, of French and Spanish ones with the same stem the shortest.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from babel import Locale

from newsarchive.search.dictionary import FOLDER, places_of
from newsarchive.search.stems import stem_pairs
from newsarchive.text.words import words
from newsarchive.thesaurus.countries import COUNTRIES

BITS: Final = {"en": 12, "ru": 12, "fr": 10, "es": 10}
"""For each word: of other words one in 300 is taken for one with 12, one in 100 with 10."""

FORMS: Final = 3
"""So many forms of a French or Spanish word are kept."""

SHORTEST: Final = 4
LOCALES: Final = (
    *(
        "en",
        "ru",
        "fr",
        "es",
        "de",
        "it",
        "pt",
        "nl",
        "kk",
        "ky",
        "mn",
        "uz",
        "uz_Cyrl",
        "tg",
        "tk",
        "tr",
        "uk",
    ),
    *("fa", "ar", "ur", "hi", "ne", "zh", "ja", "ko"),
)


def main(folder: Path) -> None:
    """Write a filter for each language, and the names of countries."""
    for language, listed in sources(folder).items():
        known = {word for text in listed for word in words(text) if len(word) >= SHORTEST and word.isalpha()}
        write(language, known if language in ("en", "ru") else shortest(known, language))
    lines = [f"{word}\t{code}\n" for word, code in sorted(names().items())]
    COUNTRIES.write_text("".join(lines), encoding="utf-8")


def sources(folder: Path) -> dict[str, Iterable[str]]:
    """Return the words of each language."""
    return {
        "en": [*hunspell(folder / "dictionary-en"), *hunspell(folder / "dictionary-en-gb")],
        "ru": hunspell(folder / "dictionary-ru"),
        "fr": json.loads((folder / "an-array-of-french-words" / "index.json").read_text("utf-8")),
        "es": json.loads((folder / "an-array-of-spanish-words" / "index.json").read_text("utf-8")),
    }


def hunspell(folder: Path) -> Iterator[str]:
    """Yield the words of a dictionary for Hunspell, with the endings that it lets each have."""
    endings = suffixes(folder)
    _, *lines = (folder / "index.dic").read_text("utf-8").splitlines()
    for line in lines:
        word, _, flags = line.partition("\t")[0].partition("/")
        yield word
        if folder.name.startswith("dictionary-en"):
            its = (ending for flag in flags for ending in endings.get(flag, ()))
            yield from (word.removesuffix(old) + new for old, new, fits in its if fits(word))


def suffixes(folder: Path) -> Mapping[str, list[tuple[str, str, Callable[[str], object]]]]:
    """Return for each flag what a word loses and takes at its end, and the test whether it may."""
    found = defaultdict(list)
    for line in (folder / "index.aff").read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            _, flag, old, new, condition, *_ = parts
            fits = re.compile(f"{condition}$").search
            found[flag].append(("" if old == "0" else old, "" if new == "0" else new.partition("/")[0], fits))
    return found


def shortest(known: Iterable[str], language: str) -> set[str]:
    """Return the shortest words of each stem."""
    by_stem = defaultdict(list)
    for stem, word in stem_pairs(sorted(known, key=len), language):
        by_stem[stem].append(word)
    return {word for its in by_stem.values() for word in its[:FORMS]}


def names() -> Mapping[str, str]:
    """Return the words of the names of countries; those that are a whole name with the country's code."""
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            its = [word for word in words(name) if len(word) >= SHORTEST and word.isalpha()]
            if len(code) == 2:
                found.update((word, found.get(word, "")) for word in its)
            if len(code) == 2 and len(words(name)) == len(its) == 1:
                found[its[0]] = code
    return found


def write(language: str, known: Collection[str]) -> None:
    """Write the filter of some words."""
    bits = bytearray(len(known) * BITS[language] // 8 + 1)
    for word in known:
        for place in places_of(word, len(bits)):
            bits[place // 8] |= 1 << place % 8
    (FOLDER / f"{language}.bits").write_bytes(bits)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
