"""Count the entries of an index by what they have, without reading them."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Connection
from typing import Final

from newsarchive.search.index.conditions import Condition

Counts = Mapping[str | None, int]
"""How many entries have each value; None is for those that have none."""

_YEAR: Final = "printf('%04d', first / 10000)"
_MONTH: Final = f"{_YEAR} || printf('-%02d', first / 100 % 100)"
_HAS_MONTH: Final = "first / 100 = last / 100"  # a year alone begins and ends in different ones
_COLUMNS: Final = {
    "year": f"CASE WHEN first IS NOT NULL THEN {_YEAR} END",
    "month": f"CASE WHEN {_HAS_MONTH} THEN {_MONTH} END",
}
_TABLES: Final = {"tag": "tag.tag", "language": "language.written", "source": "source.source"}


def count(connection: Connection, kind: str, condition: Condition) -> Counts:
    """Count the entries of an exact condition by year, month, tag, language or source, as `tallies` does."""
    if kind in _COLUMNS:
        select = f"SELECT {_COLUMNS[kind]}, count(*) FROM entry WHERE {condition.sql} GROUP BY 1"
        return dict(connection.execute(select, condition.values))
    within = f"SELECT id FROM entry WHERE {condition.sql}"
    where = f" WHERE {kind}.id IN ({within})" if condition.sql != "1" else ""
    select = f"SELECT {_TABLES[kind]}, count(*) FROM {kind}{where} GROUP BY 1"
    found: dict[str | None, int] = dict(connection.execute(select, condition.values))
    lacking = f"SELECT count(*) FROM entry WHERE ({condition.sql}) AND id NOT IN (SELECT id FROM {kind})"
    (none,) = connection.execute(lacking, condition.values).fetchone()
    return found | ({None: none} if none else {})
