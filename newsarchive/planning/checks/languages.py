"""Checks of languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from newsarchive.entry import Entry
from newsarchive.errors import BadValueError
from newsarchive.intake import normalise_language
from newsarchive.planning.checks.base import Fault, Surroundings, texts_of
from newsarchive.text.script import script
from newsarchive.text.words import words

_CYRILLIC: Final = frozenset({"ab", "be", "bg", "ce", "cv", "mk", "ru", "uk"})
"""Languages that are written in Cyrillic letters only."""
_EITHER: Final = frozenset(
    {"az", "bs", "kk", "ku", "ky", "mn", "ro", "sh", "sr", "tg", "tk", "tt", "ug", "uz"}
)
"""Languages that are written in both, here or there."""
_OTHER: Final = re.compile(
    r"am|ar|bn|bo|ckb|dz|el|fa|he|hi|hy|ja|ka|km|ko|lo|mr|my|ne|ps|pa|sd|si|ta|te|th|ur|yi|yue|zh"
)
"""Languages that are written in neither."""


def in_another_script(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find texts none of whose languages is written in the script that most of its words have."""
    foreign = [main for main in _LETTERS if not any(_is_written_in(code, main) for code in entry.languages)]
    texts = [text[:_LOOKED_AT] for _, text in texts_of(entry)]
    if not entry.languages or not any(_LETTERS[main].search(text) for main in foreign for text in texts):
        return
    found = [script(word) for text in texts for word in words(text)]
    letters = [name for name in found if name in ("latin", "cyrillic")]
    other = sum(name not in ("latin", "cyrillic", "mixed") for name in found)
    if len(letters) < _ENOUGH or other > len(letters):
        return
    main = max(_LETTERS, key=letters.count)
    if main not in foreign or letters.count(main) < _SURELY * len(letters):
        return
    codes = ", ".join(entry.languages)
    yield Fault(
        f"is in {codes}, but its text is in {main.title()} letters",
        "newsarchive edit {id} --set languages=CODE",
    )


def unusual_codes(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find codes of a language that has a shorter one: `rus` and `fre` of other programs, for ru and fr."""
    for code, usual in zip(entry.languages, _usual_codes(entry), strict=True):
        if code != usual:
            yield Fault(f"{code} is {usual}", "newsarchive check id:{id} --only language-code --fix")


def with_usual_codes(entry: Entry, _: Surroundings) -> Entry:
    """Return the entry with the usual code of each of its languages."""
    return replace(entry, languages=tuple(_usual_codes(entry)))


def _usual_codes(entry: Entry) -> list[str]:
    return [_usual(code) for code in entry.languages]


def _usual(code: str) -> str:
    try:
        return normalise_language(code)
    except BadValueError:
        return code


_LETTERS: Final = {"latin": re.compile("[A-Za-z]"), "cyrillic": re.compile("[\u0400-\u04ff]")}
_LOOKED_AT: Final = 4_000
_ENOUGH: Final = 4
_SURELY: Final = 0.8


def _is_written_in(code: str, letters: str) -> bool:
    """Whether a language is written in these letters, `latin` or `cyrillic`."""
    base, _, rest = code.partition("-")
    if "Latn" in rest or "Cyrl" in rest:
        return ("Latn" in rest) == (letters == "latin")
    if base in _EITHER:
        return True
    return base in _CYRILLIC if letters == "cyrillic" else not (base in _CYRILLIC or _OTHER.fullmatch(base))
