"""Kills and failures at real system calls of a real process, by `strace -e inject`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from storing import add, expected, leftovers, opened, recorded, revision_of, state, step

WRITER = Path(__file__).parent / "store_writer.py"
CHANGING = re.compile(
    r"(write|fsync|link|linkat|rename\w*|unlink|unlinkat|ftruncate|fchmod)\(|openat\(.*O_CREAT"
)
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EINTR")


@cache
def _reason_to_skip() -> str | None:
    if shutil.which("strace") is None:
        return "there is no strace; Debian and Ubuntu: sudo apt-get install strace"
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "strace may not trace here" if tried.returncode else None


@pytest.fixture(autouse=True)
def _strace() -> None:
    reason = _reason_to_skip()
    if reason:
        pytest.skip(reason)


class Call(NamedTuple):
    """A system call: the how manieth of its name in the life of the process."""

    name: str
    number: int


def _writer(path: Path) -> list[str]:
    """Return the command of a process that commits twice; the second time everything is imported."""
    return [sys.executable, str(WRITER), str(path), "step", "2"]


def _changing_calls(path: Path) -> list[Call]:
    """Return the calls of a second commit that change something on the disk, from the lock to its end."""
    log = path.with_name("strace.log")
    subprocess.run(["strace", "-qq", "-o", str(log), *_writer(path)], check=True, capture_output=True)
    counted: Counter[str] = Counter()
    locks, found = 0, []
    for line in log.read_text(errors="replace").splitlines():
        name = line.partition("(")[0]
        counted[name] += 1
        locks += "LOCK_EX" in line or "LOCK_UN" in line
        if locks == 3 and CHANGING.match(line):
            found.append(Call(name, counted[name]))
    log.unlink()
    return found


def _run(path: Path, call: Call, what: str) -> subprocess.CompletedProcess[str]:
    inject = f"inject={call.name}:{what}:when={call.number}"
    return subprocess.run(
        ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call.name}", "-e", inject, *_writer(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _check(path: Path, before: int, run: subprocess.CompletedProcess[str]) -> None:
    """The archive has what was acknowledged and at most the next revision, and the next commit clears up."""
    acknowledged = before + len(run.stdout.splitlines())
    revision = revision_of(path)
    assert revision in (acknowledged, acknowledged + 1)
    assert state(path) == expected(revision)
    assert recorded(path) == list(range(1, revision + 1))
    step(path)
    assert state(path) == expected(revision + 1)
    assert leftovers(path.parent) == []


@pytest.mark.parametrize("part", [4, pytest.param(1, marks=[pytest.mark.stress, pytest.mark.slow])])
def test_kill_at_system_calls(alone: Path, part: int) -> None:
    """It has the old revision or the new one when the process is killed at any call that changes the disk.

    In the default run at every fourth; tests/test_store_faults.py kills at every call of Python's `os`.
    """
    path = alone / "archive.json"
    step(path)
    calls = _changing_calls(path)
    assert len(calls) > 15

    for call in calls[::part]:
        before = revision_of(path)
        run = _run(path, call, "signal=KILL")
        assert run.returncode == -9
        _check(path, before, run)


@pytest.mark.stress
@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS)
def test_failure_of_every_system_call(alone: Path, error: str) -> None:
    """It has the old revision or the new one, and says so, when any call that changes the disk fails."""
    path = alone / "archive.json"
    step(path)

    for call in _changing_calls(path):
        before = revision_of(path)
        run = _run(path, call, f"error={error}")
        if run.returncode:
            assert re.search(r"^newsarchive\.errors\.Cannot(Save|Read)Error: ", run.stderr, re.MULTILINE), (
                run.stderr
            )
            assert revision_of(path) == before + len(run.stdout.splitlines())
        _check(path, before, run)


@pytest.mark.parametrize(("name", "code"), [("INT", 130), ("TERM", 143), ("HUP", 129)])
def test_signal_at_the_first_fsync(alone: Path, name: str, code: int) -> None:
    """It finishes the commit that a signal came into and says that the change was saved."""
    path = alone / "archive.json"
    add(path, "one")
    command = [sys.executable, "-m", "newsarchive", "tag", "+x", "--all"]

    run = subprocess.run(
        ["strace", "-qq", "-o", "/dev/null", "-e", f"inject=fsync:signal={name}:when=1", *command],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == code
    assert run.stderr.endswith("newsarchive: interrupted; the change was already saved (operation 2)\n")
    assert [entry.tags for entry in opened(path).entries] == [("x",)]
