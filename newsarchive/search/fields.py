"""The parts of an entry that are searched as text."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.text.words import words

TEXT_FIELDS: Final = ("title", "tags", "summary", "body")


class Reach(NamedTuple):
    """How widely bare words are looked for: in which fields, and whether only as they are spelt."""

    fields: tuple[str, ...] = TEXT_FIELDS
    fuzzy: bool = True


EVERYWHERE: Final = Reach()


def field_texts(entry: Entry) -> tuple[str, str, str, str]:
    """Return the texts of TEXT_FIELDS, the tags joined by `, `; a field that is not there is empty."""
    return entry.title, ", ".join(entry.tags), entry.summary or "", entry.body or ""


def read_field_words(entry: Entry) -> set[tuple[str, str]]:
    """Return the words of all fields whose marks tell of another sound, each behind its key by that."""
    texts = field_texts(entry)
    if all(map(str.isascii, texts)):
        return set()
    from newsarchive.text.readings import read_words  # spares start-up: listing needs no keys

    marked = (text for text in texts if not text.isascii())
    return {pair for text in marked for pair in read_words(text)}


def field_words(entry: Entry) -> tuple[list[str], ...]:
    """Return the folded words of each of TEXT_FIELDS."""
    return tuple(words(text) if text else [] for text in field_texts(entry))
