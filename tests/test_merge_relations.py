"""Relations when two copies of an archive are merged: in both entries or in none, and none to what is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from merging import fields, theirs


def ties(invoke, *options):
    entries = json.loads(invoke("list", "--json", *options).out)
    return {(one["id"], tie["kind"], tie["id"]) for one in entries for tie in one["relations"]}


def test_a_relation_to_what_the_copy_removed_goes_with_it(archive, copy, invoke):
    """It leaves no relation to an entry that is gone, and both of them where the entry stays."""
    invoke("relations", "add", "3", "7", "--as", "translation")
    theirs(invoke, "remove", "7", "--yes")

    assert invoke("merge", "copy.json", "--theirs").code == 0
    assert ties(invoke) == set()
    invoke("undo", "--yes")
    assert ties(invoke) == {(3, "translation", 7), (7, "translation", 3)}


@pytest.mark.parametrize(("option", "stays"), [("--ours", True), ("--theirs", False)])
def test_related_entries_of_which_the_copy_removed_one(archive, copy, invoke, option, stays):
    """It keeps a relation in both entries or in none, whichever copy decides the conflict."""
    invoke("relations", "add", "3", "7", "--as", "follow-up")
    theirs(invoke, "merge", "archive.json")
    theirs(invoke, "remove", "7", "--yes")
    invoke("edit", "7", "--set", "summary=New")

    assert invoke("merge", "copy.json").code == 3
    assert invoke("merge", "copy.json", option).code == 0
    both = {(3, "follow-up", 7), (7, "follow-up", 3)}
    assert ties(invoke) == (both if stays else set())


def test_a_half_relation_stays_as_it_is(archive, copy, invoke):
    """It mends no relation that one copy's entries have by halves: `check` names those."""
    theirs(invoke, "relations", "add", "3", "7", "--as", "translation")
    text = Path("copy.json").read_text()
    Path("copy.json").write_text(
        text.replace('"relations":[{"kind":"translation","id":3}]', '"relations":[]')
    )

    assert invoke("merge", "copy.json").code == 0
    assert ties(invoke) == {(3, "translation", 7)}


def test_an_undo_that_leaves_conflicts_leaves_no_relation_to_nothing(archive, invoke):
    """It brings an entry back without its relation to one that was removed since."""
    invoke("relations", "add", "3", "7", "--as", "translation")
    invoke("remove", "7", "--yes")
    invoke("remove", "3", "--yes")

    assert invoke("undo", "3", "--skip-conflicts", "--yes").code == 0
    assert fields(invoke, 7)["relations"] == []


def test_a_story_united_in_the_copy_alone_takes_no_id_of_ours(archive, copy, invoke):
    """It follows no relation to an entry that was only ever in the copy where that id is another one's here."""
    theirs(invoke, "add", "--title", "Once more")
    theirs(invoke, "duplicates", "merge", "3", "11", "--yes")
    invoke("add", "--title", "Ours")

    assert invoke("merge", "copy.json").code == 0
    assert fields(invoke, 3)["relations"] == []
    assert fields(invoke, 11)["title"] == "Ours"


def test_stories_united_in_the_copy(archive, copy, invoke):
    """It keeps the relation to the entry that was united, by which that is found here, too."""
    theirs(invoke, "duplicates", "merge", "3", "7", "--yes")
    theirs(invoke, "add", "--title", "Once more")
    theirs(invoke, "duplicates", "merge", "4", "11", "--yes")
    invoke("tag", "+ours", "id:3")

    assert invoke("merge", "copy.json").code == 0
    assert fields(invoke, 7)["id"] == 3
    assert fields(invoke, 11)["id"] == 4
    assert invoke("add", "--title", "Ours").out.split()[0] == "12"


def test_a_story_united_in_the_copy_is_known_there_after_merges_both_ways(archive, copy, invoke):
    """It takes the relation that it could not follow here from nobody."""
    theirs(invoke, "add", "--title", "Once more")
    theirs(invoke, "duplicates", "merge", "3", "11", "--yes")
    invoke("add", "--title", "Ours")
    invoke("merge", "copy.json")

    theirs(invoke, "merge", "archive.json")

    assert ties(invoke) == set()
    assert ties(invoke, "-a", "copy.json") == {(3, "replaces", 11)}
