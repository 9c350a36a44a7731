"""Keep the index of an archive: built when it is needed, changed with the archive, used when it is fresh."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from msgspec import Raw

from newsarchive.changes import Operation
from newsarchive.errors import CannotSaveError
from newsarchive.query.matching import TagAliases
from newsarchive.search.index.faults import DamagedIndexError, TooMuchError, UnavailableIndexError
from newsarchive.search.index.file import (
    State,
    build_file,
    built_in_memory,
    change_file,
    fingerprint_text,
    reading,
)
from newsarchive.search.index.index import Index
from newsarchive.store.additions import line_after
from newsarchive.store.base import Home
from newsarchive.store.snapshot import Fingerprint, Snapshot

if TYPE_CHECKING:
    from newsarchive.search.index.building import Watch

_MOST_CHANGED: Final = 0.5
"""Building an index anew is faster than changing a larger share of its entries."""

_WORTH_A_PROCESS: Final = 5_000_000
"""Bytes of an archive from which on its index takes longer to build than anyone likes to wait for a list."""

_Answer = TypeVar("_Answer")
Question = Callable[[Index], _Answer]


class Surroundings(NamedTuple):
    """What the keeper of an index works with."""

    home: Home
    tag_aliases: TagAliases
    say: Callable[[str], None]
    watch: Watch
    clock: Callable[[], float] | None = None
    """The seconds since 1970, where a process of its own may build the index and go on when the command is done."""


class IndexKeeper:
    """Keeps the index of one archive. Nothing that becomes of the index keeps the archive from being read."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._home, self._tag_aliases, self._say, self._watch, self._clock = surroundings
        self._path = self._home.index
        self._damage: DamagedIndexError | None = None
        self._obstacle: Exception | None = None
        """What keeps the index from being used, for all of one command: it may be one that takes time."""

    def ask_fresh(self, question: Question[_Answer]) -> _Answer | None:
        """Return the answer of the index; None when it does not know the archive as it is now."""
        if self._obstacle is not None:
            return None
        self._home.tend()
        try:
            present = self._home.present() or ()
            answer = self._ask(question, present)
            if answer is None and self._is_caught_up(present):
                answer = self._ask(question, present)
            return answer
        except DamagedIndexError as error:
            self._damage = error
        except (UnavailableIndexError, OSError) as error:
            self._obstacle = error
        return None

    def is_built_apart(self) -> bool:
        """Whether another process is building the index, which is started for that if need be; a note says so.

        Where one was ended before it was done, the next one might be, too: then the index is built here.
        """
        if self._clock is None or self._obstacle or self._home.beside is None:
            return False
        if self._home.size < _WORTH_A_PROCESS or (self._home.has_index and not self._damage):
            return False
        from newsarchive.search.index import apart  # spares start-up: there mostly is an index

        try:
            if not apart.is_under_way(self._path, self._clock):
                if apart.was_ended(self._path):
                    return False
                self._home.make()
                apart.start(self._home.beside.archive)
        except (CannotSaveError, OSError):
            return False
        self._say("note: the search index is being built meanwhile; until it is there, this takes longer")
        return True

    def ask(self, question: Question[_Answer], snapshot: Snapshot) -> _Answer | None:
        """Return the answer of the index, brought up to `snapshot` before; None when it cannot be."""
        if self._obstacle is not None:
            return None
        try:
            if not self._is_waited_for(snapshot):
                self._bring_up(snapshot)
            return self._ask(question, snapshot.fingerprint or ())
        except (DamagedIndexError, UnavailableIndexError, OSError) as error:
            self._obstacle = error
            return None

    def ask_in_memory(self, question: Question[_Answer], snapshot: Snapshot) -> _Answer | None:
        """Return the answer of an index that is built for this question alone; None when it cannot be."""
        if isinstance(self._obstacle, TooMuchError):
            return None
        reason = f" ({self._obstacle})" if self._obstacle is not None else ""
        self._say(f"note: no search index can be used{reason}; this takes longer without one")
        try:
            with built_in_memory(snapshot, self._watch) as (connection, state):
                return question(Index(connection, state, self._tag_aliases))
        except (DamagedIndexError, UnavailableIndexError):
            return None

    def take(self, operation: Operation, before: Fingerprint | None, after: Fingerprint | None) -> None:
        """Take the changes of an operation that made the archive's file `after` out of `before`."""
        if before is None or after is None or self._obstacle is not None or not self._home.has_index:
            return
        changes = operation.changes

        def differences(_: Connection, present: State) -> Mapping[Any, Any] | None:
            is_next = present.fingerprint == fingerprint_text(before)
            if not is_next or len(changes) > _MOST_CHANGED * present.entries:
                return None
            return {change.id: line_after(change) for change in changes}

        try:
            change_file(self._path, State(fingerprint_text(after), operation.number), differences)
        except (DamagedIndexError, UnavailableIndexError) as error:
            self._say(f"note: the change was saved; the search index will take it up later ({error})")

    def _ask(self, question: Question[_Answer], fingerprint: tuple[int, ...]) -> _Answer | None:
        if not self._home.has_index:
            return None
        with reading(self._path) as (connection, state):
            if state.fingerprint != fingerprint_text(fingerprint):
                return None
            return question(Index(connection, state, self._tag_aliases))

    def lines(self, state: Fingerprint) -> Mapping[int, Any] | None:
        """Return the lines of a state of the archive, None where the index cannot be brought up to that."""
        with contextlib.suppress(DamagedIndexError, UnavailableIndexError, OSError):
            lines = self._lines(state)
            return self._lines(state) if lines is None and self._is_caught_up(state) else lines
        return None

    def older_lines(self) -> Mapping[int, Any]:
        """Return the lines of whichever state of the archive the index has."""
        with contextlib.suppress(DamagedIndexError, UnavailableIndexError, OSError):
            return self._lines(None) or {}
        return {}

    def _lines(self, state: Fingerprint | None) -> Mapping[int, Any] | None:
        if not self._home.has_index:
            return None
        with reading(self._path) as (connection, known):
            if state is not None and known.fingerprint != fingerprint_text(state):
                return None
            rows = connection.execute("SELECT id, line FROM payload ORDER BY id")
            return {entry_id: Raw(line) for entry_id, line in rows}

    def _is_waited_for(self, snapshot: Snapshot) -> bool:
        """Wait for another process that is building the index; return whether it is that of `snapshot` then."""
        if self._clock is None or (self._home.has_index and not self._damage):
            return False
        from newsarchive.search.index import apart  # spares start-up: there mostly is an index

        if not apart.is_under_way(self._path, self._clock):
            return False
        self._say("note: the search index is being built; this waits for it")
        apart.wait_for(self._path, self._clock)
        with contextlib.suppress(DamagedIndexError, UnavailableIndexError), reading(self._path) as (_, state):
            self._damage = None
            return state.fingerprint == fingerprint_text(snapshot.fingerprint or ())
        return False

    # --- building and bringing up ------------------------------------------------------------------------

    def _bring_up(self, snapshot: Snapshot) -> None:
        if self._damage is None and self._home.has_index and self._is_changed_to(snapshot):
            return
        if self._damage is not None:
            self._say(f"note: the search index {self._damage}; it is built anew")
            self._damage = None
        try:
            self._home.make()
        except CannotSaveError as error:
            raise UnavailableIndexError(error.reason) from error
        build_file(self._home, snapshot, self._watch)

    def _is_caught_up(self, present: Fingerprint) -> bool:
        """Try to bring the index up by what was changed since the state that it knows."""
        if not present or not self._home.has_index:
            return False
        with reading(self._path) as (_, known):
            pass
        changes = self._home.changes_since(known.fingerprint)
        if changes is None or len(changes.lines) > _MOST_CHANGED * known.entries:
            return False
        target = State(fingerprint_text(present), changes.revision)

        def differences(_: Connection, found: State) -> Mapping[int, Any] | None:
            return changes.lines if found.fingerprint == known.fingerprint else None

        return change_file(self._path, target, differences)

    def _is_changed_to(self, snapshot: Snapshot) -> bool:
        """Try to change the index where its lines are not those of `snapshot`."""

        def differences(connection: Connection, _: State) -> Mapping[int, Any] | None:
            found = _differences(connection, snapshot.lines)
            return found if len(found) <= _MOST_CHANGED * len(snapshot.lines) else None

        try:
            return change_file(self._path, State.of(snapshot), differences)
        except DamagedIndexError as error:
            self._damage = error
            return False


def _differences(connection: Connection, lines: Mapping[int, Any]) -> dict[int, Any]:
    """Return the lines that the index has otherwise or not at all, and None for those of too many."""
    found: dict[int, Any] = {}
    new = dict(lines)
    for entry_id, line in connection.execute("SELECT id, line FROM payload"):
        present = new.pop(entry_id, None)
        if present is None or bytes(present) != line:
            found[entry_id] = present
    return found | new
