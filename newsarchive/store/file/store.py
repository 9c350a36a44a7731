"""The store: read the present revision, commit a list of changes as the next one."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from newsarchive.access import Access
from newsarchive.disk import create_file, dead_temps, discard, name_also, reason_of, replace_file
from newsarchive.errors import (
    BadOptionError,
    CannotSaveError,
    NoArchiveError,
    NothingToRestoreError,
)
from newsarchive.store.file.beside import Beside, follow_archive
from newsarchive.store.file.home import FileHome
from newsarchive.store.file.mounts import network_file_system
from newsarchive.store.file.present import read_snapshot
from newsarchive.store.file.reading import fingerprint_of
from newsarchive.store.file.written import read_written
from newsarchive.store.signals import signals_held
from newsarchive.store.snapshot import Fingerprint, Kept, Snapshot, nothing_kept

if TYPE_CHECKING:
    from newsarchive.changes import Intent, Operation
    from newsarchive.store.base import Again, Restored, Step, Whole, Writer
    from newsarchive.store.file.history import History
    from newsarchive.store.file.recovery import Recovered


_LOOKING: Final = 1.0
"""Seconds between two looks at a file that is watched."""


class Store:
    """An archive's file and what lies beside it; see `base.Store`."""

    def __init__(self, path: Path) -> None:
        self.beside = Beside.of(path)
        self.home = FileHome(self.beside)
        self.done: str | None = None
        self.step: Step = None, None
        self._seen: Snapshot | None = None

    @cached_property
    def history(self) -> History:
        """The log of the operations."""
        from newsarchive.store.file.history import History  # spares start-up: reading needs no history

        return History(self.beside.history)

    def read(self, kept: Kept = nothing_kept) -> Snapshot:
        """Read the present revision without a lock; all of it is in the file.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """
        del kept
        self._seen = read_written(self.beside) or read_snapshot(self.beside)
        follow_archive(self.beside)
        return self._seen

    def commit(self, intent: Intent, writer: Writer, again: Again | None = None) -> Operation | None:
        """Make the changes the archive's next revision, durably, or leave everything as it was.

        When the archive is no longer the one that they were planned on, `again` is called with what it is now,
        under the lock, and returns what to do instead. Returns None when there is nothing to change. Raises
        ChangedMeanwhileError when an entry is no longer what its change's `before` says or its id was given
        meanwhile, CannotSaveError, LockedError, and what `read` and `again` raise.
        """
        from newsarchive.store.checking import operation_on  # spares start-up: only writers check

        if not intent.is_worth_writing:
            return None
        with self._lock(writer):
            snapshot = self._with_every_id_given(
                self._read_or_start(), intent.merges.next_id if intent.merges else 0
            )
            if again is not None and snapshot.fingerprint != again.planned_on:
                intent = again.plan(snapshot)
                if not intent.is_worth_writing:
                    return None
            operation = operation_on(snapshot, intent, writer)
            self._save(snapshot, operation, writer)
        return operation

    def take_for(self, snapshot: Snapshot) -> Snapshot:
        """Take `snapshot` for what the present file says, which cannot be read; the next commit replaces it.

        Raises OSError.
        """
        fingerprint = fingerprint_of(self.beside.archive.stat())
        self._seen = snapshot._replace(fingerprint=fingerprint)
        return self._seen

    def start(self, writer: Writer) -> bool:
        """Make an empty archive where there is none, revision 0; return whether that was needed.

        Raises CannotSaveError, ChangedMeanwhileError, LockedError, and what `read` raises.
        """
        from newsarchive.store.file.tables import apply_changes  # spares start-up, as in `_save`

        with self._lock(writer):
            snapshot = self._with_every_id_given(self._read_or_start(), 0)
            if snapshot.fingerprint is not None:
                return False
            before = snapshot._replace(meta=replace(snapshot.meta, revision=-1))
            with signals_held(), self._failing_as_unsaved():
                create_file(self.beside.archive, [apply_changes(before, ()).data])
                self.done = "the archive was already started"
        self._seen = None
        return True

    def outlines(self, day: str, page: str | None) -> None:
        """Leave it to whoever reads the file: it is here."""

    def tags(self) -> None:
        """Leave it to whoever reads the file: it is here."""

    def give_roles(self, writer: Writer) -> list[str]:
        """Refuse: who may do what with a file is the file system's to say. Raises BadOptionError."""
        raise BadOptionError("--roles is for an archive on a server; give rights on a file with chmod")

    def wait(self, seen: Fingerprint | None, seconds: float) -> None:
        """Look at the file every second, until it is another one or so long has passed."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self.home.present() == seen:
            time.sleep(min(left, _LOOKING))

    def take_over(self, whole: Whole, writer: Writer) -> None:
        """Become a copy of another archive; see `base.Store.take_over`."""
        from newsarchive.store.copying import check_unused  # spares start-up
        from newsarchive.store.file.receiving import receive

        with self._lock(writer):
            snapshot = self._read_or_start()
            check_unused(snapshot.path, snapshot.meta, len(snapshot.lines))
            with signals_held(), self._failing_as_unsaved():
                receive(self.beside, whole, is_started=snapshot.fingerprint is not None)
                self.done = "the archive was already copied"
        self._seen = None

    def _save(self, snapshot: Snapshot, operation: Operation, writer: Writer) -> None:
        from newsarchive.store.file.saving import Saving  # spares start-up: only writers import tinydb
        from newsarchive.store.file.tables import apply_changes

        staged = apply_changes(snapshot, operation.changes)
        with signals_held(), self._failing_as_unsaved():
            saving = Saving(self.beside, self.history, snapshot, writer.say)
            saving.save(operation, staged)
            self.step = snapshot.fingerprint, saving.fingerprint
            self.done = f"the change was already saved (operation {operation.number})"
        self._seen = None

    @contextlib.contextmanager
    def _failing_as_unsaved(self) -> Iterator[None]:
        """Translate what the system says; within, nothing may fail after the archive was replaced."""
        try:
            yield
        except OSError as error:
            name = Path(str(error.filename or ""))
            place = f"{name}: " if name.parent == self.beside.folder else ""
            raise CannotSaveError(self.beside.archive, f"{place}{reason_of(error)}") from error

    def examine(self, kept: Kept = nothing_kept) -> None:
        """Do nothing: of a file that was read every byte is told for."""
        del kept

    def recoverable(self, kept: Kept = nothing_kept) -> Recovered | None:
        """Return what `restore` would bring back, if anything is kept that is sound."""
        from newsarchive.store.file.recovery import recover  # spares start-up

        del kept
        return recover(self.beside)

    def restore(self, writer: Writer, kept: Kept = nothing_kept, *, force: bool = False) -> Restored:
        """Bring back the last good revision; the present file is put aside.

        Raises NothingToRestoreError, CannotSaveError, LockedError.
        """
        from newsarchive.store.base import Restored  # spares start-up

        del kept, force
        if self.recoverable() is None:
            raise NothingToRestoreError(self.beside.archive)
        with self._lock(writer):
            found = self.recoverable()
            if found is None:
                raise NothingToRestoreError(self.beside.archive)
            with signals_held(), self._failing_as_unsaved():
                aside = self._put_aside(writer.clock())
                places = (self.beside.archive, self.beside.previous, self.beside.history)
                like = Access.of(next(path for path in places if path.exists()))
                replace_file(self.beside.archive, found.chunks, like=like)
                self.done = f"revision {found.meta.revision} was already restored"
        return Restored(found, aside)

    def prune(self, keep: int, writer: Writer) -> int:
        """Forget all but the newest `keep` operations, the previous revision and the index.

        Returns how many operations are gone. Raises CannotSaveError, LockedError, and what `read` raises.
        """
        with self._lock(writer):
            snapshot = self.read()
            with signals_held(), self._failing_as_unsaved():
                like = Access.of(self.beside.archive)
                # First, as on a full disk nothing else makes room for what is written then.
                for path in (self.beside.previous, *self.beside.with_old_text()):
                    path.unlink(missing_ok=True)
                gone = self.history.prune(snapshot.meta, keep, like=like)
                self._keep_copy(like, writer.say)
                self.done = "the history was already pruned"
        return gone

    def _keep_copy(self, like: Access, say: Callable[[str], None]) -> None:
        """Keep a copy of the present revision as the previous one, where there is room for it."""
        try:
            replace_file(self.beside.previous, [self.beside.archive.read_bytes()], like=like)
        except CannotSaveError as error:
            say(f"note: no previous revision is kept until the next change: {error.reason}")

    # --- the steps of a commit, under the lock ---------------------------------------------------------

    @contextlib.contextmanager
    def _lock(self, writer: Writer) -> Iterator[None]:
        from newsarchive.store.file.lock import locked  # spares start-up: only writers import filelock

        def on_wait(holder: str) -> None:
            writer.say(f"waiting for {holder} to finish with {self.beside.archive.name} …")

        if not os.path.isdir(self.beside.archive.parent):  # noqa: PTH112 - Path's raises when it may not look
            raise CannotSaveError(self.beside.archive, "its folder does not exist")
        kind = network_file_system(self.beside.archive.parent)
        if kind is not None:
            writer.say(
                f"note: {self.beside.archive} is on a network file system ({kind}), where locks may fail"
            )
        with locked(
            self.beside,
            timeout=writer.lock_timeout,
            command=writer.command,
            now=writer.clock(),
            on_wait=on_wait,
        ):
            archive = self.beside.archive
            for path in (*dead_temps(archive.parent, archive.name), *dead_temps(self.beside.folder)):
                discard(path)
            yield

    def _read_or_start(self) -> Snapshot:
        """Read, or find the file to be the very one that was read before the lock was taken."""
        try:
            if self._seen is not None and self._seen.fingerprint == fingerprint_of(
                self.beside.archive.stat()
            ):
                return self._seen
        except OSError:
            pass  # reading says what is wrong
        try:
            return self.read()
        except NoArchiveError:
            return Snapshot(self.beside.archive)

    def _with_every_id_given(self, snapshot: Snapshot, elsewhere: int) -> Snapshot:
        """Count the ids as given that a revision gave which a copy put back has dropped, or another copy gave."""
        if snapshot.fingerprint is None:
            return snapshot
        next_id = max(snapshot.meta.next_id, self.history.next_id, elsewhere)
        return snapshot._replace(meta=replace(snapshot.meta, next_id=next_id))

    def _put_aside(self, now: datetime) -> Path | None:
        """Keep the file that is about to be replaced: a damaged one may still be worth something."""
        if not self.beside.archive.exists():
            return None
        kept = self.beside.replaced(now)
        name_also(self.beside.archive, kept)
        return kept
