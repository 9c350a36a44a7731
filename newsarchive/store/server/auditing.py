"""Find out whether the history in a database is what commits wrote there: every operation, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Raw
from msgspec.structs import replace

from newsarchive.errors import CannotReadError, DamagedArchiveError, join_some
from newsarchive.store.record import Header, Record, header_of
from newsarchive.store.redoing import Redo, redos_of
from newsarchive.store.server.examining import follow, has_digests, named
from newsarchive.store.server.history import ServerHistory, ServerRecord, SpoiltOperationError, key_of_copied
from newsarchive.store.server.reading import State

Lines = Mapping[int, Any]


def audit(state: State, history: ServerHistory, lines: Lines) -> dict[int, str]:
    """Follow the history from its beginning to the entries as they are, which are those of the last revision.

    Returns what is wrong, by operation. Raises what asking the server raises.
    """
    records, faults = _collected(state, history)
    told: dict[int, bytes | None] = {}
    before: ServerRecord | None = None
    for record in records:
        if before is not None and before.number != record.number - 1:
            told.clear()
        if fault := _fault(record, before, told):
            faults[record.number] = fault
            told.clear()
        record.__dict__.pop("line", None)  # of a long history they would not all be held
        before = record
    if wrong := sorted(one for one, line in told.items() if bytes(lines.get(one, b"")) != (line or b"")):
        faults.setdefault(state.meta.revision, f"leads to another text than that of {named(wrong)}")
    return dict(sorted(faults.items()))


def _collected(state: State, history: ServerHistory) -> tuple[list[ServerRecord], dict[int, str]]:
    """Return the operations that can be read, oldest first, and why others cannot."""
    records: list[ServerRecord] = []
    faults: dict[int, str] = {}
    last = state.meta.revision
    while True:
        try:
            for record in history.newest_first(last):
                records.append(record)
                last = record.number - 1
            break
        except SpoiltOperationError as error:
            faults[error.number] = "cannot be read"
            last = error.number - 1
    there = {record.number for record in records} | faults.keys()
    missing = set(range(state.pruned + 1, state.meta.revision + 1)) - there
    return records[::-1], faults | dict.fromkeys(missing, "is missing")


def _fault(record: ServerRecord, before: ServerRecord | None, told: dict[int, bytes | None]) -> str:
    """Carry an operation out on what is told so far; return what is wrong with it.

    One that was copied from a file as it is there may have taken in what somebody wrote into that file by hand.
    """
    if not _goes_on_from(record, before):
        return "does not go on where the one before it ends"
    try:
        redos, header = redos_of(record), header_of(record.line)
    except CannotReadError:
        return "cannot be read"
    removes = any(redo.kind == "remove" for redo in redos)
    kept = ({*record.ids}, record.removes, _head(record.header))
    if header is None or ({redo.id for redo in redos}, removes, _head(header)) != kept:
        return "is kept in two places, and not alike"
    is_copied = record.key == key_of_copied(record.line)
    if is_copied and not _can_be_followed(record, redos, told):
        told.clear()
    is_told = follow(record, told) or not redos or is_copied
    return "" if is_told else "does not say all that it changed"


def _can_be_followed(record: Record, redos: Sequence[Redo], told: Mapping[int, bytes | None]) -> bool:
    """Whether an operation's digests can say that it changed nothing else: what was there is told, too."""
    are_told = all(told.get(redo.id) is not None for redo in redos if redo.kind != "add")
    return are_told and has_digests(record)


def _goes_on_from(record: Record, before: Record | None) -> bool:
    if before is None or before.number != record.number - 1:
        return True
    return before.digest is None or record.base is None or before.digest == record.base


def _head(header: Header) -> Header:
    """Return what is told of an operation without what is told of its changes."""
    return replace(header, entries=None, removes=None, changes=Raw(b"[]"))


def as_damage(place: str, state: State, faults: Mapping[int, str]) -> DamagedArchiveError:
    """Return what is wrong with a history as an error that says what can be done."""
    told = join_some([f"operation {number} {fault}" for number, fault in faults.items()], 3)
    revision = state.meta.revision
    return DamagedArchiveError(
        place,
        "",
        f"in its history {told}: something else has written to the database",
        f"the entries are those of revision {revision}, so that `newsarchive restore` has nothing to bring back; "
        "bring back the database from its backup, or "
        f"`newsarchive history prune --keep {revision - max(faults)}` forgets what is spoilt",
    )
