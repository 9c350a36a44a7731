"""One writer at a time; and signals, which wait for the end of a commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from storing import NOW, add, beside, leftovers, opened, recorded, tag, titles

from newsarchive.cli.app import Terminated
from newsarchive.errors import CannotSaveError
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.history import History
from newsarchive.store.file.lock import locked
from newsarchive.store.file.store import Store

Run = Callable[..., Any]


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with locked(
        Beside.of(path),
        timeout=0,
        command="newsarchive import big.jsonl",
        now=NOW,
        on_wait=lambda _: None,
    ):
        yield


# --- the lock ------------------------------------------------------------------------------------------


def test_held_lock(alone: Path, program: Run) -> None:
    """It gives up after --lock-timeout with exit code 5 and says who holds the lock."""
    path = alone / "archive.json"
    add(path, "one")

    with _held(path):
        result = program("tag", "+x", "--all", "--lock-timeout", "0.2")

    assert (result.code, result.out) == (5, "")
    assert result.err.endswith(
        f"newsarchive: {path} is locked by process {os.getpid()} (newsarchive import big.jsonl, "
        "since 09:30:00 UTC) (waited 0.2 s); nothing was changed; try again, or wait longer with "
        "--lock-timeout\n"
    )
    assert recorded(path) == [1]


def test_waiting(alone: Path, program: Run) -> None:
    """It says after a second whom it waits for, and goes on when the other is done."""
    path = alone / "archive.json"
    add(path, "one")
    command = [sys.executable, "-m", "newsarchive", "tag", "+x", "--all"]

    with _held(path):
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        first = waiting.stderr.readline()
    rest = waiting.communicate(timeout=60)[1]

    assert first == (
        f"waiting for process {os.getpid()} (newsarchive import big.jsonl, since 09:30:00 UTC) "
        "to finish with archive.json …\n"
    )
    assert (waiting.returncode, "Tagged 1 of 1 entry (operation 2)" in rest) == (0, True)


def test_reading_does_not_wait(alone: Path, invoke: Run) -> None:
    """It reads while another writes."""
    path = alone / "archive.json"
    add(path, "one")

    with _held(path):
        result = invoke("list", "--format", "ids")

    assert (result.code, result.out) == (0, "1\n")


def test_lock_file_stays(alone: Path) -> None:
    """It never removes the file that is locked: who waited on the old one would not see the new one."""
    path = alone / "archive.json"
    add(path, "one")
    lock = beside(path) / "lock"
    before = lock.stat().st_ino

    add(path, "two")

    assert lock.stat().st_ino == before


def test_names_of_one_archive(alone: Path, invoke: Run) -> None:
    """It locks one archive once, under whatever symbolic link it is written to."""
    path = alone / "archive.json"
    add(path, "one")
    for name in ("a.json", "b.json"):
        (alone / name).symlink_to(path)

    with _held(alone / "a.json"):
        result = invoke("tag", "+x", "--all", "-a", "b.json", "--lock-timeout", "0")

    assert result.code == 5


def test_archives_side_by_side(alone: Path) -> None:
    """It does not make the writer of one archive wait for that of another in the same folder."""
    add(alone / "one.json", "one")

    with _held(alone / "one.json"):
        add(alone / "other.json", "other", lock_timeout=0)

    assert titles(alone / "other.json") == {1: "other"}


def test_holder_is_forgotten(alone: Path) -> None:
    """It leaves no name of a holder when nobody holds the lock."""
    add(alone / "archive.json", "one")

    assert sorted(file.name for file in beside(alone / "archive.json").iterdir()) == ["history.jsonl", "lock"]


@pytest.mark.parametrize(
    ("command", "kept"),
    [("tag +x \udcff", r"tag +x \udcff"), ("tag +x \x1b[31m", "tag +x \x1b[31m"), ("добавить", "добавить")],
)
def test_any_command_line(alone: Path, command: str, kept: str) -> None:
    """It keeps a command line as it was typed, with escapes for what is no UTF-8."""
    path = alone / "archive.json"

    add(path, "one", command=command)

    assert [record.command for record in opened(path).records()] == [kept]


def test_no_locks_there(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses to write on a file system without locks rather than to do without."""
    import errno
    import fcntl

    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", refuse)

    with pytest.raises(CannotSaveError, match="no lock on"):
        add(alone / "archive.json", "one")

    assert not (alone / "archive.json").exists()


# --- signals -------------------------------------------------------------------------------------------


@pytest.fixture
def _signals_end_the_program() -> Iterator[None]:
    """Let TERM do what it does in the program itself."""

    def end(number: int, _frame: object) -> None:
        raise Terminated(number)

    before = signal.signal(signal.SIGTERM, end)
    yield
    signal.signal(signal.SIGTERM, before)


def _send_within(monkeypatch: pytest.MonkeyPatch, owner: type, method: str, number: signal.Signals) -> None:
    """Send a signal to this process when `method` is called."""
    real = getattr(owner, method)

    def interrupted(*arguments: Any, **options: Any) -> Any:
        # To this thread: another thread of the test runner would take a signal that this one holds back.
        signal.pthread_kill(threading.get_ident(), number)
        time.sleep(0.001)  # gives a signal that is not held back the time to strike
        return real(*arguments, **options)

    monkeypatch.setattr(owner, method, interrupted)


@pytest.mark.usefixtures("_signals_end_the_program")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_within_a_commit(
    alone: Path, invoke: Run, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    """It finishes a commit that a signal came into, and says that the change was saved."""
    path = alone / "archive.json"
    add(path, "one")
    _send_within(monkeypatch, History, "append", number)

    result = invoke("tag", "+x", "--all")

    assert result.code == code
    assert result.err.endswith("newsarchive: interrupted; the change was already saved (operation 2)\n")
    assert [entry.tags for entry in opened(path).entries] == [("x",)]
    assert recorded(path) == [1, 2]


@pytest.mark.usefixtures("_signals_end_the_program")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_before_a_commit(
    alone: Path, invoke: Run, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    """It says that nothing was changed when the signal came before the point of no return."""
    path = alone / "archive.json"
    add(path, "one")
    before = path.read_bytes()
    _send_within(monkeypatch, Store, "_read_or_start", number)

    result = invoke("tag", "+x", "--all")

    assert result.code == code
    assert result.err.endswith("newsarchive: interrupted; nothing was changed\n")
    assert path.read_bytes() == before
    assert recorded(path) == [1]


def test_signal_within_a_commit_that_fails(alone: Path, invoke: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that nothing was changed when the commit then failed."""
    path = alone / "archive.json"
    add(path, "one")
    _send_within(monkeypatch, History, "append", signal.SIGINT)

    def refuse(_source: object, _target: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        result = invoke("tag", "+x", "--all")

    assert (result.code, result.err[-45:]) == (130, "newsarchive: interrupted; nothing was changed\n"[-45:])
    assert recorded(path) == [1]
    assert leftovers(alone) == []


def test_signals_work_again(alone: Path) -> None:
    """It holds signals back no longer than the commit lasts."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    add(alone / "archive.json", "one")
    with pytest.raises(CannotSaveError):
        add(alone / "no" / "archive.json", "one")

    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_lock_is_free_after_a_signal(alone: Path, invoke: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives the lock back when it is interrupted."""
    path = alone / "archive.json"
    add(path, "one")
    with monkeypatch.context() as patch:
        _send_within(patch, Store, "_read_or_start", signal.SIGINT)
        invoke("tag", "+x", "--all")

    tag(path, "y", lock_timeout=0)

    assert [entry.tags for entry in opened(path).entries] == [("y",)]
