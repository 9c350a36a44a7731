"""The benchmark of headlines tells what is found, and what is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCHMARK = ROOT / "benchmarks" / "headlines.py"


def measure(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(BENCHMARK), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_what_is_found_and_what_is_not(tmp_path):
    """It counts by kind and language what is within the first three, and names the rest."""
    path = tmp_path / "headlines.txt"
    path.write_text("# ours\nen | Saiga return | saigas | inflected\nen | Herders meet | wzrtq | misspelt\n")

    assert measure(str(path), "--misses").splitlines() == [
        "inflected 1/1, misspelt 0/1",
        "en 1/2",
        "1 of 2 within the first 3",
        "  en 'wzrtq' - Herders meet: not found",
    ]
