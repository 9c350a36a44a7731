"""The steps that make a new revision durable: new file, record, previous revision, rename."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newsarchive.access import Access
from newsarchive.changes import Operation
from newsarchive.disk import discard, name_also, publish, reason_of, sync_folder, write_temp
from newsarchive.errors import ChangedMeanwhileError
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.history import History
from newsarchive.store.file.reading import fingerprint_of
from newsarchive.store.file.tables import Staged
from newsarchive.store.file.written import note_written, outlast
from newsarchive.store.snapshot import Fingerprint, Snapshot

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Saving:
    """One commit's way to the disk, under the lock and with signals held back.

    Until the rename any failure leaves the old revision and takes the record back; after it the change is saved,
    whatever else fails.
    """

    def __init__(
        self, beside: Beside, history: History, snapshot: Snapshot, say: Callable[[str], None]
    ) -> None:
        self._beside = beside
        self._history = history
        self._snapshot = snapshot
        self._say = say
        self.fingerprint: Fingerprint | None = None
        """The file that was made."""

    def save(self, operation: Operation, staged: Staged) -> None:
        """Replace the file; on a full disk give up the previous revision for the new one.

        Raises OSError, or ChangedMeanwhileError when the file is no longer the one that was read.
        """
        try:
            self._try(operation, staged)
        except OSError as error:
            if error.errno not in _FULL or not self._beside.previous.exists():
                raise
            self._say("the disk is full: the previous revision is given up to make room")
            self._beside.previous.unlink()
            self._try(operation, staged)

    def _try(self, operation: Operation, staged: Staged) -> None:
        temp = write_temp(self._beside.archive, staged.chunks, like=self._access_to_keep())
        try:
            self._record_and_publish(temp, operation, staged)
        finally:
            discard(temp)
        try:
            sync_folder(self._beside.archive.parent)
        except OSError as error:
            self._say(f"the change was saved, but may not survive a power cut: {reason_of(error)}")
        note_written(self._beside, self.fingerprint, staged.span)

    def _record_and_publish(self, temp: Path, operation: Operation, staged: Staged) -> None:
        self.fingerprint = fingerprint_of(temp.stat())
        if self.fingerprint[2] != staged.size:
            raise OSError("the disk has not taken every byte")
        record = self._history.append(
            operation, staged.meta, base=self._snapshot.meta.digest, like=Access.of(temp)
        )
        try:
            self._check_file()  # now as well, lest a stranger's file takes the place of the previous revision
            self._keep_previous()
            outlast(self.fingerprint)
            self._check_file()
            publish(temp, self._beside.archive)
        except BaseException:
            self._history.forget(record)  # where even that fails, it is found to lead to no file
            raise

    def _access_to_keep(self) -> Access | None:
        """Return the access that the new file takes over.

        A file that is marked read-only is left alone, although renaming over it would be allowed.
        """
        if self._snapshot.fingerprint is None:
            return None
        archive = self._beside.archive
        try:
            access = Access.of(archive)
        except FileNotFoundError:
            raise ChangedMeanwhileError(str(archive)) from None
        if not access.mode & 0o222 or not os.access(archive, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only")
        return access

    def _keep_previous(self) -> None:
        """Make `previous.json` a second name of the present file, or a copy where that is impossible."""
        archive, previous = self._beside.archive, self._beside.previous
        if self._snapshot.fingerprint is None or _is_same_file(previous, archive):
            return  # there is none, or a crash came between this step and the rename
        if archive.stat().st_nlink > 1:
            self._say(f"note: {archive} has other hard links; they keep the old revision")
        try:
            name_also(archive, previous)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            kept = "restore would bring back an older one" if previous.exists() else "restore has none"
            self._say(f"the disk is full: the revision before this change is not kept; {kept}")

    def _check_file(self) -> None:
        """Make sure that the file is still the one that was read: an editor or a sync tool takes no lock."""
        try:
            present = fingerprint_of(self._beside.archive.stat())
        except FileNotFoundError:
            present = None
        if present != self._snapshot.fingerprint:
            raise ChangedMeanwhileError(str(self._beside.archive))


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False
