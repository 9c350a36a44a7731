"""The archive at the repository's root is what the program makes of the CAMI news page, untouched by hand."""

from pathlib import Path

from newsarchive.archive import Archive
from newsarchive.formats.base import Source
from newsarchive.formats.registry import reader
from newsarchive.planning.importing import plan_import

ROOT = Path(__file__).parent.parent
LISTING = ROOT / "tests" / "data" / "cami-news-listing.txt"


def test_importing_the_listing_again_makes_equal_entries(tmp_path):
    """It is the listing, imported: with the same clock the entries are equal in every field."""
    kept = Archive(ROOT / "archive.json")
    then = kept.entries[0].added
    items = reader("listing").read(Source("cami-news-listing.txt", LISTING))

    plan = plan_import(items, [], on_duplicate="skip", now=then, keep_ids=True, next_id=1)
    fresh = Archive(tmp_path / "archive.json", clock=lambda: then)
    fresh.commit(plan.changes)

    assert fresh.entries == kept.entries
    assert not kept.snapshot.edited_by_hand


def test_the_stories_are_the_ten_of_the_page():
    """It holds ten stories, complete, with their dates and languages."""
    entries = Archive(ROOT / "archive.json").entries

    assert [str(entry.date) for entry in entries] == [
        "2021-01-29",
        "2020-10-07",
        "2020-02-14",
        "2019-10-09",
        "2019-08-07",
        "2018-11-02",
        "2018-04-27",
        "2017-12-12",
        "2017-02-06",
        "2016-11-14",
    ]
    assert [entry.languages for entry in entries] == [("en",)] * 8 + [("en", "ru"), ("en",)]
    assert entries[0].title == "In memoriam – Anton Mezhnev"
    assert entries[2].summary.endswith("are set to join other")
    assert entries[8].summary.count("\n") == 1
    assert entries[9].summary.endswith("with trophy hunting as a potential conservation measure.")
