"""`undo`, `remove`, `history prune` and `restore`: ways back, and the one that has none."""

from __future__ import annotations

import json

import pytest


def test_undo_of_adding(archive, invoke):
    """It takes the entry out, and its id is not given again."""
    invoke("add", "--title", "Saiga")

    result = invoke("undo")

    assert result.code == 0
    assert invoke("list", "id:11", "--format", "ids").out == ""
    assert invoke("add", "--title", "Saiga").out == "12\n"


def test_undo_of_removing(archive, invoke):
    """It brings the entries back as they were."""
    before = invoke("export").out
    invoke("remove", "3,7-9", "--yes")

    result = invoke("undo")

    assert result.err == (
        "Took back `newsarchive remove 3,7-9 --yes`, operation 2, 4 entries (operation 3). "
        "Undo: newsarchive undo 3\n"
    )
    assert invoke("export").out == before


def test_undo_of_an_undo(archive, invoke):
    """It is a redo."""
    invoke("tag", "+x", "saiga")
    invoke("undo")

    result = invoke("undo", "3")

    assert result.code == 0
    assert invoke("list", "tag:x", "--format", "ids").out == "1\n"


def test_undo_goes_back_step_by_step(archive, invoke):
    """It takes back the newest operation that is neither an undo nor undone already."""
    invoke("tag", "+a", "saiga")
    invoke("tag", "+b", "saiga")

    invoke("undo")
    invoke("undo")

    assert invoke("tags", "--json").out == "[]\n"


def test_undo_of_an_older_operation(archive, invoke):
    """It takes back just that one."""
    invoke("tag", "+a", "saiga")
    invoke("tag", "+b", "gobi")

    result = invoke("undo", "2")

    assert result.code == 0
    assert [row["tag"] for row in json.loads(invoke("tags", "--json").out)] == ["b"]


def test_undo_over_newer_changes(archive, invoke):
    """It refuses, names them, and does it when forced."""
    invoke("tag", "+a", "saiga")
    invoke("tag", "+b", "saiga")
    before = archive.read_bytes()

    refused = invoke("undo", "2")
    kept = archive.read_bytes()
    forced = invoke("undo", "2", "--force")

    assert (refused.code, refused.out) == (3, "")
    assert "--force overwrites them" in refused.err
    assert kept == before
    assert forced.code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["99"], "the history has no operation 99"), (["1"], None), ([], None)],
)
def test_nothing_to_undo(archive, invoke, arguments, message):
    """It says so and ends with 1."""
    invoke("undo")
    invoke("remove", "--all", "--yes")

    result = invoke("undo", *arguments)

    assert result.code == 1
    assert message is None or message in result.err
    assert "`newsarchive history` shows what can be undone" in result.err


def test_undo_dry_run(archive, invoke):
    """It shows what would come back, and writes nothing."""
    invoke("remove", "1", "--yes")
    before = archive.read_bytes()

    result = invoke("undo", "--dry-run")

    assert result.out == (
        "Id  Date        Title                        Change\n"
        " 1  2021-01-29  In memoriam – Anton Mezhnev  added; languages: en\n"
    )
    assert (result.code, result.err) == (0, "1 change planned; nothing was written\n")
    assert archive.read_bytes() == before


def test_remove_needs_a_yes(archive, invoke):
    """It removes nothing where nobody can be asked."""
    before = archive.read_bytes()

    result = invoke("remove", "1")

    assert (result.code, result.out) == (2, "")
    assert (
        result.err == "newsarchive: `remove` asks before it writes and nobody can be asked here; add --yes\n"
    )
    assert archive.read_bytes() == before


def test_prune(archive, invoke, alone):
    """It forgets what was removed, so that the text leaves for good."""
    invoke("remove", "1", "--yes")
    invoke("tag", "+x", "gobi")

    result = invoke("history", "prune", "--keep", "1", "--yes")

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("Forgot 2 operations")
    assert invoke("history", "--format", "ids").out == "3\n"
    assert invoke("undo", "2").code == 1
    kept = b"".join(path.read_bytes() for path in alone.rglob("*") if path.is_file())
    assert b"Mezhnev" not in kept


def test_prune_says_first(archive, invoke):
    """It needs a yes, and says on a dry run what it would forget."""
    refused, planned = (
        invoke("history", "prune", "--keep", "0"),
        invoke("history", "prune", "--keep", "0", "--dry-run"),
    )

    assert refused.code == 2
    assert (planned.code, planned.err) == (
        0,
        "Would forget 1 operation, the previous revision and the search index for good; nothing was written\n",
    )
    assert invoke("history", "--format", "ids").out == "1\n"


def test_restore_of_a_damaged_archive(archive, invoke):
    """It brings the previous revision back, and keeps what was there."""
    invoke("tag", "+x", "saiga")
    archive.write_bytes(archive.read_bytes()[:500])

    damaged, restored = invoke("list"), invoke("restore", "--yes")

    assert (damaged.code, damaged.out) == (4, "")
    assert "`newsarchive restore`" in damaged.err
    assert restored.code == 0
    assert restored.err.startswith("Brought back revision 1 with 10 entries; the file that was there is now ")
    assert invoke("list", "--format", "ids").out.count("\n") == 10


def test_restore_of_a_lost_archive(archive, invoke):
    """It brings back the previous revision of an archive that is gone."""
    invoke("tag", "+x", "saiga")
    archive.unlink()

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert invoke("list", "--format", "ids").out.count("\n") == 10


def test_restore_of_a_sound_archive(archive, invoke):
    """It refuses, and names the way back that loses nothing."""
    invoke("tag", "+x", "saiga")

    result = invoke("restore", "--yes")

    assert (result.code, result.out) == (2, "")
    assert "is not damaged (revision 2); `newsarchive undo` takes back the last operation" in result.err


def test_nothing_to_restore(invoke, alone):
    """It says that no previous revision is kept."""
    result = invoke("restore", "--yes")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"newsarchive: no previous revision of {alone}/archive.json is kept here; "
        "put back a copy from a backup\n"
    )
    assert list(alone.iterdir()) == []


@pytest.mark.parametrize(
    "command", ["add --title A", "tag +x --all", "remove --all --yes", "undo", "import -"]
)
def test_nothing_is_written_to_a_damaged_archive(archive, invoke, command):
    """It ends with 4 and leaves the file as it is."""
    archive.write_bytes(b"{")

    result = invoke(*command.split(), stdin='[{"title": "A"}]')

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith(f"newsarchive: {archive}:")
    assert archive.read_bytes() == b"{"


def test_the_history_says_what_was_undone(archive, invoke):
    """It names the operation where the command does not."""
    invoke("tag", "+x", "saiga")
    invoke("undo")
    invoke("undo", "3")

    lines = invoke("history").out.splitlines()

    assert lines[1].endswith("  newsarchive undo 3")
    assert lines[2].endswith("  newsarchive undo (of 2)  (undone)")
