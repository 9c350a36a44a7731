"""JSON Feed as sites write it, and as the program does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import DATA, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import format_of, only_fault, read, read_entries, written
from strategies import dates, entries

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Item, Remark, Source
from newsarchive.formats.reading.feeds.jsonfeed import JsonFeedReader

FEED = (DATA / "feeds" / "feed.json").read_bytes()


def item_of(**values: Any) -> Item:
    """Return the item of a feed with these values in its only item."""
    feed = {"version": "https://jsonfeed.org/version/1", "items": [{"title": "a", **values}]}
    (item,) = read("jsonfeed", json.dumps(feed))
    assert isinstance(item, Item)
    return item


def test_an_item_is_read() -> None:
    """It takes text from HTML, the day as it was written, whole addresses, and keeps the rest in extra."""
    memoriam = read("jsonfeed", FEED)[0]

    assert memoriam == Item(
        Entry(
            title="In memoriam – Anton Mezhnev",
            date=PartialDate(2021, 1, 29),
            summary="He was the Saiga MOU Focal Point.",
            body="Mr. Mezhnev & the saiga.\n\n5 < 6, R&amp;D.",
            url="https://saiga.example/en/news/1",
            source="Saiga News",
            tags=("Saiga", "Russian Federation"),
            extra={
                "image": "https://saiga.example/mezhnev.jpg",
                "_saiga": {"issue": 12},
                "author": "CMS Secretariat; Saiga team",
                "updated": "2021-02-01T08:00:00Z",
                "enclosures": [
                    {
                        "url": "https://saiga.example/files/mou.pdf",
                        "type": "application/pdf",
                        "length": "48211",
                    }
                ],
            },
        ),
        "news, item 1",
        "news",
        declares=("en",),
    )


def test_an_item_of_the_first_version_is_read() -> None:
    """It knows a single author, an id that is a number, and text without markup."""
    vilm = read("jsonfeed", FEED)[1]

    assert isinstance(vilm, Item)
    assert vilm.entry == Entry(
        title="Встреча на острове Вильм",
        date=PartialDate(2018, 4, 27),
        summary="Обзор инициативы на середину срока.",
        source="Saiga News",
        extra={"external_url": "https://www.cms.int/vilm", "author": "Секретариат КМВ", "source_id": "2"},
    )


def test_an_item_without_a_title_is_called_by_its_text() -> None:
    """It takes its first line, as JSON Feed asks for no title."""
    items = [{"content_html": "<p>The herd is back.</p><p>All are glad.</p>"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}

    note, remark = read("jsonfeed", json.dumps(feed))

    assert isinstance(note, Item)
    assert isinstance(remark, Remark)
    assert (note.entry.title, note.entry.body) == ("The herd is back.", "The herd is back.\n\nAll are glad.")


def test_an_item_that_says_nothing_is_a_fault() -> None:
    """It names the item."""
    assert read("jsonfeed", FEED)[2] == Fault("news, item 3", "title: an entry needs a title")


@pytest.mark.parametrize("name", ["feed.json", "news.jsonfeed", "-", "x.feed.json"])
def test_a_feed_is_told_from_other_json(name: str) -> None:
    """It is known by its version, even where its name is that of any JSON."""
    assert format_of(Source(name, FEED)) == "jsonfeed"
    assert format_of(Source(name, b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}')) == "jsonfeed"


def test_other_json_is_no_feed() -> None:
    """It leaves arrays of entries, and objects with another version, to the reader of JSON."""
    assert format_of(Source("a.json", b'[{"title":"a"}]')) == "json"
    assert format_of(Source("a.json", b'{"version":"1.0","items":[]}')) == "json"


@pytest.mark.parametrize(
    ("address", "url", "note"),
    [
        ("https://cms.int/1", "https://cms.int/1", None),
        ("mailto:cms@cms.int", "mailto:cms@cms.int", None),
        (["x"], None, None),
        ("java\tscript:alert(1)", None, "the address 'javascript:alert(1)' is left out: "),
        ("/news/1", None, "the address '/news/1' lacks its site; "),
    ],
)
def test_only_addresses_of_pages_are_taken(address: object, url: str | None, note: str | None) -> None:
    """It leaves out scripts, and keeps aside what has no site, each with a note."""
    item = item_of(url=address)

    assert item.entry.url == url
    assert len(item.notes) == (note is not None)
    assert all(found.startswith(str(note)) for found in item.notes)


@pytest.mark.parametrize(
    ("values", "date"),
    [
        ({"date_published": "2021-01-29T23:30:00-05:00"}, PartialDate(2021, 1, 29)),
        ({"date_modified": "2021-02-01T00:00:00Z"}, PartialDate(2021, 2, 1)),
        ({"date_published": "2021-01-01T00:00:00Z", "_newsarchive": {"date": "2021"}}, PartialDate(2021)),
        ({"date_modified": "2021-02-01T00:00:00Z", "_newsarchive": {"date": None}}, None),
        ({"date_published": None}, None),
        ({"date_published": "soon"}, None),
    ],
)
def test_the_date_is_that_of_publication(values: dict[str, Any], date: PartialDate | None) -> None:
    """It takes the day as it is written; the program's own extension has the precision."""
    assert item_of(**values).entry.date == date


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("[]", "is no JSON Feed: it has no list `items`"),
        ('{"items": {}}', "is no JSON Feed: it has no list `items`"),
        ("[" * 100_000, "is nested deeper than 35 levels"),
    ],
)
def test_what_is_no_feed_is_refused(data: str, reason: str) -> None:
    """It says in a line why nothing is read."""
    assert only_fault("jsonfeed", data) == Fault("news", reason)


def test_a_truncated_feed_is_refused_with_its_line() -> None:
    """It says where the text stops being JSON."""
    assert only_fault("jsonfeed", FEED[:300]).place.startswith("news:")


def test_a_feed_is_imported(invoke: Callable[..., Result]) -> None:
    """It adds what can be read and names what cannot."""
    result = invoke("import", "-", stdin=FEED)

    assert result.code == 6
    assert "-, item 3: title: an entry needs a title" in result.err
    assert "Added 2, failed 1 of 3 items" in result.err


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_keys = st.sampled_from(
    [
        *("id", "url", "title", "summary", "content_html", "content_text", "tags", "author", "authors"),
        *("attachments", "date_published", "date_modified", "language", "_newsarchive", "source", "extra"),
    ]
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(_keys, _json, max_size=6), max_size=3), st.dictionaries(_keys, _json))
def test_no_value_breaks_the_reader(items: list[dict[str, Any]], feed: dict[str, Any]) -> None:
    """It makes items and faults of values of any type."""
    data = json.dumps({**feed, "items": items}).encode()

    for found in JsonFeedReader().read(Source("x", data)):
        assert isinstance(found, Item | Remark) or (found.place.startswith("x") and found.reason)


_dates = dates().filter(lambda date: date.year >= 1000)


@settings(deadline=None)
@given(stories=st.lists(entries(date=st.none() | _dates), max_size=3))
def test_our_own_feeds_come_back(stories: list[Entry]) -> None:
    """It reads of a feed what the program has written into it, but for dates before the year 1000."""
    back = [
        found.entry for found in read("jsonfeed", written("jsonfeed", stories)) if isinstance(found, Item)
    ]

    assert [(entry.title, entry.date, entry.tags) for entry in back] == [
        (entry.title, entry.date, entry.tags) for entry in stories
    ]
    assert [entry.languages for entry in back if len(entry.languages) > 1] == [
        entry.languages for entry in stories if len(entry.languages) > 1
    ]


def test_the_ten_stories_come_back() -> None:
    """It reads the feed of a real page without a fault."""
    stories = read_entries("listing", (DATA / "cami-news-listing.txt").read_bytes())
    numbered = [replace(entry, id=number) for number, entry in enumerate(stories, 1)]

    back = read_entries("jsonfeed", written("jsonfeed", numbered))

    assert [(entry.title, entry.date, entry.summary) for entry in back] == [
        (entry.title, entry.date, entry.summary) for entry in stories
    ]
