"""One writer at a time: a lock on a permanent file beside the archive, and who holds it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from filelock import FileLock, Timeout

from newsarchive.disk import discard, reason_of
from newsarchive.errors import CannotSaveError, LockedError
from newsarchive.store.beside import Beside

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
    lock = FileLock(beside.lock, mode=_shared_mode(beside), fallback_to_soft=False, poll_interval=POLL)
    try:
        _acquire(lock, beside, timeout, on_wait)
    except (OSError, NotImplementedError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise CannotSaveError(beside.archive, f"no lock on {beside.lock}: {reason}") from error
    try:
        _let_colleagues_lock(beside)
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


def _shared_mode(beside: Beside) -> int:
    """Let those lock who may write the archive."""
    try:
        return (beside.archive.stat().st_mode & 0o666) | 0o600
    except OSError:
        return 0o600


def _let_colleagues_lock(beside: Beside) -> None:
    """Follow the archive's mode, which its owner may have widened since the lock's file was made."""
    with contextlib.suppress(OSError):
        if beside.lock.stat().st_mode & 0o777 != _shared_mode(beside):
            beside.lock.chmod(_shared_mode(beside))


def _sign(beside: Beside, command: str, now: datetime) -> None:
    """Write down who holds the lock; only for messages, so a failure does not matter."""
    record = {"process": os.getpid(), "command": command, "since": f"{now:%H:%M:%S} UTC"}
    discard(beside.holder)  # a colleague's that was killed could not be written over
    with contextlib.suppress(OSError):
        beside.holder.touch(mode=_shared_mode(beside), exist_ok=False)
        beside.holder.write_text(json.dumps(record), encoding="ascii")


def holder(beside: Beside) -> str | None:
    """Describe who holds the lock, as far as it is known."""
    try:
        record = json.loads(beside.holder.read_text(encoding="utf-8"))
        return f"process {record['process']} ({record['command']}, since {record['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return None
