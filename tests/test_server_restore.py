"""Damage in a database: `check` finds it, `restore` brings the entries back from the history or says what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from merging import ids

DAMAGE = {
    "a line that is no JSON": "UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 2",
    "a line that is no entry": """UPDATE newsarchive.entries SET line = '{"title": 7}' WHERE id = 2""",
    "an empty line": "UPDATE newsarchive.entries SET line = '' WHERE id = 2",
    "another title": "UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Zwei') WHERE id = 2",
    "blanks": "UPDATE newsarchive.entries SET line = replace(line, ',', ', ') WHERE id = 2",
    "two lines swapped": """
        UPDATE newsarchive.entries one SET line = other.line FROM newsarchive.entries other
        WHERE (one.id, other.id) IN ((1, 2), (2, 1))
    """,
    "a line that is gone": "DELETE FROM newsarchive.entries WHERE id = 2",
    "all lines gone": "DELETE FROM newsarchive.entries",
    "a line too many": """INSERT INTO newsarchive.entries VALUES (1, 9, '{"title": "Nine"}')""",
    "an entry that was removed": """
        INSERT INTO newsarchive.entries SELECT 1, 3, line FROM newsarchive.entries WHERE id = 1
    """,
    "another digest": "UPDATE newsarchive.archives SET digest = repeat('0', 64)",
    "another count": "UPDATE newsarchive.archives SET count = 7, next_id = 1",
}


@pytest.fixture
def spoil(address, invoke, server):
    """Start an archive with a history of every kind of change; return what runs SQL on it."""
    for title in ("One", "Two", "Three"):
        invoke("add", "--title", title)
    invoke("tag", "+x", "--all", "--yes")
    invoke("edit", "2", "--set", "summary=A summary")
    invoke("undo", "4")
    invoke("remove", "3", "--yes")
    return lambda statement: server.sql(statement, database_of(address))


def database_of(address):
    """Return the name of the database that has an archive."""
    return address.partition("@/")[2].partition("?")[0]


@pytest.fixture
def stored(address, server):
    """Return what gives all that is stored, but for what tells an archive from others."""

    def call():
        entries = server.sql("SELECT id, line FROM newsarchive.entries ORDER BY id", database_of(address))
        columns = "revision, next_id, count, digest, schema, bytes, stamp"
        return entries, server.sql(f"SELECT {columns} FROM newsarchive.archives", database_of(address))

    return call


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_last_revision(spoil, stored, invoke, alone, damage):
    """It brings back every byte of the last revision from the history alone, for every machine."""
    before = stored()
    listed = invoke("list", "--json").out
    next((alone / ".cache").rglob("index.sqlite3")).unlink()
    spoil(DAMAGE[damage])

    found = invoke("check")
    restored = invoke("restore", "--yes")

    assert found.code == 4
    assert "something else has written to the database; nothing was changed" in found.err
    assert "`newsarchive restore` brings back revision 7 with 2 entries" in found.err
    assert restored.code == 0
    assert "Brought back revision 7 with 2 entries" in restored.err
    assert stored() == before
    assert invoke("list", "--json").out == listed
    assert invoke("check", "--only", "blanks,entities").code == 0
    assert invoke("undo", "7").code == 0
    assert ids(invoke) == ["1", "2", "3"]


def test_what_is_shown_first(spoil, stored, invoke):
    """It shows entry by entry what would become of it, and writes nothing unless a person agrees."""
    spoil("UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Zwei') WHERE id = 2")
    spoil("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 1")
    before = stored()

    shown = invoke("restore", "--dry-run")
    asked = invoke("restore")
    as_json = invoke("restore", "--dry-run", "--json")

    assert shown.code == 0
    assert "title: Zwei → Two" in shown.out
    assert shown.err.splitlines() == [
        "note: entry 1 cannot be read as it is",
        "Would bring back revision 7 with 2 entries; nothing was written",
    ]
    assert (asked.code, "nobody can be asked here; add --yes" in asked.err) == (2, True)
    assert (as_json.code, "has no list of changes" in as_json.err) == (2, True)
    assert stored() == before


def test_what_was_there_is_put_aside(spoil, invoke):
    """It keeps the lines that it replaces in a file of the user's own, until the history is pruned."""
    spoil("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 2")

    result = invoke("restore", "--yes")

    path = Path(result.err.strip().rpartition("the entries that were there are now in ")[2])
    assert json.loads(path.read_text()) == {"id": 2, "line": "rubbish"}
    assert path.stat().st_mode & 0o077 == 0
    assert invoke("history", "prune", "--keep", "1", "--yes").code == 0
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "is not damaged (revision 7); `newsarchive undo` takes back the last operation"),
        (("--force", "--yes"), "a server keeps no previous revision that --force could go back to"),
    ],
)
def test_a_sound_archive(spoil, stored, invoke, words, sentence):
    """It restores nothing where nothing is damaged: undo is the way back."""
    before = stored()

    result = invoke("restore", *words)

    assert (result.code, sentence in result.err) == (2, True), result.err
    assert stored() == before


def test_a_change_to_a_spoilt_entry(spoil, stored, invoke):
    """It changes no entry that something else has written to, says so, and other entries all the same."""
    invoke("list")
    spoil("UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Zwei') WHERE id = 2")

    refused = invoke("tag", "+y", "id:2")
    done = invoke("tag", "+y", "id:1")

    assert refused.code == 4
    assert "entry 2 is not what revision 7 has: something else has written to the database" in refused.err
    assert "`newsarchive restore --dry-run` shows what it would bring back" in refused.err
    assert done.code == 0
    assert invoke("restore", "--yes").code == 0
    assert "Two" in invoke("show", "2").out
    assert ids(invoke, "tag:y") == ["1"]


def test_a_forgotten_history(spoil, stored, invoke):
    """It takes from this machine's copy what the history no longer tells, as it has the revision's digest."""
    invoke("history", "prune", "--keep", "0", "--yes")
    invoke("list")
    before = stored()
    spoil("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 2")

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert stored() == before


def test_an_older_copy(spoil, stored, invoke, monkeypatch, tmp_path):
    """It takes a line from a copy that is older, too, as the digest proves that it is right."""
    invoke("list")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    invoke("tag", "+y", "id:1")
    invoke("history", "prune", "--keep", "0", "--yes")
    monkeypatch.delenv("XDG_CACHE_HOME")
    before = stored()
    spoil("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 2")

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert stored() == before


def test_what_nothing_tells(spoil, invoke, alone):
    """It says what cannot be brought back, and with --force what is known comes back and the rest is put aside."""
    invoke("history", "prune", "--keep", "0", "--yes")
    invoke("add", "--title", "Four")
    spoil("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id IN (2, 4)")
    for path in (alone / ".cache").rglob("index.sqlite3"):
        path.unlink()

    found, refused = invoke("check"), invoke("restore", "--yes")
    forced = invoke("restore", "--force", "--yes")

    for result in (found, refused):
        assert result.code == 4
        assert "entry 2 cannot be read, and neither the history nor this machine's copy tells" in result.err
        assert "restore --force" in result.err
    assert forced.code == 0
    assert "Brought back what is known of revision 8 with 2 entries; the entries that were" in forced.err
    assert ids(invoke) == ["1", "4"]
    assert invoke("check", "--only", "blanks").code == 0
    assert "newsarchive restore --force --yes" in invoke("history").out


def test_a_spoilt_history(spoil, stored, invoke, alone):
    """It believes no operation that something else has written to."""
    for path in (alone / ".cache").rglob("index.sqlite3"):
        path.unlink()
    spoil("UPDATE newsarchive.records SET text = replace(text, 'Two', 'Zwei') WHERE number = 2")
    spoil("UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Drei') WHERE id = 2")

    result = invoke("restore", "--yes")

    assert result.code == 4
    assert "tells which of them are wrong" in result.err


HISTORY = {
    "an operation that is gone": (
        "DELETE FROM newsarchive.operations WHERE number = 4",
        "operation 4 is missing",
        3,
    ),
    "the last operations gone": (
        "DELETE FROM newsarchive.operations WHERE number > 5",
        "operation 6 is missing, operation 7 is missing",
        0,
    ),
    "changes that are gone": (
        "DELETE FROM newsarchive.records WHERE number = 3",
        "operation 3 cannot be read",
        4,
    ),
    "changes that are no JSON": (
        "UPDATE newsarchive.records SET text = replace(text, '{', '[') WHERE number = 2",
        "operation 2 cannot be read",
        5,
    ),
    "another text": (
        """UPDATE newsarchive.records SET text = replace(text, '"Two"', '"Zwei"') WHERE number = 2""",
        "operation 2 does not say all that it changed",
        5,
    ),
    "a head that is no JSON": (
        "UPDATE newsarchive.operations SET header = 'rubbish' WHERE number = 2",
        "operation 2 cannot be read",
        5,
    ),
    "another head": (
        "UPDATE newsarchive.operations SET header = replace(header, 'tester', 'nobody') WHERE number = 2",
        "operation 2 is kept in two places, and not alike",
        5,
    ),
    "other ids": (
        "UPDATE newsarchive.operations SET ids = '{1}' WHERE number = 2",
        "operation 2 is kept in two places, and not alike",
        5,
    ),
    "another beginning": (
        """
        UPDATE newsarchive.operations SET header = replace(header, '"base":"', '"base":"0') WHERE number = 5;
        UPDATE newsarchive.records SET text = replace(text, '"base":"', '"base":"0') WHERE number = 5
        """,
        "operation 5 does not go on where the one before it ends",
        2,
    ),
}


@pytest.mark.parametrize("damage", HISTORY)
def test_a_damaged_history(spoil, stored, invoke, alone, damage):
    """It finds what something else wrote into the history, whose entries are sound, and says how to do without it."""
    before, listed = stored(), invoke("list", "--json").out
    statement, words, keep = HISTORY[damage]
    spoil(statement)

    found, restored = invoke("check"), invoke("restore", "--yes")

    for result in (found, restored):
        assert (result.code, result.out) == (4, "")
        assert f"in its history {words}: something else has written to the database" in result.err
        assert f"`newsarchive history prune --keep {keep}` forgets what is spoilt" in result.err
    assert stored() == before
    assert invoke("history", "prune", "--keep", str(keep), "--yes").code == 0
    assert invoke("check", "--only", "blanks").code == 0
    assert invoke("list", "--json").out == listed


def test_a_history_from_a_file(alone, database, invoke):
    """It finds nothing wrong with a history that began in a file, which somebody had edited by hand."""
    invoke("import", str(Path(__file__).parent / "data" / "cami-news-listing.txt"))
    invoke("tag", "+x", "--all", "--yes")
    Path("archive.json").write_text(Path("archive.json").read_text().replace("Mezhnev", "Межнев", 1))
    invoke("tag", "+y", "id:1")
    invoke("copy", "archive.json", database)
    invoke("edit", "1", "--set", "source=here", "-a", database)

    result = invoke("check", "--only", "blanks", "-a", database)

    assert (result.code, "history" in result.err) == (0, False)


def test_a_history_from_a_file_that_was_edited_twice(alone, database, invoke):
    """It finds nothing wrong where an operation took in a second edit by hand, of which nothing is told."""
    for title in ("One", "Two", "Three"):
        invoke("add", "--title", title)
    for title, changed, added in (("Three", "1", "Four"), ("Four", "2", "Five")):
        Path("archive.json").write_text(
            Path("archive.json").read_text().replace(title, f"{title} by hand", 1)
        )
        invoke("edit", changed, "--set", "source=here")
        invoke("add", "--title", added)
    assert invoke("copy", "archive.json", database).code == 0

    result = invoke("check", "--only", "blanks", "-a", database)

    assert (result.code, "history" in result.err) == (0, False)


def test_a_copy_of_a_damaged_archive(spoil, address, invoke):
    """It copies no archive whose entries are not those of the revision."""
    spoil("UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Zwei') WHERE id = 2")

    result = invoke("copy", address, "backup.json")

    assert (result.code, "entry 2 is not what revision 7 has" in result.err) == (4, True)
    assert not Path("backup.json").exists()


def test_other_machines(spoil, invoke, monkeypatch, tmp_path):
    """It lets every machine build its copy anew, as one may have fetched what was wrong."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    spoil("UPDATE newsarchive.entries SET line = replace(line, 'Two', 'Zwei') WHERE id = 2")
    assert "Zwei" in invoke("list").out
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert invoke("restore", "--yes").code == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))

    assert "Two" in invoke("list").out


@pytest.mark.parametrize("words", [("restore",), ("restore", "--force"), ("check", "--offline")])
def test_no_server(spoil, invoke, monkeypatch, words):
    """It restores nothing without the server; a check goes by this machine's copy."""
    invoke("list")

    result = invoke(*words, *(("--offline",) if words[0] == "restore" else ()))

    assert result.code == (1 if words[0] == "check" else 4)
    if words[0] == "restore":
        assert "cannot restore" in result.err
