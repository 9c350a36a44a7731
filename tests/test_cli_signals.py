"""What comes of a command that is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_interrupted_command(archive, alone, number, code):
    """It says on one line that nothing was changed, and ends with the code of the signal."""
    before = archive.read_bytes()
    os.mkfifo(alone / "body")
    command = [sys.executable, "-m", "newsarchive", "add", "--title", "Saiga", "--body", "body"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    with (alone / "body").open("w"):  # opens when the program begins to read
        process.send_signal(number)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (code, "")
    assert err == "newsarchive: interrupted; nothing was changed\n"
    assert archive.read_bytes() == before
