"""Put entries in the order that `--sort date-,title` asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.text.fold import fold

Value = Callable[[Entry], Any]

NEWEST_FIRST: Final = "date-"

SORT_KEYS: Final[Mapping[str, Value]] = {
    "id": lambda entry: entry.id,
    "title": lambda entry: _title_key(entry),
    "date": lambda entry: entry.date and entry.date.sort_key[0],
    "added": lambda entry: entry.added,
    "modified": lambda entry: entry.modified,
    "url": lambda entry: entry.url and fold(entry.url),
    "source": lambda entry: entry.source and fold(entry.source),
    "lang": lambda entry: entry.languages or None,
}
"""What may be sorted by, and how an entry answers; None when it has nothing there."""


def _title_key(entry: Entry) -> tuple[str, str]:
    from newsarchive.text.collation import title_key  # spares start-up

    return title_key(entry.title, entry.languages)


def sort_entries(entries: Iterable[Entry], keys: str = NEWEST_FIRST) -> list[Entry]:
    """Return the entries in the order of `keys`, names with commas between, a `-` after one that runs down.

    A `-` turns round nothing but that key: entries without a value still stand last, of dates that start on
    the same day the more precise still stands first, and what is level in all keys goes by ascending id.
    Raises BadOptionError for a name that is not in SORT_KEYS.
    """
    wanted = list(_values(keys))
    in_order = _sorted_by(list(entries), SORT_KEYS["id"], is_down=False)
    for value, is_down in reversed(wanted):
        in_order = _sorted_by(in_order, value, is_down=is_down)
    return in_order


def sort_terms(keys: str) -> Iterator[tuple[str, bool]]:
    """Yield the name of each of `keys`, and whether it runs down. Raises BadOptionError as `sort_entries` does."""
    for key in keys.split(","):
        name = key.strip().casefold()
        is_down = name.endswith("-")
        name = name.removesuffix("-")
        if name not in SORT_KEYS:
            known = ", ".join(SORT_KEYS)
            raise BadOptionError(
                f"cannot sort by {name[:40]!r}; write one or more of {known}, such as date-,title"
            )
        yield name, is_down


def _values(keys: str) -> Iterator[tuple[Value, bool]]:
    for name, is_down in sort_terms(keys):
        yield SORT_KEYS[name], is_down
        if name == "date":
            yield _coarseness, False


def _coarseness(entry: Entry) -> int:
    """Count from 0 for a day to 2 for a year."""
    return entry.date.sort_key[1] if entry.date else 0


def _sorted_by(entries: list[Entry], value: Value, *, is_down: bool) -> list[Entry]:
    """Sort by `value`, keeping the order of those that are level, with those that have none at the end."""
    found = [value(entry) for entry in entries]
    # Places instead of pairs: a hundred thousand new tuples set off the garbage collector again and again.
    valued = [place for place, key in enumerate(found) if key is not None]
    rest = [place for place, key in enumerate(found) if key is None] if len(valued) < len(found) else []
    valued.sort(key=found.__getitem__, reverse=is_down)
    return [entries[place] for place in valued + rest]
