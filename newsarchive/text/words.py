"""Split text into folded words: the one tokenizer for the index, the query and the highlights."""

from __future__ import annotations

import functools
import re

from newsarchive.text.fold import APOSTROPHES, fold

# What continues a word without being a letter or digit: Python's \w knows no combining marks.
_MARKS = "".join(
    (
        r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f",  # European
        r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7",  # Hebrew
        r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed",  # Arabic
        r"\u0711-\u07f3\u0816-\u082d\u08d3-\u08e1\u08e3-\u0963",  # Syriac to Devanagari
        r"\u0981-\u09e3\u0a01-\u0a75\u0a81-\u0ae3\u0b01-\u0b63",  # Bengali to Oriya
        r"\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0d4d\u0d57-\u0d63\u0d81-\u0df3",  # Tamil to Sinhala
        r"\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u0f86-\u0fbc",  # Thai to Tibetan
        r"\u102b-\u103e\u1056-\u109d\u17b4-\u17d3\u180b-\u180d\u3099\u309a",  # Burmese to Japanese
        r"\u00ad\u200c\u200d\u2060\ufe00-\ufe0f",  # soft hyphen, ZWNJ, ZWJ, joiner, variation selectors
    )
)

_ALL_APOSTROPHES = f"'{APOSTROPHES}"
_LETTERS_S = "sSſ"


def words(text: str) -> list[str]:
    """Return the folded words of `text` in their order."""
    if "'" not in text:
        if text.isascii():
            return _plain_run().findall(text.lower())
        lower = text.lower().replace("ё", "е")
        if not _unusual().search(lower):
            return _plain_run().findall(lower)
    return [word for run in _run().findall(text) if (word := _proper(run)[0])]


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return the words of `text`, each with its start and end in `text` as it is."""
    found = []
    for run in _run().finditer(text):
        word, before, after = _proper(run[0])
        if word:
            found.append((word, run.start() + before, run.end() - after))
    return found


@functools.lru_cache(maxsize=1 << 16)
def _proper(run: str) -> tuple[str, int, int]:
    """Return the folded word in a run, and the lengths of what it leaves out before and after it."""
    folded = fold(run)
    if folded.isalnum():
        return folded, 0, 0
    article = _elided_article().match(run)
    before, after = article.end() if article else 0, _possessive(run)
    return _not_of_a_word().sub("", fold(run[before : len(run) - after])), before, after


@functools.cache
def _plain_run() -> re.Pattern[str]:
    return re.compile(r"[a-z0-9а-я]+")


@functools.cache
def _unusual() -> re.Pattern[str]:
    """Compile the pattern of what is neither ASCII nor Russian, nor a sign of print that parts words."""
    return re.compile(r"[^\x00-\x7fа-я\xa0§«»–—“”„…№]")


@functools.cache
def _run() -> re.Pattern[str]:
    """Compile the pattern of letters, digits and marks, with apostrophes where a letter follows."""
    return re.compile(rf"[^\W_]++(?:[{_MARKS}]++[^\W_]*+|['{APOSTROPHES}](?=[^\W\d_])[^\W_]++)*+")


@functools.cache
def _elided_article() -> re.Pattern[str]:
    """Compile the pattern of what French elides before a vowel: l'environnement, qu'un."""
    elided = r"[cdjlmnst]|(?:jus|lors|puis)?qu"
    return re.compile(rf"(?:{elided})['{APOSTROPHES}](?=[aeiouhàâæéèêëîïôœûü])", re.IGNORECASE)


def _possessive(run: str) -> int:
    """Return the length of what a possessive adds: 's, also more than once.

    Looked for from the end: a pattern would begin anew at each apostrophe, and try them all each time.
    """
    end = len(run)
    while run[end - 1 : end] in _LETTERS_S and run[end - 2 : end - 1] in _ALL_APOSTROPHES and end > 1:
        end -= 2
    return len(run) - end


@functools.cache
def _not_of_a_word() -> re.Pattern[str]:
    """Compile the pattern of what no folded word holds: apostrophes, the bar of ½, a mark at its start."""
    return re.compile(rf"^[\W_]+|[^\w{_MARKS}]|_")
