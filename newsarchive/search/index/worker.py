"""A process of its own that fills the tables of an index while this one reads entries and folds words."""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any, Final

import newsarchive
from newsarchive.search.index.building import Watch, build_into
from newsarchive.search.index.contents import check_ids
from newsarchive.search.index.filling import Filling, keys_of
from newsarchive.search.index.gathering import Part
from newsarchive.search.index.rows import Row
from newsarchive.search.index.sql import SPEEDILY
from newsarchive.search.index.tables import TABLES

WORTH_IT: Final = 5_000
"""Entries from which on a second process is sooner done than started."""

_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from {} import serve; sys.exit(serve(sys.argv[2]))"
)
_FINISHED: Final = "finish"


def is_worth_it(lines: Mapping[int, Any]) -> bool:
    """Whether a second process and a second core to run it on make the building of an index shorter."""
    has_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return len(lines) >= WORTH_IT and has_cores > 1 and bool(sys.executable)


def build_beside(path: Path, lines: Mapping[int, Any], watch: Watch) -> None:
    """Fill the empty database at `path` as `building.build` does, its rows written by another process.

    Raises UnfitEntryError, OSError when no process can be started, and sqlite3.OperationalError.
    """
    check_ids(lines)
    package = str(Path(newsarchive.__file__).parent.parent)
    command = [sys.executable, "-P", "-c", _START.format(__name__), package, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            said = _build_by(process, lines, watch)
        except BaseException:
            process.kill()
            if process.stdin is not None:
                with suppress(BrokenPipeError):  # or this would be raised instead of what has happened
                    process.stdin.close()
            raise
    if process.returncode:
        raise sqlite3.OperationalError(said or "the process that writes it was ended")


def _build_by(process: subprocess.Popen[bytes], lines: Mapping[int, Any], watch: Watch) -> str:
    """Return what the process says when it ends before it is done."""
    assert process.stdin is not None  # both are pipes
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        build_into(_Sending(process.stdin), lines, watch)
        process.stdin.flush()
    said = ""
    with suppress(BrokenPipeError):
        while (asked := _received(process.stdout)) is not None:
            if isinstance(asked, str):
                said = asked
                break
            _send(process.stdin, keys_of(asked))
            process.stdin.flush()
    with suppress(BrokenPipeError):  # by what the pipe still has for one who is gone
        process.stdin.close()
    return said


def _send(pipe: IO[bytes], value: Any) -> None:
    data = marshal.dumps(value)
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)


def _received(pipe: IO[bytes]) -> Any:
    """Return what was sent; None when the other process has ended."""
    size = int.from_bytes(pipe.read(8), "big")
    data = pipe.read(size)
    return marshal.loads(data) if data and len(data) == size else None


class _Sending:
    """Sends on what a Filling is to be told."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """See Tables."""
        _send(self._pipe, ("expect", usual_lengths, common))

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See Tables."""
        _send(self._pipe, ("many", statement, list(rows)))

    def gather(self, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
        """See Tables."""
        _send(self._pipe, ("gather", entries))

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """See Tables."""
        _send(self._pipe, ("amounts", parts))

    def finish(
        self, by_language: Mapping[str, Sequence[str]], not_english: Mapping[str, int], common: int
    ) -> None:
        """See Tables."""
        _send(self._pipe, (_FINISHED, by_language, not_english, common))


# --- in the other process ---------------------------------------------------------------------------------


class _GoneError(Exception):
    """The process that asks for the index has ended before it was done."""


def serve(path: str) -> int:
    """Fill the tables of the database at `path` with what comes from stdin; return the exit code.

    What SQLite cannot do is said on stdout.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked for the index decides what becomes of it
    gc.disable()
    ours, theirs = sys.stdin.buffer, sys.stdout.buffer
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(SPEEDILY + TABLES)
            _fill(Filling(connection, lambda words: _keys_of(words, ours, theirs)), ours)
    except sqlite3.Error as error:
        _send(theirs, str(error))
        theirs.flush()
        return 1
    except _GoneError:
        return 1
    return 0


def _fill(filling: Filling, pipe: IO[bytes]) -> None:
    name = ""
    while name != _FINISHED:
        name, *arguments = _expected(pipe)
        getattr(filling, name)(*arguments)


def _expected(pipe: IO[bytes]) -> Any:
    if (sent := _received(pipe)) is None:
        raise _GoneError
    return sent


def _keys_of(words: Sequence[str], ours: IO[bytes], theirs: IO[bytes]) -> Callable[[], Sequence[str]]:
    """Let the other process work out keys, which takes as long as what is done here meanwhile.

    Nothing may be sent before they have come: both might wait for the other to read.
    """
    _send(theirs, words)
    theirs.flush()
    return lambda: _expected(ours)
