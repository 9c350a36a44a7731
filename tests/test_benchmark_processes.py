"""What a benchmark says of a process is about that process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"

MEASURE = """
import json
import sys

import processes

held = bytearray(b"x") * 300_000_000
small = processes.run([sys.executable, "-S", "-c", "pass"])
large = processes.run([sys.executable, "-S", "-c", "x = bytearray(b'x') * 100_000_000; raise SystemExit(3)"])
print(json.dumps([small[:4], large[:4]]))
"""


def test_memory_is_that_of_the_process():
    """A small process of a large one is small, a large one is large, and how it ended is told."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE],
        env={"PYTHONPATH": str(BENCHMARKS)},
        capture_output=True,
        text=True,
        check=True,
    )
    (small_code, small_seconds, small_wall, small), (large_code, _, _, large) = json.loads(ran.stdout)

    assert (small_code, large_code) == (0, 3)
    assert small < 60 < 100 < large < 200
    assert small_seconds > 0
    assert small_wall > 0
