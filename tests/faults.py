"""Failures of the operating system at a chosen call of a commit: a wrapper around `os`.

The calls are counted from where a commit has its lock and begins to read. What reaches the system past `os`
(`open()` of Python itself) is left to the tests that use strace.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from storing import expected, leftovers, recorded, revision_of, state, step

from newsarchive.errors import CannotReadError, CannotSaveError
from newsarchive.store.file.store import Store

CHANGING: Final = (
    "write",
    "fsync",
    "replace",
    "link",
    "unlink",
    "ftruncate",
    "fchmod",
    "fchown",
    "copy_file_range",
)
CALLS: Final = ("open", "stat", "fstat", "close", "scandir", "mkdir", "access", "pread", *CHANGING)

Action = Callable[[int, str, bool], None]
"""Called with the number of a call, its name, and whether it changes something on the disk."""


class Watch:
    """What happened while it was on."""

    def __init__(self) -> None:
        self.on = False
        self.calls: list[str] = []


@contextmanager
def interposed(
    monkeypatch: pytest.MonkeyPatch, action: Action, *, start: str = "_read_or_start"
) -> Iterator[Watch]:
    """Call `action` before each call of a commit; what it raises is what the system answers.

    `start` is the method of the store from which calls are counted.
    """
    watch = Watch()

    def wrapped(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> Any:
            if not watch.on:
                return real(*arguments, **options)
            changes = name in CHANGING or (name == "open" and bool(arguments[1] & os.O_CREAT))
            watch.calls.append(name)
            try:
                action(len(watch.calls) - 1, name, changes)
            except OSError:
                if name == "close":
                    real(*arguments)  # a descriptor is closed even when close() reports a failure
                raise
            return real(*arguments, **options)

        return call

    begin = getattr(Store, start)

    def watched(*arguments: Any) -> Any:
        watch.on = True
        return begin(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Store, start, watched)
        for name in CALLS:
            patch.setattr(os, name, wrapped(name))
        try:
            yield watch
        finally:
            watch.on = False


def failing(at: int, error: int, *, stays: bool = False) -> Action:
    """Fail call number `at`; with `stays`, each later one that changes something too, as a full disk does."""

    def action(number: int, _name: str, changes: bool) -> None:
        if number == at or (stays and number > at and changes):
            raise OSError(error, os.strerror(error))

    return action


def killing(at: int) -> Action:
    """End the process before call number `at`."""

    def action(number: int, _name: str, _changes: bool) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return action


def in_child(work: Callable[[], object]) -> int:
    """Do the work in a forked process; return its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# --- the next step of an archive, failing ---------------------------------------------------------------


def acknowledged(path: Path, monkeypatch: pytest.MonkeyPatch, action: Action) -> tuple[bool, int]:
    """Try the next step; return whether it was said to be saved, and how many calls it made."""
    with interposed(monkeypatch, action) as watch:
        try:
            step(path)
        except (CannotReadError, CannotSaveError):
            return False, len(watch.calls)
        return True, len(watch.calls)


def check_revision(path: Path, revision: int) -> None:
    """Make sure that an archive is what it is after so many steps, and its history too."""
    assert state(path) == expected(revision)
    assert not path.exists() or recorded(path) == list(range(1, revision + 1))


def fail_at_every_call(path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, stays: bool) -> int:
    """Fail one call after the other until a commit gets by; return how many there were."""
    for number in count():
        revision = revision_of(path)
        action = failing(number, getattr(errno, name), stays=stays)

        saved, calls = acknowledged(path, monkeypatch, action)

        check_revision(path, revision + saved)
        if calls <= number:
            return number
        step(path)
        check_revision(path, revision + saved + 1)
        assert leftovers(path.parent) == []
    raise AssertionError
