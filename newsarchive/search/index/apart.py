"""The index of a large archive, built by a process of its own that the command which started it does not wait for.

Whoever asks meanwhile is answered by going through all entries, where that takes less time than the building. The
process has no terminal, no stream and no folder of anyone's. When it fails, it leaves an empty file, by which the
next command that needs an index knows that it has to build it itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final

import newsarchive
from newsarchive.errors import NewsArchiveError
from newsarchive.search.index.faults import DamagedIndexError, UnavailableIndexError
from newsarchive.search.index.file import build_file, fingerprint_text, reading, unfinished, unfinished_name
from newsarchive.store.base import Home
from newsarchive.store.file.store import Store

_START: Final = (
    "import sys, time; sys.path.insert(0, sys.argv[1]); from {} import serve;"
    " sys.exit(serve(sys.argv[2], time.time))"
)
_STILL: Final = 20.0
"""Seconds for which a builder writes nothing at the most."""

_LOOKING: Final = 0.1
_NOBODY: Final = 0
"""In the place of a process that has failed, and may not have ended yet."""

_NICENESS: Final = 5

Clock = Callable[[], float]
"""Returns the seconds since 1970, as times of files are counted."""


def is_under_way(index: Path, clock: Clock) -> bool:
    """Whether a process is building the index that belongs at `index`, and getting on with it."""
    return any(
        clock() - written < _STILL and pid != os.getpid() and _is_alive(pid)
        for pid, written in _builders(index)
    )


def was_ended(index: Path) -> bool:
    """Whether a process that was building the index has failed: where that is the rule, none will ever be done."""
    return any(not _is_alive(pid) for pid, _ in _builders(index))


def wait_for(index: Path, clock: Clock) -> None:
    """Return when no process is building the index any more."""
    while is_under_way(index, clock):
        time.sleep(_LOOKING)


def _builders(index: Path) -> Iterator[tuple[int, float]]:
    """Yield the process of each file that is to become the index, and the time at which it was last written to."""
    for path in unfinished(index):
        with suppress(OSError, ValueError):
            yield int(path.name.removeprefix(f"{index.name}-").partition("-")[0]), path.stat().st_mtime


def _is_alive(pid: int) -> bool:
    if pid == _NOBODY:
        return False
    if sys.platform == "win32":  # there a signal of 0 ends a process; that it writes has to be enough
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def start(archive: Path) -> None:
    """Start to build the index of an archive's file, and return at once. Raises OSError."""
    package = str(Path(newsarchive.__file__).parent.parent)
    command = [sys.executable, "-P", "-c", _START.format(__name__), package, str(archive.resolve())]
    # It holds neither a pipe that a script reads from, nor a terminal, nor the folder of a disk to be unplugged.
    process: Any = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=archive.resolve().anchor,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it is meant to outlive this object
        del process


# --- in the other process ---------------------------------------------------------------------------------


def serve(archive: str, clock: Clock) -> int:
    """Build the index of an archive's file; return the exit code."""
    signal.signal(signal.SIGTERM, _end)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)  # whoever is at the terminal comes first
    store = Store(Path(archive))
    if is_under_way(store.home.index, clock) or _is_there(store.home):
        return 0
    try:
        snapshot = store.read()
        store.home.make()
        build_file(store.home, snapshot, lambda ids: ids)
    except (NewsArchiveError, UnavailableIndexError, OSError):
        if store.home.index.parent.is_dir() and Path(archive).exists():
            _leave_word(store.home.index)
        return 1
    return 0


def _leave_word(index: Path) -> None:
    """Let the next command build the index itself: what is said here nobody hears."""
    with suppress(OSError):
        unfinished_name(index, _NOBODY).touch()


def _is_there(home: Home) -> bool:
    """Whether somebody has built the index since this process was started."""
    try:
        with reading(home.index) as (_, state):
            return state.fingerprint == fingerprint_text(home.present() or ())
    except (DamagedIndexError, UnavailableIndexError):
        return False


def _end(_number: int, _frame: FrameType | None) -> None:
    """Fail as if the disk were full, so that what was begun is cleared away."""
    raise InterruptedError("it was asked to end")
