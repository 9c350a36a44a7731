"""The inflected forms of a label's words, so that «снежного барса» is recognised as «снежный барс».

Listing forms is exact where stemming is not: Snowball parts «Казахстан» from «Казахстане» and joins «Индия»
with the river «Инд», `CITES` with `cited`.
"""

from __future__ import annotations

import functools
from typing import Final

from newsarchive.text.words import spans

_PLURALS: Final = {
    "en": (("", "s"), ("", "es"), ("y", "ies")),
    "fr": (("", "s"), ("u", "ux"), ("al", "aux")),
    "es": (("", "s"), ("", "es")),
}
"""By language: what a word may lose at its end, and what it then takes."""

_RUSSIAN_NOUN: Final = (
    "",
    *"аяоеуюыиьй",
    *("ой", "ей", "ою", "ею", "ью", "ом", "ем", "ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях"),
)
_RUSSIAN_ADJECTIVE: Final = (
    *("ый", "ий", "ой", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем"),
    *("ая", "яя", "ей", "ую", "юю", "ою", "ею", "ое", "ее", "ые", "ие", "ых", "их", "ыми", "ими"),
)
_RUSSIAN_ADJECTIVE_ENDS: Final = frozenset({"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"})
_RUSSIAN_NOUN_ENDS: Final = "аеийоыья"
_RUSSIAN_VOWELS: Final = "аеиоуыэюя"
_RUSSIAN_ORDINAL: Final = frozenset(
    {"я", "й", "ю", "е", "м", "х", "го", "му", "ой", "ей", "ом", "ем", "ую", "ая", "ое"}
)
"""What stands behind the hyphen in 17-я, 17-й, 17-го."""


def label_forms(text: str, language: str) -> list[tuple[str, frozenset[str]]]:
    """Return the folded words of a label, each with the forms it may stand in.

    A word in capitals is an abbreviation and has one form; so has a scientific name. The ending of a Russian
    ordinal, 17-я, has those of its other cases.
    """
    found: list[tuple[str, frozenset[str]]] = []
    for word, start, end in spans(text):
        if language == "ru" and word in _RUSSIAN_ORDINAL and found and found[-1][0].isdigit():
            forms = _RUSSIAN_ORDINAL
        else:
            forms = frozenset({word}) if text[start:end].isupper() else word_forms(word, language)
        found.append((word, forms))
    return found


def lists_forms(language: str) -> bool:
    """Whether the forms of its words are listed here, or it has but one of each."""
    return language in ("ru", "la", *_PLURALS)


@functools.lru_cache(maxsize=1 << 12)
def word_forms(word: str, language: str) -> frozenset[str]:
    """Return the forms of a folded word that is in its base form, itself included."""
    if not word.isalpha():
        return frozenset({word})
    if language == "ru":
        return frozenset({word, *_russian_forms(word)})
    changes = _PLURALS.get(language, ())
    return frozenset({word, *(word.removesuffix(old) + new for old, new in changes if word.endswith(old))})


def _russian_forms(word: str) -> set[str]:
    """Return the cases of `word`, taken for a noun and, if it looks like one, for an adjective.

    Forms that no one writes are among them; they meet nothing.
    """
    stem = word[:-1] if word[-1] in _RUSSIAN_NOUN_ENDS else word
    if len(stem) < 2:
        return set()
    # «Китай» without an ending would be «кита», of the whale.
    bare = stem[-1] not in _RUSSIAN_VOWELS
    forms = {stem + ending for ending in _RUSSIAN_NOUN if ending or bare}
    if word[-2:] in _RUSSIAN_ADJECTIVE_ENDS:
        forms.update(word[:-2] + ending for ending in _RUSSIAN_ADJECTIVE)
    return forms
