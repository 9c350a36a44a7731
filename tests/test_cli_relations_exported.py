"""What exports say of related entries, each in the place that its format has for it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def related(archive, invoke):
    """Add a translation of entry 9 that is on the web, and dismiss a duplicate of it; return the new id."""
    assert invoke("edit", "9", "--set", "url=https://cms.int/en/9", "--set", "languages=en").code == 0
    invoke("add", "--title", "Спасение барсов", "--url", "https://cms.int/ru/9", "--lang", "ru")
    invoke("add", "--title", "A follow-up", "--lang", "en")
    invoke("relations", "add", "9", "11", "--as", "translation")
    invoke("relations", "add", "9", "12", "--as", "follow-up")
    assert invoke("duplicates", "dismiss", "9", "8").code == 0
    return 11


def exported(invoke, form, *query):
    result = invoke("export", "--format", form, *query)
    assert result.code == 0
    return result.out


@pytest.mark.parametrize(("form", "tag"), [("atom", f"{ATOM}entry"), ("rss", "item")])
def test_feeds(related, invoke, form, tag):
    """It links a related story on the web with its language, though it is not in the feed, and keeps its own link."""
    feed = exported(invoke, form, "id:9")

    (item,) = ET.fromstring(feed).iter(tag)
    assert [link.attrib for link in item.findall(f"{ATOM}link") if link.get("rel") == "related"] == [
        {"rel": "related", "href": "https://cms.int/ru/9", "hreflang": "ru", "title": "Спасение барсов"}
    ]
    assert feedparser.parse(feed.encode()).entries[0].link == "https://cms.int/en/9"


def test_json_feed(related, invoke):
    """It says in its extension how an item is related, and to what."""
    (item,) = json.loads(exported(invoke, "jsonfeed", "id:9"))["items"]

    assert item["_newsarchive"]["relations"] == [
        {"kind": "translation", "title": "Спасение барсов", "language": "ru", "url": "https://cms.int/ru/9"},
        {"kind": "follow-up", "title": "A follow-up", "language": "en"},
    ]


def test_csl(related, invoke):
    """It names related items by their keys in `custom`, those of the very export."""
    items = {item["URL"]: item for item in json.loads(exported(invoke, "csl-json")) if "URL" in item}

    found = items["https://cms.int/en/9"]["custom"]["relations"]
    assert [(one["kind"], one.get("language"), one.get("URL")) for one in found] == [
        ("translation", "ru", "https://cms.int/ru/9"),
        ("follow-up", "en", None),
    ]
    assert found[0]["id"] == items["https://cms.int/ru/9"]["id"]


def test_page(related, invoke):
    """It links translations with their language, on the page or where they are, and tells nobody of verdicts."""
    whole = LexborHTMLParser(exported(invoke, "html")).css("#entry-9 p.about a")
    alone = LexborHTMLParser(exported(invoke, "html", "id:9")).css("#entry-9 p.about a")

    assert [(a.attributes["href"], a.attributes["hreflang"], a.text()) for a in whole] == [
        ("#entry-11", "ru", "Спасение барсов"),
        ("#entry-12", "en", "A follow-up"),
    ]
    assert [a.attributes["href"] for a in alone] == ["https://cms.int/ru/9"]


def test_markdown(related, invoke):
    """It lists all relations in the front matter, from where an import takes them."""
    text = exported(invoke, "markdown", "id:9")

    assert re.findall(r"kind: (\S+)", text) == ["translation", "follow-up", "different-story"]
