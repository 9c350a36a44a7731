"""The store of an archive on a PostgreSQL server."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from newsarchive.changes import Intent, Operation
from newsarchive.errors import (
    CannotSaveError,
    NothingToRestoreError,
    UncertainError,
)
from newsarchive.store.base import Again, Restored, Step, Whole, Writer
from newsarchive.store.server.address import Address
from newsarchive.store.server.home import ServerHome
from newsarchive.store.server.link import Link, LostError, RefusedError
from newsarchive.store.server.locking import begin_writing
from newsarchive.store.server.reading import CHANNEL, State, digits, read_state, told_plainly
from newsarchive.store.server.view import View
from newsarchive.store.signals import signals_held
from newsarchive.store.snapshot import Fingerprint, Kept, Snapshot, nothing_kept

if TYPE_CHECKING:
    from newsarchive.store.server.committing import Committed
    from newsarchive.store.server.examining import Mended
    from newsarchive.store.server.history import ServerHistory

_PATIENCE: Final = 30.0
"""Seconds in which a server that has gone away may come back, or another one take its place."""

_GLANCE: Final = 2_000
"""Milliseconds for each look whether an operation is there: the transaction that was cut off may still be waiting."""

_TRIES: Final = 50
_AGAIN: Final = ("40001", "40P01")
"""Codes of transactions that others stood in the way of; nothing was done, and they may be tried again."""

_WRITING: Final = "write to"
_READ_ONLY: Final = ("25006", "0A000")


class ServerStore:
    """An archive in a database; see `base.Store`."""

    def __init__(self, address: Address, say: Callable[[str], None], *, offline: bool) -> None:
        self._address = address
        self._link = Link(address)
        self._ear = Link(address)
        """Listens for commits; what is read is another connection's."""
        self._view = View(address, self._link, say, offline=offline)
        self.home = ServerHome(address, self._view)
        self.done: str | None = None
        self.step: Step = None, None

    @cached_property
    def history(self) -> ServerHistory:
        """The operations."""
        from newsarchive.store.server.history import ServerHistory  # spares start-up

        return ServerHistory(str(self._address), self._view.state, self._view.ask)

    def read(self, kept: Kept = nothing_kept) -> Snapshot:
        """Read the present revision.

        Raises NoArchiveError, UnreachableError, NoSchemaError, NotAllowedError, CannotReadError.
        """
        return self._view.snapshot(kept)

    # --- writing -----------------------------------------------------------------------------------------

    def commit(self, intent: Intent, writer: Writer, again: Again | None = None) -> Operation | None:
        """Make the changes the archive's next revision; see `base.Store.commit`.

        Acknowledged by the server; a connection that is lost meanwhile is made again to look whether the operation
        is there. Raises UncertainError when that cannot be.
        """
        if not intent.is_worth_writing:
            return None
        self._view.check_online(_WRITING)
        self._view.leave()
        with told_plainly(self._address):
            committed = self._until_it_is_done(intent, writer, again)
        if committed is None:
            return None
        number = committed.operation.number
        self.done = f"the change was already saved (operation {number})"
        key = int(committed.state.key, 16)
        self.step = committed.state.fingerprint, (key, number, int(committed.key, 16))
        return committed.operation

    def _begin_anew(self) -> None:
        self._view.check_online(_WRITING)
        self._view.forget()

    def _until_it_is_done(self, intent: Intent, writer: Writer, again: Again | None) -> Committed | None:
        """Try until the server has acknowledged it, or it cannot be: what has failed for sure is tried again."""
        deadline = time.monotonic() + _PATIENCE
        for attempt in range(_TRIES):
            try:
                return self._try(intent, writer, again)
            except LostError:  # before COMMIT was sent: the server has dropped the transaction
                if time.monotonic() > deadline:
                    raise
            except RefusedError as error:
                if error.code not in _AGAIN:
                    raise self._unsaved(error) from error
            finally:
                self._view.forget()
            time.sleep(min(1.0, 0.01 * 2 ** min(attempt, 6)) * os.urandom(1)[0] / 255)
        raise CannotSaveError(str(self._address), "others write to it all the time")

    def _try(self, intent: Intent, writer: Writer, again: Again | None) -> Committed | None:
        from newsarchive.store.server.committing import Transaction  # spares start-up

        committed = Transaction(self._link, self._address, self._view).carry_out(intent, writer, again)
        if committed is None:
            self._link.run("ROLLBACK")
            return None
        with signals_held():
            try:
                self._link.ask_all([*committed.rest, ("COMMIT",)], _PATIENCE)
            except LostError as error:
                if not self._is_there(committed, error):
                    raise
        return committed

    def _is_there(self, committed: Committed, lost: LostError) -> bool:
        """Look whether an operation is there whose acknowledgement was lost.

        The lock on the archive's row is given only when the transaction is over that was cut off. Raises
        UncertainError when no server answers that could know.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._link.run(f"SET statement_timeout = {_GLANCE}; BEGIN READ WRITE")
                read_state(self._link, self._address, for_change=True)
                found = self._link.ask(
                    "SELECT key FROM newsarchive.operations WHERE archive = $1 AND number = $2",
                    committed.state.id,
                    committed.operation.number,
                )
                self._link.run("ROLLBACK")
            except (LostError, RefusedError) as error:
                self._link.close()
                if time.monotonic() > deadline:
                    raise UncertainError(str(self._address), committed.operation.number, str(lost)) from error
                time.sleep(0.2)
            else:
                return any(digits(key) == committed.key for (key,) in found)

    def _unsaved(self, error: RefusedError) -> Exception:
        """Say what a refusal means to who writes; others are told as for reading."""
        if error.code in _READ_ONLY:
            return CannotSaveError(
                str(self._address),
                "this server takes no changes, as a standby does; name the primary, or all of them with "
                "target_session_attrs=read-write",
            )
        if error.code.startswith(("53", "54", "58")):
            return CannotSaveError(str(self._address), str(error))
        return error

    @contextlib.contextmanager
    def _writing(self, writer: Writer, done: str) -> Iterator[State]:
        """Run a transaction that changes nothing, or all when nothing is raised; then `done` was done."""
        try:
            state, _ = begin_writing(self._link, self._address, writer)
            yield state
        except BaseException:
            self._link.close()
            raise
        with signals_held():
            try:
                self._link.ask_all([("COMMIT",)], _PATIENCE)
            except LostError as error:
                raise UncertainError(str(self._address), None, str(error)) from error
            self.done = done

    def start(self, writer: Writer) -> bool:
        """Make an empty archive in a database that is prepared; return whether that was needed."""
        from newsarchive.store.server.starting import prepare, start  # spares start-up

        self._begin_anew()
        with told_plainly(self._address):
            if made := prepare(self._link, self._address):
                writer.say(f"In the database of {self._address}: {made}")
            return start(self._link, self._address)

    def give_roles(self) -> list[str]:
        """Make the roles of the archive, and return their names; see `roles`."""
        from newsarchive.store.server.roles import make_roles  # spares start-up

        self._begin_anew()
        with told_plainly(self._address):
            state = read_state(self._link, self._address)
            names = make_roles(self._link, state, self._address.archive)
        self._view.forget()
        return names

    def wait(self, seen: Fingerprint | None, seconds: float) -> None:
        """Wait for the server to tell of a commit; the first time it only begins to listen."""
        del seen
        self._view.check_online("watch")
        self._view.forget()
        with told_plainly(self._address):
            if self._ear.is_open:
                self._ear.wait(seconds)
            else:
                self._ear.run(f"LISTEN {CHANNEL}")

    def take_over(self, whole: Whole, writer: Writer) -> None:
        """Become a copy of another archive; see `base.Store.take_over`."""
        from newsarchive.store.server.receiving import receive  # spares start-up

        self.start(writer)
        with (
            told_plainly(self._address),
            self._writing(writer, "the archive was already copied") as state,
        ):
            receive(self._link, self._address, state, whole)
        self._view.forget()

    def take_for(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot: there are no conflicts of git in a database."""
        return snapshot

    def examine(self, kept: Kept = nothing_kept) -> None:
        """Compare every line with what the operations left there; `--offline` there is nothing to compare."""
        from newsarchive.store.server.examining import as_damage  # spares start-up

        if not self._view.offline and (mended := self.recoverable(kept)) is not None:
            raise as_damage(str(self._address), mended)

    def recoverable(self, kept: Kept = nothing_kept) -> Mended | None:
        """Return the revision that should be there, None where it is."""
        from newsarchive.store.server.examining import examine  # spares start-up

        state = self._view.state()
        self._view.check_online("restore")
        return examine(state, dict(self._view.snapshot(nothing_kept).lines), self.history, kept)

    def restore(self, writer: Writer, kept: Kept = nothing_kept, *, force: bool = False) -> Restored:
        """Make the entries again what the last revision has; see `base.Store.restore`."""
        from newsarchive.store.server.examining import as_damage  # spares start-up
        from newsarchive.store.server.mending import mend, put_aside

        self._begin_anew()
        with (
            told_plainly(self._address),
            self._writing(writer, "the last revision was already restored") as state,
        ):
            self._view.show(state)
            found = self.recoverable(kept)
            if found is None:
                raise NothingToRestoreError(str(self._address))
            if found.uncertain and not force:
                raise as_damage(str(self._address), found)
            aside = put_aside(self.home.own_file(""), found.wrong, writer.clock())
            mend(self._link, state, found, writer)
        self._view.forget()
        return Restored(found, aside)

    def prune(self, keep: int, writer: Writer) -> int:
        """Forget all but the newest `keep` operations; return how many are gone."""
        from newsarchive.store.server.mending import ASIDE  # spares start-up
        from newsarchive.store.server.starting import prune

        self._begin_anew()
        with (
            told_plainly(self._address),
            self._writing(writer, "the history was already pruned") as state,
        ):
            gone = prune(self._link, state, keep)
        self._view.forget()
        for path in (self.home.index, *self.home.own_file("").glob(f"{ASIDE}*.jsonl")):
            path.unlink(missing_ok=True)
        return gone
