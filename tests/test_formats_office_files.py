"""Files of the word processors themselves: one press release, as each of them writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Item, LeftOut, Source
from newsarchive.formats.registry import reader

FILES = Path(__file__).parent / "data" / "documents"

BEGINNING = [
    "PRESS RELEASE",
    "Bonn, 14 February 2020 – The herds have clearly grown, says the intergovernmental group.",
]
MIDDLE = [
    "What comes next",
    "The next count is in April 2021. Written by Aigul S..",
    *("Betpak-Dala", "Ustyurt", "Year Animals", "2019 334,000"),
]
BOX, BESIDE, NOTE = "Contact: press office", "In the box stands whom to ask.", "Counted from the air."


def read(name: str) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return the fields of the story that a file is, and what is counted of it."""
    source = Source(name, FILES / name)
    item, *counts = reader(format_of(source)).read(source)
    assert isinstance(item, Item), item
    return plain_form(item.entry), counts


@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [
        ("libreoffice.odt", [*BEGINNING, NOTE, *MIDDLE, BESIDE, BOX]),
        ("libreoffice.fodt", [*BEGINNING, NOTE, *MIDDLE, BESIDE, BOX]),
        ("libreoffice.docx", [*BEGINNING, *MIDDLE, BESIDE, BOX, NOTE]),
        ("libreoffice.rtf", [*BEGINNING, *MIDDLE, BOX, BESIDE, NOTE]),
    ],
)
def test_what_libreoffice_writes(name: str, paragraphs: list[str]) -> None:
    """It reads fields, boxes, notes and insertions, and no deletion, remark, hidden text or header."""
    told, counts = read(name)

    assert told["title"] == "Saiga numbers recover"
    assert told["date"] == "2020-02-14"
    assert told["body"].split("\n\n") == paragraphs
    assert told["extra"]["author"] == "Aigul S."
    assert counts == [LeftOut(name, "embedded picture", 1)]


def test_what_libreoffice_prints() -> None:
    """It takes the title from its size in a PDF, where deleted text can be seen."""
    told, _ = read("libreoffice.pdf")

    assert (told["title"], told["date"]) == ("Saiga numbers recover", "2020-02-14")
    assert "says the intergovernmental group" in told["body"]
    assert "•Betpak-Dala\n\n•Ustyurt" in told["body"]
    assert "Do not print this" not in told["body"]


def test_what_word_writes() -> None:
    """It reads fields, content controls, boxes and what was moved, once, and signs of the font Symbol."""
    told, counts = read("word.docx")

    assert {key: value for key, value in told.items() if value} == {
        "title": "Saiga numbers recover",
        "date": "2020-02-14",
        "body": "PRESS RELEASE\n\nBonn, 14 February 2020 – The herds have clearly grown, says the "
        "intergovernmental group of Almaty.\n\nWhat comes next\n\nThe next count is in 2021; see the site.-•\n\n"
        "It was moved.\n\nBetpak-Dala\n\nUstyurt\n\nYear Animals\n\n2019 334,000\n\n"
        "In the box stands whom to ask.\n\nContact: press office",
        "source": "word.docx",
        "tags": ["saiga", "press release"],
        "extra": {"author": "Aigul S.", "updated": "2020-02-15T10:00:00Z"},
    }
    assert counts == [LeftOut("word.docx", "embedded picture", 1)]
