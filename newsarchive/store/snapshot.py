"""One whole revision of an archive, as read from its file."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from newsarchive.entry import Entry, Relation
from newsarchive.errors import DamagedArchiveError
from newsarchive.store.lines import Outline, date_of, entry_of, outline_of, relations_of, row_of

SCHEMA: Final = 2
"""The form that commits write; from 2 on the digest is a sum, see `store.digests`."""
MOST_ID: Final = 2**53 - 1
"""Beyond this, other programs that read JSON round numbers."""

Fingerprint = tuple[int, ...]
"""What tells one state of an archive from all others.

Of a file it is device, inode, size and modification time in ns.
"""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the archive says of itself. `revision` counts commits; `next_id` only grows."""

    revision: int = 0
    next_id: int = 1
    count: int = 0
    digest: str = ""
    schema: int = SCHEMA


class Snapshot(NamedTuple):
    """A revision: its meta data and every entry as an undecoded JSON value by id.

    `fingerprint` is None when there was no file. `others` are tables that are not ours and are kept.
    `edited_by_hand` says that the entries are not those the last commit wrote, though all are valid; `leftovers`
    says of each entry what was written into it by hand and has no place there.
    """

    path: Path | str
    meta: Meta = Meta()
    lines: Mapping[int, Any] = MappingProxyType({})
    others: Mapping[str, Any] = MappingProxyType({})
    fingerprint: Fingerprint | None = None
    edited_by_hand: bool = False
    leftovers: tuple[str, ...] = ()

    def entries(self) -> list[Entry]:
        """Build every entry, in the order of their ids.

        Raises DamagedArchiveError naming the entry that cannot be built.
        """
        with collector_paused():
            return [self.entry(entry_id) for entry_id in sorted(self.lines)]

    def picked(self, ids: Iterable[int]) -> dict[int, Any]:
        """Return the lines with these ids that are there."""
        # In the order in which they stand in the file, which may have to be read for them.
        return {entry_id: self.lines[entry_id] for entry_id in sorted(set(ids)) if entry_id in self.lines}

    def outlines(self) -> Iterator[tuple[int, Outline]]:
        """Yield the id and the outline of every entry, without building any."""
        return ((entry_id, outline_of(line)) for entry_id, line in self.lines.items())

    def related(self) -> Iterator[tuple[int, tuple[Relation, ...]]]:
        """Yield the id and the relations of every entry that has any, without building one.

        Raises DamagedArchiveError naming an entry of which they cannot be read.
        """
        for entry_id, line in self.lines.items():
            try:
                relations = relations_of(line)
            except ValueError as error:
                raise self._damaged(entry_id, error) from error
            if relations:
                yield entry_id, relations

    def newest_first(self) -> list[int]:
        """Return the ids in the order of `sort_entries`, told by the outlines: of lines that a commit wrote."""
        dates = [(entry_id, date_of(outline)) for entry_id, outline in self.outlines()]
        keys = [(date.sort_key, entry_id) for entry_id, date in dates if date is not None]
        dated = sorted((-start, coarseness, entry_id) for (start, coarseness), entry_id in keys)
        undated = sorted(entry_id for entry_id, date in dates if date is None)
        return [entry_id for _, _, entry_id in dated] + undated

    def entry(self, entry_id: int) -> Entry:
        """Build the entry with this id, which must be there.

        Raises DamagedArchiveError.
        """
        try:
            return entry_of(self.lines[entry_id], entry_id)
        except ValueError as error:
            raise self._damaged(entry_id, error) from error

    def row(self, entry_id: int) -> dict[str, Any]:
        """Return one entry, which must be there, in its `plain_form`. Raises DamagedArchiveError."""
        try:
            return row_of(self.lines[entry_id], entry_id)
        except ValueError as error:
            raise self._damaged(entry_id, error) from error

    def found(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Return the entries with these ids that are there. Raises DamagedArchiveError."""
        return {entry_id: self.entry(entry_id) for entry_id in self.picked(ids)}

    def find(self, entry_id: int) -> Entry | None:
        """Return one entry, None where there is none of that id. Raises DamagedArchiveError."""
        return self.entry(entry_id) if entry_id in self.lines else None

    def _damaged(self, entry_id: int, error: ValueError) -> DamagedArchiveError:
        return DamagedArchiveError(
            self.path, "", f"entry {entry_id}: {error}", "mend it in the file or bring back a copy"
        )


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking over millions of new objects that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
