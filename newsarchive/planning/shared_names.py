"""Names that two entries share."""

from __future__ import annotations

import re

from newsarchive.entry import Entry
from newsarchive.text.fold import fold


def whole_text(entry: Entry) -> str:
    """Return the texts of an entry, a line each."""
    return "\n".join(filter(None, (entry.title, entry.summary, entry.body)))


_MOST = 5
"""Names that are told."""


def shared_names(one: Entry, other: Entry) -> tuple[str, ...]:
    """Return what both texts write with capitals inside a sentence, in the order of the first."""
    theirs = {fold(name) for name in _names(whole_text(other))}
    return tuple(name for name in dict.fromkeys(_names(whole_text(one))) if fold(name) in theirs)[:_MOST]


def _names(text: str) -> list[str]:
    """Return the names in a text: words with a capital that follow a word on their line."""
    names: list[str] = re.findall(
        r"(?<=[\w,] )(?:[^\W\d_a-zа-яё][\w’'-]+)(?: [^\W\d_a-zа-яё][\w’'-]+)*", text
    )
    return [name for name in names if name[0].isupper()]
