"""A list of changes as a table: what a write is about to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsarchive.changes import Change, changed_fields
from newsarchive.render.grid import Column, Grid

_COLUMNS = (
    Column("Id", "cyan", right=True),
    Column("Date", "green", optional=True),
    Column("Title", "bold", ratio=1),
    Column("Change", ratio=1),
)
_LONGEST = 60


def change_grid(changes: Sequence[Change]) -> Grid:
    """Return the table that --dry-run prints and that a confirmation shows."""
    return Grid(_COLUMNS, [_row(change) for change in changes])


def _row(change: Change) -> list[str]:
    entry = change.after or change.before
    assert entry is not None
    return [str(change.id or "new"), _new_date(change), entry.title, "; ".join(_what(change))]


def _new_date(change: Change) -> str:
    """Return the date of an entry that is added, which is what must be looked at."""
    if change.before is not None or change.after is None:
        return ""
    return str(change.after.date or "undated")


def _what(change: Change) -> Iterator[str]:
    if change.after is None:
        yield "removed"
    elif change.before is None:
        yield "added"
        for name in ("languages", "tags"):
            if values := getattr(change.after, name):
                yield f"{name}: {', '.join(values)}"
    else:
        for name, old, new in changed_fields(change.before, change.after):
            if isinstance(old, list) and isinstance(new, list) and name != "relations":
                yield " ".join((f"{name}:", *_list_changes(old, new)))
            elif name != "modified":
                yield f"{name}: {_short(old)} → {_short(new)}"


def _list_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Say what came and what went; for the same values in another order, the new order."""
    gone = [f"-{value}" for value in old if value not in new]
    come = [f"+{value}" for value in new if value not in old]
    yield from gone + come or [", ".join(new)]


def _short(value: object) -> str:
    text = "nothing" if value in (None, [], {}) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
