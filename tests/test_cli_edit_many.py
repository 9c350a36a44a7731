"""`edit` of many entries at once: by an expression, from a corrected table, from files, change by change."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture
def field_of(invoke):
    """Return a field of an entry."""
    return lambda entry_id, name: json.loads(invoke("show", str(entry_id), "--json").out)[0][name]


REPLACEMENTS = [
    ("title", "/Snow Leopard/Irbis/", 9, "Saving Irbiss from the Brink of Extinction"),
    ("title", "|snow leopards|Irbis|i", 9, "Saving Irbis from the Brink of Extinction"),
    ("title", r"#^(\w+) (\w+)#\2 \1#", 9, "Snow Saving Leopards from the Brink of Extinction"),
    ("title", r"/(?P<last>\w+)$/<\g<last>>/", 9, "Saving Snow Leopards from the Brink of <Extinction>"),
    ("title", r"/of the|the Brink of/a\/b/", 9, "Saving Snow Leopards from a/b Extinction"),
    ("extra.note", "/o+/0/", 9, "Saving Snow Leopards from the Brink of Extinction"),
]


@pytest.mark.parametrize(("field", "expression", "entry_id", "title"), REPLACEMENTS)
def test_replacing(archive, invoke, field_of, field, expression, entry_id, title):
    """It replaces what an expression finds, groups put in, between any signs."""
    result = invoke("edit", str(entry_id), "--replace", field, expression)

    assert (result.code, field_of(entry_id, "title")) == (0, title)


def test_only_what_changes_is_changed(archive, invoke):
    """It plans no change of an entry in which nothing is found, and shows before and after."""
    result = invoke("edit", "--all", "--replace", "title", "/Snow Leopard/Irbis/", "--dry-run")

    assert result.err == "1 change planned; nothing was written\n"
    assert "Saving Snow Leopards from" in result.out
    assert "→ Saving Irbiss from" in result.out


def test_the_place_of_a_change_in_a_long_text_is_shown(archive, invoke):
    """It shows what differs, with what stands around it, wherever it is."""
    result = invoke("edit", "1", "--replace", "summary", "/Focal Point/FOCAL POINT/", "--dry-run")

    assert "…the Saiga MOU Focal Point at the" in result.out.replace("was ", "")
    assert "FOCAL POINT" in result.out


FAULTS = [
    (["title", "/(/x/"], "--replace title '/(/x/': "),
    (["title", r"/(a)/\2/"], "--replace title '/(a)/"),
    (["title", "/a/b"], "write /OLD/NEW/, with any sign in place of /"),
    (["title", "a/b/c"], "write /OLD/NEW/, with any sign in place of /"),
    (["title", "/a/b/q"], "write /OLD/NEW/, with any sign in place of /; i, m, s and x may follow"),
    (["title", "//b/"], "there is nothing to look for"),
    (["titel", "/a/b/"], "no field has this name; did you mean 'title'?"),
    (["tags", "/a/b/"], "--replace tags: it is not a text; `newsarchive tags rename` renames tags"),
    (["date", "/a/b/"], "--replace date: it is not a text; `--set date=…` sets it"),
    (["title", "/.+//"], "entry 1, title: an entry needs a title"),
    (["url", "/^$/x/"], None),
]


@pytest.mark.parametrize(("words", "message"), FAULTS)
def test_what_cannot_be_replaced(archive, invoke, words, message):
    """It refuses it before anything is written, and says why."""
    before = archive.read_bytes()

    result = invoke("edit", "--all", "--replace", *words)

    assert (result.code, result.out) == (2 if message else 0, "")
    assert (message or "nothing was changed") in result.err
    assert archive.read_bytes() == before


def test_an_expression_that_takes_too_long(archive, invoke):
    """It ends after a moment, and names the entry."""
    invoke("edit", "1", "--set", f"summary={'a' * 3000}")

    result = invoke("edit", "--all", "--replace", "summary", r"/(a|aa)+\d(?<=b)$|(a*)*\1b/x/")

    assert result.code in (0, 2)
    assert "Traceback" not in result.err


def table_of(invoke):
    """Return the rows of an export as a spreadsheet has them."""
    return list(csv.DictReader(io.StringIO(invoke("export", "--format", "csv").out, newline="")))


def write_table(path, rows):
    """Save rows as a spreadsheet does."""
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.DictWriter(out, [*rows[0]], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_corrections_in_a_spreadsheet_come_home(archive, invoke, alone, field_of):
    """It changes exactly the cells that differ, as one operation."""
    rows = table_of(invoke)
    by_id = {row["id"]: row for row in rows}
    by_id["7"]["title"] = "Mid-term Review"
    by_id["2"]["date"] = "3 May 2020"
    by_id["3"]["tags"] = "species/gobi-bear; press"
    by_id["4"]["summary"] = ""
    write_table(alone / "a.csv", rows)

    result = invoke("edit", "--from", "a.csv")

    assert result.code == 0
    assert "Changed 4 of 10 entries (operation 2)" in result.err
    assert (field_of(7, "title"), field_of(2, "date")) == ("Mid-term Review", "2020-05-03")
    assert (field_of(3, "tags"), field_of(4, "summary")) == (["species/gobi-bear", "press"], None)
    assert table_of(invoke)[0]["id"] == rows[0]["id"]


def test_an_export_as_it_is_changes_nothing(archive, invoke, alone):
    """It takes no cell for another value, line breaks included."""
    invoke("edit", "1", "--set", "body=One line.\n\nAnother  line.", "--set", "extra.note=x")
    rows = table_of(invoke)
    for row in rows:
        row["body"] = row["body"].replace("\n", "\r\n")
    write_table(alone / "a.csv", rows)

    result = invoke("edit", "--from", "a.csv")

    assert (result.code, result.err) == (0, "Changed 0 of 10 entries; nothing was changed\n")


def test_two_columns_are_enough(archive, invoke, field_of):
    """It sets dates by id from a table of two columns."""
    result = invoke("edit", "--from", "-", stdin="id,date\n3,2019-05\n5,\n")

    assert result.code == 0
    assert (field_of(3, "date"), field_of(5, "date")) == ("2019-05", None)


def test_an_entry_that_changed_meanwhile(archive, invoke, alone, field_of):
    """It leaves its row alone, names it, takes the others over, and ends with 3."""
    rows = table_of(invoke)
    for row in rows:
        row["source"] = "corrected"
        if row["id"] == "7":
            row["modified"] = "2020-01-01T00:00:00Z"
    write_table(alone / "a.csv", rows)

    result = invoke("edit", "--from", "a.csv")

    assert result.code == 3
    assert (
        "entry 7 changed since the table was written, so what the table says of it was left out" in result.err
    )
    assert (field_of(7, "source") == "corrected", field_of(6, "source")) == (False, "corrected")


SHEETS = [
    ("id,title\n99,x\n", 2, "line 2: there is no entry '99'"),
    ('id,title\n"3\n', 6, "a quote is opened here and never closed"),
    ("id,title\nx,y\n", 2, "line 2: there is no entry 'x'"),
    ("id,date\n3,soon\n", 2, "line 2: 'soon' is not a date"),
    ("id,date\n3,02/03/2016\n", 2, "line 2: '02/03/2016'"),
    ("id,title\n3,\n", 2, "line 2: title: "),
    ("id,title\n3,a\n3,b\n", 2, "line 3: entry 3 has a row already"),
    ("id,added,title\n3,2001-01-01T00:00:00Z,a\n", 2, "line 2: entry 3 is not the one of this row"),
    ("id,titel\n3,a\n", 2, "--from: column 'titel': no field has this name; did you mean 'title'?"),
    ("title,date\na,2019\n", 2, "--from: the table has no column `id`"),
    ("id,title\n3,a,b\n", 6, "has 3 cells for 2 columns"),
]


@pytest.mark.parametrize(("sheet", "code", "message"), SHEETS)
def test_rows_that_are_refused(archive, invoke, sheet, code, message):
    """It names every row that is wrong, and writes nothing."""
    before = archive.read_bytes()

    result = invoke("edit", "--from", "-", stdin=sheet)

    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert archive.read_bytes() == before


def test_the_value_in_a_file(archive, invoke, alone, field_of):
    """It sets a field to what a file holds; @@ stands for an @ that is one."""
    (alone / "body.txt").write_text("First line.\nSecond line.\n")

    assert invoke("edit", "3", "--set", "body=@body.txt", "--set", "source=@@cms").code == 0

    assert (field_of(3, "body"), field_of(3, "source")) == ("First line.\nSecond line.", "@cms")


def test_a_file_that_is_not_there(archive, invoke):
    """It says which, and changes nothing."""
    result = invoke("edit", "3", "--set", "body=@nothing.txt")

    assert (result.code, result.out) == (4, "")
    assert "nothing.txt" in result.err


@pytest.mark.parametrize(
    ("answers", "changed"),
    [("y\nn\ny\n", [3, 10]), ("n\na\n", [4, 10]), ("y\nq\n", [3]), ("x\n\ny\nq\n", [3]), ("", [])],
)
def test_change_by_change(archive, invoke, terminal, answers, changed):
    """It asks about each change, and makes those that are accepted."""
    words = ("edit", "id:3,4,10", "--set", "source=asked", "--ask")

    result = terminal(*words, keys=answers + "\x04")

    assert result.code == 0
    listed = json.loads(invoke("list", "source:asked", "--json").out)
    assert sorted(entry["id"] for entry in listed) == sorted(changed)


def test_asking_needs_a_terminal(archive, invoke):
    """It asks nobody off a terminal, and writes nothing."""
    before = archive.read_bytes()

    result = invoke("edit", "3", "--set", "source=x", "--ask")

    assert (result.code, result.err) == (2, "newsarchive: --ask needs a terminal\n")
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "source=x", "--replace", "title", "/a/b/"],
        ["--from", "a.csv", "--unset", "url"],
    ],
)
def test_ways_that_do_not_go_together(archive, invoke, words):
    """It takes one way of editing at a time."""
    assert invoke("edit", "3", *words).code == 2
