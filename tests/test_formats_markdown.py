"""Markdown with front matter: the folder that is written, and what comes back."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from reading_and_writing import only_fault, read, read_entries, written
from strategies import archives

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation, plain_form
from newsarchive.errors import BadOptionError
from newsarchive.formats.base import FolderWriter, Item
from newsarchive.formats.registry import writer
from newsarchive.formats.writing.naming import FileNames, slug

NEWS = Entry(
    id=7,
    title="Press Release: Saiga",
    date=PartialDate(2021, 1, 29),
    summary="one\ntwo",
    body="# Heading\n\n---\n\nText",
    tags=("news", "species/saiga"),
    relations=(Relation("translation", 5),),
    added=datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC),
    extra={"pages": 2, "author": {"name": "No"}},
)
DOCUMENT = """\
---
id: 7
title: 'Press Release: Saiga'
date: '2021-01-29'
summary: |-
  one
  two
tags:
- news
- species/saiga
relations:
- kind: translation
  id: 5
added: '2021-01-02T03:04:05Z'
extra: '{"pages":2,"author":{"name":"No"}}'
---

# Heading

---

Text
"""


def files(entries: list[Entry]) -> list[tuple[str, bytes]]:
    """Return the files of a folder with the entries."""
    markdown = writer("markdown")
    assert isinstance(markdown, FolderWriter)
    return list(markdown.files(map(plain_form, entries)))


# --- writing ----------------------------------------------------------------------------------------------


def test_a_document_is_made_for_people() -> None:
    """It writes only the fields that hold something, lines as lines, and the body below."""
    ((name, data),) = files([NEWS])

    assert name == "2021-01-29-press-release-saiga.md"
    assert data.decode() == DOCUMENT


def test_a_long_text_stays_in_one_line() -> None:
    """It does not fold sentences, so that a search in the files finds them."""
    summary = "saiga horn trade " * 50

    ((_, data),) = files([Entry(id=1, title="a", summary=summary)])

    assert f"summary: {summary.strip()}\n" in data.decode()


def test_one_entry_fits_into_a_stream() -> None:
    """It writes the only entry as a document, and nothing for none."""
    assert written("markdown", [NEWS]).decode() == DOCUMENT
    assert written("markdown", []) == b""


def test_several_entries_need_a_folder() -> None:
    """It refuses to join documents that nothing could take apart."""
    out = io.BytesIO()

    with pytest.raises(BadOptionError, match="name a folder with -o"):
        writer("markdown").write(map(plain_form, [NEWS, NEWS]), out)

    assert out.getvalue() == b""


# --- names of files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("In memoriam – Anton Mezhnev", "in-memoriam-anton-mezhnev"),
        ("Встреча по сайгаку", "vstrecha-po-saygaku"),
        ("Przewalski’s Horse", "przewalski-horse"),
        ("Réunion à Bonn", "reunion-a-bonn"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("a\\b:c*?", "a-b-c"),
        ("\u202eabc", "abc"),
        ("🦌 !!!", ""),
    ],
)
def test_a_slug_is_made_of_ascii_words(title: str, words: str) -> None:
    """It keeps nothing of a title but letters and digits, transliterated."""
    assert slug(title) == words


def test_a_slug_ends_with_a_whole_word() -> None:
    """It has at most 80 characters, and cuts a word only when there is no other."""
    assert slug("saiga " * 20) == "-".join(["saiga"] * 13)
    assert slug("a" * 300) == "a" * 80


@pytest.mark.parametrize(
    ("date", "title", "name"),
    [
        ("2021-01", "Saiga", "2021-01-saiga"),
        (None, "Saiga", "saiga"),
        (None, "🦌", "entry-7"),
        ("2021", "🦌", "2021-entry-7"),
        (None, "CON", "con-7"),
        (None, "Com1", "com1-7"),
        ("2021", "CON", "2021-con"),
    ],
)
def test_a_file_is_named_by_date_and_title(date: str | None, title: str, name: str) -> None:
    """It never gives an empty name, nor one that Windows keeps for a device."""
    assert FileNames().name({"id": 7, "title": title, "date": date}) == name


def test_no_two_files_have_one_name() -> None:
    """It tells names apart that a file system might fold together."""
    names = FileNames()
    titles = ["ABC", "abc", "Àbc", "A\u0300bc", "abc 2", "abc"]

    given_names = [names.name({"id": 2, "title": title, "date": None}) for title in titles]

    assert given_names == ["abc", "abc-2", "abc-2-2", "abc-2-3", "abc-2-2-2", "abc-2-4"]


# --- reading what was written -----------------------------------------------------------------------------


@settings(deadline=None)
@given(archives())
def test_documents_come_back(entries: list[Entry]) -> None:
    """It gives back every field of every entry, types inside `extra` included."""
    documents = files(entries)

    assert [entry for name, data in documents for entry in read_entries("markdown", data, name)] == entries


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "No"},
        {"title": "0123"},
        {"title": "2021-01-29"},
        {"title": "---"},
        {"title": "a: b # c"},
        {"summary": "a\n\n---\n\nb"},
        {"summary": "a \n  b\n\tc"},
        {"summary": "a\u2028b\nc"},
        {"body": "---\n---"},
        {"body": "    code\n\n\n- list"},
        {"body": "   \n  x"},
        {"extra": {"n": 1, "f": 1.0, "t": "1", "no": False, "none": None, "list": [[]], "o": {"": {}}}},
    ],
)
def test_awkward_values_come_back(fields: dict[str, object]) -> None:
    """It brings back texts that YAML or the fences could mistake for something else."""
    entry = Entry(**{"id": 1, "title": "a", "added": NEWS.added, **fields})  # type: ignore[arg-type]

    assert read_entries("markdown", files([entry])[0][1]) == [entry]


# --- reading other documents ------------------------------------------------------------------------------


def test_every_value_is_text() -> None:
    """It reads `NO`, `0123` and dates as they are written, and keeps unknown keys."""
    text = "---\ntitle: NO\ndate: 29 January 2021\nid: 0123\nnumber: 0123\nlist: [yes, {a: 1.0}]\n---\n"

    (entry,) = read_entries("markdown", text)

    assert (entry.title, entry.date, entry.id) == ("NO", PartialDate(2021, 1, 29), None)
    assert entry.extra == {"number": "0123", "list": ["yes", {"a": "1.0"}], "source_id": "0123"}


@pytest.mark.parametrize("tags", ["[a, b]", "a, b", "a; b", "\n- a\n- b"])
def test_tags_are_a_list_or_a_line(tags: str) -> None:
    """It reads tags as YAML lists and as text with commas or semicolons."""
    (entry,) = read_entries("markdown", f"---\ntitle: x\ntags: {tags}\n---\n")

    assert entry.tags == ("a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: a\n---\nbody\n",
        "\ufeff---\ntitle: a\n---\nbody\n",
        "\n\n---\ntitle: a\n---\nbody\n",
        "---\r\ntitle: a\r\n---\r\n\r\nbody\r\n",
        "---\rtitle: a\r---\rbody",
        "--- \ntitle: a\n---\t\nbody",
        "---\ntitle: a\nbody: body\n---\n",
    ],
)
def test_documents_are_read_as_editors_leave_them(text: str) -> None:
    """It takes byte order marks, other line ends, and blanks around the fences."""
    (entry,) = read_entries("markdown", text)

    assert (entry.title, entry.body) == ("a", "body")


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "x.md:1", "has no front matter: it does not begin with a line `---`, `+++` or `;;;`"),
        ("# Title\n", "x.md:1", "has no front matter: it does not begin with a line `---`, `+++` or `;;;`"),
        ("---\ntitle: a\n", "x.md:1", "the front matter is not closed by a line `---`"),
        ("---\n---\n", "x.md:1", "the front matter is not made of lines `key: value`"),
        ("---\n- a\n---\n", "x.md:1", "the front matter is not made of lines `key: value`"),
        ("---\na: " + "[" * 25_000 + "\n---\n", "x.md:2", "is nested deeper than 32 levels"),
        ("---\ntitle: a\nextra: '{'\n---\n", "x.md:3", "extra: is not JSON: Expecting property name"),
        ("---\nsummary: a\n---\n", "x.md", "title: an entry needs a title"),
        ("---\nid: 1\ntitle:\n---\n", "x.md:3", "title: an entry needs a title"),
    ],
)
def test_a_fault_is_reported_with_its_line(text: str, place: str, reason: str) -> None:
    """It names the line of the file, and does not guess."""
    fault = only_fault("markdown", text, "x.md")

    assert fault.place == place
    assert fault.reason.startswith(reason)


def test_a_document_that_is_not_utf_8_is_noted() -> None:
    """It says of the item how its text was read."""
    (found,) = read("markdown", b"---\ntitle: Caf\xe9\n---\n", "x.md")

    assert isinstance(found, Item)
    assert found.entry.title == "Café"
    assert found.notes == ("is not UTF-8 and is read as cp1252, as in “Café”; --encoding says otherwise",)
