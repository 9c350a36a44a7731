"""The archive's tables through TinyDB, over a storage that touches memory only, and their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from newsarchive.changes import Change
from newsarchive.disk import Chunk
from newsarchive.entry import stored_form
from newsarchive.errors import CannotSaveError
from newsarchive.store.digests import digest_of
from newsarchive.store.layout import entries_value, layout, meta_record
from newsarchive.store.lines import encoded, entry_of
from newsarchive.store.reading import MOST_BYTES
from newsarchive.store.snapshot import Meta, Snapshot, collector_paused

META_ID = 1


class ArchiveStorage(Storage):
    """TinyDB's storage for one commit: reads the tables of a checked snapshot, stages what is written.

    Entries are undecoded JSON values, so that those a commit does not touch are passed through byte by byte.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._tables: dict[str, dict[str, Any]] = {
            "meta": {str(META_ID): meta_record(snapshot.meta)},
            "entries": {str(entry_id): line for entry_id, line in snapshot.lines.items()},
        }

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tables as they are staged now."""
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Stage the tables; the commit alone writes them to the disk."""
        self._tables = data


class Staged(NamedTuple):
    """The next revision: what it says of itself, and the bytes of its whole file."""

    meta: Meta
    chunks: Sequence[Chunk]


def apply_changes(snapshot: Snapshot, changes: Sequence[Change]) -> Staged:
    """Apply numbered changes to a snapshot.

    One table operation each for what goes and what comes: a TinyDB update of a single entry costs as much
    as one of all. Raises CannotSaveError when the result would not read back as what was asked for.
    """
    with collector_paused(), TinyDB(snapshot, storage=ArchiveStorage) as database:
        entries = database.table("entries", cache_size=0)
        entries.remove(doc_ids=[change.id for change in changes if change.before is not None])
        entries.insert_multiple(_documents(changes))
        lines = _lines(snapshot, database.storage.read()["entries"])
        _verify(snapshot, changes, lines)
        value = entries_value(lines)
        meta = Meta(
            revision=snapshot.meta.revision + 1,
            next_id=max(snapshot.meta.next_id, max(lines, default=0) + 1),
            count=len(lines),
            digest=digest_of(lines),
        )
        database.table("meta", cache_size=0).update(meta_record(meta), doc_ids=[META_ID])
        record = msgspec.json.encode(database.storage.read()["meta"])
    chunks = list(layout({"meta": record, "entries": value, **snapshot.others}))
    if sum(map(len, chunks)) > MOST_BYTES:
        raise CannotSaveError(
            snapshot.path, f"it would be larger than {MOST_BYTES >> 20} MiB, the most that is read"
        )
    return Staged(meta, chunks)


def _verify(snapshot: Snapshot, changes: Sequence[Change], lines: Mapping[int, Any]) -> None:
    """Re-parse what changed, and compare the ids that came and went."""
    expected = set(snapshot.lines)
    expected.difference_update(change.id for change in changes if change.after is None and change.id)
    expected.update(change.id for change in changes if change.after is not None and change.id)
    if expected != lines.keys():
        raise CannotSaveError(snapshot.path, "the entries would not be those that were asked for")
    for change in changes:
        if change.after is None or change.id is None:
            continue
        if entry_of(lines[change.id], change.id) != change.after:
            raise CannotSaveError(snapshot.path, f"entry {change.id} would not read back as it was written")


def _documents(changes: Sequence[Change]) -> Iterator[Document]:
    for change in changes:
        if change.after is not None and change.id is not None:
            yield Document(stored_form(change.after), change.id)


def _lines(snapshot: Snapshot, table: Mapping[str, Any]) -> dict[int, Any]:
    """Encode what changed; the other entries still have the very bytes that were read."""
    lines = {}
    for key, value in table.items():
        try:
            lines[int(key)] = value if isinstance(value, Raw) else encoded(value)
        except ValueError as error:
            raise CannotSaveError(snapshot.path, f"entry {key}: {error}") from error
    return lines
