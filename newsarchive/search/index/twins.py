"""Few entries of an index, among which are all that may tell the same story as another entry."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection
from typing import Final

from newsarchive.entry import Entry
from newsarchive.search.index.contents import days_of, title_words
from newsarchive.search.index.payload import read_entries
from newsarchive.search.index.sql import any_of, holding

_FEW: Final = 500


def may_be_twins(connection: Connection, entry: Entry, page: str | None) -> Iterator[Entry]:
    """Yield, by id, the entries with the date and all words of the title, and those with `page` in the address.

    Raises DamagedIndexError.
    """
    ids = {*_of_that_day(connection, entry)}
    if page:
        ids.update(n for (n,) in connection.execute("SELECT id FROM address WHERE instr(url, ?)", (page,)))
    yield from sorted(read_entries(connection, ids), key=lambda found: found.known_id)


def _of_that_day(connection: Connection, entry: Entry) -> list[int]:
    first, last = days_of(entry.date)
    select = "SELECT id FROM entry WHERE first IS ? AND last IS ?"
    found = [number for (number,) in connection.execute(f"{select} LIMIT ?", (first, last, _FEW))]
    words = title_words(entry)
    if len(found) < _FEW or not words:
        return found if len(found) < _FEW else [n for (n,) in connection.execute(select, (first, last))]
    titles, phrase = holding(("title",), any_of([" ".join(words)]))
    within = f"{select} AND id IN ({titles})"
    return [number for (number,) in connection.execute(within, (first, last, *phrase))]
