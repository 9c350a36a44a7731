"""What the program says where much is said wrongly: interrupted, out of room, met by other programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Result
from tinydb import TinyDB

from newsarchive.store.file import store


def test_an_interrupt_while_starting_is_told_like_any(alone, program):
    """It ends with 130 and a sentence, not a traceback, when Ctrl-C comes while its libraries load."""
    (alone / "slow").mkdir()
    (alone / "slow" / "typer.py").write_text("raise KeyboardInterrupt\n")

    result = program("list", env={"PYTHONPATH": str(alone / "slow")})

    assert (result.code, result.out) == (130, "")
    assert result.err == "newsarchive: interrupted; nothing was changed\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_is_lost_is_no_lost_entry(archive, program):
    """It says that the entry was saved, even when it may say nothing else and its id cannot be written."""
    with open("/dev/full", "wb") as full:
        result = _run_into(full, "add", "--title", "New", "-q")

    assert result.code == 4
    assert "no space left" in result.err
    assert "the change was already saved (operation 2)" in result.err
    assert program("list", "title:new", "--format", "ids").out == "11\n"


def _run_into(out, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive", *arguments], stdout=out, stderr=subprocess.PIPE, check=False
    )
    return Result(done.returncode, "", done.stderr.decode())


def test_a_full_disk_does_not_keep_the_history_from_being_pruned(archive, invoke, monkeypatch):
    """It removes the old text first, and says that it has no room for a previous revision."""
    invoke("remove", "1", "--yes")
    invoke("tag", "+new", "id:2")
    real = store.replace_file

    def full(target, chunks, **options):
        if target.name == "previous.json":
            raise store.CannotSaveError(target, "no space left on device")
        real(target, chunks, **options)

    monkeypatch.setattr(store, "replace_file", full)

    result = invoke("history", "prune", "--keep", "0", "--yes")

    assert result.code == 0
    assert "no space left on device" in result.err
    beside = archive.parent / ".newsarchive" / "archive.json"
    assert not (beside / "previous.json").exists()
    assert "Mezhnev" not in "".join(file.read_text() for file in beside.glob("*.json*"))
    assert invoke("list", "--format", "ids").code == 0


def test_dropped_tables_are_met_with_restore(archive, invoke):
    """It does not send someone whose tables another program has dropped to `import`."""
    invoke("tag", "+new", "id:2")
    with TinyDB(archive) as database:
        database.drop_tables()

    result = invoke("list")

    assert result.code == 4
    assert "`newsarchive restore`" in result.err
    assert "import" not in result.err


def test_a_next_id_beyond_all_stops_only_what_needs_one(archive, invoke):
    """It tags, edits and removes in an archive whose next id was set too high by hand; adding names the reason."""
    tables = json.loads(archive.read_text())
    tables["meta"]["1"]["next_id"] = 2**53 + 5
    archive.write_text(json.dumps(tables))

    assert invoke("tag", "+new", "id:2").code == 0
    assert invoke("edit", "3", "--set", "source=x").code == 0
    assert invoke("remove", "4", "--yes").code == 0
    assert invoke("undo").code == 0

    result = invoke("add", "--title", "One more")
    assert (result.code, result.out) == (2, "")
    assert "leaves no room for more" in result.err
