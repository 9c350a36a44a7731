"""What an archive holds when an import is planned: each entry is built only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsarchive.changes import by_id
from newsarchive.entry import Entry
from newsarchive.planning.twins import Tells
from newsarchive.store.snapshot import Snapshot


class Holding:
    """The entries of an archive by their ids: of a snapshot, or those that were built already."""

    def __init__(self, entries: Sequence[Entry] | Snapshot) -> None:
        self._snapshot = entries if isinstance(entries, Snapshot) else None
        self._entries = {} if isinstance(entries, Snapshot) else by_id(entries)
        self._last: tuple[int, Entry | None] = 0, None

    def get(self, entry_id: int | None) -> Entry | None:
        """Return an entry, None where there is none of that id. Raises DamagedArchiveError."""
        if not entry_id or self._snapshot is None:
            return self._entries.get(entry_id or 0)
        if self._last[0] != entry_id:
            self._last = entry_id, self._snapshot.find(entry_id)
        return self._last[1]

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in (self._entries if self._snapshot is None else self._snapshot.lines)

    def tellings(self) -> Iterator[tuple[int, Tells]]:
        """Yield the id of every entry, and what stories are found by."""
        return iter(self._entries.items() if self._snapshot is None else self._snapshot.tellings())
