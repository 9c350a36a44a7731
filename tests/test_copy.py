"""`copy`: a whole archive in another place, equal to the byte, and the original as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from storing import all_files, beside, opened, remove, tag, undo


@pytest.fixture
def lived(archive) -> Path:
    """Let the archive of ten stories have a history, an id that is gone and a verdict."""
    tag(archive, "new", 1, 2)
    remove(archive, 10)
    undo(archive, 2)
    tag(archive, "снежный-барс")
    return archive


def history(path: Path) -> bytes:
    """Return the log of operations."""
    return (beside(path) / "history.jsonl").read_bytes()


def test_to_another_file(lived, invoke, alone):
    """It copies entries, ids and history, and changes nothing of the original."""
    before = all_files(alone)

    result = invoke("copy", "archive.json", "copy.json")

    assert result.code == 0
    assert "Copied 9 entries and 5 operations to " in result.err
    copy = alone / "copy.json"
    assert copy.read_bytes() == lived.read_bytes()
    assert history(copy) == history(lived)
    assert {name: data for name, data in all_files(alone).items() if name in before} == before
    assert invoke("undo", "-a", "copy.json").code == 0
    assert invoke("add", "-a", "copy.json", "--title", "x").out == "11\n"


def test_a_history_that_did_not_lead_to_the_file(lived, invoke, alone):
    """It says that no history goes along where what is recorded is another copy's, or spoilt."""
    log = beside(lived) / "history.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))

    result = invoke("copy", "archive.json", "copy.json")

    assert result.code == 0
    assert "note: archive.json is a revision 5 that was made elsewhere" in result.err
    assert "the copy has no history of before" in result.err
    assert "Copied 9 entries and 0 operations to " in result.err


def test_to_a_server_and_back(lived, invoke, alone, database):
    """It comes back to the byte, whatever way it went."""
    there = invoke("copy", "archive.json", database)
    back = invoke("copy", database, "back.json")

    assert (there.code, back.code) == (0, 0)
    assert "made the tables" in there.err
    assert (alone / "back.json").read_bytes() == lived.read_bytes()
    assert history(alone / "back.json") == history(lived)
    assert invoke("list", "-a", database, "--json").out == invoke("list", "--json").out
    shown = [json.loads(invoke("history", "--json", "-a", place).out) for place in ("archive.json", database)]
    assert shown[0] == shown[1]


def test_work_goes_on_on_the_server(lived, invoke, alone, database):
    """It goes on where the file was: numbers, ids, undo of what was done before; and comes back with all that."""
    invoke("copy", "archive.json", database)

    assert invoke("add", "-a", database, "--title", "x").out == "11\n"
    assert invoke("undo", "5", "-a", database).code == 0
    assert invoke("copy", database, "back.json").code == 0
    assert invoke("undo", "6", "-a", "back.json").code == 0
    records = opened(alone / "back.json").records()
    assert [record.number for record in records] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert not opened(alone / "back.json").snapshot.edited_by_hand
    assert opened(alone / "back.json").doubt() is None


def test_a_file_brought_back_from_a_servers_history(archive, invoke, alone, database):
    """It keeps added lines whole, so that `restore` works on what comes from there."""
    invoke("copy", "archive.json", database)
    invoke("add", "-a", database, "--title", "x")
    invoke("copy", database, "back.json")
    back = alone / "back.json"
    whole = back.read_bytes()
    back.write_bytes(whole[: len(whole) // 2])

    result = invoke("restore", "--yes", "-a", "back.json")

    assert result.code == 0
    assert back.read_bytes() == whole


@pytest.mark.parametrize("where", ["file", "server"])
def test_a_place_that_is_taken(lived, invoke, alone, database, where):
    """It replaces nothing, and takes an archive that was only just started."""
    target = "other.json" if where == "file" else database
    invoke("init", *(["-a", target] if where == "file" else [target]))
    assert invoke("copy", "archive.json", target).code == 0

    result = invoke("copy", "archive.json", target)

    assert (result.code, result.out) == (4, "")
    assert "has 9 entries already" in result.err
    assert invoke("list", "-a", target, "--json").out == invoke("list", "--json").out


def test_an_archive_that_was_emptied_is_not_empty(archive, invoke):
    """It would give its ids again."""
    invoke("add", "-a", "other.json", "--title", "x")
    invoke("remove", "-a", "other.json", "1", "--yes")

    result = invoke("copy", "archive.json", "other.json")

    assert result.code == 4
    assert "other.json has operations already" in result.err


def test_dry_run(archive, invoke, alone, database):
    """It says what it would do, and writes nothing, not even tables."""
    result = invoke("copy", "archive.json", database, "--dry-run")

    assert (result.code, result.out) == (0, "")
    assert result.err == f"Would copy 10 entries to {database}; nothing was written\n"
    assert invoke("list", "-a", database).code == 4


def test_a_file_that_was_changed_by_hand(archive, invoke, alone):
    """It copies none whose history does not tell what is in it."""
    archive.write_text(archive.read_text().replace("Mezhnev", "Межнев", 1))

    refused = invoke("copy", "archive.json", "copy.json")
    invoke("tag", "+x", "id:1")

    assert (refused.code, not (alone / "copy.json").exists()) == (4, True)
    assert "changed by hand since revision 1" in refused.err
    assert invoke("copy", "archive.json", "copy.json").code == 0


@pytest.mark.parametrize("words", [["copy", "none.json", "x.json"], ["copy", "-a", "archive.json", "a", "b"]])
def test_what_is_refused(archive, invoke, alone, words):
    """It says what is wrong, and makes nothing."""
    result = invoke(*words)

    assert result.code in (1, 2)
    assert sorted(path.name for path in alone.iterdir()) == [".newsarchive", "archive.json"]


def test_a_large_archive(large, invoke, alone, database):
    """It copies what is read in another way than a small one."""
    assert invoke("copy", "archive.json", database).code == 0

    assert invoke("copy", database, "back.json").code == 0
    assert (alone / "back.json").read_bytes() == large.read_bytes()
    assert history(alone / "back.json") == history(large)
