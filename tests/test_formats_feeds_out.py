"""The feeds that are written: what their specifications demand, and what feedparser reads back."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import written
from strategies import archives, entries, lines, texts

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, plain_form
from newsarchive.formats.base import WriterOptions
from newsarchive.formats.registry import writer
from newsarchive.formats.writing.xml import element

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ISSUED = "{http://purl.org/dc/terms/}issued"
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"

OPTIONS = WriterOptions(
    title="CMS & CAMI", link="https://www.cms.int/cami", self_link="https://www.cms.int/cami/feed"
)
NEWS = Entry(
    id=7,
    title="Saiga & <b>Gobi</b>",
    date=PartialDate(2021, 1, 29),
    summary="one\ntwo",
    body="Text\n\nmore",
    url="https://www.cms.int/news/7?a=1&b=2",
    source="cms.csv",
    languages=("en", "ru"),
    tags=("news", "species/saiga"),
    added=datetime(2021, 1, 30, 12, tzinfo=UTC),
    modified=datetime(2021, 2, 1, 8, 30, tzinfo=UTC),
    extra={"internal": "not for the public"},
)
BARE = Entry(id=8, title="Межнев", date=PartialDate(2021, 1), modified=datetime(2021, 1, 31, tzinfo=UTC))


def feed_of(name: str, entries: list[Entry], options: WriterOptions = OPTIONS) -> bytes:
    """Return a feed of entries."""
    out = io.BytesIO()
    writer(name, options).write(map(plain_form, entries), out)
    return out.getvalue()


def items_of(name: str, entries: list[Entry]) -> list[Any]:
    """Return the elements of a feed's items."""
    root = ET.fromstring(feed_of(name, entries))
    return root.findall(f"{ATOM}entry" if name == "atom" else "channel/item")


# --- Atom -------------------------------------------------------------------------------------------------


def test_an_atom_feed_has_what_the_standard_demands() -> None:
    """It has one id, title, author and time of its newest change, and a link to itself."""
    feed = ET.fromstring(feed_of("atom", [BARE, NEWS]))

    assert feed.tag == f"{ATOM}feed"
    assert [(child.tag, child.text) for child in feed if child.text] == [
        (f"{ATOM}id", "https://www.cms.int/cami/feed"),
        (f"{ATOM}title", "CMS & CAMI"),
        (f"{ATOM}generator", "newsarchive"),
        (f"{ATOM}updated", "2021-02-01T08:30:00Z"),
    ]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "CMS & CAMI"
    assert [link.attrib for link in feed.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "href": "https://www.cms.int/cami"},
        {"rel": "self", "type": "application/atom+xml", "href": "https://www.cms.int/cami/feed"},
    ]


def test_an_atom_entry_has_what_is_known() -> None:
    """It has each field where the standard has a place for it, and nothing that is for the archive only."""
    (entry,) = items_of("atom", [NEWS])

    assert entry.attrib == {LANG: "en"}
    assert [(child.tag.removeprefix(ATOM), child.text or child.attrib) for child in entry] == [
        ("id", "https://www.cms.int/news/7?a=1&b=2"),
        ("title", "Saiga & <b>Gobi</b>"),
        ("updated", "2021-02-01T08:30:00Z"),
        ("published", "2021-01-29T00:00:00Z"),
        ("link", {"rel": "alternate", "href": "https://www.cms.int/news/7?a=1&b=2"}),
        ("category", {"term": "news"}),
        ("category", {"term": "species/saiga"}),
        ("summary", "one\ntwo"),
        ("content", "Text\n\nmore"),
    ]


def test_an_atom_entry_without_address_has_content() -> None:
    """It has content, as one without a link must."""
    entry, bare = items_of("atom", [Entry(id=1, title="a", summary="b"), BARE])

    assert (entry.findtext(f"{ATOM}summary"), entry.findtext(f"{ATOM}content")) == ("b", "b")
    assert bare.find(f"{ATOM}content") is not None


# --- RSS --------------------------------------------------------------------------------------------------


def test_an_rss_channel_has_what_the_specification_demands() -> None:
    """It has a title, a link, a description, a link to itself, and the time of its newest change."""
    rss = ET.fromstring(feed_of("rss", [NEWS, BARE]))

    assert (rss.tag, rss.attrib) == ("rss", {"version": "2.0"})
    assert [(child.tag, child.text) for child in rss[0] if child.text and child.tag != "item"] == [
        ("title", "CMS & CAMI"),
        ("link", "https://www.cms.int/cami"),
        ("description", "CMS & CAMI"),
        ("lastBuildDate", "Mon, 01 Feb 2021 08:30:00 GMT"),
    ]
    (link,) = rss.findall(f"channel/{ATOM}link")
    assert link.attrib == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": "https://www.cms.int/cami/feed",
    }


def test_an_rss_item_has_what_is_known() -> None:
    """It has each field where there is a place for it; what would be taken for HTML is written as HTML."""
    (item,) = items_of("rss", [NEWS])

    assert item.attrib == {LANG: "en"}
    assert [(child.tag.rpartition("}")[2], child.text) for child in item] == [
        ("title", "Saiga &amp; &lt;b&gt;Gobi&lt;/b&gt;"),
        ("link", "https://www.cms.int/news/7?a=1&b=2"),
        ("guid", "https://www.cms.int/news/7?a=1&b=2"),
        ("pubDate", "Fri, 29 Jan 2021 00:00:00 GMT"),
        ("category", "news"),
        ("category", "species/saiga"),
        ("description", "one\ntwo"),
        ("encoded", "Text<br>\n<br>\nmore"),
    ]


@pytest.mark.parametrize(
    ("title", "written_title"),
    [
        ("Flora & Fauna: 3 < 4", "Flora & Fauna: 3 < 4"),
        ("AT&amp;T", "AT&amp;amp;T"),
        ("&copy 2021", "&amp;copy 2021"),
        ("<script>", "&lt;script&gt;"),
        ("<!-- & -->", "&lt;!-- &amp; --&gt;"),
    ],
)
def test_rss_titles_mean_the_same_as_text_and_as_html(title: str, written_title: str) -> None:
    """It writes plain text, unless those who look for HTML in it would find some."""
    (item,) = items_of("rss", [Entry(id=1, title=title)])

    assert item.findtext("title") == written_title


def test_a_guid_is_a_link_only_where_it_is_one() -> None:
    """It says of ids that are no address of the web that they are none."""
    web, none = items_of("rss", [NEWS, BARE])

    assert web.find("guid").attrib == {"isPermaLink": "true"}
    assert none.find("guid").attrib == {"isPermaLink": "false"}


# --- JSON Feed --------------------------------------------------------------------------------------------


def test_a_json_feed_has_what_the_specification_demands() -> None:
    """It has its version and title, and each item an id as text and content."""
    assert json.loads(feed_of("jsonfeed", [NEWS, BARE])) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "CMS & CAMI",
        "home_page_url": "https://www.cms.int/cami",
        "feed_url": "https://www.cms.int/cami/feed",
        "items": [
            {
                "id": "https://www.cms.int/news/7?a=1&b=2",
                "url": "https://www.cms.int/news/7?a=1&b=2",
                "title": "Saiga & <b>Gobi</b>",
                "summary": "one\ntwo",
                "content_text": "Text\n\nmore",
                "date_published": "2021-01-29T00:00:00Z",
                "date_modified": "2021-02-01T08:30:00Z",
                "language": "en",
                "tags": ["news", "species/saiga"],
                "_newsarchive": {"languages": ["en", "ru"]},
            },
            {
                "id": "urn:uuid:1b875b1a-992e-57d0-a875-b6fa6cbeb2bb",
                "title": "Межнев",
                "content_text": "",
                "date_published": "2021-01-01T00:00:00Z",
                "date_modified": "2021-01-31T00:00:00Z",
                "_newsarchive": {"date": "2021-01"},
            },
        ],
    }


@settings(deadline=None)
@given(archives())
def test_a_json_feed_holds_every_text(entries: list[Entry]) -> None:
    """It gives back titles, summaries, tags and dates as they were."""
    items = json.loads(feed_of("jsonfeed", entries))["items"]

    for entry, item in zip(entries, items, strict=True):
        date = item.get("_newsarchive", {}).get("date", item.get("date_published", "")[:10])
        assert (item["title"], item.get("summary")) == (entry.title, entry.summary)
        assert item["content_text"] == entry.body or not entry.body
        assert item.get("tags", []) == list(entry.tags)
        assert date == (str(entry.date) if entry.date else None)
        assert re.fullmatch(RFC_3339, item["date_modified"])


# --- all feeds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("atom", ("2021-01-01T00:00:00Z", "2021-01")),
        ("rss", ("Fri, 01 Jan 2021 00:00:00 GMT", "2021-01")),
    ],
)
def test_a_date_without_day_is_kept(name: str, expected: tuple[str, str]) -> None:
    """It says the first day to all, as it must say one, and what is known in Dublin Core."""
    (item,) = items_of(name, [BARE])

    published = item.findtext(f"{ATOM}published") or item.findtext("pubDate")
    assert (published, item.findtext(ISSUED)) == expected
    assert feedparser.parse(feed_of(name, [BARE])).entries[0].published == "2021-01"


@pytest.mark.parametrize("name", ["atom", "rss", "jsonfeed"])
def test_a_feed_without_entries_is_valid(name: str) -> None:
    """It has all it must have when there is nothing to tell, and no present time."""
    feed = feed_of(name, [], WriterOptions())

    assert feed == written(name, [])
    if name == "jsonfeed":
        assert feed == b'{"version":"https://jsonfeed.org/version/1.1","title":"News","items":[\n]}\n'
    else:
        parsed = feedparser.parse(feed)
        assert (parsed.bozo, parsed.feed.title, parsed.entries) == (False, "News", [])
        assert parsed.feed.updated in ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT")
        assert (parsed.feed.get("id") or parsed.feed.link).startswith("urn:uuid:")


@pytest.mark.parametrize("name", ["atom", "rss", "jsonfeed"])
@pytest.mark.parametrize("url", ["javascript:alert(1)", "news/7", "//x", "data:text/html,x", "ftp://x/y"])
def test_only_safe_addresses_are_written(name: str, url: str) -> None:
    """It leaves out addresses of other schemes, such as stand in an archive that was edited by hand."""
    feed = feed_of(name, [Entry(id=1, title="a", url=url)])

    assert url.encode() not in feed


def test_addresses_are_escaped_where_they_must_be() -> None:
    """It writes blanks and the like as URLs can hold them, and letters of any script as they are."""
    url = 'https://x.org/б ü?a="<b>"&c={%20}\\^`|\u202e'

    (item,) = json.loads(feed_of("jsonfeed", [Entry(id=1, title="a", url=url)]))["items"]

    assert item["url"] == "https://x.org/б%20ü?a=%22%3Cb%3E%22&c=%7B%20%7D%5C%5E%60%7C%E2%80%AE"


@pytest.mark.parametrize("name", ["atom", "rss"])
def test_xml_holds_no_control_characters(name: str) -> None:
    """It drops what XML cannot hold, and writes what would steer a terminal as a reference."""
    feed = feed_of(name, [Entry(id=1, title="a\x00\x1b[31m\ufffe\ud800\x9b\u202eb", tags=("\x07c",))])

    (item,) = feedparser.parse(feed).entries
    assert b"a[31m&#155;&#8238;b" in feed
    assert item.tags[0].term == "c"


@settings(deadline=None)
@given(st.text(min_size=1), st.sampled_from("\t\n&<>\"'\x7f\x85\u2028\u202e]"))
def test_xml_holds_any_text(text: str, awkward: str) -> None:
    """It holds what XML can, in an element and in an attribute, as it was."""
    text = "".join(re.findall("[\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", f"a{text}{awkward}a"))

    item = ET.fromstring(element("item", text, term=text))

    assert (item.text, item.attrib) == (text, {"term": text})


def test_xml_of_nothing_that_it_can_hold() -> None:
    """It writes an empty element as one."""
    assert element("title", "\ufffe\uffff", term="\ufffe") == '<title term="" />'


@pytest.mark.parametrize("name", ["atom", "rss", "jsonfeed"])
def test_ids_are_unique_and_stay(name: str) -> None:
    """It takes the address once, and else an id that no edit of the entry changes."""
    again = Entry(id=9, title="Translation", url=NEWS.url, added=datetime(2021, 1, 30, 12, tzinfo=UTC))
    edited = Entry(id=9, title="Edited", summary="x", url=NEWS.url, added=again.added, modified=NEWS.modified)

    ids = [re.findall(rb"urn:uuid:[0-9a-f-]{36}", feed_of(name, [NEWS, entry])) for entry in (again, edited)]

    assert ids[0] == ids[1] == [b"urn:uuid:f3371806-e19e-531d-9c8c-eeb4267c96ef"]


# --- read by feedparser -----------------------------------------------------------------------------------


def _is_read_as_it_is(text: str) -> bool:
    """Say whether XML can hold a text and feedparser leaves it alone: it mends what looks wrongly encoded."""
    try:
        text.encode("latin-1").decode()
    except ValueError:
        return not re.search("[\x80-\x9f\ufffe\uffff]", text)
    return text.isascii()


_public = entries(
    title=lines.filter(_is_read_as_it_is),
    summary=st.none() | texts.filter(_is_read_as_it_is),
    url=st.sampled_from([None, "https://www.cms.int/cami/en/news/1?a=1&b=2", "mailto:a@b.org"]),
    date=st.none() | st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28)),
)


def _text(item: Any, name: str) -> str | None:
    """Return the text of a value that feedparser took for text or for HTML."""
    if f"{name}_detail" not in item:  # a summary without it is a copy of the content
        return None
    html = item[f"{name}_detail"].type == "text/html"
    return unescape(item[name]) if html else item[name]


@pytest.mark.parametrize("name", ["atom", "rss"])
@settings(deadline=None)
@given(entry=_public)
def test_feedparser_reads_what_went_in(name: str, entry: Entry) -> None:
    """It gives back title, summary, address, id, date and tags, and finds no fault with the feed."""
    parsed = feedparser.parse(feed_of(name, [entry]))

    (item,) = parsed.entries
    assert not parsed.bozo
    assert _text(item, "title") == entry.title.strip()
    assert _text(item, "summary") == entry.summary
    assert [link.href for link in item.get("links", [])] == ([entry.url] if entry.url else [])
    assert item.id == entry.url or item.id.startswith("urn:uuid:")
    assert [tag.term for tag in item.get("tags", [])] == list(entry.tags)
    date = item.get("published_parsed")
    assert (date and PartialDate(*date[:3])) == entry.date
