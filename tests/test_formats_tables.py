"""CSV, its variant for spreadsheets, and TSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import only_fault, read, read_entries, written
from strategies import archives

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation, plain_form
from newsarchive.formats.base import Fault, Item, Remark, WriterOptions
from newsarchive.formats.registry import writer

HEADER = "id,title,date,summary,body,url,source,languages,tags,relations,added,modified,extra"
NEWS = Entry(
    id=7,
    title='He said "saiga"',
    date=PartialDate(2020, 2),
    summary="one\ntwo",
    languages=("en", "ru"),
    tags=("news", "species/saiga"),
    relations=(Relation("translation", 5),),
    added=datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC),
    extra={"pages": 2},
)


# --- CSV --------------------------------------------------------------------------------------------------


def test_csv_is_a_table_after_rfc_4180() -> None:
    """It ends rows in CRLF, doubles quotes, joins lists, and leaves what is empty empty."""
    data = written("csv", [NEWS])

    assert data.decode() == (
        f"{HEADER}\r\n"
        '7,"He said ""saiga""",2020-02,"one\ntwo",,,,en; ru,news; species/saiga,'
        '"[{""kind"":""translation"",""id"":5}]",2021-01-02T03:04:05Z,,"{""pages"":2}"\r\n'
    )


def test_csv_without_entries_has_its_columns() -> None:
    """It is valid when there is nothing to write."""
    assert written("csv", []).decode() == f"{HEADER}\r\n"


def test_csv_has_a_column_for_what_a_command_appends() -> None:
    """It takes its columns from the rows."""
    out = io.BytesIO()

    writer("csv").write([{"id": 1, "title": "a", "score": 0.5, "matches": ["b"]}], out)

    assert out.getvalue() == b'id,title,score,matches\r\n1,a,0.5,"[""b""]"\r\n'


@settings(deadline=None)
@given(archives())
def test_csv_comes_back(entries: list[Entry]) -> None:
    """It gives back every field of every entry, ids included."""
    assert read_entries("csv", written("csv", entries)) == entries


@settings(deadline=None)
@given(archives(), st.none() | st.sampled_from(["title", "summary", "tags"]))
def test_csv_is_quoted_as_by_the_library(entries: list[Entry], field: str | None) -> None:
    """It quotes what the csv module quotes, and nothing else, be it a cell of many or of one."""
    options = None if field is None else WriterOptions(fields=(field,))
    out, again = io.BytesIO(), io.StringIO()
    writer("csv", options).write(map(plain_form, entries), out)
    text = out.getvalue().decode()

    csv.writer(again).writerows(csv.reader(io.StringIO(text, newline="")))

    assert text == again.getvalue()


def test_csv_names_its_columns_in_any_case() -> None:
    """It knows the fields in any case, and keeps other columns in `extra` where they say something."""
    one, two = read_entries("csv", "\ufeffTitle,TAGS,Author,\na,x;y,,\nb,,Someone\n")

    assert (one.title, one.tags, one.extra) == ("a", ("x", "y"), {})
    assert (two.title, two.tags, two.extra) == ("b", (), {"Author": "Someone"})


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_has_any_line_end(line_end: str) -> None:
    """It reads the files of every system, and line breaks inside quotes."""
    text = 'title,summary\na,"one\ntwo"\nb,\n'.replace("\n", line_end)

    one, two = read_entries("csv", text)

    assert (one.summary, two.title) == ("one\ntwo", "b")


def test_csv_has_cells_of_any_length() -> None:
    """It reads a body that is longer than the csv module takes by itself."""
    (entry,) = read_entries("csv", f"title,body\na,{'x' * 200_000}\n")

    assert len(entry.body or "") == 200_000


def test_csv_reports_the_line() -> None:
    """It says in which line a bad row begins, and reads the others."""
    text = 'title,date,extra\n"a\nb",nonsense,\nc,,{"x"\nd,,,e\n"f"g,,\n,2020,\nh,,\n'

    found = read("csv", text, "n.csv")

    faults = [one for one in found if isinstance(one, Fault)]
    assert [fault.place for fault in faults] == ["n.csv:2", "n.csv:4", "n.csv:5", "n.csv:6", "n.csv:7"]
    assert [fault.reason for fault in faults[1:]] == [
        "extra: is not JSON: Expecting ':' delimiter",
        "has more cells (4) than there are columns (3)",
        "has a quote inside a cell in quotes; write two for each that belongs to the text",
        "title: an entry needs a title",
    ]
    assert [one.entry.title for one in found if isinstance(one, Item)] == ["h"]


def test_csv_says_where_a_quote_is_left_open() -> None:
    """It reports the row that swallows the rest of the file."""
    _, fault = read("csv", 'title\na\n"b\nc\nd\n', "n.csv")

    reason = "a quote is opened here and never closed, so all 2 lines below belong to it"
    assert fault == Fault("n.csv:3", reason)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "n.csv", "holds no rows"),
        (" \n,\n", "n.csv", "holds no rows"),
        (
            "a,b\n1,2\n",
            "n.csv:1",
            "none of its columns ('a', 'b') is a title by its name; say --map NAME=title",
        ),
        ("title,Title\n", "n.csv:1", "two columns are named 'title'; say which one with --map 2=FIELD"),
    ],
)
def test_csv_needs_to_know_its_columns(text: str, place: str, reason: str) -> None:
    """It reads nothing when it cannot tell which column is what."""
    assert only_fault("csv", text, "n.csv") == Fault(place, reason)


@pytest.mark.parametrize(
    "names",
    [
        "Titel;Datum;Inhalt;Schlagwörter;Quelle",
        "Гарчиг;Огноо;Агуулга;Tags;Source",
        "Тақырыбы;Күні;Мәтіні;Теги;Источник",
        "Sarlavha;Sana;Matn;Tags;Source",
        "Сарлавҳа;Сана;Матн;Теги;Источник",
        "عنوان;تاریخ;متن;tags;source",
        "العنوان;التاريخ;النص;tags;source",
        "標題;日期;內容;標籤;來源",
    ],
)
def test_csv_names_its_columns_in_many_languages(names: str) -> None:
    """It knows what they are called where the news are from."""
    (entry,) = read_entries("csv", f"{names}\nSaiga;2021-01-29;Counted.;saiga;CAMI\n")

    assert (entry.title, str(entry.date), entry.body) == ("Saiga", "2021-01-29", "Counted.")
    assert (entry.tags, entry.source) == (("saiga",), "CAMI")


def test_csv_of_dates_under_another_name_is_remarked() -> None:
    """It says which column holds dates when none is called so, and how that is read."""
    table = "id,name,held on,place\n1,Meeting,03/04/2021,Bonn\n2,Workshop,,Astana\n"
    remark, first, _ = read("csv", table, "n.csv")

    assert isinstance(remark, Remark)
    assert remark.text == (
        "none of its columns is called a date, though 'held on' holds some; --map 'held on=date' reads it"
    )
    assert isinstance(first, Item)
    assert (first.entry.date, first.entry.extra) == (
        None,
        {"source_id": 1, "held on": "03/04/2021", "place": "Bonn"},
    )


@pytest.mark.parametrize(
    "table",
    [
        "name,date,held on\nMeeting,,03/04/2021\n",
        "title,added,held on\nMeeting,2021-01-29T00:00:00Z,2021-01-29\n",
        "name,year\nMeeting,2021\n",
        "name,place\nMeeting,Bonn\n",
    ],
)
def test_csv_without_dates_under_another_name(table: str) -> None:
    """It says nothing where a column is called a date, or none holds any."""
    assert all(isinstance(found, Item) for found in read("csv", table, "n.csv"))


# --- for spreadsheets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM"])
def test_excel_cells_are_no_formulas(title: str) -> None:
    """It puts an apostrophe before what a spreadsheet would run."""
    data = written("excel", [Entry(id=1, title=title)])

    assert data.startswith(f"\ufeff{HEADER}\r\n1,'{title},".encode())


def test_excel_guards_bodies_that_begin_with_a_tab() -> None:
    """It guards the blanks that only a body can begin with."""
    data = written("excel", [Entry(id=1, title="a", body="\t=1+1")])

    assert b"1,a,,,'\t=1+1,," in data


# --- TSV --------------------------------------------------------------------------------------------------


def test_tsv_is_a_line_an_entry() -> None:
    """It escapes what would end a cell or a line, and quotes nothing."""
    entry = Entry(id=7, title='a "b"', body="one\ttwo\n\\n", tags=("x", "y"))

    data = written("tsv", [entry])

    columns, cells, end = data.decode().split("\n")
    assert columns == HEADER.replace(",", "\t")
    assert cells.split("\t") == ["7", 'a "b"', "", "", r"one\ttwo\n\\n", *[""] * 3, "x; y", *[""] * 4]
    assert end == ""
