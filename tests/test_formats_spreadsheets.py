"""Tables as offices have them: any delimiter, encoding and line end, columns with names or without."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from reading_and_writing import only_fault, read, read_entries, written
from strategies import archives

from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Found, Hints, Item, Remark, Source
from newsarchive.formats.registry import reader

NAMELESS = (
    "Réunion à Bonn sur l’antilope saïga;8/28/2013;Les États de l’aire de répartition se sont réunis\r"
    "Przewalski’s Horse returns;9/12/13;It’s the “first” return\r"
    'Troisième réunion;10/1/2014;"Résumé sur\rdeux lignes"\r'
)


def read_with(data: str | bytes, **hints: object) -> list[Found]:
    """Return what is read of a table with hints."""
    content = data.encode() if isinstance(data, str) else data
    return list(reader("csv").read(Source("n.csv", content, hints=Hints(**hints))))  # type: ignore[arg-type]


def stories(found: list[Found]) -> list[tuple[str, str, str | None]]:
    """Return title, date and summary of the items."""
    items = [one.entry for one in found if isinstance(one, Item)]
    return [(entry.title, str(entry.date), entry.summary) for entry in items]


def faults(found: list[Found]) -> list[Fault]:
    """Return the faults."""
    return [one for one in found if isinstance(one, Fault)]


# --- all at once ------------------------------------------------------------------------------------------


def test_the_worst_table_is_read_with_every_date_right() -> None:
    """It reads semicolons, CR, Mac Roman, no names and years of two digits, and says what it found out."""
    found = read("csv", NAMELESS.encode("mac_roman"), "n.csv")

    assert stories(found) == [
        (
            "Réunion à Bonn sur l’antilope saïga",
            "2013-08-28",
            "Les États de l’aire de répartition se sont réunis",
        ),
        ("Przewalski’s Horse returns", "2013-09-12", "It’s the “first” return"),
        ("Troisième réunion", "2014-10-01", "Résumé sur\ndeux lignes"),
    ]
    assert found[:2] == [
        Remark("n.csv", "is not UTF-8 and is read as mac_roman, as in “Réunion”; --encoding says otherwise"),
        Remark(
            "n.csv",
            "its columns have no names: column 1 is the title, 2 is the date, 3 is the summary; "
            "--map 1=… says otherwise",
        ),
    ]


# --- delimiters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    """It takes what parts the names of the columns."""
    text = 'title,date,summary\n"a, b; c|d\te",2019-05-03,x\n'
    table = f"title{delimiter}date{delimiter}summary\n" + text.split("\n")[1].replace(
        ",2019-05-03,", f"{delimiter}2019-05-03{delimiter}"
    )

    assert stories(read("csv", table)) == [("a, b; c|d\te", "2019-05-03", "x")]


@pytest.mark.parametrize(
    "text",
    [
        "Kop;Datum\nA, b, c;3 May 2019\nD;4 May 2019\n",
        "Kop|Datum\nA; b|3 May 2019\nD, e|4 May 2019\n",
    ],
)
def test_rows_of_one_length_show_the_delimiter(text: str) -> None:
    """It takes what gives all rows the same length where the names say nothing."""
    found = read_with(text, fields={"1": "title", "2": "date"})

    assert [date for _, date, _ in stories(found)] == ["2019-05-03", "2019-05-04"]


def test_excel_declares_its_delimiter() -> None:
    """It understands the line that Excel puts in front, and does not take it for a row."""
    assert stories(read("csv", "sep=;\r\ntitle;date\r\na, b;2019\r\n")) == [("a, b", "2019", None)]


def test_a_table_of_one_column_needs_no_delimiter() -> None:
    """It reads titles alone."""
    assert stories(read("csv", "title\nOne\nTwo\n")) == [("One", "None", None), ("Two", "None", None)]


# --- names of columns -------------------------------------------------------------------------------------


def test_columns_are_known_by_other_names() -> None:
    """It reads the export of a web site, and keeps the columns that it does not know."""
    text = (
        'Title,"URL (page or PDF)","Summary (optional)",Date,Language,Tags,Author,\n'
        'A,https://x.org/1,"Sum, mary",8/28/2013,English,"saiga, press release",Someone,x\n'
        "B,,,9/12/13,RU,,,\n"
    )

    one, two = read_entries("csv", text, "n.csv")

    assert (one.url, one.summary, one.languages) == ("https://x.org/1", "Sum, mary", ("en",))
    assert (one.tags, one.extra) == (("saiga", "press release"), {"Author": "Someone", "column 8": "x"})
    assert (str(two.date), two.languages, two.extra) == ("2013-09-12", ("ru",), {})


@pytest.mark.parametrize(
    "fields",
    [{"kop": "title", "wanneer": "date"}, {"1": "title", "2": "date"}, {"1": "title", "Wanneer": "date"}],
)
def test_the_user_can_name_columns(fields: dict[str, str]) -> None:
    """It takes columns by name and by number."""
    found = read_with("Kop,Wanneer,Titel\nA,2019-05-03,x\n", fields=fields)

    assert stories(found) == [("A", "2019-05-03", None)]


def test_a_name_that_is_mapped_in_vain_is_noted() -> None:
    """It says so where no column has it."""
    found = read_with("title,date\nA,2019\n", fields={"Wanneer": "date"})

    assert found[0] == Remark("n.csv", "nothing in it is called 'Wanneer', which is to be the date")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (
            "Kop,Datum\nA,2019\n",
            "n.csv:1",
            "none of its columns ('Kop', 'Datum') is a title by its name; say --map NAME=title",
        ),
        (
            "\nhttps://x.org,abc\nhttps://y.org,def\n",
            "n.csv:2",
            "its columns have no names, and cannot be told by what they hold; "
            "say which column is which: --map 1=title --map 2=date",
        ),
        ("date,Title,title\n", "n.csv:1", "two columns are named 'title'; say which one with --map 3=FIELD"),
    ],
)
def test_a_table_without_a_title_names_the_remedy(text: str, place: str, reason: str) -> None:
    """It does not guess which column is the title."""
    assert only_fault("csv", text, "n.csv") == Fault(place, reason)


def test_of_two_columns_with_one_name_the_user_can_choose() -> None:
    """It takes the one that is mapped by its number."""
    found = read_with("date,Title,title\n2019,A,B\n", fields={"3": "title"})

    assert stories(found) == [("B", "2019", None)]
    assert [one.entry.extra for one in found if isinstance(one, Item)] == [{"source_title": "A"}]


# --- columns without names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ["3 May 2019,A first long title,https://x.org/1", "4 May 2019,A second title,https://x.org/2"],
            "column 1 is the date, 2 is the title, 3 is the url",
        ),
        (
            ["1,News,A first title,2019-05-03", "2,News,A second title,2019-05-04"],
            "column 3 is the title, 4 is the date",
        ),
        (
            ["A longer summary of all that happened.,Its title,2019-05-03"],
            "column 1 is the summary, 2 is the title, 3 is the date",
        ),
    ],
)
def test_columns_are_told_by_what_they_hold(rows: list[str], told: str) -> None:
    """It finds dates and addresses by their form, and the title as the shortest of the texts."""
    found = read("csv", "\n".join(rows), "n.csv")

    assert found[0] == Remark("n.csv", f"its columns have no names: {told}; --map 1=… says otherwise")
    assert len(stories(found)) == len(rows)


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        (
            ["02/03/2016", "04/05/2016"],
            "none of its rows is read: '02/03/2016' can be read as 2016-03-02 or 2016-02-03, "
            "and no other date settles it; say --date-order dmy|mdy|ymd",
        ),
        (
            ["28/8/2013", "8/28/2013"],
            "none of its rows is read: no order of day and month fits all dates, '28/8/2013' is dmy and "
            "'8/28/2013' is mdy; say --date-order dmy|mdy|ymd",
        ),
    ],
)
def test_a_column_that_settles_no_order_is_refused(dates: list[str], reason: str) -> None:
    """It reads no row rather than guess, and names the option that settles it."""
    text = "title,date\n" + "".join(f"a,{date}\n" for date in dates)

    assert only_fault("csv", text, "n.csv") == Fault("n.csv", reason)


def test_the_user_settles_the_order() -> None:
    """It reads every date in the order that is named, and reports one that does not fit."""
    text = "title,date\na,02/03/2016\nb,9/12/13\nc,28/8/2013\n"

    found = read_with(text, date_order="mdy")

    assert [date for _, date, _ in stories(found)] == ["2016-02-03", "2013-09-12"]
    assert faults(found) == [Fault("n.csv:4", "date: '28/8/2013' does not fit the order mdy of the dates")]


def test_a_cell_that_is_no_date_says_nothing_about_the_order() -> None:
    """It reports the cell, and settles the order by the others."""
    found = read("csv", "title,date\na,8/28/2013\nb,31/31/2013\nc,soon\nd,9/12/13\n", "n.csv")

    assert [date for _, date, _ in stories(found)] == ["2013-08-28", "2013-09-12"]
    assert [fault.place for fault in faults(found)] == ["n.csv:3", "n.csv:4"]


# --- rows that are damaged --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("b\0,2019,x", "holds a zero byte, so the file is damaged or no text"),
        ("b,2019,x,y", "has more cells (4) than there are columns (3)"),
        ("second line of a summary", "has 1 cell where there are 3 columns: a line break outside quotes?"),
        ('b,2019,"x"y', "has a quote inside a cell in quotes; write two for each that belongs to the text"),
    ],
)
def test_a_damaged_row_is_reported_with_its_line(row: str, reason: str) -> None:
    """It reads the rows around it."""
    found = read("csv", f'title,date,summary\n"a\na",2019,x\n{row}\nc,2019,x\n', "n.csv")

    assert faults(found) == [Fault("n.csv:4", reason)]
    assert [title for title, _, _ in stories(found)] == ["a\na", "c"]


def test_a_row_that_is_cut_is_noted() -> None:
    """It takes the cells that are missing at the end for empty, and says so."""
    found = read("csv", "title,date,summary\na,2019\nb,2019,x,,\n")

    assert [one.notes for one in found if isinstance(one, Item)] == [
        ("has 2 cells of 3; the others are taken for empty",),
        (),
    ]


def test_a_table_has_many_columns_or_few() -> None:
    """It takes no longer for thousands of columns than for as many cells in rows."""
    names = ",".join(f"c{number}" for number in range(16_000))

    (entry,) = read_entries("csv", f"title,{names}\na,b\n".replace("a,b", "a,b,c"))

    assert entry.extra == {"c0": "b", "c1": "c"}


# --- tabs -------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(archives())
def test_tsv_comes_back(entries: list[Entry]) -> None:
    """It gives back every field of every entry, ids included."""
    assert read_entries("tsv", written("tsv", entries)) == entries


def test_tsv_of_others_has_quotes() -> None:
    """It reads what spreadsheets write with tabs."""
    text = 'Title\tDate\tSummary\r\n"He said ""x"""\t8/28/2013\t"two\r\nlines"\r\n'

    assert stories(read("tsv", text.encode("utf-16"))) == [('He said "x"', "2013-08-28", "two\nlines")]


def test_a_line_of_our_tsv_may_be_damaged() -> None:
    """It reports a line with too few or too many cells."""
    data = written("tsv", [Entry(id=1, title="a")]).decode()

    found = read("tsv", data + "x\ty\n", "n.tsv")

    assert faults(found) == [Fault("n.tsv:3", "has 2 cells, where there are 13 columns")]


@pytest.mark.parametrize("order", ["titles dates texts addresses rare", "rare addresses texts dates titles"])
@pytest.mark.parametrize("date", ["{0}.05.2019", "2019-05-{0}", "{0} May 2019", "5/{0}/2019"])
def test_the_title_without_names_is_what_nearly_every_row_has(order: str, date: str) -> None:
    """It takes no column for the title in which only a few cells are filled, however short they are."""
    rows = []
    for number in range(40):
        cells = {
            "titles": f"Waterbirds of lake number {number} were counted",
            "dates": date.format(f"{number % 28 + 1:02}"),
            "texts": "Counters went out, in three countries, and saw more geese than before. " * 3,
            "addresses": f"https://www.example.org/{number}, https://www.example.org/{number}.pdf",
            "rare": "Report of the year" if number % 9 == 3 else "",
        }
        rows.append(";".join(f'"{cells[name]}"' for name in order.split()))

    _, *items = read("csv", "\n".join(rows))

    entries = [item.entry for item in items if isinstance(item, Item)]
    assert [entry.title for entry in entries] == [
        f"Waterbirds of lake number {number} were counted" for number in range(40)
    ]
    assert {str(entry.date)[:7] for entry in entries} == {"2019-05"}
    assert entries[3].url == "https://www.example.org/3"
    assert entries[3].extra["source_url"] == "https://www.example.org/3, https://www.example.org/3.pdf"


def test_a_first_row_without_a_date_is_no_row_of_names() -> None:
    """It reads it as a story where the column of the dates is empty in it."""
    rows = ["A story without a date;", *(f"Story number {day} of May;{day} May 2019" for day in range(1, 8))]

    assert len([item for item in read("csv", "\n".join(rows)) if isinstance(item, Item)]) == 8
