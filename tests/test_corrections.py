"""Corrections come home: rows that this archive has written change the very entries they were written from."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from merging import fields, ids


def correct(path, change):
    """Change the rows of a table as a spreadsheet does."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    change({row["id"]: row for row in rows})
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def table(archive, invoke):
    """Export the archive as a table."""
    assert invoke("export", "-o", "a.csv").code == 0
    return Path("a.csv")


def test_a_corrected_title_and_date_change_the_entry(table, invoke):
    """It finds the entry by its id and the instant it was added, whatever else was corrected; undo takes it back."""
    before = invoke("export").out

    def change(rows):
        rows["3"].update(title="Another title", date="2020-02")
        rows["5"].update(url="https://example.org/5")

    correct(table, change)
    result = invoke("import", "a.csv", "--on-duplicate", "update")

    assert (result.code, "Added 0, updated 2, unchanged 8 of 10 items" in result.err) == (0, True)
    assert (fields(invoke, 3)["title"], fields(invoke, 3)["date"]) == ("Another title", "2020-02")
    assert fields(invoke, 5)["url"] == "https://example.org/5"
    assert ids(invoke) == [str(n) for n in range(1, 11)]
    assert "updated 0" not in invoke("import", "a.csv", "--on-duplicate", "update").err
    assert invoke("undo").code == 0
    assert invoke("export").out == before


@pytest.mark.parametrize(
    ("row", "written", "after"),
    [
        ("3", "", {3: [], 4: [], 8: []}),
        ("8", '[{"kind":"translation","id":4}]', {3: [4], 4: [3, 8], 8: [4]}),
    ],
)
def test_a_corrected_relation_changes_both_entries(archive, invoke, row, written, after):
    """It takes the relation out of the other entry, whose row still has it, or brings it there."""
    invoke("relations", "add", "3", "4", "--as", "follow-up")
    assert invoke("export", "-o", "a.csv").code == 0

    correct(Path("a.csv"), lambda rows: rows[row].update(relations=written))
    result = invoke("import", "a.csv", "--on-duplicate", "update")

    assert (result.code, "updated 1, unchanged 9 of 10 items" in result.err) == (0, True)
    assert {n: sorted(one["id"] for one in fields(invoke, n)["relations"]) for n in after} == after
    invoke("undo")
    assert [one["id"] for one in fields(invoke, 4)["relations"]] == [3]


@pytest.mark.parametrize(
    "form", ["%d.%m.%Y %H:%M:%S", "%m/%d/%y %I:%M:%S %p", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
)
def test_a_spreadsheet_may_write_the_times_anew(table, invoke, form):
    """It knows the row of an entry by a time that a spreadsheet has written in its own way, without seconds too."""

    def change(rows):
        for row in rows.values():
            for name in ("added", "modified"):
                row[name] = datetime.fromisoformat(row[name]).strftime(form)
        rows["3"].update(title="Another title")

    correct(table, change)
    result = invoke("import", "a.csv", "--on-duplicate", "update")

    assert (result.code, "Added 0, updated 1, unchanged 9 of 10 items" in result.err) == (0, True), result
    assert (fields(invoke, 3)["title"], fields(invoke, 3)["extra"]) == ("Another title", {})


def test_a_time_written_anew_tells_what_was_changed_since(table, invoke):
    """It leaves an entry that was changed after its row was written, and adds no second one."""

    def change(rows):
        for name in ("added", "modified"):
            moment = datetime.fromisoformat(rows["3"][name]) - timedelta(hours=name == "modified")
            rows["3"][name] = moment.strftime("%d.%m.%Y %H:%M:%S")
        rows["3"].update(summary="Corrected")

    correct(table, change)
    invoke("edit", "3", "--set", "title=Newer title")
    result = invoke("import", "a.csv", "--on-duplicate", "update")

    assert "entry 3 was changed after this was written" in result.err
    assert (fields(invoke, 3)["title"], fields(invoke, 3)["extra"]) == ("Newer title", {})
    assert len(ids(invoke)) == 10


def test_a_day_alone_tells_no_entry(table, invoke):
    """It takes no row for an entry's whose time is only a day, as other archives have ids of that day."""

    def change(rows):
        rows["3"].update(added="22.11.2026", title="Another title", date="2001")

    correct(table, change)

    assert "Added 1" in invoke("import", "a.csv", "--on-duplicate", "update").err


@pytest.mark.parametrize("form", ["%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M"])
def test_edit_from_a_table_with_times_written_anew(table, invoke, form):
    """It takes such a row for the entry's as well where corrections are read by `edit --from`."""

    def change(rows):
        for row in rows.values():
            for name in ("added", "modified"):
                row[name] = datetime.fromisoformat(row[name]).strftime(form)
        rows["3"].update(title="Another title")

    correct(table, change)
    result = invoke("edit", "--from", "a.csv")

    assert (result.code, fields(invoke, 3)["title"]) == (0, "Another title"), result


def test_a_corrected_title_is_added_by_no_import(table, invoke):
    """It is there already for an import that only adds."""
    correct(table, lambda rows: rows["3"].update(title="Another title", date="2019"))

    result = invoke("import", "a.csv")

    assert (result.code, "skipped 10 of 10 items" in result.err) == (0, True)
    assert len(ids(invoke)) == 10


def test_an_emptied_cell_empties_the_field(table, invoke):
    """It takes a row of its own as it is: tags that were deleted go, columns that are not there stay."""
    invoke("tag", "+a", "+b", "id:3")
    invoke("export", "--fields", "id,title,tags,summary,added,modified", "-o", "b.csv")
    correct(Path("b.csv"), lambda rows: rows["3"].update(tags="b", summary=""))

    assert invoke("import", "b.csv", "--on-duplicate", "update").code == 0

    entry = fields(invoke, 3)
    assert (entry["tags"], entry["summary"], entry["date"]) == (["b"], None, "2020-02-14")


@pytest.mark.parametrize("form", ["json", "jsonl", "tsv"])
def test_other_forms_come_home_as_well(archive, invoke, form):
    """It knows the rows of every form that carries both."""
    path = Path(f"a.{form}")
    invoke("export", "-o", str(path))
    path.write_text(path.read_text().replace("Midterm Review", "The Review"))

    assert "updated 1" in invoke("import", str(path), "--on-duplicate", "update").err
    assert fields(invoke, 7)["title"].startswith("The Review")
    assert len(ids(invoke)) == 10


def test_markdown_comes_home(archive, invoke):
    """It knows the documents that it wrote."""
    invoke("export", "--format", "markdown", "-o", "posts/")
    [path] = [file for file in Path("posts").iterdir() if "midterm" in file.name]
    path.write_text(path.read_text().replace("Midterm Review", "The Review"))

    assert "updated 1" in invoke("import", "posts", "--on-duplicate", "update").err
    assert fields(invoke, 7)["title"].startswith("The Review")
    assert len(ids(invoke)) == 10


def test_a_row_of_before_does_not_undo_what_was_changed_since(table, invoke):
    """It leaves an entry that was changed after the table was written, and says so."""
    invoke("edit", "3", "--set", "title=Newer title")
    correct(table, lambda rows: rows["3"].update(summary="Corrected", modified="2024-03-01T00:00:00Z"))

    result = invoke("import", "a.csv", "--on-duplicate", "update")

    assert "entry 3 was changed after this was written" in result.err
    assert (fields(invoke, 3)["title"], fields(invoke, 3)["summary"] == "Corrected") == ("Newer title", False)


def test_ids_of_a_foreign_table_are_its_own(archive, invoke):
    """It changes none of our ten entries for a table with the ids 1 to 10, and keeps those beside the new ones."""
    rows = "".join(f"{n},Another story {n},2015-01-{n:02}\n" for n in range(1, 11))
    Path("foreign.csv").write_text(f"id,title,date\n{rows}")
    before = {n: fields(invoke, n) for n in range(1, 11)}

    result = invoke("import", "foreign.csv", "--on-duplicate", "update")

    assert (result.code, "Added 10 of 10 items" in result.err) == (0, True)
    assert {n: fields(invoke, n) for n in range(1, 11)} == before
    assert [fields(invoke, n)["extra"] for n in (11, 20)] == [{"source_id": 1}, {"source_id": 10}]


def test_ids_of_another_archive_are_its_own(archive, invoke):
    """It tells an entry of another archive with the same id by the instant it was added."""
    invoke("add", "--title", "Elsewhere", "-a", "other.json")
    invoke("export", "-a", "other.json", "-o", "other.csv")
    before = fields(invoke, 1)

    assert invoke("import", "other.csv", "--on-duplicate", "update").code == 0

    assert fields(invoke, 1) == before
    assert fields(invoke, 11)["title"] == "Elsewhere"


def test_the_user_can_say_that_ids_are_ours(archive, invoke):
    """It takes the ids of a table for ours with --map id=id, and names one that no entry has."""
    Path("c.csv").write_text("id,title\n3,Another title\n99,Nobody\n")

    result = invoke("import", "c.csv", "--map", "id=id", "--on-duplicate", "update")

    assert (result.code, "there is no entry 99" in result.err) == (6, True)
    assert fields(invoke, 3)["title"] == "Another title"
    assert fields(invoke, 3)["date"] == "2020-02-14"
    assert len(ids(invoke)) == 10


FEED = """<rss version="2.0"><channel><title>News</title><item>
<guid isPermaLink="false">{guid}</guid><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>
</item></channel></rss>"""


@pytest.mark.parametrize("guid", ["tag:example.org,2024:7", "7"])
def test_a_story_of_a_feed_is_known_by_its_guid(invoke, guid):
    """It updates the story whose title, date and address were all corrected, by the name the feed gives it."""
    date, later = "Fri, 17 May 2024 10:00:00 GMT", "Sat, 18 May 2024 10:00:00 GMT"
    Path("a.xml").write_text(FEED.format(guid=guid, title="Saiga", link="https://example.org/a", date=date))
    assert invoke("import", "a.xml").code == 0
    Path("a.xml").write_text(FEED.format(guid=guid, title="Saigas", link="https://example.org/b", date=later))

    assert "updated 1" in invoke("import", "a.xml", "--on-duplicate", "update").err

    assert [fields(invoke, 1)[name] for name in ("title", "date", "url")] == [
        "Saigas",
        "2024-05-18",
        "https://example.org/b",
    ]
    assert ids(invoke) == ["1"]
