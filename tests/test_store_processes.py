"""Many processes at once, and processes that are killed at random moments."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from storing import add, expected, leftovers, opened, recorded, revision_of, state, step, titles

WRITER = Path(__file__).parent / "store_writer.py"


def _start(path: Path, what: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path), what, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _numbers(process: subprocess.Popen[str]) -> list[int]:
    """Wait for a process and return the numbers that it said; a line that a kill cut short does not count."""
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout as out, process.stderr as err:
        lines = out.readlines()
        assert err.read() == ""
    process.wait(timeout=60)
    return [int(line) for line in lines if line.endswith("\n")]


@pytest.mark.parametrize(
    ("writers", "commits"),
    [(8, 25), pytest.param(16, 50, marks=[pytest.mark.stress, pytest.mark.slow])],
)
def test_writers_at_once(alone: Path, writers: int, commits: int) -> None:
    """It keeps every commit of many processes that write at once, each with an id of its own."""
    path = alone / "archive.json"

    processes = [_start(path, "add", commits) for _ in range(writers)]
    ids = [number for process in processes for number in _numbers(process)]

    total = writers * commits
    assert sorted(ids) == list(range(1, total + 1))
    assert list(titles(path)) == list(range(1, total + 1))
    assert recorded(path) == list(range(1, total + 1))
    assert leftovers(alone) == []


def test_readers_among_writers(alone: Path) -> None:
    """It shows every reader one whole revision while all entries are tagged again and again."""
    path = alone / "archive.json"
    add(path, *(f"story {number}" for number in range(300)))
    writer = _start(path, "tag", 40)
    seen = []

    while writer.poll() is None:
        snapshot = opened(path).snapshot
        tags = {entry.tags for entry in snapshot.entries()}
        assert len(tags) == 1
        assert not snapshot.edited_by_hand
        seen.append(snapshot.meta.revision)

    assert len(_numbers(writer)) == 40
    assert seen == sorted(seen)
    assert len(set(seen)) > 3


@pytest.mark.parametrize(
    "kills", [12, pytest.param(200, marks=[pytest.mark.stress, pytest.mark.slow])], ids=str
)
def test_kills_at_random_moments(alone: Path, kills: int) -> None:
    """It is readable after every kill, has all that was acknowledged, and clears up at the next write."""
    path = alone / "archive.json"
    chance = random.Random(kills)
    for _ in range(kills):
        before = revision_of(path)
        process = _start(path, "step", 100_000)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        acknowledged = [int(first), *_numbers(process)]

        revision = revision_of(path)
        assert acknowledged == list(range(before + 1, before + 1 + len(acknowledged)))
        assert revision in (acknowledged[-1], acknowledged[-1] + 1)
        assert state(path) == expected(revision)
        assert recorded(path) == list(range(1, revision + 1))
        step(path)
        assert state(path) == expected(revision + 1)
        assert leftovers(alone) == []


@pytest.mark.parametrize(
    ("processes", "commands"),
    [(4, 8), pytest.param(16, 50, marks=[pytest.mark.stress, pytest.mark.slow])],
)
def test_mixed_commands_at_once(archive: Path, processes: int, commands: int) -> None:
    """It keeps every acknowledged change of many processes, and refuses only what two did to one field."""
    running = [_mixing(f"w{number}", commands) for number in range(processes)]
    said = [json.loads(line) for one in running for line in one.communicate(timeout=600)[0].splitlines()]
    assert len(said) == processes * commands

    entries = {entry.known_id: entry for entry in opened(archive).entries}
    done = [one for one in said if one["code"] == 0]
    refused = [one for one in said if one["code"] != 0]
    assert [one for one in refused if one["code"] != 3 or not _names_source(one)] == []
    assert len(recorded(archive)) == 1 + len(done)

    added = {one["id"]: one["fresh"] for one in done if one["kind"] in ("add", "import")}
    removed = {one["id"] for one in done if one["kind"] == "remove"}
    assert len(added) == sum(one["kind"] in ("add", "import") for one in done)
    assert {n: e.title for n, e in entries.items() if n > 10} == {
        n: t for n, t in added.items() if n not in removed
    }

    undone = {one["fresh"] for one in done if one["kind"] == "undo"}
    for one in done:
        if one["kind"] == "tag":
            having = {n for n in range(1, 11) if one["fresh"] in entries[n].tags}
            assert having == (set() if one["fresh"] in undone else {*range(1, one["id"] + 1)})
    keys = {(one["id"], one["fresh"].partition("-")[0]): one["fresh"] for one in done if one["kind"] == "key"}
    assert {place: entries[place[0]].extra.get(place[1]) for place in keys} == keys
    for n in range(1, 11):
        wanted = {one["fresh"] for one in done if one["kind"] == "source" and one["id"] == n}
        assert entries[n].source in (wanted or {"cami-news-listing.txt"})
    assert leftovers(archive.parent) == []


def _mixing(name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER.with_name("mixer.py")), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def _names_source(one: dict[str, Any]) -> bool:
    """Whether a refusal names the field that others set too."""
    return one["kind"] == "source" and f"source of entry {one['id']} became '" in one["err"]
