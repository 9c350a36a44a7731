"""Failures of the operating system at a chosen call of a commit: a wrapper around `os`.

The calls are counted from where a commit has its lock and begins to read. What reaches the system past `os`
(`open()` of Python itself) is left to the tests that use strace.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

from newsarchive.store.store import Store

CHANGING: Final = ("write", "fsync", "replace", "link", "unlink", "ftruncate", "fchmod", "fchown")
CALLS: Final = ("open", "stat", "fstat", "close", "scandir", "mkdir", "access", *CHANGING)

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


def in_child(work: Callable[[], None]) -> int:
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
