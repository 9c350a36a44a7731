"""The store of an archive on a PostgreSQL server."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from newsarchive.changes import Intent, Operation
from newsarchive.errors import NewsArchiveError, NothingToRestoreError, UncertainError
from newsarchive.store.base import Again, Restored, Step, Whole, Writer
from newsarchive.store.server.address import Address
from newsarchive.store.server.home import ServerHome
from newsarchive.store.server.link import Link, RefusedError
from newsarchive.store.server.locking import begin_writing
from newsarchive.store.server.reading import CHANNEL, State, told_plainly
from newsarchive.store.server.saving import READ_ONLY, Saver, Sign, sign_of_operation
from newsarchive.store.server.view import View
from newsarchive.store.snapshot import Fingerprint, Kept, Snapshot, nothing_kept

if TYPE_CHECKING:
    from newsarchive.store.lines import Outline
    from newsarchive.store.server.examining import Mended
    from newsarchive.store.server.history import ServerHistory

_WRITING: Final = "write to"
_LOOKING: Final = 1.0
"""Seconds after which a server is looked at again that tells nobody of commits."""

_Done = TypeVar("_Done")


class ServerStore:
    """An archive in a database; see `base.Store`."""

    def __init__(self, address: Address, say: Callable[[str], None], *, offline: bool) -> None:
        self._address = address
        self._link = Link(address)
        self._ear = Link(address)
        """Listens for commits; what is read is another connection's."""
        self._view = View(address, self._link, say, offline=offline)
        self._saver = Saver(self._link, address, self._view, self._note)
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

    def outlines(self, day: str, page: str | None) -> Iterable[tuple[int, Outline]] | None:
        """Let the server look for the entries with this date, or with `page` in the address."""
        from newsarchive.store.server.telling import outlines  # spares start-up

        state = self._view.state()
        return None if self._view.offline else outlines(self._view.ask, state.id, day, page)

    def tags(self) -> Collection[str] | None:
        """Let the server collect the tags."""
        from newsarchive.store.server.telling import tags  # spares start-up

        state = self._view.state()
        return None if self._view.offline else tags(self._view.ask, state.id)

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
            return self._saver.until_done(lambda: self._try(intent, writer, again))

    def _try(self, intent: Intent, writer: Writer, again: Again | None) -> Operation | None:
        from newsarchive.store.server.committing import Transaction  # spares start-up

        committed = Transaction(self._link, self._address, self._view).carry_out(intent, writer, again)
        if committed is None:
            self._link.run("ROLLBACK")
            return None
        operation, state, key, rest = committed

        def done() -> None:
            self.done = f"the change was already saved (operation {operation.number})"
            self.step = state.fingerprint, (int(state.key, 16), operation.number, int(key, 16))

        self._saver.save(sign_of_operation(operation.number, key), done, rest)
        return operation

    def _carried_out(self, writer: Writer, done: str, work: Callable[[State], tuple[_Done, Sign]]) -> _Done:
        """Do what is no operation in a transaction, and return what it has led to; then `done` was done."""
        self._view.check_online(_WRITING)
        self._view.forget()

        def attempt() -> _Done:
            state, _ = begin_writing(self._link, self._address, writer)
            self._view.show(state)
            result, sign = work(state)
            self._saver.save(sign, partial(self._note, done))
            return result

        with told_plainly(self._address):
            return self._saver.until_done(attempt)

    def _note(self, done: str) -> None:
        self.done = done

    def start(self, writer: Writer) -> bool:
        """Make an empty archive in a database that is prepared; return whether that was needed."""
        from newsarchive.store.server.starting import IN_THE_WAY, Start  # spares start-up

        self._view.check_online(_WRITING)
        self._view.forget()
        start = Start(self._link, self._address, writer, self._saver)
        with told_plainly(self._address):
            return self._saver.until_done(start.carry_out, IN_THE_WAY)

    def give_roles(self, writer: Writer) -> list[str]:
        """Make the roles of the archive, and return their names; see `roles`."""
        from newsarchive.store.server.roles import IN_THE_WAY, make_roles  # spares start-up

        self._view.check_online(_WRITING)
        self._view.forget()
        with told_plainly(self._address):
            return self._saver.until_done(
                lambda: make_roles(self._link, self._address, writer, self._saver), IN_THE_WAY
            )

    def wait(self, seen: Fingerprint | None, seconds: float) -> None:
        """Wait for the server to tell of a commit; the first time it only begins to listen."""
        del seen
        self._view.check_online("watch")
        self._view.forget()
        with told_plainly(self._address):
            if self._ear.is_open:
                self._ear.wait(seconds)
            elif not self._listens():
                time.sleep(min(seconds, _LOOKING))

    def _listens(self) -> bool:
        """Begin to listen for commits; a standby, of which nobody hears, has to be looked at."""
        try:
            self._ear.run(f"LISTEN {CHANNEL}")
        except RefusedError as error:
            self._ear.close()
            if error.code not in READ_ONLY:
                raise
            return False
        return True

    def take_over(self, whole: Whole, writer: Writer) -> None:
        """Become a copy of another archive; see `base.Store.take_over`."""
        from newsarchive.store.server.receiving import receive  # spares start-up

        self.start(writer)
        self._carried_out(
            writer,
            "the archive was already copied",
            lambda state: (None, receive(self._link, self._address, state, whole)),
        )

    def take_for(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot: there are no conflicts of git in a database."""
        return snapshot

    def examine(self, kept: Kept = nothing_kept) -> None:
        """Compare every line with what the operations left there, and follow these from the beginning.

        `--offline` there is nothing to compare.
        """
        from newsarchive.store.server import auditing  # spares start-up
        from newsarchive.store.server.examining import as_damage

        if self._view.offline:
            return
        if (mended := self.recoverable(kept)) is not None:
            raise as_damage(str(self._address), mended)
        state = self._view.state()
        faults = auditing.audit(state, self.history, self._view.snapshot(nothing_kept).lines)
        if faults:
            raise auditing.as_damage(str(self._address), state, faults)

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

        aside: list[Path] = []

        def work(state: State) -> tuple[Mended, Sign]:
            while aside:  # of an attempt that came to nothing
                aside.pop().unlink(missing_ok=True)
            found = self.recoverable(kept)
            if found is None:
                raise NothingToRestoreError(str(self._address))
            if found.uncertain and not force:
                raise as_damage(str(self._address), found)
            sign = mend(self._link, state, found, writer)
            aside.extend(put_aside(self.home.own_file(""), found.wrong, writer.clock()))
            return found, sign

        try:
            found = self._carried_out(writer, "the last revision was already restored", work)
        except NewsArchiveError as error:
            if aside and not isinstance(error, UncertainError):
                aside.pop().unlink(missing_ok=True)
            raise
        return Restored(found, aside[0] if aside else None)

    def prune(self, keep: int, writer: Writer) -> int:
        """Forget all but the newest `keep` operations; return how many are gone."""
        from newsarchive.store.server.mending import ASIDE  # spares start-up
        from newsarchive.store.server.starting import prune

        gone = self._carried_out(
            writer, "the history was already pruned", lambda state: prune(self._link, state, keep)
        )
        for path in (self.home.index, *self.home.own_file("").glob(f"{ASIDE}*.jsonl")):
            with suppress(OSError):  # it is forgotten all the same
                path.unlink()
        return gone
