"""The archive's tables through TinyDB, over a storage that touches memory only, and their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from newsarchive.changes import Change
from newsarchive.disk import Chunk
from newsarchive.entry import stored_form
from newsarchive.errors import CannotSaveError
from newsarchive.store.additions import Addition
from newsarchive.store.digests import digest_of, kept_up
from newsarchive.store.file.filed import FileLines
from newsarchive.store.file.layout import Lines, head_of, meta_record, others_of
from newsarchive.store.file.places import Span
from newsarchive.store.file.reading import MOST_BYTES
from newsarchive.store.file.splicing import span_in, spliced
from newsarchive.store.lines import encoded, entry_of
from newsarchive.store.snapshot import Meta, Snapshot, collector_paused
from newsarchive.stretch import Lengthy

META_ID = 1
_BATCH: Final = 1_000


class ArchiveStorage(Storage):
    """TinyDB's storage for one commit: what is written to the tables is staged, and the commit alone saves it."""

    def __init__(self, tables: dict[str, dict[str, Any]]) -> None:
        """Begin with tables of documents, or of entries as undecoded JSON values, which pass through as they are."""
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tables as they are staged now."""
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Stage the tables."""
        self._tables = data


class Staged(NamedTuple):
    """The next revision: what it says of itself, the bytes of its whole file, and where in that its entries are."""

    meta: Meta
    chunks: Sequence[Chunk | Lengthy]
    span: Span

    @property
    def size(self) -> int:
        """The bytes of its file."""
        return sum(map(len, self.chunks))

    @property
    def data(self) -> bytes:
        """The bytes of its file, of one that is small."""
        pieces = ((chunk,) if isinstance(chunk, Chunk) else chunk.copied_to(-1) for chunk in self.chunks)
        return b"".join(chain.from_iterable(pieces))


def apply_changes(snapshot: Snapshot, changes: Sequence[Change]) -> Staged:
    """Apply numbered changes to a snapshot.

    The entries that stay are copied from the file of the snapshot as they are, if that is the one that a commit
    made. Raises CannotSaveError when the result would not read back as what was asked for.
    """
    with collector_paused():
        present = snapshot.picked(change.id for change in changes if change.id is not None)
        new = _applied(snapshot.path, present, changes)
        _check_ids(snapshot.path, present, changes, new)
        lines = snapshot.lines
        is_file = isinstance(lines, FileLines) and lines.fingerprint == snapshot.fingerprint
        staged = (_spliced if is_file else _anew)(snapshot, present, new)
    if staged.size > MOST_BYTES:
        raise CannotSaveError(
            snapshot.path, f"it would be larger than {MOST_BYTES >> 20} MiB, the most that is read"
        )
    return staged


def _spliced(snapshot: Snapshot, present: Mapping[int, Any], new: Mapping[int, Any]) -> Staged:
    lines = snapshot.lines
    assert isinstance(lines, FileLines)
    count = snapshot.meta.count - len(present) + len(new)
    meta = snapshot.meta.following(count, new, kept_up(snapshot.meta.digest, present, new))
    chunks = spliced(lines, _meta_table(snapshot, meta), present.keys() | new.keys(), new)
    return Staged(meta, chunks, span_in(chunks))


def _anew(snapshot: Snapshot, present: Mapping[int, Any], new: Mapping[int, Any]) -> Staged:
    lines = {**snapshot.lines, **new}
    for entry_id in present.keys() - new.keys():
        del lines[entry_id]
    meta = snapshot.meta.following(len(lines), new, digest_of(lines))
    head = head_of(_meta_table(snapshot, meta))
    value = Lines(lines) if lines else b"{}"
    chunks = [head, value, *others_of(snapshot.others)]
    return Staged(meta, chunks, Span(len(head), len(head) + len(value)))


# --- through TinyDB ---------------------------------------------------------------------------------------


def _applied(path: Path | str, present: Mapping[int, Any], changes: Sequence[Change]) -> dict[int, Any]:
    """Apply changes to the entries that they concern, `present` before; return what these are then.

    Many at a time, and each time one table operation for what goes and one for what comes: a TinyDB update of a
    single entry costs as much as one of all, and the documents of all of a large import would not fit.
    """
    if len({change.id for change in changes}) < len(changes):
        return _applied_at_once(path, present, changes)
    new: dict[int, Any] = {}
    for start in range(0, len(changes), _BATCH):
        batch = changes[start : start + _BATCH]
        ids = [change.id for change in batch if change.id is not None]
        concerned = {entry_id: present[entry_id] for entry_id in ids if entry_id in present}
        new.update(_applied_at_once(path, concerned, batch))
    return new


def _applied_at_once(
    path: Path | str, present: Mapping[int, Any], changes: Sequence[Change]
) -> dict[int, Any]:
    with TinyDB(
        {"entries": {str(n): line for n, line in present.items()}}, storage=ArchiveStorage
    ) as database:
        entries = database.table("entries", cache_size=0)
        entries.remove(doc_ids=[change.id for change in changes if change.before is not None])
        entries.insert_multiple(_documents(changes))
        new = _lines(path, database.storage.read()["entries"])
    _verify(path, changes, new)
    return new


def _meta_table(snapshot: Snapshot, meta: Meta) -> bytes:
    """Return the table `meta` after a commit."""
    before = {"meta": {str(META_ID): meta_record(snapshot.meta)}}
    with TinyDB(before, storage=ArchiveStorage) as database:
        database.table("meta", cache_size=0).update(meta_record(meta), doc_ids=[META_ID])
        return msgspec.json.encode(database.storage.read()["meta"])


def _check_ids(
    path: Path | str, present: Mapping[int, Any], changes: Sequence[Change], new: Mapping[int, Any]
) -> None:
    """Compare the ids that came and went with those that were to do so."""
    expected = set(present)
    expected.difference_update(change.id for change in changes if change.kind == "remove" and change.id)
    expected.update(change.id for change in changes if change.kind != "remove" and change.id)
    if expected != new.keys():
        raise CannotSaveError(path, "the entries would not be those that were asked for")


def _verify(path: Path | str, changes: Sequence[Change], new: dict[int, Any]) -> None:
    """Re-parse what changed; what is put aside, and was re-parsed before, must be the same to the byte."""
    for change in changes:
        if change.kind == "remove" or change.id is None or change.id not in new:
            continue
        if isinstance(change, Addition):
            is_right = new[change.id] == bytes(change.line)
            new[change.id] = change.line
        else:
            is_right = entry_of(new[change.id], change.id) == change.after
        if not is_right:
            raise CannotSaveError(path, f"entry {change.id} would not read back as it was written")


def _documents(changes: Sequence[Change]) -> Iterator[Document]:
    for change in changes:
        if change.id is None or change.kind == "remove":
            continue
        if isinstance(change, Addition):
            yield Document(msgspec.json.decode(bytes(change.line)), change.id)
        elif change.after is not None:
            yield Document(stored_form(change.after), change.id)


def _lines(path: Path | str, table: Mapping[str, Any]) -> dict[int, Any]:
    lines = {}
    for key, value in table.items():
        try:
            lines[int(key)] = value if isinstance(value, Raw | bytes) else encoded(value)
        except ValueError as error:
            raise CannotSaveError(path, f"entry {key}: {error}") from error
    return lines
