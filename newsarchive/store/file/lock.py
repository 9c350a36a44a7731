"""One writer at a time: a lock on a permanent file beside the archive, and who holds it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from newsarchive.access import Access
from newsarchive.disk import PRIVATE_MODE, discard, reason_of
from newsarchive.errors import CannotSaveError, LockedError
from newsarchive.store.file.beside import Beside, let_colleagues_lock, open_beside, refusal

PATIENCE: Final = 1.0
"""Seconds after which a person is told whom they are waiting for."""

POLL: Final = 0.02


@contextmanager
def locked(
    beside: Beside, *, timeout: float, command: str, now: datetime, on_wait: Callable[[str], None]
) -> Iterator[None]:
    """Hold the archive's lock.

    The lock file is never removed and there is no substitute where the file system has no locks. `on_wait`
    is called with the holder's description once waiting takes longer than PATIENCE. Raises LockedError
    after `timeout` seconds.
    """
    beside.make()
    lock = FileLock(beside.lock, mode=0o600, fallback_to_soft=False, poll_interval=POLL)
    try:
        _check(beside.lock)
        _acquire(lock, beside, timeout, on_wait)
    except (OSError, NotImplementedError) as error:
        reason = _reason(error, beside) if isinstance(error, OSError) else str(error)
        raise CannotSaveError(beside.archive, f"no lock on {beside.lock}: {reason}") from error
    try:
        let_colleagues_lock(beside)
        _sign(beside, command, now)
        yield
    finally:
        discard(beside.holder)
        with contextlib.suppress(
            OSError
        ):  # the change is saved or not by now; the lock ends with the process
            lock.release()


def _acquire(lock: FileLock, beside: Beside, timeout: float, on_wait: Callable[[str], None]) -> None:
    try:
        lock.acquire(timeout=min(timeout, PATIENCE))
    except Timeout:
        if timeout > PATIENCE:
            on_wait(holder(beside) or "another process")
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=timeout - PATIENCE)
                return
        raise LockedError(beside.archive, holder(beside), timeout) from None


def _check(path: Path) -> None:
    """Make sure that the lock is a file of ours or of a colleague's, if it is there. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        os.close(open_beside(path, os.O_RDWR))


def _reason(error: OSError, beside: Beside) -> str:
    return refusal(error) if os.access(beside.archive, os.W_OK) else reason_of(error)


def _sign(beside: Beside, command: str, now: datetime) -> None:
    """Write down who holds the lock; only for messages, so a failure does not matter."""
    record = {"process": os.getpid(), "command": command, "since": f"{now:%H:%M:%S} UTC"}
    discard(beside.holder)  # a colleague's that was killed could not be written over
    with contextlib.suppress(OSError), open(beside.holder, "x", encoding="ascii", opener=_private) as file:
        _access_to(beside).give_to(file.fileno())
        json.dump(record, file)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_MODE)


def _access_to(beside: Beside) -> Access:
    """Return the access to the archive: the command that holds the lock may tell of what is in it."""
    try:
        return Access.of(beside.archive)
    except FileNotFoundError:
        return Access(PRIVATE_MODE, os.geteuid(), os.getegid())


def holder(beside: Beside) -> str | None:
    """Describe who holds the lock, as far as it is known."""
    try:
        record = json.loads(_content_of(beside.holder))
        return f"process {record['process']} ({record['command']}, since {record['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _content_of(path: Path) -> bytes:
    with open(open_beside(path), "rb") as file:
        return file.read(1 << 16)
