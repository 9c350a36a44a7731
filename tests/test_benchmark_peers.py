"""The benchmark of peers gives all the same stories, and reads from what they print which of them were found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCHMARK = ROOT / "benchmarks" / "peers.py"


HEADS = ["build", "search", "misspelt", "list", "add", "tag"]


def test_who_finds_what_is_misspelt(tmp_path):
    """It measures newsarchive and SQLite, which both find words with a slip each, and names who isn't there."""
    environment = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    peers = ["--only", "SQLite FTS5", "--only", "jrnl"]
    command = [sys.executable, str(BENCHMARK), *peers, "--rounds", "1", "--words", "3", "--ratios", "60"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    versions, *table = ran.stdout.splitlines()
    head, _, ours, theirs, _, ratios, _, our_ratios, _ = [line.strip("| ").split(" | ") for line in table]
    assert versions.startswith("newsarchive ")
    assert versions.endswith("; jrnl is not installed")
    assert head == ["ms: processor / clock", "stories", *HEADS, "MB"]
    assert ratios == ["times newsarchive", "stories", *HEADS, "memory"]
    assert [ours[:2], theirs[:2]] == [["newsarchive", "60"], ["SQLite FTS5", "60"]]
    assert all(cell.endswith(", 3 found") for cell in ours[3:5] + theirs[3:5])
    assert our_ratios == ["newsarchive", "60", *["1.00"] * 7]


def test_what_is_looked_for(tmp_path):
    """Each of the ten words stands in the title of its story, and has a slip when it is misspelt."""
    stories, sought = tmp_path / "stories.jsonl", tmp_path / "sought.json"
    script = ROOT / "benchmarks" / "peer" / "stories.py"
    subprocess.run([sys.executable, str(script), "10000", str(stories), str(sought)], check=True)

    titles = [json.loads(line)["title"].lower() for line in stories.read_text("utf-8").splitlines()]
    looked_for = json.loads(sought.read_text("utf-8"))
    assert len(looked_for) == 10
    assert all(word in titles[number - 1].split() for number, word, _ in looked_for)
    assert all(word != misspelt and abs(len(word) - len(misspelt)) < 2 for _, word, misspelt in looked_for)
