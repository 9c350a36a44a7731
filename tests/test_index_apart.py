"""The index, built by a process of its own while the command that needs it answers without."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from indexing import everything, index_of, stories, write_archive
from test_index_processes import built_anew

from newsarchive.search.index import keeping

NOTE = "note: the search index is being built meanwhile; until it is there, this takes longer"
LIST = ("list", "saiga", "--sort", "title", "--limit", "7", "--offset", "3")

GATE = """
import atexit, os, sys, time
if "index.apart" in " ".join(sys.orig_argv):
    here = os.path.dirname(__file__)
    atexit.register(lambda: open(os.path.join(here, f"ended-{os.getpid()}"), "w").close())
    deadline = time.monotonic() + 60
    while not os.path.exists(os.path.join(here, "open")) and time.monotonic() < deadline:
        time.sleep(0.02)
"""
"""Keeps the other process from going on, and tells when it has ended."""


class Gate(NamedTuple):
    """Where the other process waits."""

    folder: Path

    def open(self, processes: int = 1) -> None:
        """Let the other processes go on, and wait for the end of so many."""
        self.folder.joinpath("open").touch()
        deadline = time.monotonic() + 60
        while self.ended < processes:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    @property
    def ended(self) -> int:
        """How many other processes have ended."""
        return len([*self.folder.glob("ended-*")])


@pytest.fixture
def gate(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, alone: Path
) -> Iterator[Gate]:
    """Let processes of their own build indexes, from small archives on, one by one."""
    del alone  # which forbids it
    folder = tmp_path_factory.mktemp("gate")
    folder.joinpath("sitecustomize.py").write_text(GATE)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.delenv("NEWSARCHIVE_INDEX")
    monkeypatch.setattr(keeping, "_WORTH_A_PROCESS", 150_000)
    yield Gate(folder)
    folder.joinpath("open").touch()  # for one that a failed test has left


def _unfinished(archive: Path) -> list[Path]:
    return list(index_of(archive).parent.glob("index*unfinished"))


def test_a_list_before_there_is_an_index(large: Path, gate: Gate, invoke: Callable) -> None:
    """It is answered at once and says why it takes longer; the index comes later and gives the same answer."""
    first, tags = invoke(*LIST), invoke("tags", "tag:mongolia")
    there = index_of(large).exists()
    gate.open(processes=2)
    later, tags_later = invoke(*LIST), invoke("tags", "tag:mongolia")

    assert (first.code, there) == (0, False)
    assert NOTE in first.err
    assert NOTE not in later.err
    assert (first.out, tags.out) == (later.out, tags_later.out)
    assert len(first.out.splitlines()) == 8
    assert not _unfinished(large)
    assert everything(large) == built_anew(large)


def test_a_script_that_reads_a_list(alone: Path, gate: Gate, program: Callable) -> None:
    """It has the end of both streams when the command ends, though the other process still runs."""
    body = "steppe and mountain " * 1_000
    entries = [replace(story, body=body) for story in stories(300)]
    archive = write_archive(alone / "archive.json", entries)

    done = program("list", "--limit", "2", "--format", "ids")
    ended = gate.ended
    gate.open()

    assert done.code == 0
    assert len(done.out.splitlines()) == 2
    assert NOTE in done.err
    assert not ended
    assert index_of(archive).exists()


def test_a_builder_that_fails(alone: Path, gate: Gate, program: Callable) -> None:
    """It is not started again and again, nor promised: the next command builds it, or does without."""
    entries = [replace(story, body="steppe and mountain " * 1_000) for story in stories(300)]
    archive = write_archive(alone / "archive.json", entries)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    first = program("list", "--limit", "2", "--format", "ids", preexec_fn=limit)
    gate.open()
    second = program("list", "--limit", "2", "--format", "ids", preexec_fn=limit)
    there = index_of(archive).exists()
    third = program("list", "--limit", "2", "--format", "ids")

    assert (first.code, second.code, third.code) == (0, 0, 0)
    assert first.out == second.out == third.out
    assert NOTE in first.err
    assert "note: " not in second.err + third.err
    assert (there, index_of(archive).exists()) == (False, True)


def test_an_archive_that_is_gone_meanwhile(large: Path, gate: Gate, invoke: Callable) -> None:
    """It leaves nothing behind when there is no archive any more for which an index would be."""
    invoke(*LIST)
    large.unlink()
    shutil.rmtree(large.parent / ".newsarchive")
    gate.open()

    assert not list(large.parent.iterdir())


def test_an_index_that_is_to_be_waited_for(
    large: Path, gate: Gate, invoke: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is built by the command itself, and no process goes on, where the environment says so."""
    monkeypatch.setenv("NEWSARCHIVE_INDEX", "wait")

    done = invoke(*LIST)

    assert (done.code, NOTE in done.err) == (0, False)
    assert index_of(large).exists()
    assert not gate.ended


def test_a_builder_that_was_ended(large: Path, gate: Gate, invoke: Callable) -> None:
    """It builds the index itself where a process for that was ended before it was done, as the next might be."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    index_of(large).with_name(f"index.sqlite3-{process.pid}-0123abcd.unfinished").touch()

    done = invoke(*LIST)

    assert (done.code, NOTE in done.err) == (0, False)
    assert index_of(large).exists()


def test_a_search_while_another_process_builds(large: Path, gate: Gate) -> None:
    """It waits for the index, says so, and answers; when the other one ends without it, by one of its own."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as builder:
        index_of(large).with_name(f"index.sqlite3-{builder.pid}-0123abcd.unfinished").touch()
        command = [sys.executable, "-m", "newsarchive", "search", "saiga", "--limit", "3", "--format", "ids"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as search:
            assert search.stderr is not None
            note = search.stderr.readline()
            builder.communicate(b"\n")
            out, _ = search.communicate(timeout=60)

    assert note == "note: the search index is being built; this waits for it\n"
    assert search.returncode == 0
    assert len(out.splitlines()) == 3
    assert everything(large) == built_anew(large)
