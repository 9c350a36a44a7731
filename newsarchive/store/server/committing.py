"""One commit: a serialisable transaction in which an operation changes entries, is recorded and counted."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from newsarchive.changes import Change, Intent, Operation
from newsarchive.entry import format_instant
from newsarchive.errors import CannotSaveError
from newsarchive.store.base import Again, Writer, nothing_kept
from newsarchive.store.checking import operation_on
from newsarchive.store.digests import digest_of, kept_up
from newsarchive.store.lines import entry_of, line_of
from newsarchive.store.record import header_of, record_line
from newsarchive.store.server.address import Address
from newsarchive.store.server.history import head_of, parts_of
from newsarchive.store.server.link import Link
from newsarchive.store.server.reading import CHANNEL, State, read_lines, read_some_lines, read_state
from newsarchive.store.server.view import View
from newsarchive.store.snapshot import SCHEMA, Meta, Snapshot

_BATCH: Final = 4 << 20
"""Bytes of lines that are sent at a time."""

_RECORD: Final = """
INSERT INTO newsarchive.operations (archive, number, key, time, who, command, ids, removes, header)
VALUES ($1, $2, $3, $4, $5, $6, $7::bigint[], $8, $9)
"""
_COUNT: Final = """
UPDATE newsarchive.archives SET
    revision = $2, next_id = $3, count = $4, digest = $5, schema = $6, bytes = bytes + $7, stamp = $8
WHERE id = $1
"""
_REMOVE: Final = "DELETE FROM newsarchive.entries WHERE archive = $1 AND id = ANY ($2::bigint[])"
_PUT: Final = """
INSERT INTO newsarchive.entries (archive, id, line)
SELECT $1, put.id, put.line FROM unnest($2::bigint[], $3::text[]) AS put (id, line)
"""


class Committed(NamedTuple):
    """What a transaction is going to have done, once the server has acknowledged it; `state` is what it found."""

    operation: Operation
    state: State
    meta: Meta
    key: str


def new_key() -> str:
    """Draw the key of an operation: 32 hexadecimal digits."""
    return os.urandom(16).hex()


class Transaction:
    """The statements of one commit, after BEGIN and before COMMIT."""

    def __init__(self, link: Link, address: Address, view: View, key: str) -> None:
        self._link = link
        self._address = address
        self._view = view
        self._key = key

    def carry_out(self, intent: Intent, writer: Writer, again: Again | None) -> Committed | None:
        """Plan again where that is needed, check, write; None when there is nothing to write.

        Raises what `base.Store.commit` raises, and what `Link.ask` raises.
        """
        state = read_state(self._link, self._address, for_change=True)
        if again is not None and state.fingerprint != again.planned_on:
            self._view.show(state)
            intent = again.plan(self._view.snapshot(nothing_kept))
            if not intent.is_worth_writing:
                return None
        ids = [change.id for change in intent.real_changes if change.id is not None]
        present = read_some_lines(self._link, state.id, ids)
        state = state.with_ids_given(intent.merges.next_id if intent.merges else 0)
        operation = operation_on(self._snapshot(state, present), intent, writer)
        meta = self._write(state, operation, present)
        return Committed(operation, state, meta, self._key)

    def _snapshot(self, state: State, lines: Mapping[int, Any]) -> Snapshot:
        return Snapshot(str(self._address), state.meta, lines, state.tables(), state.fingerprint)

    def _write(self, state: State, operation: Operation, present: Mapping[int, Any]) -> Meta:
        lines = {change.id: self._line(change) for change in operation.changes if change.id is not None}
        new = {entry_id: line for entry_id, line in lines.items() if line is not None}
        meta = _next_meta(state.meta, self._digest(state), present, new)
        self._put(state.id, [*present], new)
        self._record(state, operation, meta)
        grown = sum(map(len, new.values())) - sum(map(len, present.values()))
        counts = (meta.revision, meta.next_id, meta.count, meta.digest, meta.schema, grown, self._key)
        self._link.ask(_COUNT, state.id, *counts)
        self._link.ask("SELECT pg_notify($1, $2)", CHANNEL, f"{state.id} {meta.revision}")
        return meta

    def _line(self, change: Change) -> Any:
        """Return the line of what an entry becomes, which must read back as that. Raises CannotSaveError."""
        if change.after is None or change.id is None:
            return None
        try:
            line = line_of(change.after)
        except ValueError as error:
            raise CannotSaveError(str(self._address), f"entry {change.id}: {error}") from error
        if entry_of(line, change.id) != change.after:
            reason = f"entry {change.id} would not read back as it was written"
            raise CannotSaveError(str(self._address), reason)
        return line

    def _digest(self, state: State) -> str:
        """Return the digest of what is there, which older files had in another form."""
        if state.meta.digest and state.meta.schema == SCHEMA:
            return state.meta.digest
        return digest_of(read_lines(self._link, state.id))

    def _put(self, archive: int, gone: list[int], new: Mapping[int, Any]) -> None:
        if gone:
            self._link.ask(_REMOVE, archive, gone)
        put_lines(self._link, archive, new)

    def _record(self, state: State, operation: Operation, meta: Meta) -> None:
        line = record_line(operation, meta, state.meta.digest)
        ids = [change.id for change in operation.changes if change.id is not None]
        removes = any(change.kind == "remove" for change in operation.changes)
        put_record(self._link, state.id, Recorded(line, self._key, ids, removes=removes))


class Recorded(NamedTuple):
    """An operation as it is kept."""

    line: bytes
    key: str
    ids: list[int]
    removes: bool


def put_record(link: Link, archive: int, recorded: Recorded) -> None:
    """Keep an operation. Raises what `Link.ask` raises."""
    header = header_of(recorded.line)
    assert header is not None, "it was written or read by this program"
    link.ask(
        _RECORD,
        archive,
        header.operation,
        recorded.key,
        format_instant(header.time),
        header.user,
        header.command,
        recorded.ids,
        "t" if recorded.removes else "f",
        head_of(header),
    )
    for part, text in enumerate(parts_of(recorded.line.decode())):
        link.ask(
            "INSERT INTO newsarchive.records VALUES ($1, $2, $3, $4)", archive, header.operation, part, text
        )


def put_lines(link: Link, archive: int, lines: Mapping[int, Any]) -> None:
    """Add entries to an archive, many at a time. Raises what `Link.ask` raises."""
    for ids, texts in _batches(lines):
        link.ask(_PUT, archive, ids, texts)


def _batches(lines: Mapping[int, Any]) -> Iterator[tuple[list[int], list[bytes]]]:
    ids: list[int] = []
    texts: list[bytes] = []
    size = 0
    for entry_id, line in lines.items():
        ids.append(entry_id)
        texts.append(bytes(line))
        size += len(line)
        if size >= _BATCH:
            yield ids, texts
            ids, texts, size = [], [], 0
    if ids:
        yield ids, texts


def _next_meta(meta: Meta, digest: str, gone: Mapping[int, Any], new: Mapping[int, Any]) -> Meta:
    return replace(
        meta,
        revision=meta.revision + 1,
        next_id=max(meta.next_id, max(new, default=0) + 1),
        count=meta.count - len(gone) + len(new),
        digest=kept_up(digest, gone, new),
        schema=SCHEMA,
    )
