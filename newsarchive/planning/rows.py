"""Rows of tables that this archive has written: whose they are, also where a spreadsheet wrote their times anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from newsarchive.dates.respelt import MINUTES, SECONDS, agreement
from newsarchive.entry import Entry, format_instant
from newsarchive.formats.base import Item

_ANOTHER_TIME: Final = datetime.min.replace(tzinfo=UTC)
"""At which no entry was changed."""


def means(text: Any, instant: datetime | None) -> bool:
    """Whether a cell can be an instant: as it was written, or as a spreadsheet may write it, without seconds too."""
    if not isinstance(text, str) or instant is None:
        return False
    return text == format_instant(instant) or agreement(text, instant) >= MINUTES


def with_times(item: Item, own: Entry | None) -> Item:
    """Return an item with the times of the entry that its row was written from, where a spreadsheet respelt them.

    Where the seconds are gone, more than the minute must be the entry's.
    """
    if own is None or own.added is None:
        return item
    entry = item.entry
    added, modified = _told(entry, "added"), _told(entry, "modified")
    if added is None or not means(added, own.added):
        return item
    if agreement(added, own.added) < SECONDS and not _have_one_mark(entry, own):
        return item
    extra = {name: value for name, value in entry.extra.items() if name not in _RESPELT}
    changed = entry.modified
    if modified is not None:
        changed = own.modified if means(modified, own.modified) else _ANOTHER_TIME
    return item._replace(entry=replace(entry, added=own.added, modified=changed, extra=extra))


def _told(entry: Entry, name: str) -> str | None:
    """Return a time of a row that was written anew, as text: one that no reader knows, or one to the minute."""
    instant: datetime | None = getattr(entry, name)
    if instant is None:
        told = entry.extra.get(f"source_{name}")
        return told if isinstance(told, str) else None
    return None if instant.second else f"{instant.astimezone(UTC):%Y-%m-%d %H:%M}"


_RESPELT: Final = ("source_added", "source_modified")


def _have_one_mark(one: Entry, other: Entry) -> bool:
    return any(getattr(one, name) == getattr(other, name) is not None for name in ("title", "url", "date"))
