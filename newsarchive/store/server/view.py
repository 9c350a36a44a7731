"""What is seen of an archive on a server: one state of it, on the server or as this machine remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from newsarchive.dates.local import local_time
from newsarchive.errors import ChangedMeanwhileError, NewsArchiveError, NoArchiveError, UnreachableError
from newsarchive.store.base import Changes
from newsarchive.store.server.address import Address
from newsarchive.store.server.lines import ServerLines
from newsarchive.store.server.link import Link, LostError, RefusedError, Row
from newsarchive.store.server.reading import (
    State,
    begin_reading,
    read_changes,
    read_lines,
    read_some_lines,
    told_plainly,
)
from newsarchive.store.server.remembered import Remembered
from newsarchive.store.snapshot import Kept, Snapshot

_ASKED_FOR: Final = "--offline"


class View:
    """One state of an archive, which stays until it is forgotten: all that is read of it fits together.

    It is a transaction of the server, which `state` begins. When the server cannot be reached, and from the
    beginning when it is to be left alone (`offline`), it is what this machine remembers, which `say` tells once.
    """

    def __init__(self, address: Address, link: Link, say: Callable[[str], None], *, offline: bool) -> None:
        self._address = address
        self._link = link
        self._say = say
        self._remembered = Remembered(address.cache)
        self._state: State | None = None
        self._has_told = False
        self.offline = _ASKED_FOR if offline else ""
        """Why the server is not asked; empty while it is."""

    def state(self) -> State:
        """Return the state that is seen.

        Raises NoArchiveError, UnreachableError, NoSchemaError, NotAllowedError, CannotReadError.
        """
        if self._state is None:
            with told_plainly(self._address):
                self._state = self._look()
        return self._state

    def present(self) -> State | None:
        """Return the state that is seen, None where there is no archive. Raises what `state` raises."""
        try:
            return self.state()
        except NoArchiveError:
            return None

    def show(self, state: State) -> None:
        """See the state that a transaction of the link has found."""
        self._state = state

    def leave(self) -> None:
        """See nothing until the transaction of the link has been ended."""
        self._state = None

    def forget(self) -> None:
        """End the transaction, and see what is there then."""
        self._link.close()
        self._state = None

    def ask(self, statement: str, *values: Any) -> list[Row]:
        """Ask the server about the state that is seen. Raises UnreachableError, NotAllowedError, CannotReadError."""
        self.check_online("read the history of")
        with told_plainly(self._address):
            return self._link.ask(statement, *values)

    def check_online(self, doing: str) -> None:
        """Make sure that the server is there to be asked. Raises UnreachableError."""
        if self.offline:
            raise UnreachableError(str(self._address), self.offline, doing=doing)

    def snapshot(self, kept: Kept) -> Snapshot:
        """Return the revision; its lines come when they are asked for. Raises what `state` raises."""
        state = self.state()
        if self.offline:
            lines = self._offline_lines(state, kept)
        else:
            lines = ServerLines(
                state.meta.count,
                lambda ids: self._read(state, read_some_lines, ids),
                lambda: kept(state.fingerprint) or self._read(state, read_lines),
            )
        return Snapshot(str(self._address), state.meta, lines, state.tables(), state.fingerprint)

    def changes_since(self, known: str) -> Changes | None:
        """Return what was changed since an older state; None when that cannot be told."""
        state = self.state()
        if self.offline:
            return None
        with told_plainly(self._address):
            lines = read_changes(self._link, state, known)
        return None if lines is None else Changes(state.meta.revision, lines)

    def remember(self) -> None:
        """Keep for later what is seen of the server now."""
        if self._state is not None and not self.offline:
            self._remembered.note(self._state)

    def _look(self) -> State:
        if not self.offline:
            try:
                state = begin_reading(self._link, self._address)
            except LostError as error:
                if self._remembered.state() is None:
                    raise
                self.offline = str(error)
            except (RefusedError, NewsArchiveError):
                self._link.close()
                raise
            else:
                self._remembered.note(state)
                return state
        return self._recalled()

    def _recalled(self) -> State:
        state = self._remembered.state()
        if state is None:
            raise UnreachableError(
                str(self._address), "this machine has no copy of it yet", doing="read offline"
            )
        if not self._has_told:
            self._has_told = True
            reason = "" if self.offline == _ASKED_FOR else f"cannot reach {self._address}: {self.offline}; "
            self._say(
                f"note: {reason}this is the copy of {local_time(self._remembered.when()):%Y-%m-%d %H:%M}, "
                f"revision {state.meta.revision}"
            )
        return state

    def _offline_lines(self, state: State, kept: Kept) -> ServerLines:
        def whole() -> Mapping[int, Any]:
            lines = kept(state.fingerprint)
            if lines is None and state.meta.count:
                raise UnreachableError(
                    str(self._address), "this machine has no whole copy", doing="read offline"
                )
            return lines or {}

        return ServerLines(
            state.meta.count, lambda ids: {one: whole()[one] for one in ids if one in whole()}, whole
        )

    def _read(self, state: State, read: Callable[..., Mapping[int, Any]], *values: Any) -> Mapping[int, Any]:
        if self._state is not state:  # a commit has come between
            raise ChangedMeanwhileError(str(self._address))
        with told_plainly(self._address):
            return read(self._link, state.id, *values)
