"""What a translation leaves as it is: numbers, the sound of names, and what the thesaurus knows by several names."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from newsarchive.entry import Entry
from newsarchive.planning.shared_names import whole_text
from newsarchive.planning.twins import normalise_url
from newsarchive.text.codes import is_language
from newsarchive.text.key import key
from newsarchive.text.words import spans, words
from newsarchive.thesaurus.countries import country_of
from newsarchive.thesaurus.thesaurus import Thesaurus

_MOST: Final = 4_000
"""Characters of a story that are looked at: its beginning tells it from others."""

_SOUNDS: Final = 4
"""Sounds at the beginning of a word that tell what it is: endings differ between languages."""

_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?!\d)")
_CODE: Final = re.compile(r"(?i)[a-z]{2}(?:[-_][a-z]{2,4})?")

Trait = str
"""`#` and a number, `@` and a concept or country, or the sounds with which a word begins."""


def traits(entry: Entry, thesaurus: Thesaurus) -> set[Trait]:
    """Return the traits of an entry."""
    text = whole_text(entry)[:_MOST]
    found = words(text)
    concepts = {f"@{concept.id}" for _, _, concept in thesaurus.label_runs(found)}
    return concepts.union(dict(_numbers(text)), *map(_traits_of, set(found)))


def shown_traits(entry: Entry, thesaurus: Thesaurus) -> dict[Trait, str]:
    """Return the traits of an entry, each as it stands in the text first."""
    text = whole_text(entry)[:_MOST]
    found = spans(text)
    shown = dict(_numbers(text))
    for start, length, concept in thesaurus.label_runs([word for word, _, _ in found]):
        shown.setdefault(f"@{concept.id}", text[found[start][1] : found[start + length - 1][2]])
    for word, start, end in found:
        for trait in _traits_of(word):
            shown.setdefault(trait, text[start:end])
    return shown


def _numbers(text: str) -> Iterator[tuple[Trait, str]]:
    """Yield the numbers of two digits and more, in whatever digits they are written."""
    for match in _NUMBER.finditer(text):
        digits = "".join(str(unicodedata.decimal(c)) for c in match[0] if c.isdecimal())
        if len(digits) > 1:
            yield f"#{digits}", match[0]


@functools.lru_cache(maxsize=1 << 17)
def _traits_of(word: str) -> tuple[Trait, ...]:
    """Return with which sounds a folded word begins, if it is long enough, and the country that it names."""
    if not word.isalpha():
        return ()
    sounds, country = key(word), country_of(word)
    beginning = (sounds[:_SOUNDS],) if len(sounds) >= _SOUNDS and sounds.isascii() else ()
    return (*beginning, f"@{country}") if country else beginning


def address_in_all_languages(url: str) -> str | None:
    """Return what addresses of a page in several languages have in common, None for one of a whole site.

    That is the address without `ru.` before the host, `/ru/` in the path and `lang=ru` behind it.
    """
    try:
        parts = urlsplit(f"//{normalise_url(url)}")
    except ValueError:
        return None
    labels = parts.netloc.split(".")
    host = ".".join(labels[1:] if len(labels) > 2 and _is_code(labels[0]) else labels)
    steps = [step for step in parts.path.split("/") if step and not _is_code(step)]
    query = [pair for pair in parts.query.split("&") if pair and not _is_code(pair.rpartition("=")[2])]
    return "/".join([host, *steps, "&".join(query)]) if steps or query else None


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None and is_language(text[:2].lower())
