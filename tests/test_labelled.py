"""Texts in which each story says `TITLE:` and `DATE:`."""

from __future__ import annotations

import json

import pytest


def stories(invoke, text, name="news.txt"):
    """Import a text; return what was said, and title, date, summary and body of each story."""
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    result = invoke("import", name)
    rows = json.loads(invoke("list", "--sort", "id", "--json").out)
    return result, [(row["title"], row["date"], row["summary"], row["body"]) for row in rows]


PLAIN = """\
TITLE: Saiga numbers recover
DATE: 17 May 2024
The herds have doubled.

TITLE: Argali meeting
DATE: 3 June 2024
Experts met in Bonn.
They talked: for long.

TITLE: Kulan
DATE: July 2024
"""


def test_each_title_begins_a_story(alone, invoke):
    """It parts the stories at their titles; what has no label is the text."""
    result, found = stories(invoke, PLAIN)

    assert (result.code, result.err.split(" (")[0]) == (0, "Added 3 of 3 items")
    assert found == [
        ("Saiga numbers recover", "2024-05-17", "The herds have doubled.", None),
        ("Argali meeting", "2024-06-03", None, "Experts met in Bonn.\nThey talked: for long."),
        ("Kulan", "2024-07", None, None),
    ]


def test_the_second_story_is_no_text_of_the_first(alone, invoke):
    """It reads stories with rules between them that begin like a post of Pelican."""
    text = "Title: A\nDate: 2024-05-17\n\nOne.\n-----\nTitle: B\nDate: 2024-06-03\n\nTwo.\n\nThree.\n-----\n"

    _, found = stories(invoke, text)

    assert found == [("A", "2024-05-17", "One.", None), ("B", "2024-06-03", None, "Two.\n\nThree.")]


def test_a_date_may_come_first(alone, invoke):
    """It begins a story where the first one begins, and says what stands above all of them."""
    text = "Press office\n\nDate: 17 May 2024\nTitle: A\nSummary: One,\nand more.\n\nDate: 3 June 2024\nTitle: B\n"

    result, found = stories(invoke, text)

    assert "note: news.txt: 1 line stands above the first story and is left out\n" in result.err
    assert found == [("A", "2024-05-17", "One,\nand more.", None), ("B", "2024-06-03", None, None)]


def test_labels_in_other_languages(alone, invoke):
    """It knows labels as it knows the names of columns."""
    text = "Заголовок: Сайгаков больше\nДата: 17 мая 2024\nТекст: Стада удвоились.\n\n"
    text += "Заголовок: Архары\nДата: 3 июня 2024\n"

    _, found = stories(invoke, text)

    assert found == [
        ("Сайгаков больше", "2024-05-17", None, "Стада удвоились."),
        ("Архары", "2024-06-03", None, None),
    ]


def test_other_labels_are_kept(alone, invoke):
    """It keeps labels above the text in `extra`, and takes none from inside the text."""
    head = "ID: {0}\nTitle: {1}\nPosted on: 2024-05-1{0}\nPlace: Almaty\nURL: https://example.org/{0}\n\n"
    text = "".join(
        head.format(number, title) + "One.\n\nNote: this stays.\n\n" for number, title in enumerate("AB")
    )

    stories(invoke, text, "export")

    rows = json.loads(invoke("list", "--sort", "id", "--json").out)
    assert [row["extra"] for row in rows] == [
        {"Place": "Almaty", "source_id": str(number)} for number in (0, 1)
    ]
    assert [row["body"] for row in rows] == ["One.\n\nNote: this stays."] * 2
    assert [row["url"] for row in rows] == ["https://example.org/0", "https://example.org/1"]


def test_a_date_that_cannot_be_read_is_a_fault(alone, invoke):
    """It leaves out the story with its line, and keeps the others."""
    result, found = stories(invoke, PLAIN.replace("3 June", "31 June"))

    assert result.code == 6
    assert "newsarchive: news.txt:5: '31 June 2024' is not a date" in result.err
    assert [title for title, *_ in found] == ["Saiga numbers recover", "Kulan"]


def test_the_order_of_dates_is_settled_for_all(alone, invoke):
    """It reads a date of three numbers as the others demand."""
    _, found = stories(invoke, "Title: A\nDate: 03/02/2024\n\nTitle: B\nDate: 31/05/2024\n")

    assert [date for _, date, *_ in found] == ["2024-02-03", "2024-05-31"]


@pytest.mark.parametrize("name", ["post.md", "post.txt"])
def test_one_story_is_a_document(alone, invoke, name):
    """It leaves a single header to the reader of documents."""
    _, found = stories(invoke, "Title: A\nDate: 2024-05-17\n\nOne.\n\nTwo.\n", name)

    assert found == [("A", "2024-05-17", None, "One.\n\nTwo.")]


def test_a_format_that_is_named_and_does_not_fit(alone, invoke):
    """It says what it looked for."""
    result = invoke("import", "-", "--format", "labelled", stdin="A\n3 June 2024\n")

    assert result.code == 7
    assert "-: has no lines `Title: …` and `Date: …`" in result.err
