"""The five commands on the ten real stories, as a member of staff would try them first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LISTING = Path(__file__).parent / "data" / "cami-news-listing.txt"

KEYS = [
    "id",
    "title",
    "date",
    "summary",
    "body",
    "url",
    "source",
    "languages",
    "tags",
    "relations",
    "added",
    "modified",
    "extra",
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("snow lepard", "Saving Snow Leopards from the Brink of Extinction"),
        ("Межнев", "In memoriam – Anton Mezhnev"),
        ("mejnev", "In memoriam – Anton Mezhnev"),
        ("lkhagvasurn", "In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)"),
        ("лхагвасурэн", "In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)"),
        ("trophy huntng", "The Argali Sheep – Trophy Hunting as a Potential Conservation Measure?"),
        (
            "afganistan tadjikistan",
            "Press Release: Afghanistan and Tajikistan Step Up Environmental Cooperation",
        ),
        ("przewalsky horse", "Addition of Three Species proposed by Mongolia to the Appendices of CMS"),
        ("gobi bare", "Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection"),
    ],
)
def test_search_puts_the_right_story_first(archive, invoke, query, first):
    """It finds the story in spite of a slip or another script, in one argument or several."""
    together = invoke("search", query, "--json")
    apart = invoke("search", *query.split(), "--json")

    assert json.loads(together.out)[0]["title"] == first
    assert apart == together


def test_search_for_what_is_not_there(archive, invoke):
    """It says so on stderr, and that is no failure."""
    result = invoke("search", "zzqx")

    assert (result.code, result.out, result.err) == (0, "", "nothing matches 'zzqx'\n")


def test_search_for_what_is_not_there_as_json(archive, invoke):
    """It prints an empty array for a program."""
    result = invoke("search", "zzqx", "--json")

    assert (result.code, result.out) == (0, "[]\n")


def test_json_holds_every_key(archive, invoke):
    """It prints every field of every entry in the order of the contract, whether there is something in it."""
    result = invoke("list", "date:2018..2019", "--json")

    entries = json.loads(result.out)
    assert [entry["id"] for entry in entries] == [4, 5, 6, 7]
    assert [list(entry) for entry in entries] == [KEYS] * 4


def test_json_tells_what_is_known_of_a_story(archive, invoke):
    """It prints the values of the page, and null, [] and {} for what the page does not say."""
    [entry] = json.loads(invoke("show", "9", "--json").out)

    assert entry["title"] == "Saving Snow Leopards from the Brink of Extinction"
    assert entry["date"] == "2017-02-06"
    assert entry["summary"].startswith("In the Hollywood blockbuster The Secret Life of Walter Mitty (2013)")
    assert entry["summary"].endswith("«призрачной кошки».")
    assert entry["source"] == "cami-news-listing.txt"
    assert entry["languages"] == ["en", "ru"]
    assert (entry["body"], entry["url"]) == (None, None)
    assert (entry["tags"], entry["relations"], entry["extra"]) == ([], [], {})


def test_export_into_a_new_archive_is_the_identity(archive, invoke):
    """It brings every entry back as it was, the ids and times too."""
    invoke("tag", "+saiga", "+press/release", "saiga")
    invoke("remove", "2", "--yes")
    exported = invoke("export").out

    imported = invoke("import", "-", "-a", "copy.json", stdin=exported)

    assert imported.code == 0
    assert invoke("export", "-a", "copy.json").out == exported
    assert [entry["id"] for entry in json.loads(exported)] == [1, 3, 4, 5, 6, 7, 8, 9, 10]


def test_importing_the_page_again_changes_nothing(archive, invoke):
    """It recognises all ten stories, says so and writes nothing."""
    before = archive.read_bytes()

    result = invoke("import", str(LISTING))

    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "Added 0, skipped 10 of 10 items that are there already "
        "(--on-duplicate update takes what changed); nothing was changed\n"
    )
    assert archive.read_bytes() == before


def test_undo_of_tagging(archive, invoke):
    """It makes the entries equal to the byte, the time of their last change too."""
    before = entries_of(archive)

    tagged = invoke("tag", "+press-release", 'title:"press release"')
    while_tagged = invoke("list", "tag:press-release", "--format", "ids").out
    undone = invoke("undo")

    assert tagged.err == "Tagged 1 of 1 entry (operation 2). Undo: newsarchive undo 2\n"
    assert while_tagged == "2\n"
    assert undone.code == 0
    assert entries_of(archive) == before


def test_minus_before_the_query_of_tag_removes_a_tag(archive, invoke):
    """It takes `-news` for a tag to remove where it stands before the query."""
    invoke("tag", "+news", "saiga")
    assert invoke("list", "tag:news", "--format", "ids").out == "1\n"

    result = invoke("tag", "-news", "saiga")

    assert result.code == 0
    assert invoke("list", "tag:news", "--format", "ids").out == ""


def test_minus_after_the_first_word_negates(archive, invoke):
    """It takes `-memoriam` for a negation in list, and in tag behind the first word of the query."""
    assert invoke("list", "saiga", "-memoriam", "--format", "ids").out == ""
    assert invoke("list", "memoriam", "-saiga", "--format", "ids").out == "5\n"

    result = invoke("tag", "+obituary", "memoriam", "-saiga")

    assert result.code == 0
    assert invoke("list", "tag:obituary", "--format", "ids").out == "5\n"


def test_tag_without_a_selection(archive, invoke):
    """It refuses to guess that every entry is meant."""
    before = archive.read_bytes()

    result = invoke("tag", "+x")

    assert (result.code, result.out) == (2, "")
    assert result.err == "newsarchive: `tag` needs a query, --id or --ids-from; --all means every entry\n"
    assert archive.read_bytes() == before


def test_tag_of_what_is_not_there(archive, invoke):
    """It says that nothing matched, and writes nothing."""
    before = archive.read_bytes()

    result = invoke("tag", "+x", "zzqx")

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("newsarchive: nothing matches 'zzqx', so nothing was changed\n  ")
    assert archive.read_bytes() == before


def test_ids_of_a_search_can_be_tagged(archive, invoke):
    """It hands what a search found to tag through a pipe."""
    found = invoke("search", "snow lepard", "--limit", "1", "--format", "ids").out

    result = invoke("tag", "+species/snow-leopard", "--ids-from", "-", stdin=found)

    assert result.code == 0
    assert invoke("list", "tag:species/*", "--format", "ids").out == "9\n"


def entries_of(archive: Path) -> bytes:
    """Return the lines of the entries, without the tables beside them."""
    return b"".join(line for line in archive.read_bytes().splitlines(True) if b'"title":' in line)
