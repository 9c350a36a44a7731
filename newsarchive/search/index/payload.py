"""Entries out of the index, where their lines are kept as they are in the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from sqlite3 import Connection

from newsarchive.entry import Entry
from newsarchive.search.index.faults import DamagedIndexError
from newsarchive.search.index.sql import values_of
from newsarchive.store.lines import entry_of


def read_entries(connection: Connection, ids: Collection[int]) -> Iterator[Entry]:
    """Yield the entries with these ids, in any order.

    Raises DamagedIndexError.
    """
    select = "SELECT id, line FROM payload WHERE id IN (SELECT value FROM json_each(?))"
    for entry_id, line in connection.execute(select, (values_of(ids),)):
        try:
            yield entry_of(line, entry_id)
        except (ValueError, TypeError) as error:
            raise DamagedIndexError(f"is damaged: entry {entry_id}: {error}") from error


def read_in_order(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """Return the entries with these ids, in the order given. Raises what `read_entries` raises."""
    by_id = {entry.known_id: entry for entry in read_entries(connection, ids)}
    try:
        return [by_id[entry_id] for entry_id in ids]
    except KeyError as error:
        raise DamagedIndexError(f"is damaged: entry {error} is gone") from error
