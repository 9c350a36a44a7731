"""`relations`: ties that both entries have, that are undone, and that go when an entry goes."""

from __future__ import annotations

import json

import pytest
from merging import entries_in


@pytest.fixture
def relations(invoke):
    """Return what `show` prints of an entry's relations, as pairs of kind and id."""

    def of(entry_id):
        shown = json.loads(invoke("show", str(entry_id), "--json").out)[0]
        return [(one["kind"], one["id"]) for one in shown["relations"]]

    return of


def test_add(archive, invoke, relations):
    """It keeps a relation in both entries, once, and undo leaves the entries as they were."""
    before = entries_in(archive)
    result = invoke("relations", "add", "3", "4", "--as", "follow-up")

    assert (result.code, result.out) == (0, "")
    assert "Related 3 and 4 as follow-up (operation 2)" in result.err
    assert (relations(3), relations(4)) == ([("follow-up", 4)], [("follow-up", 3)])
    assert invoke("check", "--only", "one-sided-relation,dangling-relation").code == 0

    again = invoke("relations", "add", "4", "3", "--as", "follow-up")
    assert (again.code, "nothing was changed" in again.err) == (0, True)

    assert invoke("undo").code == 0
    assert entries_in(archive) == before


def test_add_several(archive, invoke, relations):
    """It relates all that are named to each other, and says where two translations are in one language."""
    result = invoke("relations", "add", "1", "2", "9", "--as", "translation")

    assert relations(2) == [("translation", 1), ("translation", 9)]
    assert "note: 1 and 2 are both in en" in result.err
    assert [one["id"] for one in json.loads(invoke("list", "is:translated", "--json").out)] == [1, 2, 9]
    assert invoke("list", "is:untranslated", "--format", "ids").out == "3\n4\n5\n6\n7\n8\n10\n"


def test_translations_of_a_translation(archive, invoke):
    """It names the command that relates the other translations too, and does so itself only when told."""
    invoke("relations", "add", "1", "2", "--as", "translation")

    result = invoke("relations", "add", "2", "9", "--as", "translation")

    assert "`newsarchive relations add 1 2 9 --as translation` relates them all" in result.err
    assert "other translations" not in invoke("relations", "add", "1", "2", "9", "--as", "translation").err


def test_remove(archive, invoke, relations):
    """It takes all kinds away from both, or the one that is named, and leaves what others have."""
    invoke("relations", "add", "3", "4", "8", "--as", "same-story")
    invoke("relations", "add", "3", "4", "--as", "follow-up")

    assert invoke("relations", "remove", "3", "4", "--as", "follow-up").code == 0
    assert relations(3) == [("same-story", 4), ("same-story", 8)]
    assert invoke("relations", "remove", "3", "4").code == 0
    assert (relations(3), relations(4)) == ([("same-story", 8)], [("same-story", 8)])
    nothing = invoke("relations", "remove", "3", "4")
    assert (nothing.code, nothing.err) == (0, "3 and 4 are not related; nothing was changed\n")


def test_a_verdict_is_taken_back_by_name(archive, invoke, relations):
    """It leaves the verdict of `duplicates dismiss` unless that is named, and lists it only then."""
    invoke("duplicates", "dismiss", "3", "4")

    invoke("relations", "remove", "3", "4")
    assert relations(3) == [("different-story", 4)]
    assert json.loads(invoke("relations", "--json").out) == []
    assert len(json.loads(invoke("relations", "--as", "different-story", "--json").out)) == 1
    assert invoke("list", "is:translated", "--format", "ids").out == ""

    invoke("relations", "remove", "3", "4", "--as", "different-story")
    assert (relations(3), relations(4)) == ([], [])


def test_list(archive, invoke):
    """It lists each pair once, in full, by a query or by ids."""
    invoke("relations", "add", "9", "4", "--as", "same-story")
    invoke("relations", "add", "1", "2", "--as", "follow-up")

    assert json.loads(invoke("relations", "9", "--json").out) == [
        {
            "id": 4,
            "kind": "same-story",
            "other": 9,
            "titles": [
                "Gobi Bear, Persian Leopard and Other Central Asian Mammals to Receive Greater Protection",
                "Saving Snow Leopards from the Brink of Extinction",
            ],
            "languages": [["en"], ["en", "ru"]],
            "mutual": True,
        }
    ]
    assert len(json.loads(invoke("relations", "--json").out)) == 2
    assert [one["id"] for one in json.loads(invoke("relations", "list", "mezhnev", "--json").out)] == [1]
    table = invoke("relations", "list", "--as", "follow-up")
    assert "In memoriam – Anton Mezhnev" in table.out
    assert (table.err, table.code) == ("1 relation\n", 0)


def test_show(archive, invoke):
    """It shows what an entry is related to by id and title."""
    invoke("relations", "add", "3", "9", "--as", "translation")

    assert "\ntranslation: 9  Saving Snow Leopards from the Brink of Extinction\n" in invoke("show", "3").out


def test_removed_entry(archive, invoke, relations):
    """It takes a removed entry out of the relations of others, in one operation that undo takes back."""
    invoke("relations", "add", "3", "4", "9", "--as", "same-story")
    invoke("duplicates", "dismiss", "1", "9")
    before = entries_in(archive)

    plan = json.loads(invoke("remove", "9", "--dry-run", "--json").out)
    assert [(one["id"], one["kind"]) for one in plan] == [
        (9, "remove"),
        (1, "change"),
        (3, "change"),
        (4, "change"),
    ]
    result = invoke("remove", "9", "--yes")
    assert "Removed 1 entry; 3 entries lost a relation" in result.err
    assert (relations(1), relations(3)) == ([], [("same-story", 4)])
    assert invoke("check", "--only", "dangling-relation").code == 0

    assert invoke("undo").code == 0
    assert entries_in(archive) == before


def test_undone_addition(archive, invoke, relations):
    """It leaves no relation to an entry whose addition is taken back, and redo brings both back."""
    invoke("add", "--title", "Спасение снежных барсов")
    invoke("relations", "add", "9", "11", "--as", "translation")
    before = entries_in(archive)

    assert invoke("undo", "2").code == 0
    assert relations(9) == []
    assert invoke("undo", "4").code == 0
    assert entries_in(archive) == before


def test_related_entries_are_no_duplicates(archive, invoke):
    """It lists two entries no more that somebody has related and so knows to be two."""
    for _ in range(2):
        invoke("add", "--title", "Saiga survey begins", "--date", "2021-03-01")
    assert len(json.loads(invoke("duplicates", "--json").out)) == 1

    invoke("relations", "add", "11", "12", "--as", "same-story")

    assert json.loads(invoke("duplicates", "--json").out) == []


def test_lines(archive, invoke, relations):
    """It takes lines of a file, comments and all, as one operation."""
    lines = "# found today\ntranslation 1 2   # why\n\n  same-story 3 4 8\n"

    result = invoke("relations", "add", "--from", "-", stdin=lines)

    assert "Related 5 entries by 2 lines (operation 2)" in result.err
    assert (relations(1), relations(8)) == ([("translation", 2)], [("same-story", 3), ("same-story", 4)])


def test_faults_in_lines(archive, invoke, relations):
    """It names every fault and its place and writes nothing, unless it is told to go on."""
    before = archive.read_bytes()
    lines = "translation 1 2\nsequel 1 2\nfollow-up 3\n same-story 1 99\ndifferent-story 1 2\n"

    result = invoke("relations", "add", "--from", "-", stdin=lines)

    assert result.code == 2
    places = [line.split(": ")[0].strip() for line in result.err.splitlines()[1:]]
    assert places == [f"standard input:{place}" for place in ("2:1", "3:1", "4:2", "5:1")]
    assert archive.read_bytes() == before

    assert invoke("relations", "add", "--from", "-", "--keep-going", stdin=lines).code == 6
    assert relations(1) == [("translation", 2)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add", "3", "4"], 2),
        (["add", "3", "4", "--as", "sequel"], 2),
        (["add", "3", "4", "--as", "different-story"], 2),
        (["add", "3", "4", "--as", "replaces"], 2),
        (["add", "3", "3", "--as", "follow-up"], 2),
        (["add", "--as", "follow-up"], 2),
        (["add", "3", "99", "--as", "follow-up"], 1),
        (["add", "3", "4", "--from", "-"], 2),
        (["add", "--from", "nowhere.txt"], 4),
        (["remove", "3"], 2),
        (["remove", "3", "99"], 1),
        (["list", "99"], 1),
        (["list", "--as", "sequel"], 2),
    ],
)
def test_refused(archive, invoke, words, code):
    """It writes nothing without two different entries that are there and a kind of relation that a person gives."""
    before = archive.read_bytes()

    assert invoke("relations", *words).code == code
    assert archive.read_bytes() == before
