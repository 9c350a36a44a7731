"""Web archives: the pages that are articles, on their addresses; all other answers are counted."""

from __future__ import annotations

import gzip
import sys

import pytest
from clock import soon
from documents import zipped
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Source
from newsarchive.formats.registry import reader
from newsarchive.installing import command_for

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>Saiga numbers recover</title>
<meta property="article:published_time" content="2020-02-14"></head><body><article>
<h1>Saiga numbers recover</h1><p>The herds of the saiga antelope have grown for the third year in a row.</p>
<p>Nobody had expected that much, and nobody says that it will last for ever and a day.</p></article></body></html>
"""
LISTING = "<html><body>" + "".join(
    f"<div><h2><a href='/{n}'>A story of the steppe, part {n}</a></h2><p>{n} May 2019</p><p>Text {n}.</p></div>"
    for n in range(1, 6)
)


def record(
    uri: str, body: bytes, *, kind: str = "response", status: str = "200 OK", headers: str = ""
) -> bytes:
    """Return a record that keeps an answer of a server."""
    headers = headers or "Content-Type: text/html; charset=utf-8"
    http = f"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    warc = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-02-03T04:05:06Z\r\n"
        "WARC-Record-ID: <urn:uuid:0b1f6e3a-1111-4d5e-9c1e-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return warc.encode() + http + b"\r\n\r\n"


ARCHIVE = [
    record("https://steppe.example.org/saiga", ARTICLE.encode()),
    record("https://steppe.example.org/", LISTING.encode()),
    record("https://steppe.example.org/a.png", b"\x89PNG", headers="Content-Type: image/png"),
    record("https://steppe.example.org/old", b"", status="301 Moved Permanently"),
    record("https://steppe.example.org/404", ARTICLE.encode(), status="404 Not Found"),
    record("https://steppe.example.org/empty", b"<html><body><p>a</p></body></html>"),
    record("https://steppe.example.org/saiga", b"", kind="request"),
]


def found_in(data: bytes, name: str = "crawl") -> list[Found]:
    """Return what is found in an archive that is told by its content or name."""
    source = Source(name, data)
    assert format_of(source) == "warc"
    return list(reader("warc").read(source))


@pytest.mark.parametrize("form", ["plain", "gz", "wacz"])
def test_a_crawl(form: str) -> None:
    """It takes the articles with their addresses and when they were kept, and counts the rest."""
    packed = b"".join(map(gzip.compress, ARCHIVE))
    forms = {
        "plain": (b"".join(ARCHIVE), "crawl"),
        "gz": (packed, "crawl.warc.gz"),
        "wacz": (zipped({"datapackage.json": "{}", "archive/data.warc.gz": packed}), "crawl.wacz"),
    }

    item, *rest = found_in(*forms[form])

    assert isinstance(item, Item)
    story = plain_form(item.entry)
    assert {name: story[name] for name in ("title", "date", "url", "source", "extra")} == {
        "title": "Saiga numbers recover",
        "date": "2020-02-14",
        "url": "https://steppe.example.org/saiga",
        "source": "steppe.example.org",
        "extra": {"captured": "2021-02-03T04:05:06Z"},
    }
    assert "third year in a row" in story["body"]
    assert {one.what: one.number for one in rest if isinstance(one, LeftOut)} == {
        "page that lists stories": 1,
        "file that is no page": 1,
        "redirect or error": 2,
        "page without a story": 1,
    }


def test_what_the_server_says_of_the_encoding_counts() -> None:
    """It reads a page in the encoding of its answer, whatever its head says."""
    page = ARTICLE.replace("Saiga numbers recover", "Сайгаки вернулись").replace(
        "<head>", "<head><meta charset=utf-8>"
    )
    answer = record(
        "https://steppe.example.org/ru",
        page.encode("cp1251"),
        headers="Content-Type: text/html; charset=cp1251",
    )

    (item,) = found_in(answer)

    assert isinstance(item, Item)
    assert item.entry.title == "Сайгаки вернулись"


def test_an_answer_that_is_packed() -> None:
    """It unpacks what the server had packed."""
    answer = record(
        "https://steppe.example.org/saiga",
        gzip.compress(ARTICLE.encode()),
        headers="Content-Type: text/html\r\nContent-Encoding: gzip",
    )

    (item,) = found_in(answer)

    assert isinstance(item, Item)


@pytest.mark.parametrize("data", [b"WARC/1.0\r\nbroken", b"\x1f\x8b"])
def test_an_archive_without_records(data: bytes) -> None:
    """It says so, or where it is damaged."""
    (fault,) = found_in(data, "a.warc.gz")

    assert isinstance(fault, Fault)
    assert fault.reason.startswith(("holds no records of a web archive", "is damaged behind record 0: "))


def test_an_archive_made_to_take_long() -> None:
    """It is given up after a few seconds where a small file is packed of very many pages."""
    packed = gzip.compress(
        b"".join(record(f"https://x.example/{n}", ARTICLE.encode()) for n in range(12_000))
    )

    with soon(8):
        *_, last = found_in(packed, "a.warc.gz")

    assert len(packed) < 1 << 20
    assert last == Fault("a.warc.gz", "is packed of more than can be read; what is left is not read")


def test_the_library_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)

    assert found_in(ARCHIVE[0]) == [
        Fault("crawl", f"needs fastwarc to be read; install it: {command_for('documents')}")
    ]
