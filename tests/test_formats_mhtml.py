"""Pages that a browser saved in one file."""

from __future__ import annotations

import quopri

import pytest
from clock import soon
from reading_and_writing import format_of

from newsarchive.formats.base import Fault, Found, Item, Source
from newsarchive.formats.registry import reader

TEXT = "Сайгаки вернулись в степь после долгой зимы, и учёные насчитали около миллиона животных. "
PAGE = f"""<!DOCTYPE html><html lang="ru"><head><meta charset="UTF-8"><title>Сайгаки вернулись</title></head><body>
<nav><a href="/">Главная</a></nav><article><h1>Сайгаки вернулись</h1><time datetime="2021-03-22">22 марта 2021</time>
<p>{TEXT * 3}</p><p>{TEXT * 2}</p></article></body></html>"""
SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://steppe.example.org/saiga
Subject: =?utf-8?Q?Saiga?=
Date: Sun, 28 Mar 2021 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--abc----"


------MultipartBoundary--abc----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://steppe.example.org/saiga

{page}
------MultipartBoundary--abc----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://steppe.example.org/a.png

iVBORw0KGgo=

------MultipartBoundary--abc------
"""


def found_in(text: str, name: str = "saved") -> list[Found]:
    """Return what is found in a file that is told by its content."""
    source = Source(name, text.replace("\n", "\r\n").encode())
    assert format_of(source) == "mhtml"
    return list(reader("mhtml").read(source))


@pytest.mark.parametrize("name", ["saved", "page.mhtml", "page.mht"])
def test_a_saved_page(name: str) -> None:
    """It reads the page as it would by itself, and knows where it was; the day it was saved is no date of it."""
    (item,) = found_in(SAVED.format(page=quopri.encodestring(PAGE.encode()).decode()), name)

    assert isinstance(item, Item)
    assert (item.entry.title, str(item.entry.date)) == ("Сайгаки вернулись", "2021-03-22")
    assert item.entry.url == "https://steppe.example.org/saiga"
    assert item.entry.body == f"{(TEXT * 3).strip()}\n\n{(TEXT * 2).strip()}"
    assert item.notes == ()


def test_a_page_that_was_saved_without_its_text() -> None:
    """It says what is missing."""
    (fault,) = found_in(
        SAVED.replace("text/html\nContent-Transfer", "text/css\nContent-Transfer").format(page="a {}")
    )

    assert fault == Fault("saved", "holds no page: none of its parts is HTML")


@pytest.mark.parametrize("piece", ["\n------MultipartBoundary--abc----", "\nX: y", "<p>", "=D0"])
def test_a_file_made_to_take_long(piece: str) -> None:
    """It ends soon in items or a line."""
    with soon(5):
        assert found_in(SAVED.format(page=piece * (900_000 // len(piece))))
        assert found_in(SAVED.replace("MIME", piece * (900_000 // len(piece)) + "\nMIME").format(page="x"))
