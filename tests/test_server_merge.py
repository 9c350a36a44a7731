"""`newsarchive merge` with archives on a server: into one, out of one, and from one to another."""

from __future__ import annotations

import json

import pytest
from merging import fields, ids


@pytest.fixture
def parted(address, invoke):
    """Start an archive on the server and a file that is a copy of it, history included; change both."""
    for title in ("One", "Two", "Three"):
        assert invoke("add", "--title", title).code == 0
    assert invoke("copy", address, "mine.json").code == 0
    assert invoke("tag", "+here", "id:1").code == 0
    assert invoke("add", "--title", "New here").code == 0
    assert invoke("tag", "+mine", "id:1", "-a", "mine.json").code == 0
    assert invoke("edit", "2", "--set", "summary=Mine", "-a", "mine.json").code == 0
    assert invoke("remove", "3", "--yes", "-a", "mine.json").code == 0
    assert invoke("add", "--title", "New in mine", "-a", "mine.json").code == 0
    return address


def test_a_file_into_a_server(parted, invoke):
    """It takes in what was added, changed and removed there, in one operation that can be taken back."""
    result = invoke("merge", "mine.json")

    assert result.code == 0
    assert result.err.splitlines() == [
        "note: the copy's entry 4 becomes entry 5: both copies gave that id",
        "Merged: 1 added, 2 changed, 1 removed (operation 6). Undo: newsarchive undo 6",
    ]
    assert ids(invoke) == ["1", "2", "4", "5"]
    assert set(fields(invoke, 1)["tags"]) == {"here", "mine"}
    assert (fields(invoke, 2)["summary"], fields(invoke, 5)["title"]) == ("Mine", "New in mine")
    assert invoke("undo").code == 0
    assert ids(invoke) == ["1", "2", "3", "4"]


def test_a_server_into_a_file(parted, invoke):
    """It takes a server for the copy as well, and afterwards neither has anything new for the other."""
    result = invoke("merge", parted, "-a", "mine.json")
    back = invoke("merge", "mine.json")
    again = invoke("merge", parted, "-a", "mine.json")

    assert result.code == 0
    assert "Merged: 1 added, 1 changed (operation 8)" in result.err
    assert (back.code, again.code, "nothing new" in again.err) == (0, 0, True)
    sides = [json.loads(invoke("export", "-a", name).out) for name in (parted, "mine.json")]
    assert sorted(entry["title"] for entry in sides[0]) == sorted(entry["title"] for entry in sides[1])


def test_from_one_server_to_another(parted, invoke):
    """It merges two archives on servers as it does files."""
    other = f"{parted}&archive=other"
    assert invoke("copy", "mine.json", other).code == 0

    result = invoke("merge", other)

    assert result.code == 0
    assert "Merged: 1 added, 2 changed, 1 removed (operation 6)" in result.err


def test_a_conflict(parted, invoke):
    """It lists a field that both changed, and writes nothing unless told what becomes of it."""
    invoke("edit", "2", "--set", "summary=Here")

    refused = invoke("merge", "mine.json")
    preview = invoke("merge", "mine.json", "--dry-run", "--theirs", "--json")
    taken = invoke("merge", "mine.json", "--theirs")

    assert refused.code == 3
    assert "entry 2, summary: 'Here' here, 'Mine' in the copy" in refused.err
    assert {change["id"] for change in json.loads(preview.out)} >= {1, 2, 3}
    assert (taken.code, fields(invoke, 2)["summary"]) == (0, "Mine")


def test_what_was_changed_meanwhile(parted, invoke, monkeypatch):
    """It plans again within the transaction when a colleague has written after it had read."""
    from newsarchive.archive import Archive

    commit = Archive.commit
    done: list[int] = []

    def overtaken(archive, changes, **options):
        if not done:
            done.append(1)
            assert invoke("tag", "+late", "id:4").code == 0
        return commit(archive, changes, **options)

    monkeypatch.setattr(Archive, "commit", overtaken)

    result = invoke("merge", "mine.json")

    assert result.code == 0
    assert (fields(invoke, 4)["tags"], fields(invoke, 2)["summary"]) == (["late"], "Mine")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["merge"], "name a copy, a file or an address"),
        (["merge", "--ours"], "name a copy, a file or an address"),
        (["merge", "--git", "base.json", "ours.json", "postgresql://host/db"], "git merges files; "),
        (["merge", "postgresql://anna:secret@host/db"], "leave the password out"),
        (["init", "--git"], "--git is for an archive in a file"),
    ],
)
def test_what_is_for_files(address, invoke, words, sentence):
    """It says in one line what belongs to files, and what to do instead."""
    result = invoke(*words)

    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert "secret" not in result.err


@pytest.mark.parametrize(
    ("copy", "code", "sentence"),
    [
        ("mine.json", 4, "it is not there"),
        (
            "postgresql://nobody@/gone?host=/nowhere",
            4,
            "cannot reach postgresql://nobody@/gone?host=/nowhere",
        ),
    ],
)
def test_a_copy_that_is_not_there(address, invoke, copy, code, sentence):
    """It says which copy cannot be read."""
    result = invoke("merge", copy)

    assert (result.code, sentence in result.err) == (code, True), result.err


def test_what_is_no_copy(address, invoke):
    """It merges nothing that has nothing in common with the archive."""
    invoke("add", "--title", "One")
    for title in ("Another", "A third"):
        invoke("add", "--title", title, "-a", "other.json")
    invoke("remove", "1", "--yes", "-a", "other.json")

    result = invoke("merge", "other.json")

    assert (result.code, "it has no entry in common with this archive" in result.err) == (4, True)
    assert ids(invoke) == ["1"]
