"""Run a command as a process of its own and tell what it took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

LAUNCH = Path(__file__).with_name("launch.py")


class Ran(NamedTuple):
    """How a process ended, what it took, and what it printed where that was to be kept."""

    code: int
    processor: float
    """Seconds."""
    wall: float
    """Seconds by the clock."""
    megabytes: float
    """The most memory that it or a process of its had. Less than some 9 cannot be told."""
    printed: str
    complaint: str


def expect(ran: Ran, words: Sequence[str], codes: Container[int] = (0,)) -> Ran:
    """Return what a command took, or end with what it was when it ended otherwise."""
    if ran.code not in codes:
        raise SystemExit(f"{' '.join(words)[:80]} ended with {ran.code}")
    return ran


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    stderr: int | None = None,
    folder: Path | None = None,
) -> Ran:
    """Run a command, in `folder` where one is named.

    A process counts as its own the memory that the one which starts it ever had: measured from here, a command would
    take at least what the benchmark takes. So launch.py starts it, with the smallest interpreter there is.
    """
    reading, writing = os.pipe()
    launched = [sys.executable, "-I", "-S", str(LAUNCH), str(writing), *command]
    streams = {"stdin": subprocess.DEVNULL, "stdout": stdout, "stderr": stderr}
    ran = subprocess.run(
        launched, env=environment, **streams, cwd=folder, text=True, pass_fds=[writing], check=False
    )
    os.close(writing)
    with open(reading) as result:
        processor, wall, megabytes = map(float, result.read().split())
    return Ran(ran.returncode, processor, wall, megabytes, ran.stdout or "", ran.stderr or "")
