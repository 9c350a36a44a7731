"""One whole revision of an archive, as read from its file."""

from __future__ import annotations

import gc
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.errors import DamagedArchiveError
from newsarchive.store.lines import (
    Outline,
    Telling,
    date_in,
    entry_of,
    outline_of,
    relations_of,
    row_of,
    telling_of,
)

SCHEMA: Final = 2
"""The form that commits write; from 2 on the digest is a sum, see `store.digests`."""
REMEDY: Final = "`newsarchive restore --dry-run` shows what it would bring back"
"""What can be done for a database that something else has written to."""

MOST_ID: Final = 2**53 - 1
"""Beyond this, other programs that read JSON round numbers."""

Fingerprint = tuple[int, ...]
"""What tells one state of an archive from all others.

Of a file it is device, inode, size and modification time in ns.
"""


class Meta(msgspec.Struct, frozen=True):
    """What the archive says of itself. `revision` counts commits; `next_id` only grows."""

    revision: int = 0
    next_id: int = 1
    count: int = 0
    digest: str = ""
    schema: int = SCHEMA

    def following(self, count: int, new: Mapping[int, Any], digest: str) -> Meta:
        """Return what the next revision says of itself, which has `count` entries, those in `new` among them."""
        next_id = max(self.next_id, max(new, default=0) + 1)
        return Meta(self.revision + 1, next_id, count, digest)


Kept = Callable[[Fingerprint], "Mapping[int, Any] | None"]
"""Returns the lines of a state where the index has them."""


def nothing_kept(state: Fingerprint) -> None:
    """Know no lines."""
    del state


def _nothing() -> None:
    """Raise nothing, where all was read at once."""


class Snapshot(NamedTuple):
    """A revision: its meta data and every entry as an undecoded JSON value by id.

    `fingerprint` is None when there was no file. `others` are tables that are not ours and are kept.
    `edited_by_hand` says that the entries are not those the last commit wrote, though all are valid; `leftovers`
    says of each entry what was written into it by hand and has no place there. `check_unchanged` raises
    CannotReadError when lines that were read since may be those of another state.
    """

    path: Path | str
    meta: Meta = Meta()
    lines: Mapping[int, Any] = MappingProxyType({})
    others: Mapping[str, Any] = MappingProxyType({})
    fingerprint: Fingerprint | None = None
    edited_by_hand: bool = False
    leftovers: tuple[str, ...] = ()
    check_unchanged: Callable[[], None] = _nothing

    def entries(self) -> list[Entry]:
        """Build every entry, in the order of their ids.

        Raises DamagedArchiveError naming the entry that cannot be built.
        """
        with collector_paused():
            found = [self._entry(entry_id, line) for entry_id, line in self.lines.items()]
            return sorted(found, key=attrgetter("id"))

    def each(self) -> Iterator[Entry]:
        """Yield every entry, in the order in which they stand in the file. Raises what `entries` raises."""
        return (self._entry(entry_id, line) for entry_id, line in self.lines.items())

    def picked(self, ids: Iterable[int]) -> dict[int, Any]:
        """Return the lines with these ids that are there."""
        # In the order in which they stand in the file, which may have to be read for them.
        return {entry_id: self.lines[entry_id] for entry_id in sorted(set(ids)) if entry_id in self.lines}

    def outlines(self) -> Iterator[tuple[int, Outline]]:
        """Yield the id and the outline of every entry, without building any."""
        return ((entry_id, outline_of(line)) for entry_id, line in self.lines.items())

    def tellings(self) -> Iterator[tuple[int, Telling]]:
        """Yield the id of every entry, and what stories are found by, without building any."""
        return ((entry_id, telling_of(line)) for entry_id, line in self.lines.items())

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

    def newest_first(self) -> Sequence[int]:
        """Return the ids in the order of `sort_entries`, told by the dates: of lines that a commit wrote."""
        by_date: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        for entry_id, line in self.lines.items():
            by_date[date_in(line) or ""].append(entry_id)
        ordered = array("q")
        for date in sorted(by_date, key=_newest_first):
            ordered.extend(sorted(by_date[date]))
        return ordered

    def entry(self, entry_id: int) -> Entry:
        """Build the entry with this id, which must be there.

        Raises DamagedArchiveError.
        """
        return self._entry(entry_id, self.lines[entry_id])

    def _entry(self, entry_id: int, line: Any) -> Entry:
        try:
            return entry_of(line, entry_id)
        except ValueError as error:
            raise self._damaged(entry_id, error) from error

    def row(self, entry_id: int) -> dict[str, Any]:
        """Return one entry, which must be there, in its `plain_form`. Raises DamagedArchiveError."""
        return self._row(entry_id, self.lines[entry_id])

    def _row(self, entry_id: int, line: Any) -> dict[str, Any]:
        try:
            return row_of(line, entry_id)
        except ValueError as error:
            raise self._damaged(entry_id, error) from error

    def rows(self, ids: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Return what `row` does of each of many, one after the other, all of one and the same state.

        Raises CannotReadError, too, then and while they are gone through.
        """
        iter(self.lines)  # lets a file check all lines and find where they are, rather than look for each
        return self._rows(ids)

    def _rows(self, ids: Iterable[int]) -> Iterator[dict[str, Any]]:
        lines = self.lines
        for entry_id in ids:
            yield self._row(entry_id, lines[entry_id])
        self.check_unchanged()

    def all_rows(self) -> Iterator[dict[str, Any]]:
        """Yield what `row` returns of every entry. Raises CannotReadError, too."""
        return self.rows_holding(b"")

    def rows_holding(self, piece: bytes) -> Iterator[dict[str, Any]]:
        """Yield what `row` returns of the entries whose lines hold these bytes. Raises CannotReadError, too."""
        return (self._row(number, line) for number, line in self.lines.items() if piece in bytes(line))

    def found(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Return the entries with these ids that are there. Raises DamagedArchiveError."""
        return {entry_id: self.entry(entry_id) for entry_id in self.picked(ids)}

    def find(self, entry_id: int) -> Entry | None:
        """Return one entry, None where there is none of that id. Raises DamagedArchiveError."""
        return self.entry(entry_id) if entry_id in self.lines else None

    def _damaged(self, entry_id: int, error: ValueError) -> DamagedArchiveError:
        remedy = REMEDY if isinstance(self.path, str) else "mend it in the file or bring back a copy"
        return DamagedArchiveError(self.path, "", f"entry {entry_id}: {error}", remedy)


def _newest_first(date: str) -> tuple[int, int, int]:
    """Return what puts dates in order, and no date behind all."""
    start, coarseness = PartialDate.from_iso(date).sort_key if date else (0, 0)
    return not date, -start, coarseness


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
