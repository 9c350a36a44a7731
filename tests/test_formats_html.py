"""Pages of the web: articles and lists of stories, as sites write them and as attackers do."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable

import pytest
from clock import soon
from conftest import DATA, Result
from hostile import PAGES
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import format_of, only_fault, read, read_entries, written

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Item, Remark, Source
from newsarchive.formats.reading.pages.limits import within_limits
from newsarchive.formats.reading.pages.reader import PageReader
from newsarchive.formats.reading.pages.tree import Element, document_of, page_of

PROSE = "The Gobi Bear, which lives in the desert, will be better protected by the Range States. " * 4


def entries_of(name: str) -> list[Entry]:
    """Return the entries of a page in the folder of test data, which has no faults."""
    return read_entries("html", (DATA / "pages" / name).read_bytes(), name)


def article(head: str = "", body: str = "") -> Entry:
    """Return the entry of a page with one heading and a long text."""
    (entry,) = read_entries(
        "html", f"<html><head>{head}</head><body><h1>T</h1>{body}<p>{PROSE}</p></body></html>"
    )
    return entry


def listed(body: str) -> list[tuple[str, str, str | None]]:
    """Return title, date and summary of the stories of a page."""
    return [(entry.title, str(entry.date), entry.summary) for entry in read_entries("html", f"<body>{body}")]


# --- articles ---------------------------------------------------------------------------------------------


def test_an_article_of_drupal_is_read() -> None:
    """It takes what the page tells search engines, its description, and its text without the rest."""
    assert entries_of("article-en.html") == [
        Entry(
            title="In memoriam – Anton Mezhnev",
            date=PartialDate(2021, 1, 29),
            summary="Mr. Anton Pavlovich Mezhnev was the Saiga MOU Focal Point & more.",
            body="Mr. Anton Pavlovich Mezhnev was the Saiga MOU Focal Point at the Ministry of Natural "
            "Resources of Russia for more than 10 years.\n\nHis responsibilities at the ministry included "
            "participation in the development of state policy on the protection of rare species.\n\n"
            "Saiga\nSnow leopard",
            url="https://www.cms.int/cami/en/news/memoriam-anton-mezhnev",
            source="cms.int",
            tags=("Russian Federation", "obituary", "Saiga"),
            extra={"author": "CMS Secretariat", "updated": "2021-02-01T08:00:00+01:00"},
        )
    ]


def test_an_old_russian_page_is_read() -> None:
    """It knows the declared windows-1251, paragraphs without an end, and a date in Russian."""
    (entry,) = entries_of("article-ru.html")

    assert (entry.title, str(entry.date)) == ("Встреча по сайгаку в Астане", "2024-02-17")
    assert entry.summary == "Казахстан и Узбекистан договорились о совместных мерах."
    assert entry.body is not None
    assert entry.body.splitlines()[2:] == [
        "Следующая встреча пройдёт в Бонне, и на ней стороны рассмотрят план действий на ближайшие пять лет.",
        "Участвуют все государства ареала.",
    ]
    assert (entry.url, entry.languages) == ("http://saiga.example/ru/news/2", ())


def test_xhtml_is_read_in_its_own_encoding() -> None:
    """It goes by the XML declaration where there is no meta."""
    page = "<?xml version='1.0' encoding='koi8-r'?><html><h1>Сайгак</h1><p>3 мая 2019</p></html>"

    (entry,) = read_entries("html", page.encode("koi8-r"))

    assert (entry.title, str(entry.date)) == ("Сайгак", "2019-05-03")


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta property="article:published_time" content="2020-02-14T23:30:00-05:00">', "", "2020-02-14"),
        ('<meta name="DCTERMS.issued" content="2020-02">', "", "2020-02"),
        ('<meta itemprop="datePublished" content="2020-02-14">', "<time>3 May 2019</time>", "2020-02-14"),
        ("", '<time datetime="2020-02-13T23:00:00Z">14 February 2020</time>', "2020-02-14"),
        ("", '<time datetime="2020-02-14">two days ago</time>', "2020-02-14"),
        ("", '<span class="date" content="2020-02-14">Friday</span>', "2020-02-14"),
        ("", "<p>Posted on <b>14 February 2020</b></p>", "2020-02-14"),
        ("", "<div>Bonn | 14 février 2020</div>", "2020-02-14"),
        ("", "<p>Last updated on 1 March 2021</p><p>14 de febrero de 2020</p>", "2020-02-14"),
        ("", "<aside><time>3 May 2019</time></aside><time>14.02.2020</time>", "2020-02-14"),
        ("", "", "None"),
    ],
)
def test_the_date_of_an_article_is_found(head: str, body: str, date: str) -> None:
    """It prefers what is declared, then the first date below the title that is not that of a change."""
    assert str(article(head, body).date) == date


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "<title>Saiga | CMS</title><meta property='og:site_name' content='CMS'><time>3 May 2019</time>",
            "Saiga",
        ),
        ("<title>Saiga</title><h1>CMS</h1><h1>Saiga</h1><time>3 May 2019</time>", "Saiga"),
        ("<title>x</title><h1>Saiga &amp;amp; <i>Bear</i></h1><time>3 May 2019</time>", "Saiga &amp; Bear"),
        ("<meta property='og:title' content='Saiga &amp; Bear'><time>3 May 2019</time>", "Saiga & Bear"),
    ],
)
def test_the_title_of_an_article_is_found(page: str, title: str) -> None:
    """It takes the heading that the head repeats, else what the head says, without the name of the site."""
    assert [entry.title for entry in read_entries("html", page)] == [title]


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://cms.int/1"><meta property="og:url" content="x">',
            "https://cms.int/1",
        ),
        ('<meta property="og:url" content="https://cms.int/1">', "https://cms.int/1"),
        ('<base href="https://cms.int/en/"><link rel="canonical" href="1">', "https://cms.int/en/1"),
        ('<link rel="canonical" href="/1">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
    ],
)
def test_the_address_of_an_article_is_the_canonical_one(head: str, url: str | None) -> None:
    """It takes no address that is not whole."""
    assert article(head).url == url


def test_the_language_of_a_page_counts_where_its_text_tells_none() -> None:
    """It believes `lang` only for want of words."""
    (vilm,) = read_entries("html", '<html lang="fr"><h1>Vilm 2018</h1><time>3 May 2019</time>')

    assert (vilm.languages, article('<meta property="og:locale" content="fr_FR">').languages) == (("fr",), ())


def test_the_language_of_a_story_in_a_list_is_its_own() -> None:
    """It believes the `lang` that is next to the title, and takes an empty one for a language that is not known."""
    stories = "".join(
        f"<article{lang}><h3>Vilm {year}</h3><time>3 May {year}</time></article>"
        for lang, year in ((" lang=mn", 2018), (' lang=""', 2019), ("", 2020))
    )
    found = read_entries("html", f"<html lang=fr><main lang=de>{stories}</main>")

    assert [entry.languages for entry in found] == [("mn",), (), ("de",)]


def test_what_is_struck_out_is_not_said() -> None:
    """It leaves out what a page takes back, in a story of many paragraphs, too."""
    words = (
        "The herds were counted from the air, as every year, by those who know the steppe and its animals."
    )
    told = f"<p>The meeting is on <del>5 May</del> <ins>6 May</ins> in <s>Bonn</s> Almaty. {words}</p>"

    for paragraphs in (1, 12):
        entry = article(
            "", f"<h1>Saiga Day</h1><time>29 January 2021</time>{told}{f'<p>{words}</p>' * paragraphs}"
        )
        text = f"{entry.summary or ''} {entry.body or ''}"
        assert "on 6 May in Almaty. The" in text
        assert "Bonn" not in text


def test_a_tag_that_strikes_out_and_is_never_closed() -> None:
    """It leaves out no paragraph of which only the beginning was meant."""
    words = "The herds were counted from the air by those who know the steppe and its animals. " * 3

    for paragraphs in (1, 12):
        told = f"<p>It is on <s>5 May 6 May. {words}</p>{f'<p>{words}</p>' * paragraphs}"
        entry = article("", f"<h1>Saiga Day</h1><time>29 January 2021</time>{told}")
        assert "6 May. The herds" in f"{entry.summary or ''} {entry.body or ''}"


def test_ill_formed_data_of_an_article_is_passed_over() -> None:
    """It goes by the page itself where its JSON-LD is none."""
    entry = article(
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>', "<p>3 May 2019</p>"
    )

    assert (entry.title, str(entry.date)) == ("T", "2019-05-03")


def test_an_article_with_related_stories_is_an_article() -> None:
    """It is not taken for a list because others are listed below it."""
    row = "<div class=row><h3><a href=/1>Another story</a></h3><time>3 May 2018</time></div>"

    (entry,) = read_entries("html", f"<h1>T</h1><time>3 May 2019</time><p>{PROSE}</p><div>{row * 4}</div>")

    assert (entry.title, str(entry.date)) == ("T", "2019-05-03")


# --- what a page has beside its story ---------------------------------------------------------------------


def test_the_data_of_the_page_itself_counts() -> None:
    """It takes the date of the article in JSON-LD that the page is, not of the first one that has a date."""
    nodes = [
        {"@type": "WebSite", "name": "CMS", "datePublished": "2011-01-01"},
        {
            "@type": "NewsArticle",
            "headline": "Most read",
            "datePublished": "2018-05-05",
            "url": "https://cms.int/9",
        },
        {
            "@type": "https://schema.org/NewsArticle",
            "headline": "Saiga counted",
            "datePublished": "2021-01-29",
            "url": "https://www.cms.int/1/",
        },
    ]
    data = json.dumps({"@graph": nodes}).replace("Most read", "Most\nread")

    entry = article(
        f'<link rel=canonical href="https://cms.int/1"><script type="application/ld+json">{data}</script>'
    )

    assert (entry.title, str(entry.date)) == ("Saiga counted", "2021-01-29")


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="comments"><p>Anna, <time datetime="2022-03-04T10:00">4 March 2022</time></p></div>',
        '<blockquote class="twitter-tweet">Saigas! <a href="#">March 4, 2022</a></blockquote>',
        '<div id="archive-menu"><ul><li><a href=/2022/03>March 2022</a></li></ul></div>',
        '<div class="teaser-list"><h3><a href=/2>Another</a></h3><span>4 March 2022</span></div>',
    ],
)
def test_the_dates_around_a_story_are_not_its_own(beside: str) -> None:
    """It gives a story no date of a comment, a tweet, a menu of months or another story."""
    entry = article(body=f"<p>{PROSE}</p>{beside}")

    assert entry.date is None


@pytest.mark.parametrize(
    ("declared", "shown", "date"),
    [
        ("2021-03-21T20:30Z", "22 марта", "2021-03-22"),
        ("2021-03-21T20:30:00+00:00", "22 марта 2021 года", "2021-03-22"),
        ("2021-03-22T01:30:00Z", "March 21, 2021", "2021-03-21"),
        ("2021-03-21T20:30Z", "21 марта", "2021-03-21"),
        ("2021-03-21T20:30Z", "28 марта", "2021-03-21"),
        ("11/01/2023 12:43:42", "Posted on 01.11.2023 by Anna", "2023-11-01"),
    ],
)
def test_the_day_that_is_shown_counts(declared: str, shown: str, date: str) -> None:
    """It takes the day that readers see where an instant in UTC is that of its neighbour."""
    entry = article(f'<meta property="article:published_time" content="{declared}">', f"<span>{shown}</span>")

    assert str(entry.date) == date


def test_a_date_that_nothing_settles_is_told() -> None:
    """It stores no guess at a day and a month, and keeps what is written."""
    page = f'<meta property="article:published_time" content="02/03/2016 12:43"><h1>T</h1><p>{PROSE}</p>'

    (item,) = read("html", page)

    assert isinstance(item, Item)
    assert (item.entry.date, item.entry.extra) == (None, {"source_date": "02/03/2016 12:43"})
    assert "2016-03-02 or 2016-02-03" in item.notes[0]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="date" content="2019">', "2019"),
        ('<meta name="dcterms.issued" content="2019-05">', "2019-05"),
        (
            '<meta property="article:published_time" content="0000-00-00"><meta name="date" content="2019-05">',
            "2019-05",
        ),
    ],
)
def test_a_date_keeps_its_precision(head: str, date: str) -> None:
    """It makes no day of a year, and passes over what is no date."""
    assert str(article(head).date) == date


def test_the_years_of_a_life_are_no_date() -> None:
    """It leaves an obituary undated when nothing but the years of a life is on the page."""
    (entry,) = read_entries("html", f"<h1>In memoriam – Dr Badamjav (1959-2019)</h1><p>{PROSE}</p>")

    assert entry.date is None


def test_the_name_of_the_site_is_no_title() -> None:
    """It takes `og:title` where the only heading of the first level is the name of the site."""
    head = (
        "<meta property=og:site_name content='Steppe News'><meta property=og:title content='Saiga counted'>"
    )

    (entry,) = read_entries("html", f"<head>{head}</head><h1>Steppe News</h1><p>3 May 2019</p><p>{PROSE}</p>")

    assert entry.title == "Saiga counted"


def test_a_story_of_medium_is_read() -> None:
    """It reads the classes of a story that Medium exports: subtitle, date, canonical address."""
    page = f"""<html><head><title>Counting saigas</title></head><body><article class="h-entry">
    <header><h1 class="p-name">Counting saigas</h1></header>
    <section data-field="subtitle" class="p-summary">From the air.</section>
    <section data-field="body" class="e-content"><p>{PROSE}</p></section>
    <footer><p>By <a href="https://medium.com/@anna" class="p-author h-card">Anna</a> on
    <a href="https://medium.com/p/1a2b"><time class="dt-published" datetime="2019-04-18T09:00:00.000Z">April 18,
    2019</time></a>.</p><p><a href="https://medium.com/@anna/counting-1a2b" class="p-canonical">Canonical</a></p>
    </footer></article></body></html>"""

    (entry,) = read_entries("html", page)

    assert (entry.title, str(entry.date)) == ("Counting saigas", "2019-04-18")
    assert (entry.summary, entry.url) == ("From the air.", "https://medium.com/@anna/counting-1a2b")


def test_an_article_is_no_list_for_what_it_lists() -> None:
    """It reads one story where the page lists others below, or the months of its archive beside."""
    months = "".join(f"<li><h3>May {year}</h3></li>" for year in range(2001, 2020))
    related = "".join(
        f'<div class=card><h3><a href="/{n}">Story number {n}</a></h3><b>{n} May 2018</b></div>'
        for n in range(1, 9)
    )

    for beside in (f"<ul>{months}</ul>", related):
        page = f"<h1>Saiga counted from the air</h1><p>3 May 2019</p><p>{PROSE * 2}</p>{beside}"
        assert [entry.title for entry in read_entries("html", page)] == ["Saiga counted from the air"]


def test_utf_8_is_read_whatever_is_declared() -> None:
    """It reads UTF-8 under a wrong declaration as such, and says so."""
    page = "<meta charset=windows-1251><h1>Встреча по сайгаку</h1><p>3 мая 2019</p>"

    remark, item = read("html", page)

    assert isinstance(item, Item)
    assert item.entry.title == "Встреча по сайгаку"
    assert remark == Remark("news", "says that it is windows-1251, and is UTF-8; it is read as that")


def test_a_text_that_cannot_be_decoded_names_the_option() -> None:
    """It says what a declaration is worth, and how to say better."""
    page = "<meta charset=utf-8><h1>Встреча по сайгаку</h1><p>3 мая 2019</p>"

    remark, _ = read("html", page.encode("cp1251"))

    assert isinstance(remark, Remark)
    assert remark.text.startswith("says that it is utf-8, and is not; it is not UTF-8 and is read as cp1251")
    assert "--encoding" in remark.text


def test_the_libraries_are_silent(program: Callable[..., Result]) -> None:
    """It tells nothing that a library logs or warns of."""
    result = program("import", "-", "--format", "html", stdin=b"<h1>T</h1><p>x</p>")

    assert result.code == 7
    assert "trafilatura" not in result.err
    assert "discarding" not in result.err


# --- lists ------------------------------------------------------------------------------------------------


def test_a_list_of_drupal_is_read() -> None:
    """It finds title, text, date, address and tags in each row, and leaves out menu and pager."""
    memoriam, bear, vilm, leopard = entries_of("listing-en.html")

    assert memoriam.url == "https://www.cms.int/cami/en/news/memoriam-anton-mezhnev"
    assert (bear.title, str(bear.date)) == ("Gobi Bear, Persian Leopard & Wild Sheep", "2020-02-14")
    assert (
        bear.summary
        == "The Gobi Bear is set to join other species.\nМедведь гоби присоединится к другим видам."
    )
    assert (bear.tags, bear.source) == (("Gobi Bear",), "cms.int")
    assert (vilm.title, vilm.date) == ("Midterm Review of the Initiative", None)
    assert (leopard.title, str(leopard.date), leopard.url) == ("Snow Leopard Day 2016", "2016-10-23", None)


def test_a_list_of_links_is_read() -> None:
    """It takes a link for the title where there are no headings, and no menu for a list."""
    assert [(entry.title, str(entry.date), entry.url) for entry in entries_of("listing-es.html")] == [
        ("El leopardo de las nieves, más protegido", "2017-02-06", "https://www.cms.int/es/1"),
        ("Argali: caza y conservación", "2016-11-14", "https://www.cms.int/es/2"),
        ("Asamblea de las Partes", "2016-03-02", "https://www.cms.int/es/3"),
    ]


def test_a_list_without_boxes_is_read() -> None:
    """It tells by the headings where a story begins that nothing encloses."""
    found = [(entry.title, str(entry.date), entry.summary) for entry in entries_of("listing-flat-ru.html")]

    assert found == [
        ("Памяти Антона Межнева", "2021-01-29", "Антон Павлович Межнев был координатором Меморандума."),
        (
            "Встреча по сайгаку в Астане",
            "2024-02-17",
            "Казахстан и Узбекистан договорились.\nСледующая встреча пройдёт в Бонне.",
        ),
        ("Обзор на острове Вильм", "2018-04-27", None),
    ]


def test_a_list_in_sections_is_read() -> None:
    """It finds the stories of all years, also of one with a single story, and the year of each date."""
    assert [(entry.title, str(entry.date), entry.url) for entry in entries_of("sections-fr.html")] == [
        ("Ours de Gobi : une meilleure protection", "2020-02-14", "https://www.cms.int/fr/gobi"),
        ("Afghanistan et Tadjikistan coopèrent", "2020-10-07", "https://www.cms.int/fr/panj"),
        ("Revue à mi-parcours", "2018-04-27", "https://www.cms.int/fr/vilm"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<p>3 May 2019</p><h2>Saiga</h2><p>Text a.</p><p>4 May 2019</p><h2>Bear</h2><p>Text b.</p>",
        "<h2>Saiga</h2><p>Text a.</p><p>3 May 2019</p><h2>Bear</h2><p>Text b.</p><p>4 May 2019</p>",
        "<table><tr><td>3 May 2019<td><h2>Saiga</h2>Text a."
        "<tr><td>4 May 2019<td><h2>Bear</h2>Text b.</table>",
        "<h1>All</h1><h3>2019</h3><h4>Saiga</h4><i>3 May 2019</i><p>Text a.</p>"
        "<h4>Bear</h4><i>4 May 2019</i><p>Text b.</p><h3>2018</h3>",
        "<div><h2>Saiga</h2><div><p>Text a.</p></div><em>3 May 2019</em></div>"
        "<div><h2>Bear</h2><div><p>Text b.</p></div><em>4 May 2019</em></div>",
        "<a href=1><h2>Saiga</h2><p>Text a.</p><span>3 May 2019</span></a>"
        "<a href=2><h2>Bear</h2><p>Text b.</p><span>4 May 2019</span></a>",
    ],
)
def test_stories_are_told_apart(page: str) -> None:
    """It reads lists with the date above, below, beside, in tables, in boxes and in links."""
    assert listed(page) == [("Saiga", "2019-05-03", "Text a."), ("Bear", "2019-05-04", "Text b.")]


def test_the_order_of_day_and_month_is_settled_for_the_list() -> None:
    """It reads no date of three numbers by itself."""
    rows = "".join(f"<li><h3>Story {day}</h3><b>{day}</b></li>" for day in ("02/03/2019", "14/03/2019"))

    assert [date for _, date, _ in listed(f"<ul>{rows}</ul>")] == ["2019-03-02", "2019-03-14"]


def test_a_list_that_only_search_engines_see_is_read() -> None:
    """It takes the stories from JSON-LD where a script would have to build the page."""
    stories = [
        {
            "@type": "NewsArticle",
            "headline": "Saiga",
            "datePublished": "2019-05-03",
            "url": "/1",
            "keywords": ["a", "b"],
        },
        {
            "@type": "NewsArticle",
            "headline": "Bear",
            "datePublished": "2019-05",
            "mainEntityOfPage": "https://cms.int/2",
        },
    ]
    data = json.dumps({"@type": "ItemList", "itemListElement": [{"item": story} for story in stories]})

    saiga, bear = read_entries(
        "html", f'<script type="application/ld+json">{data}</script><div id=app></div>'
    )

    assert (saiga.title, str(saiga.date), saiga.tags) == ("Saiga", "2019-05-03", ("a", "b"))
    assert (bear.title, str(bear.date), bear.url) == ("Bear", "2019-05", "https://cms.int/2")


def test_a_row_without_a_title_is_a_fault() -> None:
    """It reports a date that stands in the list and belongs to no title."""
    rows = [f"<li><h3>{title}</h3><p>3 May 2019</p></li>" for title in ("Saiga", "", "Bear")]

    found = read("html", f"<ul>{''.join(rows)}</ul>")

    assert [type(one) for one in found] == [Item, Fault, Item]
    assert found[1] == Fault("news, item 2", "title: an entry needs a title")


def test_our_own_page_is_read() -> None:
    """It reads of the page of an archive what the program has written into it."""
    entries = [
        Entry(
            id=1,
            title="Saiga",
            date=PartialDate(2021, 1, 29),
            summary="a < b",
            url="https://cms.int/1",
            tags=("x",),
        ),
        Entry(id=2, title="Медведь", date=PartialDate(2020, 2, 14), summary="Текст."),
    ]

    back = read_entries("html", written("html", entries))

    assert [(entry.title, str(entry.date), entry.url) for entry in back] == [
        ("Saiga", "2021-01-29", "https://cms.int/1"),
        ("Медведь", "2020-02-14", None),
    ]


# --- neither ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "",
        "hello",
        "<html><head><title>News</title></head><body><h1>News</h1></body></html>",
        "<p>Contact us.</p>",
    ],
)
def test_a_page_of_another_kind_is_refused(page: str) -> None:
    """It says in a sentence what was looked for."""
    fault = only_fault("html", page)

    assert fault == Fault(
        "news",
        "is neither an article nor a list of stories: there is no title with a date or a text"
        " (JSON-LD, Open Graph, meta, h1, time), nor are there blocks with a title and a date each;"
        " copy what the browser shows into a .txt file, and import that",
    )


@pytest.mark.parametrize(
    ("name", "head", "format_"),
    [
        ("-", b"<!DOCTYPE html>\n<html lang=en>", "html"),
        ("a.txt", b"\xef\xbb\xbf<!-- saved from url=(0023)https://cms.int/ -->\n<HTML>", "html"),
        ("a.HTM", b"hello", "html"),
        ("-", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD"><html xmlns="x">', "html"),
        ("-", b'<?xml version="1.0"?><!-- <rss> --><feed>', "atom"),
        ("-", b"A story about <html>", "listing"),
    ],
)
def test_a_page_is_known_by_its_beginning(name: str, head: bytes, format_: str) -> None:
    """It tells pages from feeds and text by the first tag."""
    assert format_of(Source(name, head)) == format_


# --- hostile pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_ends_in_a_line(name: str) -> None:
    """It makes items and faults of it, in less time than five seconds of a busy machine."""
    with soon(5):
        found = list(PageReader().read(Source("x", PAGES[name].encode())))

    assert found
    assert all(one[1] for one in found)


@pytest.mark.parametrize("name", ["nested tags", "marked sections", "nested data", "zeros"])
def test_a_hostile_page_is_imported_without_a_traceback(name: str, invoke: Callable[..., Result]) -> None:
    """It ends the command with an exit code of its own and one line."""
    result = invoke("import", "-", "--format", "html", stdin=PAGES[name])

    assert result.code == 7
    assert "Traceback" not in result.err
    assert re.match("newsarchive: -: (is|has) ", result.err)


def test_scripts_and_drawings_leave_nothing() -> None:
    """It takes neither tags in scripts for tags, nor the titles of icons for text."""
    entry = article(
        "<script>document.write('<h1>x</h1>')</script>",
        "<svg><title>Icon</title><path d='x'/></svg><svg/><time>3 May 2019</time><style>p{}</style>",
    )

    assert (entry.title, entry.summary) == ("T", PROSE.strip())


_PIECES = [
    *(
        "<h1>",
        "</h1>",
        "<h2>T</h2>",
        "<h3><a href='/x'>A long title</a></h3>",
        "<p>",
        "</p>",
        "<div class=a>",
    ),
    *("</div>", "<time datetime='2020-01-02'>", "</time>", "3 May 2019", "02/03/2016", "text " * 30, "<li>"),
    *("<article>", "</article>", "<a href='javascript:x'>", "</a>", "<![", "<!--", "-->", "<svg>", "</svg>"),
    *(
        "<script type='application/ld+json'>",
        '{"@type":"Article","headline":["x"]}',
        "</script>",
        "<table><tr>",
    ),
    *("<meta property='og:title' content='T'>", "<link rel=canonical href='http://['>", "<base href='//x'>"),
    *(
        "\0",
        "&#27;",
        "\ud800",
        "<html lang='xx-'>",
        "<meta charset=utf-16>",
        "<select>",
        "<",
        ">",
        '"',
        "<main>",
    ),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_page_breaks_the_reader(page: str) -> None:
    """It makes items, faults and remarks of whatever comes."""
    for found in PageReader().read(Source("x", page.encode(errors="surrogatepass"))):
        assert isinstance(found, Item | Remark) or (found.place.startswith("x") and found.reason)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_the_tree_has_every_word_once(page: str) -> None:
    """It puts each text into one place, whatever is around it."""
    root = page_of(document_of(within_limits(page, "x")), "x").root

    assert sum(
        len(text) for element in root.all() for text in element.content if isinstance(text, str)
    ) <= len(page)
    assert root.size >= len("".join(root.text().split()))


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Saiga<script type='application/ld+json'></script>&#27;</h1><p>A story of the steppe.</p>",
        "<h1>Saiga</h1><div class='comments'>x</div>&#1;<p>A story &#xFFFE;of the steppe.</p>",
    ],
)
def test_characters_that_no_text_may_hold(page: str) -> None:
    """It reads references to control characters, with a date in the head and without one."""
    head = '<meta property="article:published_time" content="2021-01-29">'

    (dated,) = PageReader().read(Source("a.html", (head + page).encode()))
    (undated,) = PageReader().read(Source("a.html", page.encode()))

    assert isinstance(dated, Item)
    assert str(dated.entry.summary or dated.entry.body).endswith("A story of the steppe.")
    assert "Saiga" not in str(dated.entry.summary or dated.entry.body)
    assert isinstance(undated, Item | Fault)


def test_soft_hyphens_are_no_part_of_a_word() -> None:
    """It leaves out what says where a word may be parted, however it is written."""
    text = "The inter&shy;govern&#173;mental group of the steppe has counted the saiga from the air. " * 5
    page = f"<html><head><title>x</title></head><body><article><h1>Inter&#xAD;govern\u00admental</h1>{text}</article>"

    (item,) = PageReader().read(Source("a.html", page.encode()))

    assert isinstance(item, Item)
    assert item.entry.title == "Intergovernmental"
    assert "The intergovernmental group" in str(item.entry.body or item.entry.summary)


def test_a_short_article_is_its_text() -> None:
    """It keeps title and date of a page that is too short for the library out of its text."""
    text = "The saiga came back to the steppe after a long winter, and a million of them were counted from the air."
    page = f"""<html><head><title>Saiga are back</title></head><body><article><h1>Saiga are back</h1>
    <time datetime="2021-03-22">22 March 2021</time><p>{text}</p></article></body></html>"""

    (item,) = PageReader().read(Source("a.html", page.encode()))

    assert isinstance(item, Item)
    assert (item.entry.summary, item.entry.body, str(item.entry.date)) == (text, None, "2021-03-22")


def test_pages_do_not_pile_up() -> None:
    """It leaves nothing of a page behind, so that thousands can be read while no garbage is collected."""
    page = (
        "<html><body><article><h1>Saiga are back</h1>"
        + "<p>They were counted.</p>" * 50
        + "</article></body>"
    )
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            list(PageReader().read(Source("a.html", page.encode())))
        assert not [one for one in gc.get_objects() if isinstance(one, Element)]
    finally:
        gc.enable()
