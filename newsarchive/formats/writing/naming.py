"""Names for the files of entries: readable, unique, and safe on every file system."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from itertools import chain, count
from types import MappingProxyType
from typing import Final

from newsarchive.formats.base import Row
from newsarchive.text.words import whole_words

LONGEST_SLUG: Final = 80

_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""What Windows takes for a device, whatever the suffix."""


class FileNames:
    """Hands out a name without suffix for each row: `2021-01-29-in-memoriam-anton-mezhnev`.

    Names are lower-case ASCII, so no two of them meet where case or accents are folded.
    """

    def __init__(self, kept: Mapping[int, str] = MappingProxyType({})) -> None:
        """`kept` are names that entries had before, by their ids, and keep."""
        self._kept = kept
        self._taken: set[str] = set(kept.values())
        self._given: set[str] = set()

    def name(self, row: Row) -> str:
        """Return a name that was not handed out before."""
        number = row.get("id") or len(self._taken) + 1
        if (had := key_of(row) or self._kept.get(number)) and had not in self._given:
            self._taken.add(had)
            self._given.add(had)
            return had
        stem = slug(row["title"]) or f"entry-{number}"
        stem = f"{row['date']}-{stem}" if row.get("date") else stem
        numbered = f"{stem}-{number}"
        first = [] if _RESERVED.fullmatch(stem) else [stem]
        candidates = chain(first, [numbered], (f"{numbered}-{n}" for n in count(2)))
        name = next(candidate for candidate in candidates if candidate not in self._taken)
        self._taken.add(name)
        self._given.add(name)
        return name


def key_of(row: Row) -> str | None:
    """Return the name that a user has set for an entry: `extra.key`, where it can be one in files and citations."""
    key = (row.get("extra") or {}).get("key")
    return key if isinstance(key, str) and is_key(key) else None


def is_key(text: str) -> bool:
    """Whether a text can be the name of a file on every system, and the key of a citation."""
    is_plain = re.fullmatch(r"[a-z0-9](?:[a-z0-9_.-]{0,98}[a-z0-9])?", text)
    return bool(is_plain) and not _RESERVED.fullmatch(text.partition(".")[0])


@functools.lru_cache(maxsize=1 << 14)
def _in_ascii(word: str) -> str:
    from anyascii import anyascii  # spares start-up

    return re.sub("[^a-z0-9]", "", anyascii(word).lower())


def slug(title: str, *, longest: int = LONGEST_SLUG) -> str:
    """Return the words of a title in ASCII, joined by hyphens; empty when it has none."""
    kept: list[str] = []
    length = -1
    for word in whole_words(title):
        if ascii_word := word.lower() if word.isascii() and word.isalnum() else _in_ascii(word):
            kept.append(ascii_word)
            length += 1 + len(ascii_word)
            if length > longest:
                break  # no word behind it is wanted, and in other scripts each takes time
    joined = "-".join(kept)
    if len(joined) <= longest:
        return joined
    whole, _, _ = joined[: longest + 1].rpartition("-")
    return whole or joined[:longest]
