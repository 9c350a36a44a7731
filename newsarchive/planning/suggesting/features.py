"""What an entry is about, in numbers: how often the stems of its words stand in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from newsarchive.entry import Entry
from newsarchive.search.stems import languages_that_stem, stemming_languages, stems_of
from newsarchive.text.words import words

_WEIGHTS: Final = (("title", 3.0), ("summary", 1.5), ("body", 1.0))
_MOST: Final = 4_000
"""Characters of a text that tell what it is about; more would only take longer."""

_ADDRESS: Final = re.compile(r"\]\([^])\s]*\)|<[^>]{0,300}>|https?://\S+")
"""Addresses and tags, whose words are not the story's."""


def telling_words(entry: Entry) -> list[str]:
    """Return the folded words of an entry, each once."""
    texts = (_ADDRESS.sub(" ", (getattr(entry, name) or "")[:_MOST]) for name, _ in _WEIGHTS)
    return list(dict.fromkeys(word for text in texts for word in words(text) if not word.isdigit()))


class Features:
    """The stems of one entry with their weighted numbers, and the text as a line of stems."""

    def __init__(self, entry: Entry) -> None:
        latin = languages_that_stem(entry.languages)
        self.counts: dict[str, float] = defaultdict(float)
        lines: dict[str, str] = {}
        for name, weight in _WEIGHTS:
            text: str = getattr(entry, name) or ""
            stems = stems_in(_ADDRESS.sub(" ", text[:_MOST]), latin)
            lines[name] = f" {' '.join(stems)} "
            for stem in stems:
                self.counts[stem] += weight
        self.length = sum(self.counts.values())
        self.title = lines["title"]
        self.text = "".join(lines.values())


def stems_in(text: str, latin: Sequence[str]) -> list[str]:
    """Return the stem of each word of a text, the word itself where no language stems it."""
    return [_stem(word, latin) for word in words(text)]


_KNOWN: dict[tuple[str, Sequence[str]], str] = {}


def _stem(word: str, latin: Sequence[str]) -> str:
    known = _KNOWN.get((word, latin))
    if known is None:
        stems = stems_of(word, stemming_languages(word, latin))
        known = _KNOWN[word, latin] = stems[0].partition(":")[2] or word if stems else word
    return known
