"""PDF with text: paragraphs out of lines, words that were parted, the title by its size, and nothing for ever."""

from __future__ import annotations

import sys
import time
import zlib
from typing import Any

import pytest
from conftest import DATA
from documents import pdf
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Item, Source
from newsarchive.formats.registry import reader
from newsarchive.installing import command_for


def found_in(data: bytes, name: str = "release") -> list[Found]:
    """Return what is found in a PDF that is told by its content."""
    source = Source(name, data)
    assert format_of(source) == "pdf"
    return list(reader("pdf").read(source))


def story_in(data: bytes) -> dict[str, Any]:
    """Return the fields of the one story that a PDF is."""
    (item,) = found_in(data)
    assert isinstance(item, Item), item
    return {key: value for key, value in plain_form(item.entry).items() if value and key != "source"}


def test_a_release_from_a_browser() -> None:
    """It takes the largest letters for the title, not what a program put there, and joins lines and words."""
    story = story_in((DATA / "documents" / "release.pdf").read_bytes())

    assert (story["title"], story["date"]) == (
        "Saiga numbers recover in the steppe of Betpak Dala, experts say",
        "2020-02-14",
    )
    assert story["body"].split("\n\n") == [
        "Press release",
        "Bonn, 14 February 2020 – The herds of the saiga antelope have grown for the third year in a row, say those "
        "who count them, and the intergovernmental agreement has been of help. Nobody had expected that much, and "
        "nobody says that it will last for ever.",
        "A second paragraph follows. It tells of the kulan, of which nine animals were brought to the reserve of "
        "Altyn Dala, where they are to live with other hoofed animals of the steppe.",
        "What comes next",
        "A count in 2021.",
        "Ещё один абзац по-русски, чтобы было видно, что буквы читаются.",
    ]


LINE = "The herds of the saiga antelope have grown for the third year in a row"


def test_pages_with_numbers_and_headers() -> None:
    """It leaves out what stands on every page, and carries a sentence over to the next one."""
    pages = [
        [(9, 800, "Steppe Watch"), (11, 700, f"{LINE}, {part}"), (9, 40, f"Page {number} of 3")]
        for number, part in enumerate(("and", "then", "at last."), 1)
    ]

    story = story_in(pdf(*pages, info="/Title (Three pages) /CreationDate (D:20190304100000Z)"))

    assert (story["title"], story["date"]) == ("Three pages", "2019-03-04")
    assert "Steppe Watch" not in story["body"]
    assert "Page" not in story["body"]


def test_a_hyphen_that_belongs_to_the_word() -> None:
    """It keeps the hyphen of a word that has it elsewhere, too, and no other."""
    lines = [
        (11, 700, "A first line."),
        (11, 660, "The long-term plan of the states for the saiga antelope in the long-"),
        (11, 646, "term future of the steppe is to bring together all that are inter-"),
        (11, 632, "ested in it."),
    ]

    assert story_in(pdf(lines))["body"] == (
        "The long-term plan of the states for the saiga antelope in the long-term future of the steppe is to bring "
        "together all that are interested in it."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf([]), "holds no text: it is a scan"),
        (b"%PDF-1.7\n%\xe2\xe3\n" + b"0" * 1000, "cannot be read by PDFium"),
        (b"%PDF-", "cannot be read by PDFium"),
    ],
)
def test_a_pdf_without_text(data: bytes, sentence: str) -> None:
    """It says so, and what can be done."""
    (fault,) = found_in(data)

    assert isinstance(fault, Fault)
    assert fault.reason.startswith(sentence)


def test_a_pdf_made_to_take_long() -> None:
    """It is given up after a few seconds, with the process that reads it."""
    stream = zlib.compress(b"BT /F1 11 Tf 72 700 Td (a) Tj ET\n" * 2_000_000, 9)
    shown = b"/Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
    bomb = pdf([]).replace(b"/Length 0 >>\nstream\n\nendstream", shown)

    started = time.monotonic()
    (found,) = found_in(bomb)

    assert len(bomb) < 1 << 20
    assert isinstance(found, Fault)
    assert time.monotonic() - started < 15


def test_the_library_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    assert found_in(pdf([(11, 700, "a")])) == [
        Fault("release", f"needs pypdfium2 to be read; install it: {command_for('documents')}")
    ]
