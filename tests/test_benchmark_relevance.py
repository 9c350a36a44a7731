"""The benchmark of relevance reads any folder of its layout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCHMARK = ROOT / "benchmarks" / "relevance.py"

DOCUMENTS = """\
{"id": "a", "title": "Snow leopards", "text": "They live in the mountains."}
{"id": "b", "title": "", "text": "A snow leopard and a saiga."}
{"id": "c", "title": "Saiga", "text": "It lives in the steppe."}
"""


def measure(*folders: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(BENCHMARK), *folders]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_figures_of_a_collection(tmp_path):
    """It prints nDCG of the queries as they are and misspelt, and the ratio of the two."""
    (tmp_path / "docs.jsonl").write_text(DOCUMENTS)
    (tmp_path / "queries.tsv").write_text("1\twhere does the saiga live?\n2\tmountains\n")
    (tmp_path / "queries_typo.tsv").write_text("1\twhere does the sayga live?\n2\tzzqxww\n")
    (tmp_path / "qrels.txt").write_text("1 0 c 1\n1 0 a 0\n2 0 a 1\n")

    done = measure(str(tmp_path))

    heading, figures = done.stdout.splitlines()
    assert heading.split()[:4] == ["collection", "clean", "typos", "ratio"]
    assert figures.split()[1:4] == ["1.0000", "0.5000", "0.500"]


def test_capitals(tmp_path):
    """It reads queries as `search` does: what is in capitals finds the same."""
    (tmp_path / "docs.jsonl").write_text(DOCUMENTS)
    (tmp_path / "queries.tsv").write_text(
        "1\twhere in the steppe do saiga and wolf live?\n2\tnot in the mountains or what\n"
    )
    (tmp_path / "queries_typo.tsv").write_text('1\twhere "does the saiga live?\n2\tthe (mountains)\n')
    (tmp_path / "qrels.txt").write_text("1 0 c 1\n2 0 a 1\n")

    plain, capitals = measure(str(tmp_path)), measure(str(tmp_path), "--capitals")

    figures = [done.stdout.splitlines()[1].split()[1:4] for done in (plain, capitals)]
    assert figures == [["1.0000", "1.0000", "1.000"]] * 2


def test_without_a_folder():
    """It has no collection of its own and says how it is used."""
    done = measure()

    assert done.returncode == 1
    assert "usage: relevance.py FOLDER..." in done.stderr
