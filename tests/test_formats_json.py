"""JSON and JSON Lines: what is written, what comes back, what a hostile text does."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from reading_and_writing import only_fault, read, read_entries, written
from strategies import archives

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.errors import BadValueError, SourceError
from newsarchive.formats.base import Fault, Item, Source, content_of
from newsarchive.formats.registry import reader, writer
from newsarchive.intake import admit

NEWS = Entry(
    id=7,
    title="Встреча по сайгаку",
    date=PartialDate(2020, 2),
    languages=("ru",),
    tags=("species/saiga",),
    relations=(Relation("translation", 5),),
    added=datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC),
    extra={"pages": 2},
)
NEWS_LINE = (
    '{"id":7,"title":"Встреча по сайгаку","date":"2020-02","summary":null,"body":null,"url":null,'
    '"source":null,"languages":["ru"],"tags":["species/saiga"],"relations":[{"kind":"translation","id":5}],'
    '"added":"2021-01-02T03:04:05Z","modified":null,"extra":{"pages":2}}'
)


# --- writing ----------------------------------------------------------------------------------------------


def test_json_is_an_array_with_an_entry_a_line() -> None:
    """It writes every field in the order of the contract, and a line end at the end."""
    data = written("json", [NEWS, Entry(id=8, title="b")])

    lines = data.decode().split("\n")
    assert lines[:2] == ["[", NEWS_LINE + ","]
    assert lines[2].startswith('{"id":8,"title":"b","date":null,')
    assert lines[3:] == ["]", ""]


def test_json_without_entries_is_an_empty_array() -> None:
    """It is valid when there is nothing to write."""
    assert written("json", []) == b"[]\n"


def test_jsonl_is_an_entry_a_line() -> None:
    """It writes the same object as JSON, and nothing around it."""
    assert written("jsonl", [NEWS]).decode() == NEWS_LINE + "\n"
    assert written("jsonl", []) == b""


def test_json_keeps_what_a_command_appends() -> None:
    """It writes further keys of a row where the command has put them."""
    out = io.BytesIO()

    writer("json").write([{"id": 1, "title": "a", "score": 1.5, "matches": ["title"]}], out)

    assert out.getvalue() == b'[\n{"id":1,"title":"a","score":1.5,"matches":["title"]}\n]\n'


@pytest.mark.parametrize(
    ("character", "escape"),
    [
        ("\x1b", b"\\u001b"),
        ("\x7f", b"\\u007f"),
        ("\x80", b"\\u0080"),
        ("\x9b", b"\\u009b"),
        ("\u061c", b"\\u061c"),
        ("\u200e", b"\\u200e"),
        ("\u2028", b"\\u2028"),
        ("\u2029", b"\\u2029"),
        ("\u202e", b"\\u202e"),
        ("\u2066", b"\\u2066"),
        ("\u2069", b"\\u2069"),
        ("\u200d", "\u200d".encode()),
        ("\u202f", "\u202f".encode()),
        ("\xa0", "\xa0".encode()),
        ("\u2070", "\u2070".encode()),
    ],
)
def test_json_escapes_what_steers_a_terminal(character: str, escape: bytes) -> None:
    """It escapes controls and marks of direction, and leaves joiners and blanks alone."""
    data = written("jsonl", [Entry(id=1, title=f"aя{character}b")])

    assert b'"title":"a\xd1\x8f' + escape + b'b"' in data


# --- reading what was written -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["json", "jsonl"])
@settings(deadline=None)
@given(entries=archives())
def test_what_was_written_comes_back(name: str, entries: list[Entry]) -> None:
    """It gives back every field of every entry, ids included."""
    assert read_entries(name, written(name, entries)) == entries


def test_an_archive_is_read_with_its_ids() -> None:
    """It takes the keys of the table `entries` as ids."""
    data = '{"meta":{"1":{"schema":1}},"entries":{"1":{"title":"a"},"12":{"title":"b","date":"2020"}}}'

    found = read("json", data, "archive.json")

    assert [item.place for item in found] == ["archive.json, entry 1", "archive.json, entry 12"]
    assert read_entries("json", data) == [
        Entry(id=1, title="a", source="news"),
        Entry(id=12, title="b", date=PartialDate(2020), source="news"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        '[{"title":"a"}]',
        '{"title":"a"}',
        '{"entries":[{"title":"a"}]}',
        '{"_default":{"x":{"title":"a"}}}',
        '\ufeff[{"title":"a"}]',
    ],
)
def test_the_usual_shapes_are_read(data: str) -> None:
    """It finds the entry in a list, alone, under `entries`, in a TinyDB file, after a byte order mark."""
    assert [entry.title for entry in read_entries("json", data)] == ["a"]


def test_utf_16_is_read() -> None:
    """It reads what a byte order mark declares."""
    assert [entry.title for entry in read_entries("json", '[{"title":"я"}]'.encode("utf-16"))] == ["я"]


def test_unknown_keys_are_kept() -> None:
    """It keeps what is no field in `extra`, and the id of another program beside it."""
    (entry,) = read_entries("json", '[{"id":"x-1","title":"a","author":{"name":"b"},"extra":{"c":1}}]')

    assert (entry.id, entry.extra) == (None, {"c": 1, "author": {"name": "b"}, "source_id": "x-1"})


def test_other_dates_are_understood() -> None:
    """It reads the written forms of a date."""
    (entry,) = read_entries("json", '[{"title":"a","date":"17 февраля 2024 года"}]')

    assert entry.date == PartialDate(2024, 2, 17)


@pytest.mark.parametrize(
    ("name", "data", "source"),
    [
        ("/home/someone/news.json", '[{"title":"a"}]', "news.json"),
        ("-", '[{"title":"a"}]', None),
        ("news.json", '[{"title":"a","source":null}]', None),
        ("news.json", '[{"title":"a","source":"CMS"}]', "CMS"),
        ("news.json", '[{"title":"a","added":"2021-01-01T00:00:00Z"}]', None),
    ],
)
def test_the_source_is_the_name_of_the_file(name: str, data: str, source: str | None) -> None:
    """It names the file without its folder, unless the entry was in an archive or says otherwise."""
    (found,) = read("json", data, name)

    assert isinstance(found, Item)
    assert found.entry.source == source


# --- faults -----------------------------------------------------------------------------------------------


def test_one_bad_item_does_not_stop_the_rest() -> None:
    """It reports each item that is no entry, by its number, and reads the others."""
    data = '[{"title":"a"},7,{"title":1},{},{"title":"b","date":"02/03/2016"},{"title":"c"}]'

    found = read("json", data, "n.json")

    assert found[1:5] == [
        Fault("n.json, item 2", "is not an object"),
        Fault("n.json, item 3", "title: is a number, not text"),
        Fault("n.json, item 4", "title: an entry needs a title"),
        Fault(
            "n.json, item 5",
            "'02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean, "
            "or say --date-order dmy|mdy|ymd",
        ),
    ]
    assert [item.entry.title for item in found if isinstance(item, Item)] == ["a", "c"]


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        ("", "news:1:1", "is not JSON: Expecting value"),
        ('[{"title":"a"', "news:1:14", "is not JSON: Expecting ',' delimiter"),
        ("\x00" * 512, "news:1:1", "is not JSON: Expecting value"),
        ("{}", "news", "holds no entries: nothing in it is an object with a title"),
        ("7", "news", "holds no entries: nothing in it is an object with a title"),
        ('{"data":{"items":[]}}', "news", "holds no entries: nothing in it is an object with a title"),
        ("[" * 100_000, "news", "is nested deeper than 35 levels"),
        ('{"a":' * 36 + "1" + "}" * 36, "news", "is nested deeper than 35 levels"),
        ('[{"title":"a","n":' + "9" * 5000 + "}]", "news", "holds a number of thousands of digits"),
    ],
)
def test_an_unreadable_file_is_one_fault(data: str | bytes, place: str, reason: str) -> None:
    """It says where the file stops being JSON, and why."""
    assert only_fault("json", data) == Fault(place, reason)


def test_brackets_in_strings_are_no_nesting() -> None:
    """It counts only brackets outside strings, escaped quotes or not."""
    title = '[\\"{' * 50

    (entry,) = read_entries("json", f'[{{"title":"{title}"}}]')

    assert entry.title == '["{' * 50


@pytest.mark.parametrize(
    "value",
    ["NaN", "-Infinity", "1e400", "18446744073709551616", '"\\ud800"', '{"\\udc00":1}', "[" * 32 + "]" * 32],
)
def test_a_value_that_cannot_be_stored_costs_one_item(value: str) -> None:
    """It reads the items around such a value, and leaves that item for the intake to refuse."""
    good, bad, other = read_entries("json", f'[{{"title":"a"}},{{"title":"b","x":{value}}},{{"title":"c"}}]')

    assert [good.title, other.title] == ["a", "c"]
    with pytest.raises(BadValueError):
        admit(bad)


@pytest.mark.parametrize("number", ["0", "-1", "9007199254740991"])
def test_a_number_that_is_no_id_is_a_fault(number: str) -> None:
    """It refuses ids that an archive cannot have."""
    found = only_fault("json", f'[{{"title":"a","id":{number}}}]')

    assert found.reason.endswith(" is not an id: ids go from 1 to 9,007,199,254,740,990")


def test_jsonl_reports_the_line() -> None:
    """It reads around a bad line, passes over blank ones and says where the fault is."""
    found = read("jsonl", '{"title":"a"}\r\n\r\n{"title":\n[]\n{"title":"b"}', "n.jsonl")

    assert [item.place for item in found] == ["n.jsonl:1", "n.jsonl:3:10", "n.jsonl:4", "n.jsonl:5"]
    assert found[1:3] == [
        Fault("n.jsonl:3:10", "is not JSON: Expecting value"),
        Fault("n.jsonl:4", "is not an object"),
    ]


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    """It reports a file that cannot be read like any other fault."""
    (found,) = reader("json").read(Source("n.json", tmp_path / "n.json"))

    assert found == Fault("n.json", "cannot be read: No such file or directory")


def test_a_file_is_read_up_to_its_limit() -> None:
    """It stops reading where a source is larger than allowed, even one that never ends."""
    with pytest.raises(SourceError) as caught:
        content_of(Source("zero", Path("/dev/zero")), limit=3 << 20)

    assert str(caught.value) == "zero: is larger than 3 MiB"
