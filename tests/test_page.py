"""The page as it is written: what its HTML says, read by a parser that nobody here wrote."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from strategies import archives

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation, plain_form
from newsarchive.formats.base import WriterOptions
from newsarchive.formats.registry import writer
from newsarchive.formats.writing.html_asking import matching
from newsarchive.formats.writing.html_search import PageIndex, begins_nearly, steps
from newsarchive.formats.writing.html_timeline import timeline
from newsarchive.formats.writing.html_words import written_out
from newsarchive.text.visible import visible

BILINGUAL = (
    "The photographer decides not to take a picture of a snow leopard because he wishes to see it.\n"
    "Фотограф решает не фотографировать снежного барса, потому что он хочет его увидеть."
)
HOSTILE = [
    "</title></script></style></textarea></article>",
    "<script>alert(1)</script>",
    "<!-- <script> -->",
    "--!><plaintext>",
    "]]>",
    "\"><img src=x onerror='alert(2)'>",
    "\0\x1b[31m\u202e\ufeff\ufffe\U0001ffff",
    "&lt; &#0; &nosuch; &amp",
    "javascript:alert(3)",
    "</" + "<" * 1000,
]
"""What was made to end the element it stands in, or is no text at all."""
ENTRIES = [
    Entry(id=1, title="A", date=PartialDate(2016, 2, 3), languages=("en",), tags=("b", "a")),
    Entry(id=2, title="Undated"),
    Entry(id=3, title="C", date=PartialDate(2024), url="https://news.example/?a=1&b=2", summary="One\nTwo"),
    Entry(id=4, title="D", date=PartialDate(2016, 2), summary=BILINGUAL, languages=("en", "ru")),
]


def written(entries: Sequence[Entry], **options: Any) -> bytes:
    """Return the page of some entries."""
    out = io.BytesIO()
    writer("html", WriterOptions(**options)).write(map(plain_form, entries), out)
    return out.getvalue()


def parsed(entries: Sequence[Entry], **options: Any) -> LexborHTMLParser:
    """Return the page of some entries as a parser sees it."""
    return LexborHTMLParser(written(entries, **options))


def texts(page: Any, selector: str) -> list[str]:
    """Return the text of each element."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def values(page: Any, selector: str, attribute: str) -> list[str | None]:
    """Return an attribute of each element."""
    return [node.attributes[attribute] for node in page.css(selector)]


# --- what is in it ----------------------------------------------------------------------------------------


def test_entries_stand_by_year() -> None:
    """It begins with the newest year, keeps the order within each, and ends with what has no date."""
    page = parsed(ENTRIES)

    assert texts(page, "h2") == ["2024 1 entry", "2016 2 entries", "Undated 1 entry"]
    assert texts(page, "h3") == ["C", "A", "D", "Undated"]
    assert values(page, "section", "id") == ["year-2024", "year-2016", "undated"]


def test_every_entry_says_its_language() -> None:
    """It gives each entry its first language, none where none is known, and a line of another its own."""
    page = parsed(ENTRIES)

    assert values(page, "article", "lang") == ["", "en", "en", ""]
    assert values(page, "#entry-4 p[lang]:not(.about)", "lang") == ["ru"]
    assert texts(page, "#entry-4 p[lang]:not(.about)") == [BILINGUAL.split("\n")[1]]


def test_dates_are_written_out_and_machine_readable() -> None:
    """It keeps the precision of a date in both."""
    page = parsed(ENTRIES)

    assert values(page, "time", "datetime") == ["2024", "2016-02-03", "2016-02"]
    assert texts(page, "time") == ["2024", "3 February 2016", "February 2016"]


def test_a_tie_leads_to_the_other_entry() -> None:
    """It links to an entry of the page, and leaves out one that is not there."""
    ties = (Relation("translation", 2), Relation("follow-up", 99))

    page = parsed([Entry(id=1, title="A", relations=ties), Entry(id=2, title="Б", languages=("ru",))])

    assert texts(page, "#entry-1 .about") == ["Translation: Б"]
    assert values(page, "#entry-1 .about a", "href") == ["#entry-2"]
    assert values(page, "#entry-1 .about a", "lang") == ["ru"]
    assert values(page, "#entry-1 .about a", "hreflang") == ["ru"]


def test_choices_hold_what_there_is() -> None:
    """It offers years, tags and languages with their counts."""
    page = parsed(ENTRIES)

    assert texts(page, "#year option") == ["All years", "2024 (1)", "2016 (2)", "Undated (1)"]
    assert texts(page, "#tag option") == ["All tags", "a (1)", "b (1)"]
    assert texts(page, "#language option") == ["All languages", "English (2)", "Russian (1)"]


def test_a_choice_that_leaves_nothing_out_is_not_offered() -> None:
    """It has no list where all entries are alike."""
    entries = [Entry(id=number, title="A", date=PartialDate(2016), languages=("en",)) for number in (1, 2)]

    assert parsed(entries).css("select") == []


def test_without_entries_it_is_a_page_all_the_same() -> None:
    """It is valid when there is nothing to show."""
    page = parsed([])

    assert texts(page, "#status") == ["0 entries"]
    assert page.css("article, section, nav, select") == []


def test_the_options_name_it() -> None:
    """It has the title, a link to the site, its own address and the feed that readers look for."""
    page = parsed(
        ENTRIES,
        title="CAMI & co.",
        link="https://www.site.example/news",
        self_link="https://site.example/archive.html",
        feed="https://site.example/feed.atom",
    )

    assert texts(page, "head title, h1") == ["CAMI & co."] * 2
    assert texts(page, "header .about") == ["4 entries, 2016–2024 · site.example · Feed"]
    assert values(page, "link[rel=canonical]", "href") == ["https://site.example/archive.html"]
    (feed,) = page.css("link[rel=alternate]")
    assert feed.attributes == {
        "rel": "alternate",
        "type": "application/atom+xml",
        "title": "CAMI & co.",
        "href": "https://site.example/feed.atom",
    }


@pytest.mark.parametrize(
    ("feed", "type_"),
    [
        ("https://a.example/feed.xml", "application/rss+xml"),
        ("https://a.example/x.rss?all=1", "application/rss+xml"),
        ("https://a.example/feed.json", "application/feed+json"),
    ],
)
def test_the_kind_of_feed_is_told(feed: str, type_: str) -> None:
    """It goes by the end of the feed's address."""
    assert values(parsed([], feed=feed), "link[rel=alternate]", "type") == [type_]


def test_search_engines_read_news_articles() -> None:
    """It says in JSON-LD what is known of each entry, and nothing else."""
    page = parsed(ENTRIES, title="News")

    data = json.loads(page.css_first('script[type="application/ld+json"]').text())

    articles = data.pop("hasPart")
    assert data == {"@context": "https://schema.org", "@type": "CollectionPage", "name": "News"}
    assert articles[0] == {
        "@type": "NewsArticle",
        "@id": "#entry-3",
        "headline": "C",
        "datePublished": "2024",
        "url": "https://news.example/?a=1&b=2",
    }
    assert articles[1]["keywords"] == ["b", "a"]
    assert articles[2]["inLanguage"] == ["en", "ru"]
    assert articles[3] == {"@type": "NewsArticle", "@id": "#entry-2", "headline": "Undated"}


def test_the_program_writes_it(invoke, archive) -> None:
    """It is what a file that ends in .html asks for, with the name and the feed of the options."""
    done = invoke(
        "export", "leopard", "-o", "news.html", "--title", "CAMI", "--feed", "https://a.example/f.rss"
    )

    page = LexborHTMLParser((archive.parent / "news.html").read_bytes())
    assert (done.code, done.out) == (0, "")
    assert texts(page, "h1") == ["CAMI"]
    assert values(page, "article", "id") == ["entry-3", "entry-4", "entry-9"]
    assert values(page, "link[rel=alternate]", "href") == ["https://a.example/f.rss"]


# --- what cannot happen -----------------------------------------------------------------------------------


def test_the_policy_allows_its_own_script_and_style_only() -> None:
    """It names both by their hash, and allows nothing else to run or load."""
    page = parsed(ENTRIES)
    hashes = [
        base64.b64encode(hashlib.sha256(page.css_first(name).text().encode()).digest()).decode()
        for name in ("script:not([type])", "style")
    ]

    (policy,) = values(page, "meta[http-equiv=Content-Security-Policy]", "content")

    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src 'sha256-{hashes[0]}'",
        f"style-src 'sha256-{hashes[1]}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
    assert (
        page.css("[style], [onclick], [onload], [onerror], script[src], link[rel=stylesheet], img, iframe")
        == []
    )


def test_the_same_entries_give_the_same_bytes() -> None:
    """It holds no time, no chance and no order of its own."""
    assert written(ENTRIES) == written(ENTRIES)


@settings(deadline=None, max_examples=50)
@given(entries=archives())
def test_every_entry_arrives_as_it_is(entries: list[Entry]) -> None:
    """It escapes whatever an archive can hold: a parser finds each title, and three scripts."""
    page = parsed(entries)

    shown = {node.attributes["id"]: node.css_first("h3").text() for node in page.css("article")}
    # This parser, unlike browsers, has no place for the noncharacter.
    assert shown == {
        f"entry-{entry.id}": visible(entry.title).replace("\ufffe", "\ufffd") for entry in entries
    }
    assert len(page.css("script")) == 3
    json.loads(page.css_first("#index").text())
    json.loads(page.css_first('script[type="application/ld+json"]').text())


def test_it_is_html_without_a_fault() -> None:
    """It is what the standard asks for, to a parser that stops at the first error, with all options."""
    addresses = {name: f"https://a.example/{name}?a=1&b=2" for name in ("link", "self_link", "feed")}

    for page in (written([]), written(ENTRIES), written(ENTRIES, title="A & <B>", **addresses)):
        html5lib.HTMLParser(strict=True).parse(page)


@settings(deadline=None, max_examples=20)
@given(entries=archives(), text=st.sampled_from(HOSTILE))
def test_no_text_makes_a_fault(entries: list[Entry], text: str) -> None:
    """It is html without a fault whatever the entries say, also where that was made to break out."""
    told = [replace(entry, title=text, summary=text, body=text, url=text, source=text) for entry in entries]

    for its in (entries, told):
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(written(its, title=text))
        assert len(tree.findall(".//article/h3")) == len(its)
        assert len(tree.findall(".//script")) == 3


# --- parts of it ------------------------------------------------------------------------------------------

TEXTS = [["Snow leopard", "of Mezhnev"], ["Снежный барс Межнев"], ["leopards wine"], ["☂"]]
INDEX = PageIndex((texts, ()) for texts in TEXTS)


@pytest.mark.parametrize(
    ("typed", "likes"),
    [
        ("leo", ["leopard", "leopards"]),
        ("leopard", ["leopard", "leopards"]),
        ("lepard", ["leopard", "leopards"]),
        ("leopadrs", ["leopards"]),
        ("межнев", ["mezhnev", "межнев"]),
        ("mejnev", ["mezhnev", "межнев"]),
        ("mezh", ["mezhnev", "межнев"]),
        ("snez", ["снежный"]),
        ("снежнйы", ["снежный"]),
        ("vin", []),
        ("vine", ["wine"]),
        ("win", ["wine"]),
        ("o", ["of"]),
        ("xy", []),
    ],
)
def test_a_word_typed_stands_for_words(typed: str, likes: list[str]) -> None:
    """It stands for words that begin with it or sound like it; if there are none, for those one slip away."""
    assert INDEX.alike(typed) == likes


def test_all_words_must_be_there() -> None:
    """It shows the entries that have a like of each word, and all if nothing was typed."""
    assert matching(INDEX, "leop SNOW") == [0]
    assert matching(INDEX, "mezhnev") == [0, 1]
    assert matching(INDEX, " – ") == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("word", "typed", "is_near"),
    [
        ("leopard", "lepard", True),
        ("leopard", "leoopard", True),
        ("leopard", "leupard", True),
        ("leopard", "leoaprd", True),
        ("leopard", "leop", True),
        ("leopard", "lop", True),
        ("leopard", "leopardx", True),
        ("leopard", "leopardxy", False),
        ("leopard", "lpard", False),
        ("leopard", "leaporb", False),
        ("", "a", True),
        ("a", "", True),
    ],
)
def test_a_beginning_may_have_one_slip(word: str, typed: str, is_near: bool) -> None:
    """It allows one letter more, less or other, or two swapped."""
    assert begins_nearly(word, typed) is is_near


def test_places_are_written_as_steps() -> None:
    """It writes what lies between them, in base 36."""
    assert steps([]) == ""
    assert steps([0, 1, 37, 2000]) == "0 1 10 1ij"


def test_the_timeline_has_a_bar_a_year() -> None:
    """It leaves a gap for a year without entries, and gives the fullest the full height."""
    bars = timeline({2016: 1, 2018: 4})

    assert [(bar.year, bar.entries, bar.height, bar.y) for bar in bars] == [
        (2016, 1, 13, 55),
        (2017, 0, 0, 68),
        (2018, 4, 52, 16),
    ]
    assert [(bar.x, bar.width, bar.middle) for bar in bars[:2]] == [
        ("14.167", "5", "16.667"),
        ("47.5", "5", "50"),
    ]


def test_a_long_timeline_leaves_years_out() -> None:
    """It has no room for every year since 1066."""
    assert [bar.year for bar in timeline({1066: 1, 2020: 1})] == [1066, 2020]


@pytest.mark.parametrize(
    ("date", "written_date"),
    [("0476-09-04", "4 September 476"), ("2021-10", "October 2021"), ("2021", "2021")],
)
def test_a_date_says_no_more_than_is_known(date: str, written_date: str) -> None:
    """It writes out the parts that there are."""
    assert written_out(date) == written_date
