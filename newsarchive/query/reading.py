"""An entry's text as words are looked for in it, prepared no further than a query asks."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from newsarchive.entry import Entry
from newsarchive.text.fold import fold
from newsarchive.text.words import has_signs_inside, words

BARRIER: Final = "\x00"
"""Stands between two fields or tags, so that no phrase reaches across."""

GAPS: Final = r"\x01-&(-/:-@\[-`{-\x7f\xa0§©«®·»–—“”„…№™"
"""What stands between words, for a character class: ASCII without the apostrophe, and signs of news texts."""

DELIMITERS: Final = rf"\x00{GAPS}"


class Reading:
    """An entry and what has been read of it so far."""

    __slots__ = ("_texts", "entry")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._texts: dict[str, ReadableText] = {}

    def text(self, field: str = "") -> ReadableText:
        """Return the text of one field, without a name that of title, summary, body and tags together."""
        known = self._texts.get(field)
        if known is None:
            known = self._texts[field] = ReadableText(_pieces(self.entry, field))
        return known


def _pieces(entry: Entry, field: str) -> Sequence[str]:
    if field:
        return [getattr(entry, field) or ""]
    return [entry.title, entry.summary or "", entry.body or "", *entry.tags]


class ReadableText:
    """Texts in which the folded words stand between DELIMITERS, and a BARRIER between one text and the next.

    Folding a text that is not ASCII takes 40 µs, too long for each entry of a large archive. Nearly all are
    plain English or Russian, and of those lower case makes the same in a tenth of the time: that is `quick`,
    where only words with an apostrophe in or beside them are not as they should be. They are in `exact`.
    """

    __slots__ = ("_exact", "quick")

    def __init__(self, pieces: Sequence[str]) -> None:
        text = BARRIER.join(pieces)
        self.quick = text.lower() if text.isascii() else text.casefold().replace("ё", "е").replace("’", "'")
        if has_signs_inside(text) or (not text.isascii() and _unusual().search(self.quick)):
            self.quick = BARRIER.join(" ".join(words(piece)) for piece in pieces)
        self._exact: str | None = None

    @property
    def exact(self) -> str:
        """The text without apostrophes, each word as the tokenizer makes it."""
        if "'" not in self.quick:
            return self.quick
        if self._exact is None:
            chunks = self.quick.split(" ")
            self._exact = " ".join([_resolved(chunk) if "'" in chunk else chunk for chunk in chunks])
        return self._exact

    def has(self, word: str) -> bool:
        """Whether the letters of `word` are there at all, if only as a part of other words."""
        quick = self.quick
        return word in quick or ("'" in quick and word in quick.replace("'", ""))


def _resolved(chunk: str) -> str:
    return BARRIER.join(" ".join(words(piece)) for piece in chunk.split(BARRIER))


@functools.cache
def _unusual() -> re.Pattern[str]:
    """Compile the pattern of a character to which folding or the rules of words may do something."""
    signs = map(chr, range(0x0430, 0x0530))
    cyrillic = "".join(sign for sign in signs if sign.isalpha() and fold(sign) == sign)
    return re.compile(f"[^a-z0-9'{DELIMITERS}{cyrillic}]")
