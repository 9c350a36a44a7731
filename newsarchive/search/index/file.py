"""The index as a file: opened to read, built beside and renamed, changed in place.

There is never a journal beside it. One that a killed writer left would be rolled back into whatever file has
the index's name by then, also into one that was built anew. Instead the file itself says, durably and before
anything else of a change is written, that it is torn; if that stays so, the index is built anew. Others wait
until a change is written, by SQLite's locks.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsarchive.access import Access
from newsarchive.disk import PRIVATE_MODE, discard, publish, reason_of
from newsarchive.search.index.faults import (
    DamagedIndexError,
    TooMuchError,
    UnavailableIndexError,
    UnfitEntryError,
)
from newsarchive.search.index.sql import SPEEDILY
from newsarchive.search.index.tables import VERSION
from newsarchive.store.base import Home
from newsarchive.store.snapshot import Snapshot

if TYPE_CHECKING:
    from newsarchive.search.index.building import Watch

_PATIENCE: Final = 5.0
"""Seconds to wait for another process."""

_LONG_AGO: Final = 3600.0
_UNFINISHED: Final = ".unfinished"  # and no temporary file of the store, which writers clear away
_JOURNALS: Final = ("-journal", "-wal", "-shm")
_FOREIGN: Final = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_MISMATCH,
)
_TOO_MUCH: Final = ("Expression tree is too large", "parser stack overflow", "too many SQL variables")


class State(NamedTuple):
    """Which revision of which file an index knows, and how many entries that has."""

    fingerprint: str
    revision: int
    entries: int = 0
    edited_by_hand: bool = False

    @classmethod
    def of(cls, snapshot: Snapshot) -> State:
        """Return the state of an index of `snapshot`, which was read from a file."""
        fingerprint = fingerprint_text(snapshot.fingerprint or ())
        return cls(fingerprint, snapshot.meta.revision, len(snapshot.lines), snapshot.edited_by_hand)

    def is_of(self, snapshot: Snapshot) -> bool:
        """Whether an index in this state is one of `snapshot`."""
        return self.fingerprint == fingerprint_text(snapshot.fingerprint or ())


def fingerprint_text(fingerprint: tuple[int, ...]) -> str:
    """Write the fingerprint of an archive's file as the index keeps it."""
    return ":".join(map(str, fingerprint))


Differences = Callable[[Connection, State], "Mapping[int, Any] | None"]
"""Returns the lines to change in an index, None for those that go; None alone when it is not worth it."""


@contextmanager
def reading(path: Path) -> Iterator[tuple[Connection, State]]:
    """Open an index as it is at this moment.

    Raises DamagedIndexError and UnavailableIndexError, then and while it is read.
    """
    with _translating(), closing(_connected(path, "ro")) as connection:
        connection.execute("BEGIN")
        yield connection, _state(connection)


def build_file(home: Home, snapshot: Snapshot, watch: Watch) -> None:
    """Build the index of an archive in the place of the one that is there, open to the same people.

    Raises UnavailableIndexError.
    """
    path = home.index
    with _translating_all():
        temp = unfinished_name(path, os.getpid())
        pruned = home.pruned()
        try:
            _clear_up(path, _begin(temp, home.access()))
            _build(temp, snapshot, watch)
            with open(temp, "r+b") as file:
                os.fsync(file.fileno())
            home.access()  # raises OSError when the archive is gone meanwhile
            if home.pruned() != pruned:
                raise UnavailableIndexError(
                    "the history was pruned meanwhile, and what it held must not stay"
                )
            publish(temp, path)
        finally:
            discard(temp)


@contextmanager
def built_in_memory(snapshot: Snapshot, watch: Watch) -> Iterator[tuple[Connection, State]]:
    """Build an index that goes when it is closed. Raises what `build_file` raises."""
    with _translating(), closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with _translating_all():
            _fill(connection, snapshot, watch)
            _set_state(connection, snapshot)
        yield connection, State.of(snapshot)


def change_file(path: Path, state: State, differences: Differences) -> bool:
    """Bring an index up to `state`, whose number of entries follows from the changes; return whether it was done.

    Raises DamagedIndexError and UnavailableIndexError; the index is then as it was, or torn.
    """
    from newsarchive.search.index.changing import change  # spares start-up

    with _translating_all(), closing(_connected(path, "rw")) as connection:
        execute = connection.execute
        execute("PRAGMA journal_mode = MEMORY")
        execute("PRAGMA locking_mode = EXCLUSIVE")  # from the first COMMIT until it is closed
        execute("BEGIN IMMEDIATE")
        found = _state(connection)
        lines = differences(connection, found)
        if lines is None:
            return False
        execute("UPDATE state SET is_torn = 1")
        execute("COMMIT")
        try:
            execute("BEGIN")
            entries = found.entries + change(connection, lines)
            update = "UPDATE state SET fingerprint = ?, revision = ?, entries = ?, edited_by_hand = ?"
            execute(update, state._replace(entries=entries))
            execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        finally:
            if not connection.in_transaction:
                execute("UPDATE state SET is_torn = 0")
    return True


def _connected(path: Path, mode: str) -> Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None)


def _build(path: Path, snapshot: Snapshot, watch: Watch) -> None:
    """Build an index at `path`, where an empty file is."""
    from newsarchive.search.index.worker import build_beside, is_worth_it  # spares start-up

    is_built = is_worth_it(snapshot.lines)
    if is_built:
        build_beside(path, snapshot.lines, watch)
    with closing(_connected(path, "rw")) as connection:
        if not is_built:
            _fill(connection, snapshot, watch)
        _set_state(connection, snapshot)


def _fill(connection: Connection, snapshot: Snapshot, watch: Watch) -> None:
    from newsarchive.search.index.building import build  # spares start-up

    connection.executescript(SPEEDILY)
    build(connection, snapshot.lines, watch)


def _set_state(connection: Connection, snapshot: Snapshot) -> None:
    connection.execute("INSERT INTO state VALUES (?, 0, ?, ?, ?, ?)", (VERSION, *State.of(snapshot)))


def _state(connection: Connection) -> State:
    row: tuple[Any, ...] = connection.execute("SELECT * FROM state").fetchone() or ("",)
    if row[0] != VERSION:
        raise DamagedIndexError("is from another version")
    _, is_torn, fingerprint, revision, entries, edited_by_hand = row
    if is_torn:
        raise DamagedIndexError("was being changed when that was cut off")
    return State(fingerprint, revision, entries, bool(edited_by_hand))


def _begin(temp: Path, like: Access) -> float:
    """Create a file, open to the same people as `like`, and return when that was."""
    descriptor = os.open(temp, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    try:
        like.give_to(descriptor)
        return os.fstat(descriptor).st_mtime
    finally:
        os.close(descriptor)


def unfinished(path: Path) -> Iterator[Path]:
    """Yield the files that are to become the index at `path`; after its name comes the number of the process."""
    return path.parent.glob(f"{path.name}-*{_UNFINISHED}")


def unfinished_name(path: Path, process: int) -> Path:
    """Return a new name for a file of a process that is to become the index at `path`."""
    return path.with_name(f"{path.name}-{process}-{os.urandom(4).hex()}{_UNFINISHED}")


def _clear_up(path: Path, now: float) -> None:
    """Remove what killed builders left long ago, and journals, which are none of ours."""
    for temp in unfinished(path):
        if now - temp.stat().st_mtime > _LONG_AGO:
            discard(temp)
    for suffix in _JOURNALS:
        discard(path.with_name(path.name + suffix))


@contextmanager
def _translating() -> Iterator[None]:
    """Tell what is wrong with the index from what is wrong with the program."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None and not isinstance(error, sqlite3.OperationalError):
            raise
        if code is None or code & 0xFF in _FOREIGN:
            raise _fault_of(str(error)) from error
        raise UnavailableIndexError(str(error)) from error
    except (UnicodeDecodeError, OverflowError) as error:  # of a message or a number that is none of ours
        raise DamagedIndexError(f"is damaged: {error}") from error


def _fault_of(message: str) -> Exception:
    """Tell what SQLite cannot do from what is wrong with the file: both are SQLITE_ERROR."""
    if message.startswith(_TOO_MUCH):
        return TooMuchError(message)
    if message.startswith("no such module"):
        return UnavailableIndexError(f"SQLite was built without full text search: {message}")
    return DamagedIndexError(f"is damaged: {message}")


@contextmanager
def _translating_all() -> Iterator[None]:
    """Translate also what stands in the way of building an index."""
    try:
        with _translating():
            yield
    except OSError as error:
        raise UnavailableIndexError(reason_of(error)) from error
    except UnfitEntryError as error:
        raise UnavailableIndexError(str(error)) from error
