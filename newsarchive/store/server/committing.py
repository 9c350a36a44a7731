"""One commit: a serialisable transaction in which an operation changes entries, is recorded and counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from newsarchive.changes import Change, Intent, Operation
from newsarchive.entry import format_instant
from newsarchive.errors import CannotSaveError, ChangedMeanwhileError, DamagedArchiveError
from newsarchive.store.additions import Addition
from newsarchive.store.base import Again, Writer
from newsarchive.store.checking import operation_on
from newsarchive.store.digests import digest_of, kept_up
from newsarchive.store.lines import entry_of, line_of
from newsarchive.store.record import Header, header_of, record_line, record_pieces
from newsarchive.store.server.address import Address
from newsarchive.store.server.history import head_of, parts_of
from newsarchive.store.server.link import Link, Question
from newsarchive.store.server.locking import begin_writing
from newsarchive.store.server.reading import CHANNEL, State, read_lines, read_some_lines
from newsarchive.store.server.view import View
from newsarchive.store.snapshot import REMEDY, SCHEMA, Meta, Snapshot, nothing_kept

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
REMOVE: Final = "DELETE FROM newsarchive.entries WHERE archive = $1 AND id = ANY ($2::bigint[])"
_PUT: Final = """
INSERT INTO newsarchive.entries (archive, id, line)
SELECT $1, put.id, put.line FROM unnest($2::bigint[], $3::text[]) AS put (id, line)
"""


class Committed(NamedTuple):
    """What a transaction is going to have done, once the server has acknowledged it; `state` is what it found.

    `rest` is still to be asked, together with COMMIT.
    """

    operation: Operation
    state: State
    key: str
    rest: Sequence[Question]


def new_key() -> str:
    """Draw the key of an operation: 32 hexadecimal digits."""
    return os.urandom(16).hex()


class Transaction:
    """The statements of one commit, with BEGIN and without COMMIT."""

    def __init__(self, link: Link, address: Address, view: View) -> None:
        self._link = link
        self._address = address
        self._view = view
        self._key = new_key()

    def carry_out(self, intent: Intent, writer: Writer, again: Again | None) -> Committed | None:
        """Plan again where that is needed, check, write; None when there is nothing to write.

        Raises what `base.Store.commit` raises, and what `Link.ask` raises.
        """
        ids = _ids_in(intent)
        state, present = begin_writing(self._link, self._address, writer, ids)
        if again is not None and state.fingerprint != again.planned_on:
            self._view.show(state)
            intent = again.plan(self._view.snapshot(nothing_kept))
            if not intent.is_worth_writing:
                return None
            if _ids_in(intent) != ids:
                present = read_some_lines(self._link, state.id, _ids_in(intent))
        state = state.with_ids_given(intent.merges.next_id if intent.merges else 0)
        operation = self._operation(state, present, intent, writer, again)
        rest: list[Question] = []
        for batch in _in_batches(self._write(state, operation, present)):
            if rest:
                self._link.ask_all(rest)
            rest = batch
        return Committed(operation, state, self._key, rest)

    def _operation(
        self, state: State, present: Mapping[int, Any], intent: Intent, writer: Writer, again: Again | None
    ) -> Operation:
        """Return what is to be done. Raises DamagedArchiveError when no operation can have changed an entry."""
        try:
            return operation_on(self._snapshot(state, present), intent, writer)
        except ChangedMeanwhileError as error:
            if again is None or state.fingerprint != again.planned_on:
                raise
            reason = f"{error.what} is not what revision {state.meta.revision} has"
            raise DamagedArchiveError(
                str(self._address), "", f"{reason}: something else has written to the database", REMEDY
            ) from error

    def _snapshot(self, state: State, lines: Mapping[int, Any]) -> Snapshot:
        return Snapshot(str(self._address), state.meta, lines, state.tables(), state.fingerprint)

    def _write(self, state: State, operation: Operation, present: Mapping[int, Any]) -> Iterator[Question]:
        lines = {change.id: self._line(change) for change in operation.changes if change.id is not None}
        new = {entry_id: line for entry_id, line in lines.items() if line is not None}
        count = state.meta.count - len(present) + len(new)
        meta = state.meta.following(count, new, kept_up(self._digest(state), present, new))
        if present:
            yield REMOVE, state.id, [*present]
        yield from putting(state.id, new)
        yield from self._record(state, operation, meta)
        grown = sum(map(len, new.values())) - sum(map(len, present.values()))
        counts = (meta.revision, meta.next_id, meta.count, meta.digest, meta.schema, grown, self._key)
        yield _COUNT, state.id, *counts
        yield "SELECT pg_notify($1, $2)", CHANNEL, f"{state.id} {meta.revision}"

    def _line(self, change: Change) -> Any:
        """Return the line of what an entry becomes, which must read back as that. Raises CannotSaveError."""
        if isinstance(change, Addition):
            return bytes(change.line)  # it was re-parsed when it was written
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

    def _record(self, state: State, operation: Operation, meta: Meta) -> Iterator[Question]:
        ids = [change.id for change in operation.changes if change.id is not None]
        removes = any(change.kind == "remove" for change in operation.changes)
        head = header_of(record_line(operation._replace(changes=()), meta, state.meta.digest))
        assert head is not None, "it was just written"
        header = msgspec.structs.replace(head, entries=len(ids), removes=removes)
        pieces = record_pieces(operation, meta, state.meta.digest)
        return recording(state.id, Recorded(header, pieces, self._key, ids, removes=removes))


def _ids_in(intent: Intent) -> list[int]:
    return [change.id for change in intent.real_changes if change.id is not None]


class Recorded(NamedTuple):
    """An operation as it is kept: its record is also given in `pieces`."""

    header: Header
    pieces: Iterable[bytes]
    key: str
    ids: list[int]
    removes: bool

    @classmethod
    def of(cls, line: bytes, key: str, ids: list[int], *, removes: bool) -> Recorded:
        """Return an operation whose record is there."""
        header = header_of(line)
        assert header is not None, "it was written or read by this program"
        return cls(header, [line], key, ids, removes)


def recording(archive: int, recorded: Recorded) -> Iterator[Question]:
    """Yield what keeps an operation."""
    header = recorded.header
    yield (
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
    for part, text in enumerate(parts_of(recorded.pieces)):
        yield "INSERT INTO newsarchive.records VALUES ($1, $2, $3, $4)", archive, header.operation, part, text


def putting(archive: int, lines: Mapping[int, Any]) -> Iterator[Question]:
    """Yield what adds entries to an archive, many at a time.

    COPY takes the server as long, and is refused to those whose rows are kept apart by their rights.
    """
    for ids, texts in _batches(lines):
        yield _PUT, archive, ids, texts


def ask_in_batches(link: Link, questions: Iterable[Question]) -> None:
    """Ask many, as many at once as are no burden. Raises what `Link.ask_all` raises."""
    for batch in _in_batches(questions):
        link.ask_all(batch)


def _in_batches(questions: Iterable[Question]) -> Iterator[list[Question]]:
    batch: list[Question] = []
    size = 0
    for question in questions:
        batch.append(question)
        size += sum(_size(value) for value in question)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(value: Any) -> int:
    """Return how many bytes a value has, as far as that is many."""
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str | bytes) else 8


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
