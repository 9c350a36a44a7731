"""A list of changes as a table: what a write is about to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from newsarchive.changes import Change, changed_fields
from newsarchive.entry import stored_form
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import as_text

if TYPE_CHECKING:
    from newsarchive.store.record import RecordedChange

_COLUMNS = (
    Column("Id", "cyan", right=True),
    Column("Date", "green", optional=True),
    Column("Title", "bold", ratio=1),
    Column("Change", ratio=1),
)
_LONGEST = 60
_AROUND = 15


def change_grid(changes: Sequence[Change]) -> Grid:
    """Return the table that --dry-run prints and that a confirmation shows."""
    return Grid(_COLUMNS, [_row(change) for change in changes])


def recorded_grid(changes: Sequence[RecordedChange], title_of: Callable[[RecordedChange], str]) -> Grid:
    """Return the table of what an operation did, as the history has it; `title_of` names the entries."""
    columns = [column for column in _COLUMNS if column.heading != "Date"]
    rows = [[str(one.id), title_of(one), "; ".join(_what_was(one))] for one in changes]
    return Grid(columns, rows)


def _what_was(change: RecordedChange) -> Iterator[str]:
    if change.kind == "remove":
        yield "removed"
    elif change.kind == "add":
        yield from _added(change.after)
    else:
        for name in dict.fromkeys((*change.before, *change.after)):
            yield from _field_change(name, change.before.get(name), change.after.get(name))


PLAIN_CHANGE: Final = ("id", "kind", "title", "before", "after")


def plain_change(change: Change) -> dict[str, Any]:
    """Return a change as JSON values, as the plan of --dry-run gives it to programs.

    `before` and `after` hold the fields that change; of an added entry `before` is null and `after` all of it,
    of a removed one the other way round. The id is null until the archive gives one.
    """
    entry = change.after or change.before
    assert entry is not None
    old, new = (None if one is None else stored_form(one) for one in (change.before, change.after))
    if change.before is not None and change.after is not None:
        fields = [field for field in changed_fields(change.before, change.after) if field[0] != "modified"]
        old, new = {name: value for name, value, _ in fields}, {name: value for name, _, value in fields}
    values = (change.id, change.kind, entry.title, old, new)
    return dict(zip(PLAIN_CHANGE, values, strict=True))


def _row(change: Change) -> list[str]:
    entry = change.after or change.before
    assert entry is not None
    return [str(change.id or "new"), _new_date(change), entry.title, "; ".join(_what(change))]


def _new_date(change: Change) -> str:
    """Return the date of an entry that comes or goes, which is what must be looked at."""
    entry = change.after if change.before is None else change.before if change.after is None else None
    return "" if entry is None else str(entry.date or "undated")


def _what(change: Change) -> Iterator[str]:
    if change.after is None:
        yield "removed"
    elif change.before is None:
        yield from _added(stored_form(change.after))
    else:
        for name, old, new in changed_fields(change.before, change.after):
            yield from _field_change(name, old, new)


def _added(values: Mapping[str, Any]) -> Iterator[str]:
    yield "added"
    for name in ("languages", "tags"):
        if named := values.get(name):
            yield f"{name}: {', '.join(named)}"


def _field_change(name: str, old: Any, new: Any) -> Iterator[str]:
    """Say how the JSON value of a field changed; the time of it goes without saying."""
    if name == "extra":
        yield from _extra_changes(old or {}, new or {})
    elif name == "relations":
        yield " ".join((f"{name}:", *_list_changes(_relations(old or ()), _relations(new or ()))))
    elif isinstance(old, list) or isinstance(new, list):
        yield " ".join((f"{name}:", *_list_changes(old or (), new or ())))
    elif name != "modified":
        yield f"{name}: {' → '.join(_shortened(old, new))}"


def _list_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Say what came and what went; for the same values in another order, the new order."""
    gone = [f"-{value}" for value in old if value not in new]
    come = [f"+{value}" for value in new if value not in old]
    yield from gone + come or [", ".join(new)]


def _extra_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Say of each field that is no field of ours what it was and what it is, as `edit --set` calls it."""
    for name in dict.fromkeys((*old, *new)):
        if name not in old or name not in new or old[name] != new[name]:
            yield f"extra.{name}: {_short(old.get(name))} → {_short(new.get(name))}"


def _relations(relations: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    return [f"{relation['kind']} {relation['id']}" for relation in relations]


def _shortened(old: object, new: object) -> tuple[str, str]:
    """Return two values; of long texts what differs in them, with a little of what stands before and behind it."""
    if not (isinstance(old, str) and isinstance(new, str)) or max(len(old), len(new)) <= _LONGEST:
        return _short(old), _short(new)
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return _around(old, start, len(old) - end), _around(new, start, len(new) - end)


def _around(text: str, start: int, end: int) -> str:
    """Return a stretch of a text with what stands around it, cut where it is long."""
    before, after = max(0, start - _AROUND), min(len(text), end + _AROUND, start + _LONGEST)
    return f"{'…' if before else ''}{text[before:after]}{'…' if after < len(text) else ''}"


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common from the beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(value: object) -> str:
    text = "nothing" if value in (None, [], {}) else as_text(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
