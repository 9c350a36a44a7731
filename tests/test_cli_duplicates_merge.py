"""`duplicates dismiss` and `merge`: verdicts that are kept, undone, and carried along."""

from __future__ import annotations

import json

import pytest
from merging import entries_in

TITLE = "Saiga survey begins"


@pytest.fixture
def twins(archive, invoke):
    """Add two entries of one story: 11 has a summary, 12 an address and other tags."""
    for words in (
        ["--summary", "From the air.", "--tag", "press"],
        ["--url", "https://cms.int/saiga", "--tag", "species/saiga", "--tag", "press"],
    ):
        assert invoke("add", "--title", TITLE, "--date", "2021-03-01", *words, "-q").code == 0
    return 11, 12


@pytest.fixture
def entry(invoke):
    """Return what `show` prints of an entry."""
    return lambda entry_id: json.loads(invoke("show", str(entry_id), "--json", "-q").out)[0]


def pairs(invoke):
    return json.loads(invoke("duplicates", "--json").out)


def test_dismiss(twins, invoke, entry):
    """It lists a pair no more after it was dismissed, keeps that in both, and lists it again after undo."""
    result = invoke("duplicates", "dismiss", "12", "11")

    assert result.code == 0
    assert pairs(invoke) == []
    assert entry(11)["relations"] == [{"kind": "different-story", "id": 12}]
    assert entry(12)["relations"] == [{"kind": "different-story", "id": 11}]
    assert invoke("check", "--only", "one-sided-relation").code == 0

    assert invoke("undo").code == 0
    assert len(pairs(invoke)) == 1


def test_dismissed_in_another_archive(twins, invoke, alone):
    """It follows the entries into an archive where they get other ids."""
    invoke("duplicates", "dismiss", "11", "12")
    assert invoke("export", "--id", "11,12", "-o", "two.json").code == 0
    invoke("add", "-a", "other.json", "--title", "Something else")
    assert invoke("import", "-a", "other.json", "two.json", "--on-duplicate", "keep").code == 0

    assert json.loads(invoke("duplicates", "-a", "other.json", "--json").out) == []
    shown = json.loads(invoke("show", "-a", "other.json", "2", "--json").out)
    assert shown[0]["relations"] == [{"kind": "different-story", "id": 3}]


def test_merge(twins, archive, invoke, entry):
    """It unites tags and missing fields, keeps the other's id as another name, and undo brings both back."""
    before = entries_in(archive)
    result = invoke("duplicates", "merge", "11", "12", "--yes")

    assert result.code == 0
    assert "Merged 12 into 11" in result.err
    kept = entry(11)
    assert (kept["summary"], kept["url"]) == ("From the air.", "https://cms.int/saiga")
    assert kept["tags"] == ["press", "species/saiga"]
    assert "12" not in entries_in(archive)

    shown = invoke("show", "12", "--json")
    assert json.loads(shown.out)[0]["id"] == 11
    assert "12 was merged into 11" in shown.err
    assert json.loads(invoke("list", "--id", "12", "--json").out)[0]["id"] == 11
    assert invoke("check", "--only", "dangling-relation").code == 0

    assert invoke("undo").code == 0
    assert entries_in(archive) == before


def test_merged_twice(twins, archive, invoke):
    """It finds what was merged into an entry that was merged itself."""
    invoke("duplicates", "merge", "11", "12", "--yes")
    invoke("duplicates", "merge", "1", "11", "--yes")

    assert [json.loads(invoke("show", gone, "--json").out)[0]["id"] for gone in ("11", "12")] == [1, 1]


def test_related_entries_follow(twins, invoke, entry):
    """It leads relations of third entries to the entry that stays."""
    invoke("duplicates", "dismiss", "3", "12")
    assert invoke("duplicates", "merge", "11", "12", "--yes").code == 0

    assert entry(3)["relations"] == [{"kind": "different-story", "id": 11}]
    assert {"kind": "different-story", "id": 3} in entry(11)["relations"]


def test_remove_does_not_follow(twins, archive, invoke):
    """It never removes an entry by the id of one that was merged into it."""
    invoke("duplicates", "merge", "11", "12", "--yes")
    result = invoke("remove", "12", "--yes")

    assert result.code == 1
    assert "11" in entries_in(archive)


def test_what_goes_is_named(twins, archive, invoke):
    """It shows the plan field by field, names what the others have otherwise, and writes nothing in a dry run."""
    before = archive.read_bytes()
    result = invoke("duplicates", "merge", "1", "12", "--dry-run")

    assert result.code == 0
    assert "https://cms.int/saiga" in result.out
    assert "entry 1 keeps its own title and date" in result.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["merge", "11", "11", "--yes"], 2),
        (["merge", "11-12", "3", "--yes"], 2),
        (["merge", "11", "99", "--yes"], 1),
        (["merge", "11", "12"], 2),
        (["dismiss", "11", "11"], 2),
        (["dismiss", "saiga", "11"], 2),
    ],
)
def test_refused(twins, archive, invoke, words, code):
    """It writes nothing without two different entries that are there, nor unasked off a terminal."""
    before = archive.read_bytes()

    assert invoke("duplicates", *words).code == code
    assert archive.read_bytes() == before


def test_what_follows_the_id_of_a_merged_entry(twins, archive, invoke, entry):
    """It opens, relates and edits the entry that is kept, by the other's id, and says so."""
    invoke("duplicates", "merge", "9", "12", "--yes")

    related = invoke("relations", "add", "12", "3", "--as", "follow-up")

    assert "note: 12 was merged into 9" in related.err
    assert {"kind": "follow-up", "id": 9} in entry(3)["relations"]
    assert invoke("relations", "remove", "3", "12").code == 0
    assert entry(3)["relations"] == []
    assert invoke("edit", "12", "--set", "summary=Both").code == 0
    assert entry(9)["summary"] == "Both"
    invoke("edit", "12", "--unset", "url")
    opened = invoke("open", "12")
    assert (opened.code, "entry 9 has no address" in opened.err) == (1, True)


def test_redirects_of_an_archive_with_an_index(large, invoke):
    """It finds merged entries by their ids in an archive that has an index, also after a second merge and undo."""
    invoke("search", "saiga", "-q")
    invoke("duplicates", "merge", "300", "41", "--yes")
    invoke("duplicates", "merge", "7", "300", "--yes")

    for words in (["show", "41"], ["show", "300"], ["list", "--id", "41"], ["export", "--id", "300"]):
        result = invoke(*words, *(["--json"] if words[0] != "export" else []))
        assert [one["id"] for one in json.loads(result.out)] == [7], result.err
        assert "was merged into 7" in result.err
    assert invoke("tag", "+both", "--id", "41").code == 0
    assert invoke("list", "tag:both", "--format", "ids").out == "7\n"
    assert invoke("list", "--id", "40-42", "--format", "ids", "--sort", "id").out == "40\n42\n"

    assert invoke("undo", "3").code == 0
    assert json.loads(invoke("show", "41", "--json").out)[0]["id"] == 300
