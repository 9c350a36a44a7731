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
from newsarchive.search.index.filling import Filling, Told, told_of
from newsarchive.search.index.gathering import Part
from newsarchive.search.index.rows import Row
from newsarchive.search.index.sql import SPEEDILY
from newsarchive.search.index.tables import TABLES

WORTH_IT: Final = 5_000
"""Entries from which on a second process is sooner done than started."""

_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from {} import serve; sys.exit(serve(sys.argv[2]))"
)
_ADD_WORDS: Final = "add_words"
_CLOSE: Final = "close"
_FORM: Final = 2
"""Of marshal, that in which nothing is looked up to be sent only once."""


def is_worth_it(lines: Mapping[int, Any]) -> bool:
    """Whether a second process and a second core to run it on make the building of an index shorter."""
    has_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return len(lines) >= WORTH_IT and has_cores > 1 and bool(sys.executable)


def build_beside(path: Path, lines: Mapping[int, Any], watch: Watch) -> None:
    """Fill the empty database at `path` as `building.build` does, its rows written by another process.

    Raises UnfitEntryError, OSError when no process can be started, and sqlite3.OperationalError.
    """
    package = str(Path(newsarchive.__file__).parent.parent)
    command = [sys.executable, "-P", "-c", _START.format(__name__), package, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            check_ids(lines)  # meanwhile the other one starts
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
    sending = _Sending(process.stdin, process.stdout)
    with suppress(BrokenPipeError):
        build_into(sending, lines, watch)
    with suppress(BrokenPipeError):  # by what the pipe still has for one who is gone
        process.stdin.close()
    return sending.last_word()


def _send(pipe: IO[bytes], value: Any) -> None:
    data = marshal.dumps(value, _FORM)
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)


def _received(pipe: IO[bytes]) -> Any:
    """Return what was sent; None when the other process has ended."""
    size = int.from_bytes(pipe.read(8), "big")
    data = pipe.read(size)
    return marshal.loads(data) if data and len(data) == size else None


class _Sending:
    """Sends on what a Filling is to be told."""

    def __init__(self, pipe: IO[bytes], answers: IO[bytes]) -> None:
        self._pipe, self._answers = pipe, answers
        self._said: str | None = None

    def expect(self, usual_lengths: Sequence[float], common: Sequence[str]) -> None:
        """See Tables."""
        _send(self._pipe, ("expect", usual_lengths, common))

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See Tables."""
        _send(self._pipe, ("many", statement, list(rows)))

    def gather(self) -> None:
        """See Tables."""
        _send(self._pipe, ("gather",))

    def amounts(self, parts: Mapping[str, Part]) -> None:
        """See Tables."""
        _send(self._pipe, ("amounts", parts))

    def add_words(self, not_english: Mapping[str, int]) -> None:
        """See Tables."""
        _send(self._pipe, (_ADD_WORDS, not_english))
        self._pipe.flush()
        while asked := self._asked():
            _send(self._pipe, told_of(*asked))
            self._pipe.flush()

    def _asked(self) -> Any:
        """Return the words that are asked about next, if any. Raises BrokenPipeError."""
        asked = _received(self._answers)
        if asked is None or isinstance(asked, str):
            self._said = asked or ""
            raise BrokenPipeError
        return asked

    def finish(self, common: int) -> None:
        """See Tables."""
        _send(self._pipe, ("finish", common))
        self._pipe.flush()

    def close(self) -> None:
        """See Tables."""
        _send(self._pipe, (_CLOSE,))

    def last_word(self) -> str:
        """Return what the process says when it ends, which it does before it is done."""
        said = _received(self._answers) if self._said is None else self._said
        return said or ""


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
            _fill(connection, ours, theirs)
    except sqlite3.Error as error:
        _say(theirs, str(error))
        return 1
    except _GoneError:
        return 1
    return 0


def _fill(connection: sqlite3.Connection, ours: IO[bytes], theirs: IO[bytes]) -> None:
    def tell(words: Sequence[str], others: Sequence[str]) -> Callable[[], Told]:
        """Have it worked out there. Nothing may be sent before it has come: both might wait for the other to read."""
        _say(theirs, (words, others))
        return lambda: _expected(ours)

    filling = Filling(connection, tell)
    name = ""
    while name != _CLOSE:
        name, *arguments = _expected(ours)
        getattr(filling, name)(*arguments)
        if name == _ADD_WORDS:
            _say(theirs, ())


def _say(theirs: IO[bytes], value: Any) -> None:
    _send(theirs, value)
    theirs.flush()


def _expected(pipe: IO[bytes]) -> Any:
    if (sent := _received(pipe)) is None:
        raise _GoneError
    return sent
