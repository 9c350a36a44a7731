"""`newsarchive merge`: two copies of one archive become one."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest
from merging import fields, ids, theirs


def alone(copy):
    """Take away what is known of how the copy came about."""
    shutil.rmtree(copy.parent / ".newsarchive" / copy.name)


@pytest.mark.parametrize("has_history", [True, False])
def test_what_changed_in_one_copy_is_taken_from_there(archive, copy, invoke, has_history):
    """It brings in additions, changes and removals, keeps ours, and is one operation."""
    invoke("tag", "+ours", "id:5")
    invoke("edit", "3", "--set", "summary=Ours")
    theirs(invoke, "tag", "+theirs", "id:5")
    theirs(invoke, "edit", "4", "--set", "title=Theirs")
    theirs(invoke, "remove", "6", "--yes")
    theirs(invoke, "add", "--title", "New there")
    if not has_history:
        alone(copy)

    result = invoke("merge", "copy.json")

    assert result.code == (0 if has_history else 3)
    if has_history:
        assert "Merged: 1 added, 2 changed, 1 removed (operation 4). Undo: newsarchive undo 4" in result.err
        assert fields(invoke, 5)["tags"] == ["theirs", "ours"] or set(fields(invoke, 5)["tags"]) == {
            "ours",
            "theirs",
        }
        assert fields(invoke, 3)["summary"] == "Ours"
        assert fields(invoke, 4)["title"] == "Theirs"
        assert ids(invoke) == ["1", "2", "3", "4", "5", "7", "8", "9", "10", "11"]
    else:  # the copy alone does not tell whether it has seen what was done to entry 5
        assert "entry 5, tags" in result.err


def test_a_copy_alone_is_merged_by_its_entries(archive, copy, invoke):
    """It tells from the entries which operations a copy has seen, where only other ones were changed since."""
    invoke("edit", "3", "--set", "summary=Ours")
    theirs(invoke, "edit", "4", "--set", "title=Theirs")
    theirs(invoke, "add", "--title", "New there")
    alone(copy)

    result = invoke("merge", "copy.json")

    assert (result.code, "1 added, 1 changed" in result.err) == (0, True)
    assert (fields(invoke, 3)["summary"], fields(invoke, 4)["title"]) == ("Ours", "Theirs")


def test_a_copy_alone_of_which_every_entry_was_changed(archive, copy, invoke):
    """It knows that entries which were added here and are there came there from here."""
    theirs(invoke, "tag", "+theirs", "--all", "--yes")
    alone(copy)

    assert invoke("merge", "copy.json").code == 0
    assert len(ids(invoke, "tag:theirs")) == 10


def test_a_copy_alone_does_not_undo_what_it_has_not_seen(archive, copy, invoke):
    """It takes the previous revision for the common one only where the entries tell; else there is a conflict."""
    theirs(invoke, "tag", "+theirs", "--all", "--yes")
    alone(copy)
    invoke("edit", "3", "--set", "title=Ours")
    invoke("tag", "+ours", "id:3")

    result = invoke("merge", "copy.json")

    assert (result.code, "entry 3, title: 'Ours' here" in result.err) == (3, True)
    assert invoke("merge", "copy.json", "--ours").code == 0
    assert (fields(invoke, 3)["title"], len(ids(invoke, "tag:theirs"))) == ("Ours", 9)


def test_a_copy_alone_that_was_merged_before(archive, copy, invoke):
    """It calls a conflict what the entries of copies that have taken in each other's changes leave open."""
    theirs(invoke, "tag", "+theirs", "id:3")
    invoke("merge", "copy.json")
    theirs(invoke, "tag", "-theirs", "+other", "id:3")
    theirs(invoke, "tag", "+new", "id:4")
    alone(copy)

    result = invoke("merge", "copy.json")

    assert (result.code, "entry 3, tags: ['theirs'] here, ['other'] in the copy" in result.err) == (3, True)
    assert "entry 4" not in result.err
    assert invoke("merge", "copy.json", "--theirs").code == 0
    assert [fields(invoke, number)["tags"] for number in (3, 4)] == [["other"], ["new"]]


def test_the_previous_revision_alone_settles_only_what_it_can(archive, copy, invoke):
    """It takes no entry that was changed before the previous revision for one that the copy has seen."""
    invoke("edit", "3", "--set", "title=Ours")
    invoke("tag", "+ours", "id:4")
    theirs(invoke, "tag", "+theirs", "--all", "--yes")
    alone(copy)
    (archive.parent / ".newsarchive" / archive.name / "history.jsonl").unlink()

    result = invoke("merge", "copy.json")

    assert (result.code, "entry 3, title: 'Ours' here" in result.err) == (3, True)


def test_undo_brings_back_the_very_entries(archive, copy, invoke):
    """It leaves nothing of a merge that was taken back, the times of changes included."""
    invoke("tag", "+ours", "id:5")
    theirs(invoke, "tag", "+theirs", "id:5")
    theirs(invoke, "add", "--title", "New there")
    before = invoke("export").out

    assert invoke("merge", "copy.json").code == 0
    assert invoke("export").out != before
    assert invoke("undo").code == 0

    assert invoke("export").out == before


def test_one_id_of_two_entries(archive, copy, invoke):
    """It gives theirs a new id, says so, remembers it, and follows their relations."""
    invoke("add", "--title", "Ours")
    theirs(invoke, "add", "--title", "Theirs")

    result = invoke("merge", "copy.json")

    assert (result.code, result.out) == (0, "")
    assert "the copy's entry 11 becomes entry 12: both copies gave that id" in result.err
    assert [fields(invoke, n)["title"] for n in (11, 12)] == ["Ours", "Theirs"]
    assert fields(invoke, 12)["extra"] == {"former_ids": [11]}

    theirs(invoke, "edit", "11", "--set", "summary=Corrected there")
    assert invoke("merge", "copy.json").code == 0

    assert fields(invoke, 12)["summary"] == "Corrected there"
    assert ids(invoke) == [str(n) for n in range(1, 13)]


def test_a_merge_back_and_forth_ends_with_the_same_stories(archive, copy, invoke):
    """It knows entries with new ids again in the other direction, and adds none twice."""
    invoke("add", "--title", "Ours")
    theirs(invoke, "add", "--title", "Theirs")

    assert invoke("merge", "copy.json").code == 0
    theirs(invoke, "merge", str(archive))
    again = invoke("merge", "copy.json")

    assert (again.code, "nothing new" in again.err) == (0, True)
    sides = [json.loads(invoke("export", "-a", name).out) for name in (str(archive), "copy.json")]
    ours, others = [sorted(entry["title"] for entry in side) for side in sides]
    assert ours == others
    assert len(ours) == 12


def test_the_next_id_is_above_both(archive, copy, invoke):
    """It gives no id that either copy has given, though the entry is gone there."""
    theirs(invoke, "add", "--title", "One")
    theirs(invoke, "add", "--title", "Two")
    theirs(invoke, "remove", "11-12", "--yes")
    theirs(invoke, "tag", "+x", "id:1")

    assert invoke("merge", "copy.json").code == 0

    assert invoke("add", "--title", "Next").out == "13\n"


# --- conflicts --------------------------------------------------------------------------------------------


@pytest.fixture
def conflict(archive, copy, invoke):
    """Change one title in both copies, and more in each."""
    invoke("edit", "3", "--set", "title=Our title", "--set", "extra.page=1")
    theirs(
        invoke, "edit", "3", "--set", "title=Their title", "--set", "extra.page=2", "--set", "summary=There"
    )
    theirs(invoke, "tag", "+theirs", "id:5")
    return invoke


def test_conflicts_are_listed_with_both_values(conflict, archive):
    """It ends with 3, names the fields, what each copy has and what they began with, and writes nothing."""
    before = archive.read_bytes()

    result = conflict("merge", "copy.json")

    assert result.code == 3
    assert "2 fields were changed in both copies, so nothing was written" in result.err
    assert "entry 3, title: 'Our title' here, 'Their title' in the copy (was 'Gobi Bear" in result.err
    assert "entry 3, extra.page: " in result.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize(("option", "title"), [("--ours", "Our title"), ("--theirs", "Their title")])
def test_one_side_decides_conflicts_alone(conflict, option, title):
    """It settles the fields in conflict by that side, and takes the rest from both."""
    assert conflict("merge", "copy.json", option).code == 0

    entry = fields(conflict, 3)
    assert (entry["title"], entry["summary"]) == (title, "There")
    assert fields(conflict, 5)["tags"] == ["theirs"]


def test_conflicts_in_the_editor(conflict, terminal):
    """It opens the merged entries, what the copy has beside each field in conflict, and saves what is typed."""
    program = Path("editor.py")
    program.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text()\n"
        "pathlib.Path('shown').write_text(text)\n"
        "relation = 'relations: [{kind: follow-up, id: 7}]'\n"
        "path.write_text(text.replace('Our title', f'Our and their title\\n{relation}'))\n"
    )
    import sys

    result = terminal("merge", "copy.json", "--edit", env={"EDITOR": f"{sys.executable} {program.resolve()}"})

    assert result.code == 0, result
    assert '# title in the copy: "Their title"' in Path("shown").read_text()
    assert fields(conflict, 3)["title"] == "Our and their title"
    assert fields(conflict, 3)["summary"] == "There"
    assert fields(conflict, 7)["relations"] == [{"kind": "follow-up", "id": 3}]


def test_removed_here_and_changed_there(archive, copy, invoke):
    """It is a conflict; --theirs brings the changed entry, --ours leaves it removed."""
    invoke("remove", "4", "--yes")
    theirs(invoke, "edit", "4", "--set", "title=Changed there")

    result = invoke("merge", "copy.json")
    assert (result.code, "entry 4 was removed here and changed: title in the copy" in result.err) == (3, True)
    assert invoke("merge", "copy.json", "--theirs").code == 0
    assert fields(invoke, 4)["title"] == "Changed there"


# --- what they have in common -----------------------------------------------------------------------------


def test_one_id_and_one_second_of_two_entries(archive, copy, invoke):
    """It takes an entry for itself in another copy, though a third one had its id, given in the same second."""
    time.sleep(1 - time.time() % 1)  # a second begins
    invoke("add", "--title", "Ours")
    theirs(invoke, "add", "--title", "Theirs")
    assert invoke("merge", "copy.json").code == 0
    assert fields(invoke, 11)["added"] == fields(invoke, 12)["added"]
    for name in ("common.json", "another.json"):
        Path(name).write_bytes(archive.read_bytes())
    shutil.rmtree(".newsarchive")

    invoke("edit", "11", "--set", "title=Ours, corrected")
    invoke("edit", "11", "--set", "title=Ours, otherwise", "-a", "another.json")
    result = invoke("merge", "another.json", "--base", "common.json")

    assert result.code == 3
    assert "entry 11, title: 'Ours, corrected' here, 'Ours, otherwise' in the copy" in result.err
    assert ids(invoke) == [str(n) for n in range(1, 13)]


def test_a_base_can_be_named(archive, copy, invoke):
    """It takes the revision that --base names for the common one, where nothing else tells."""
    Path("common.json").write_bytes(archive.read_bytes())
    invoke("tag", "+ours", "id:5")
    theirs(invoke, "tag", "+theirs", "id:5")
    shutil.rmtree(".newsarchive")

    assert invoke("merge", "copy.json", "--base", "common.json").code == 0

    assert set(fields(invoke, 5)["tags"]) == {"ours", "theirs"}


def test_without_a_base_every_difference_is_a_conflict(archive, copy, invoke):
    """It says so, removes nothing, and adds what is only there."""
    invoke("edit", "3", "--set", "title=Ours")
    theirs(invoke, "remove", "6", "--yes")
    theirs(invoke, "add", "--title", "New there")
    shutil.rmtree(".newsarchive")

    result = invoke("merge", "copy.json")
    assert result.code == 3
    assert "cannot be told" in result.err
    assert "--base FILE" in result.err
    assert "entry 3, title: 'Ours' here, 'Gobi Bear" in result.err

    assert invoke("merge", "copy.json", "--ours").code == 0
    assert ids(invoke) == [str(n) for n in range(1, 12)]


def test_the_previous_revision_is_tried(archive, copy, invoke):
    """It takes the previous revision for the common one where the history is gone and that fits."""
    invoke("tag", "+ours", "id:5")
    theirs(invoke, "tag", "+theirs", "id:4")
    alone(copy)
    (archive.parent / ".newsarchive" / "archive.json" / "history.jsonl").unlink()

    assert invoke("merge", "copy.json").code == 0

    assert (fields(invoke, 5)["tags"], fields(invoke, 4)["tags"]) == (["ours"], ["theirs"])


def test_an_edit_by_hand_is_a_change_like_any(archive, copy, invoke):
    """It keeps what was edited by hand here, and takes what was edited by hand there."""
    archive.write_text(archive.read_text().replace("Midterm Review", "Our review"))
    copy.write_text(copy.read_text().replace("Snow Leopards", "Irbises"))

    assert invoke("merge", "copy.json").code == 0

    assert fields(invoke, 7)["title"].startswith("Our review")
    assert "Irbises" in fields(invoke, 9)["title"]


def test_a_copy_that_has_nothing_new(archive, copy, invoke):
    """It says so for an older state of the archive, and writes nothing."""
    invoke("tag", "+ours", "id:5")
    before = archive.read_bytes()

    result = invoke("merge", "copy.json")

    assert (result.code, "nothing new" in result.err) == (0, True)
    assert archive.read_bytes() == before


# --- what is no copy --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("title,date\n", "not JSON"),
        ("[]", "not an archive"),
        ('{"_default": {}}', "TinyDB file of another program"),
        (None, "it is not there"),
    ],
)
def test_what_is_no_archive(archive, invoke, content, told):
    """It ends with 4 and writes nothing."""
    before = archive.read_bytes()
    if content is not None:
        Path("other.json").write_text(content)

    result = invoke("merge", "other.json")

    assert (result.code, told in result.err) == (4, True), result.err
    assert archive.read_bytes() == before


def test_an_archive_of_something_else(archive, invoke):
    """It refuses an archive that has no entry in common with this one."""
    invoke("add", "--title", "Another", "-a", "other.json")

    result = invoke("merge", "other.json")

    assert result.code == 4
    assert "no entry in common" in result.err
    assert "newsarchive import" in result.err


def test_import_of_a_copy_names_merge(archive, copy, invoke):
    """It points at `merge` where a copy of the archive is imported to update it."""
    theirs(invoke, "tag", "+theirs", "id:4")

    assert "`newsarchive merge copy.json`" in invoke("import", "copy.json", "--on-duplicate", "update").err


def test_a_merge_made_again_gives_the_ids_that_it_gave(archive, copy, invoke):
    """It knows what came with a merge that was taken back: bringing that one back adds no story a second time."""
    invoke("add", "--title", "Ours")
    theirs(invoke, "add", "--title", "Theirs")
    invoke("merge", "copy.json")
    invoke("undo", "--yes")

    assert "entry 11 becomes entry 12" in invoke("merge", "copy.json").err
    assert invoke("undo", "3", "--yes").code == 1
    assert ids(invoke) == [*map(str, range(1, 13))]
    assert fields(invoke, 12)["title"] == "Theirs"


def test_an_id_of_a_removed_entry_is_given_to_no_other(archive, copy, invoke):
    """It tells a story that was removed here from the copy's, which has the same id there."""
    invoke("add", "--title", "Ours")
    Path("earlier.json").write_bytes(archive.read_bytes())
    invoke("remove", "11", "--yes")
    theirs(invoke, "add", "--title", "Theirs")
    invoke("merge", "copy.json")
    theirs(invoke, "merge", "earlier.json")
    assert fields(invoke, 12)["title"] == "Theirs"
    assert fields(invoke, 12, "-a", "copy.json")["title"] == "Ours"

    invoke("remove", "12", "--yes")
    again = invoke("merge", "copy.json")

    assert (again.code, ids(invoke)) == (0, [*map(str, range(1, 11))]), again


def test_an_id_of_a_dropped_revision_is_given_to_no_other(archive, copy, invoke):
    """It gives the copy's entry a new id where a revision that a backup replaced has given that one."""
    shutil.copy2(archive, "backup.json")
    invoke("add", "--title", "Dropped")
    shutil.copy2("backup.json", archive)
    theirs(invoke, "add", "--title", "Theirs")

    result = invoke("merge", "copy.json")

    assert "entry 11 becomes entry 12" in result.err
    assert fields(invoke, 12)["title"] == "Theirs"


def test_what_was_undone_in_the_copy_is_undone_here(archive, copy, invoke):
    """It knows the copy's revision from one of ours that has the same number and the same entries."""
    for number in "123":
        invoke("tag", "+ours", f"id:{number}")
    theirs(invoke, "merge", str(archive))
    theirs(invoke, "tag", "+theirs", "id:5")
    invoke("merge", "copy.json")
    assert fields(invoke, 5)["tags"] == ["theirs"]
    theirs(invoke, "undo", "--yes")

    assert invoke("merge", "copy.json").code == 0
    assert fields(invoke, 5)["tags"] == []


def test_a_merged_entry_is_newer_than_the_copy_s(archive, copy, invoke):
    """It takes no entry of the copy for the one that came of both: importing the copy leaves what was ours."""
    theirs(invoke, "tag", "+theirs", "id:5")
    invoke("tag", "+ours", "id:5")
    lines = copy.read_text().splitlines()
    [place] = [n for n, line in enumerate(lines) if line.startswith('"5":')]
    lines[place] = re.sub(r'"modified":"[^"]+"', '"modified":"2030-01-01T00:00:00Z"', lines[place])
    copy.write_text("\n".join(lines))
    assert invoke("merge", "copy.json").code == 0

    result = invoke("import", "copy.json", "--on-duplicate", "update")

    assert "entry 5 was changed after this was written" in result.err
    assert fields(invoke, 5)["tags"] == ["theirs", "ours"]
