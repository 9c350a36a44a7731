"""The order that `--sort` asks for, as SQLite finds it without reading an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from newsarchive.query.sorting import sort_terms


class Order(NamedTuple):
    """What is joined to the rows of `entry`, and what they are ordered by then."""

    joins: str
    by: str


_FIRST_DAY: Final = "first"
_TITLE: Final = "title.key"
_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("id", ""),
    "date": (_FIRST_DAY, ""),
    "added": ("added", ""),
    "modified": ("modified", ""),
    "title": (_TITLE, "JOIN title USING (id)"),
    "url": ("coalesce(folded, url)", "LEFT JOIN address USING (id)"),
    "source": (
        "told",
        "LEFT JOIN (SELECT id, coalesce(folded, source) AS told FROM source LIMIT -1) USING (id)",
    ),
    "lang": (
        "codes",
        "LEFT JOIN (SELECT id, codes FROM language WHERE codes IS NOT NULL LIMIT -1) USING (id)",
    ),
}
"""What holds the values of a key, NULL for an entry without one, and what has to be joined for that.

With a LIMIT SQLite makes a table of what it joins and gives it an index, which a table WITHOUT ROWID never gets.
"""

_NEVER_NULL: Final = ("id", _TITLE)
_COARSENESS: Final = "last"  # what lasts longer is the less precise


def order_of(sort: str) -> Order:
    """Return the order of `sort_entries`. Raises BadOptionError."""
    joins, by = dict[str, None](), list[str]()
    for name, is_down in sort_terms(sort):
        column, join = _COLUMNS[name]
        joins[join] = None
        by.append(f"{column} DESC" if is_down else _ascending(column))
        by += [_COARSENESS] if column == _FIRST_DAY else []
    return Order(" ".join(joins), ", ".join([*by, "id"]))


def _ascending(column: str) -> str:
    """Let those that have nothing there stand last; where that need not be said, SQLite goes by an index alone."""
    return column if column in _NEVER_NULL else f"{column} NULLS LAST"
