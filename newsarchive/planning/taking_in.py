"""What becomes of an item's fields on their way in, and what is to be said of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from newsarchive.dates.doubt import NEXT_YEAR, doubt
from newsarchive.entry import Entry
from newsarchive.formats.base import Item
from newsarchive.intake import admit, lenient_tag
from newsarchive.text.damage import damage


def taken_in(item: Item, today: date) -> tuple[Entry, tuple[str, ...]]:
    """Return the entry as the archive may hold it, and what was put right for that or seems wrong."""
    entry = item.entry
    tags, notes = [], [*item.notes, *_damages(entry), *_doubts(entry, today)]
    for tag in entry.tags:
        plain, is_other = lenient_tag(tag)
        tags += [plain] if plain else []
        if is_other:
            notes.append(f"tag {tag[:40]!r} becomes {plain!r}" if plain else f"tag {tag[:40]!r} is left out")
    admitted, warnings = admit(entry if tuple(tags) == entry.tags else replace(entry, tags=tuple(tags)))
    return admitted, (*notes, *warnings)


def _doubts(entry: Entry, today: date) -> Iterator[str]:
    """Yield a note where the date is hardly that of a story, and is not one that an archive held already."""
    if entry.added is None and (doubtful := doubt(entry.date, today, ahead=NEXT_YEAR)):
        yield doubtful


def _damages(entry: Entry) -> Iterator[str]:
    """Yield a note for each text that was damaged on its way."""
    for name in ("title", "summary", "body"):
        text = getattr(entry, name)
        if text and (fault := damage(text)):
            yield f"{name}: {fault}"
