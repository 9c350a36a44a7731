"""`undo`, `remove`, `history prune` and `restore`: ways back, and the one that has none."""

from __future__ import annotations

import json
from pathlib import Path

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


def tagged(invoke, tag):
    """Return the ids of the entries with a tag."""
    return invoke("list", f"tag:{tag}", "--sort", "id", "--format", "ids").out.split()


def test_undo_keeps_what_others_did(archive, invoke):
    """It takes a tag from every entry that got it, and leaves the one that was given to one of them since."""
    invoke("tag", "+mongolia", "--all")
    invoke("tag", "+obituary", "id:5")
    invoke("edit", "5", "--set", "title=A new title", "--set", "extra.place=Gobi")

    result = invoke("undo", "2")

    assert result.err.startswith(
        "Took back `newsarchive tag +mongolia --all`, operation 2, 10 entries (operation 5)"
    )
    assert (result.code, tagged(invoke, "mongolia"), tagged(invoke, "obituary")) == (0, [], ["5"])
    assert json.loads(invoke("show", "5", "--json").out)[0]["title"] == "A new title"


def test_undo_of_several(archive, invoke):
    """It takes several operations back in one, down to the times of the last changes; and that one too."""
    before = invoke("export").out
    invoke("tag", "+a", "--all")
    invoke("edit", "3", "--set", "title=Other")
    invoke("remove", "3", "--yes")
    after = invoke("export").out

    result = invoke("undo", "3", "4", "2")

    assert result.err.startswith("Took back 3 operations (4, 3, 2), 10 entries (operation 5)")
    assert invoke("export").out == before
    assert [row["undone"] for row in json.loads(invoke("history", "--json").out)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert invoke("undo", "5").code == 0
    assert invoke("export").out == after


@pytest.mark.parametrize("arguments", [["2..4"], ["2-4"], ["2.."], ["--since", "2 hours ago"], ["4", "2..3"]])
def test_undo_of_a_range(invoke, arguments):
    """It takes back all operations of a range, an undo among them and what it took back too."""
    invoke("add", "--title", "Saiga", "--tag", "kept")
    if arguments[0] == "--since":
        arguments = ["2..4"] if invoke("undo", "--since", "1 second ago", "--dry-run").code == 1 else ["2.."]
    invoke("tag", "+a", "--all")
    invoke("undo", "2")
    invoke("tag", "+b", "--all")

    result = invoke("undo", *arguments)

    assert (result.code, tagged(invoke, "a"), tagged(invoke, "b"), tagged(invoke, "kept")) == (
        0,
        [],
        [],
        ["1"],
    )


def test_undo_since(archive, invoke):
    """It takes back everything from a moment on, and says when there is nothing."""
    invoke("tag", "+a", "--all")
    invoke("tag", "+b", "--all")

    nothing, all_of_it = invoke("undo", "--since", "2999-01-01"), invoke("undo", "--since", "2 hours ago")

    assert (nothing.code, all_of_it.code) == (1, 0)
    assert "the history has no such operation" in nothing.err
    assert all_of_it.err.startswith("Took back 3 operations (3, 2, 1), 10 entries (operation 4)")
    assert invoke("list", "--format", "ids").out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["soon"], "'soon' names no operation; write 7, 4 3 2 or 10..25"),
        (["--since", "soon"], "'soon' is no moment; write 2 hours ago, 14:30, yesterday or 2021-01-29"),
        (["2", "--since", "today"], "name operations or --since, not both"),
        (["--force", "--skip-conflicts"], "give one of them"),
    ],
)
def test_undo_of_what_is_none(archive, invoke, arguments, message):
    """It says what can be written instead."""
    result = invoke("undo", *arguments)

    assert (result.code, message in result.err) == (2, True)


def test_undo_of_an_undone_operation(archive, invoke):
    """It says so, and takes no tag that somebody gave anew since."""
    invoke("tag", "+a", "--all")
    invoke("undo")
    invoke("tag", "+a", "id:5")

    result = invoke("undo", "2")

    assert result.code == 1
    assert "operation 2 is undone already, by operation 3 (`newsarchive undo`)" in result.err
    assert tagged(invoke, "a") == ["5"]


def test_undo_of_a_tagged_import(archive, invoke):
    """It takes back an import in one step whose entries were tagged since, names the tags, and brings all back."""
    invoke("tag", "+obituary", "id:5-6")
    invoke("tag", "+mongolia", "id:7")
    before = invoke("export").out

    result = invoke("undo", "1")

    assert result.code == 0
    assert "note: what was done since to entries 6, 5 goes along: tags +obituary\n" in result.err
    assert "note: what was done since to entry 7 goes along: tags +mongolia\n" in result.err
    assert invoke("list", "--format", "ids").out == ""
    invoke("undo", "4")
    assert invoke("export").out == before


def test_undo_of_an_import_that_was_rewritten(archive, invoke):
    """It refuses to take out an entry with a new title, shows both, and takes out the others when told."""
    invoke("edit", "7", "--set", "title=Rewritten")

    refused, rest = invoke("undo", "1"), invoke("undo", "1", "--skip-conflicts")

    assert (refused.code, rest.code) == (3, 0)
    assert "title of entry 7, which operation 1 added, is 'Rewritten' now; it was '" in refused.err
    assert invoke("list", "--format", "ids").out == "7\n"


def test_undo_over_newer_changes(archive, invoke):
    """It refuses, shows both values, and does it when forced."""
    invoke("edit", "7", "--set", "source=CMS")
    invoke("edit", "7", "--set", "source=CAMI")
    before = archive.read_bytes()

    refused = invoke("undo", "2")
    kept = archive.read_bytes()
    forced = invoke("undo", "2", "--force")

    assert (refused.code, refused.out) == (3, "")
    assert refused.err == (
        "newsarchive: operation 2 cannot be undone whole, newer changes stand in the way; "
        "--skip-conflicts takes back the rest, --force overwrites them\n"
        "  source of entry 7 is 'CAMI' now; operation 2 made it 'CMS' out of 'cami-news-listing.txt'\n"
    )
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
    rest = (
        ", the previous revision and the search index"
        if isinstance(archive, Path)
        else " and this machine's copy"
    )
    assert (planned.code, planned.err) == (
        0,
        f"Would forget 1 operation{rest} for good; nothing was written\n",
    )
    assert invoke("history", "--format", "ids").out == "1\n"


def test_restore_of_a_damaged_archive(archive, invoke):
    """It brings the last revision back, and keeps what was there."""
    invoke("tag", "+x", "saiga")
    archive.write_bytes(archive.read_bytes()[:500])

    damaged, restored = invoke("list"), invoke("restore", "--yes")

    assert (damaged.code, damaged.out) == (4, "")
    assert "`newsarchive restore`" in damaged.err
    assert restored.code == 0
    assert restored.err.startswith("Brought back revision 2 with 10 entries; the file that was there is now ")
    assert invoke("list", "tag:x", "--format", "ids").out == "1\n"


def test_restore_of_a_lost_archive(archive, invoke):
    """It brings back an archive that is gone."""
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


def test_the_history_says_what_was_undone_in_part(archive, invoke):
    """It tells an operation of which newer changes were left from one that was taken back whole."""
    invoke("edit", "1-2", "--set", "summary=First", "--yes")
    invoke("edit", "2", "--set", "summary=Second")
    invoke("undo", "2", "--skip-conflicts", "--yes")

    lines = invoke("history", "list").out.splitlines()
    [record] = [one for one in json.loads(invoke("history", "--json").out) if one["operation"] == 2]

    assert lines[3].endswith("  (undone in part)")
    assert (record["undone"], record["undone_in_part"]) == (True, True)
