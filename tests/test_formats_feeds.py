"""Feeds: RSS, RDF and Atom as sites write them, in four languages, well-formed and not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from clock import soon
from conftest import DATA, Result
from hostile import END, FEEDS, RSS
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import format_of, only_fault, read, read_entries, written
from strategies import dates, entries, lines

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Item, Remark, Source
from newsarchive.formats.reading.feeds.reader import FeedReader
from newsarchive.formats.registry import reader

FEEDS_FOLDER = DATA / "feeds"


def entries_of(name: str) -> list[Entry]:
    """Return the entries of a feed in the folder of test data, which has no faults."""
    return read_entries("rss", (FEEDS_FOLDER / name).read_bytes(), name)


def first(item: str) -> Entry:
    """Return the entry of an RSS feed with this content of its only item."""
    modules = "dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'"
    content = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    root = RSS.replace("<rss", f"<rss xmlns:{modules} {content}")
    (entry,) = read_entries("rss", f"{root}<item><title>a</title>{item}</item>{END}")
    return entry


def atom(content: str) -> Entry:
    """Return the entry of an Atom feed with this content of its only entry."""
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>{content}</entry></feed>'
    (entry,) = read_entries("atom", feed)
    return entry


# --- what sites write -------------------------------------------------------------------------------------


def test_an_rss_feed_of_drupal_is_read() -> None:
    """It takes text from escaped HTML, the day as it was written, and keeps what has no field in extra."""
    memoriam = entries_of("drupal-en.rss.xml")[0]

    assert memoriam == Entry(
        title="In memoriam – Anton Mezhnev",
        date=PartialDate(2021, 1, 29),
        summary="Mr. Anton Pavlovich Mezhnev was the Saiga MOU Focal Point at the Ministry of Natural "
        "Resources of Russia.\nHe will be missed.",
        url="https://www.cms.int/cami/en/news/memoriam-anton-mezhnev",
        source="CAMI – News & Stories",
        tags=("Saiga", "Russian Federation"),
        extra={
            "author": "CMS Secretariat",
            "enclosures": [
                {
                    "url": "https://www.cms.int/sites/default/files/saiga-mou.pdf",
                    "type": "application/pdf",
                    "length": "48211",
                },
                {
                    "url": "https://www.cms.int/sites/default/files/mezhnev.jpg",
                    "type": "image/jpeg",
                    "length": "90311",
                },
            ],
            "source_id": "2731 at https://www.cms.int",
        },
    )


def test_the_long_text_of_an_rss_item_is_the_body() -> None:
    """It reads content:encoded in paragraphs, entities decoded once, and a year of two digits."""
    bear = entries_of("drupal-en.rss.xml")[1]

    assert bear.title == "Gobi Bear, Persian Leopard & Wild Sheep Set for Greater Protection"
    assert (
        bear.summary == "The Gobi Bear – the only bear living in the desert – is set to join other species."
    )
    assert bear.body == (
        "Bonn, 14 February 2020 – The Gobi Bear is set to join.\n\nPersian Leopard\nUrial\n\n"
        "Costs: 5 < 6 &amp; counting."
    )
    assert (str(bear.date), bear.url) == ("2020-02-14", "https://www.cms.int/cami/en/news/gobi-bear")


def test_an_item_needs_no_date_and_no_link() -> None:
    """It takes the address from the guid, and leaves the date open."""
    leopard = entries_of("drupal-en.rss.xml")[2]

    assert leopard.url == "https://www.cms.int/cami/en/news/saving-snow-leopards"
    assert (leopard.date, leopard.summary, leopard.extra) == (None, None, {})


def test_a_russian_feed_is_read() -> None:
    """It knows windows-1251, entities of HTML, a Russian pubDate and an address without its site."""
    data = (FEEDS_FOLDER / "rss-091-ru.xml").read_bytes()

    items = [found for found in read("rss", data) if isinstance(found, Item)]

    assert [(item.entry.title, str(item.entry.date)) for item in items] == [
        ("Памяти Антона Межнева", "2021-01-29"),
        ("Встреча по сайгаку в Астане", "2024-02-17"),
        ("Когда-нибудь", "None"),
    ]
    assert items[0].entry.summary == "Антон Павлович Межнев был координатором.\nСветлая память."
    assert items[0].entry.source == "Новости «Сайгак»"
    assert items[1].entry.url == "http://saiga.example/ru/news/2"


def test_what_cannot_be_read_in_an_item_is_noted() -> None:
    """It keeps what is no date, drops an address that runs a script, and says both."""
    data = (FEEDS_FOLDER / "rss-091-ru.xml").read_bytes()

    *_, item = read("rss", data)

    assert isinstance(item, Item)
    assert item.entry.url is None
    assert item.entry.extra == {"source_date": "на прошлой неделе"}
    assert [note.partition(";")[0] for note in item.notes] == [
        "'на прошлой неделе' is not a date",
        "the address 'javascript:alert(1)' is left out: only http, https, mailto are taken",
    ]


def test_an_atom_feed_is_read() -> None:
    """It tells plain text from HTML and XHTML, and resolves addresses from xml:base."""
    bear = entries_of("fr.atom")[0]

    assert bear.title == "Ours de Gobi &amp; léopard : l’initiative pour l’Asie centrale"
    assert bear.summary == "Une proposition <forte> pour l’ours."
    assert bear.body == "L’ours de Gobi vit dans le désert.\n\nIl est 5 < 6.\n\nMongolie\nChine"
    assert bear.url == "https://www.cms.int/fr/actualites/ours-de-gobi"
    assert (str(bear.date), bear.source) == ("2019-10-09", "Actualités de la CMS")
    assert bear.tags == ("ours-de-gobi", "Billet")


EN = '<link rel="alternate" hreflang="{}" href="https://n.example/en"/>'
RU = '<link rel="alternate" hreflang="ru" href="https://n.example/ru"/>'


@pytest.mark.parametrize(
    "links",
    [
        EN.format("en") + RU,
        RU + EN.format("en-GB"),
        EN.replace(' hreflang="{}"', "") + RU,
        RU + EN.replace(' rel="alternate" hreflang="{}"', ""),
    ],
)
def test_an_address_is_that_of_the_entry_and_not_of_a_translation(links: str) -> None:
    """It takes the link in the entry's language, else the one that names no language, wherever it stands."""
    title = '<title xml:lang="en">Saiga counted in the steppe</title>'

    assert atom(f"{title}<id>urn:1</id>{links}").url == "https://n.example/en"


def test_people_and_files_of_an_atom_entry_are_kept() -> None:
    """It keeps authors, the time of the last change, and every enclosure."""
    extra = entries_of("fr.atom")[0].extra

    assert extra == {
        "author": "Secrétariat de la CMS; Équipe CAMI",
        "updated": "2019-10-10T08:00:00Z",
        "enclosures": [
            {"url": "https://www.cms.int/fr/files/ours.pdf", "type": "application/pdf", "length": "1200"},
            {"url": "https://www.cms.int/fr/files/ours.mp3", "type": "audio/mpeg"},
        ],
        "source_id": "tag:cms.int,2019:2501",
    }


def test_a_declared_language_counts_where_the_text_tells_none() -> None:
    """It leaves the language to the text of the entry as long as that is enough."""
    bear, vilm = entries_of("fr.atom")

    assert (bear.languages, vilm.languages) == ((), ("en",))


def test_an_rdf_feed_is_read() -> None:
    """It knows Latin-1 as Windows means it, a month for a date, and settles day and month together."""
    leopard, argali, assembly = entries_of("es.rdf")

    assert leopard.summary == "Una reunión en Bonn sobre el “fantasma de las montañas”."
    assert [str(entry.date) for entry in (leopard, argali, assembly)] == [
        "2017-02",
        "2016-11-14",
        "2016-03-02",
    ]
    assert (leopard.tags, leopard.extra) == (
        ("leopardo de las nieves",),
        {"author": "Secretaría de la CMS"},
    )
    assert argali.extra == {"source_id": "urn:cms:2"}


@pytest.mark.parametrize(
    ("name", "format_"),
    [("drupal-en.rss.xml", "rss"), ("rss-091-ru.xml", "rss"), ("fr.atom", "atom"), ("es.rdf", "rdf")],
)
def test_a_feed_is_known_by_its_beginning(name: str, format_: str) -> None:
    """It is told apart by its first tag, whatever it is called, and on stdin."""
    data = (FEEDS_FOLDER / name).read_bytes()

    assert {format_of(Source(other, data)) for other in (name, "-")} == {format_}


@pytest.mark.parametrize("name", ["drupal-en.rss.xml", "rss-091-ru.xml", "fr.atom", "es.rdf"])
def test_a_feed_below_the_warning_of_a_server_is_known(name: str) -> None:
    """It tells a feed on stdin by its first tag, even when that is not the first thing there."""
    data = b"<br />\n<b>Warning</b>: mysql_connect() on line 3<br />\n" + (FEEDS_FOLDER / name).read_bytes()

    found = list(reader(format_of(Source("-", data))).read(Source("-", data)))

    assert sum(isinstance(one, Item) for one in found) > 1


def test_atom_in_a_file_called_xml_is_known() -> None:
    """It does not take a file for RSS because RSS has the same suffix."""
    assert format_of(Source("feed.xml", (FEEDS_FOLDER / "fr.atom").read_bytes())) == "atom"


# --- details ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("<pubDate>Sat, 30 Jan 2021 00:30:00 +0300</pubDate>", "2021-01-30"),
        ("<pubDate>Fri Jan 29 10:00:00 2021</pubDate>", "2021-01-29"),
        ("<pubDate>jeu., 29 oct. 2020 10:00:00 +0100</pubDate>", "2020-10-29"),
        ("<dc:date>2020</dc:date>", "2020"),
        (
            "<pubDate>Fri, 29 Jan 2021 00:00:00 GMT</pubDate><dcterms:issued>2021-01</dcterms:issued>",
            "2021-01",
        ),
        ("<dcterms:modified>2021-02-03</dcterms:modified>", "2021-02-03"),
        # Feedparser makes other days of these.
        ("<pubDate>2016-02-30</pubDate>", "None"),
        ("<pubDate>2016-02-31T10:00:00Z</pubDate>", "None"),
        ("<pubDate>2021-029</pubDate>", "None"),
        ("<pubDate>Fri Jan 29 23:00:00 EST 2021</pubDate>", "None"),
        ("<pubDate></pubDate>", "None"),
    ],
)
def test_a_date_is_taken_as_it_is_written(date: str, iso: str) -> None:
    """It keeps the day of the site's own time zone, and the precision."""
    assert str(first(date).date) == iso


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('<title type="html">&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>', "A & B"),
        ('<title type="text">&lt;b&gt; &amp;amp; B</title>', "<b> &amp; B"),
        ("<title>A\n  B</title>", "A B"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <i>B</i> &lt;C</div></title>',
            "A B <C",
        ),
        ("<title><![CDATA[A & B]]></title>", "A & B"),
    ],
)
def test_a_title_is_one_line_of_text(title: str, text: str) -> None:
    """It reads the three types of Atom, each decoded once."""
    assert atom(title).title == text


def test_a_single_line_of_content_is_the_summary() -> None:
    """It makes the only text of an entry its summary, or its body when it has paragraphs."""
    short = atom("<title>a</title><content>One line.</content>")
    long = atom('<title>a</title><content type="html">&lt;p&gt;One.&lt;p&gt;Two.</content>')

    assert (short.summary, short.body) == ("One line.", None)
    assert (long.summary, long.body) == (None, "One.\n\nTwo.")


def test_a_text_that_stands_there_twice_is_kept_once() -> None:
    """It leaves out a content that only repeats the description."""
    entry = first("<description>Same.</description><content:encoded>Same.</content:encoded>")

    assert (entry.summary, entry.body) == ("Same.", None)


def test_an_address_without_a_site_is_kept_aside() -> None:
    """It does not pass off `/news/1` as an address: two sites may both have one."""
    entry = first("<link>/news/1</link>")

    assert (entry.url, entry.extra) == (None, {"source_url": "/news/1"})


def test_enclosures_that_run_scripts_are_left_out() -> None:
    """It keeps only files that can be fetched."""
    entry = first('<enclosure url="javascript:alert(1)"/><enclosure url="https://cms.int/a.pdf"/>')

    assert entry.extra == {"enclosures": [{"url": "https://cms.int/a.pdf"}]}


def test_an_item_without_a_title_is_called_by_its_text() -> None:
    """It takes its first line, as RSS asks for a title or a description."""
    item, remark = read("rss", f"{RSS}<item><description>The herd is back.</description></item>{END}")

    assert isinstance(item, Item)
    assert remark == Remark(
        "news", "items without a title, of which it has 1, are called by the beginning of their text"
    )
    assert (item.entry.title, item.entry.summary) == ("The herd is back.", "The herd is back.")


def test_an_item_that_says_nothing_is_a_fault() -> None:
    """It names the item, and reads the others."""
    found = read("rss", f"{RSS}<item><link>x</link></item><item><title>b</title></item>{END}")

    assert [type(one) for one in found] == [Fault, Item]
    assert found[0] == Fault("news, item 1", "title: an entry needs a title")


def test_the_file_is_the_source_of_a_nameless_feed() -> None:
    """It names the file, never the folder."""
    (entry,) = read_entries(
        "rss", "<rss><channel><item><title>a</title></item></channel></rss>", "/x/y/f.rss"
    )

    assert entry.source == "f.rss"


# --- ill-formed feeds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feed", "reason", "titles"),
    [
        (f"{RSS}<item><title>R&D & x</title></item>{END}", "not well-formed", ["R&D & x"]),
        (f"{RSS}<item><title>a&nbsp;b</title></item>{END}", "undefined entity", ["a b"]),
        (f"{RSS}<item><title>a</title><item><title>b</title>{END}", "mismatched tag", ["a", "b"]),
        (
            f"{RSS}<item><title>a</title></item><item><title>cut in the mid",
            "no element found",
            ["a", "cut in the mid"],
        ),
        (f"<b>Warning</b> line 3\n{RSS}<item><title>a</title></item>{END}", "junk after document", ["a"]),
        (f"{RSS}<item><title>a<br>b</title></item>{END}", "mismatched tag", ["a b"]),
        (f"{RSS}<item><title>a\x1b[31m</title></item>{END}", "not well-formed", ["a[31m"]),
        (f"{RSS}<item><title>a</title><x:y>b</x:y></item>{END}", "unbound prefix", ["a"]),
        (f"{RSS}<item><dc:title>a</dc:title></item>{END}", "unbound prefix", ["a"]),
        (f"{RSS}<item x='1' x='2'><title>a</title></item>{END}", "duplicate attribute", ["a"]),
    ],
)
def test_an_ill_formed_feed_gives_what_can_be_had(feed: str, reason: str, titles: list[str]) -> None:
    """It says what is wrong and where, and reads on."""
    remark, *items = read("rss", feed)

    assert isinstance(remark, Remark)
    assert remark.text.startswith(f"is ill-formed ({reason}")
    assert [item.entry.title for item in items if isinstance(item, Item)] == titles


def test_a_feed_without_entries_is_no_fault() -> None:
    """It says so of one that is whole, as of any list without items; a damaged one may have had some."""
    empty = "<rss><channel><title>a</title></channel></rss>"

    assert read("rss", empty) == [Remark("news", "is a feed without entries")]
    assert read("rss", empty[:-6])[1:] == [Fault("news", "is a feed without entries")]


def test_an_id_that_is_no_address_is_kept() -> None:
    """It keeps the id of an entry without a link, which feedparser gives for its address."""
    (item,) = read(
        "atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><id>urn:1</id></entry></feed>',
    )

    assert isinstance(item, Item)
    assert (item.entry.url, item.entry.extra, item.notes) == (None, {"source_id": "urn:1"}, ())


def test_an_ambiguous_date_names_the_remedy() -> None:
    """It keeps what it cannot read, and says which option reads it."""
    (item,) = read("rss", f"{RSS}<item><title>a</title><pubDate>02/03/2016</pubDate></item>{END}")

    assert isinstance(item, Item)
    assert item.notes == (
        "'02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean, "
        "or say --date-order dmy|mdy|ymd; it is kept as `source_date`",
    )


def test_references_to_controls_leave_nothing() -> None:
    """It makes no escape of `&#27;`."""
    _, item = read("rss", f"{RSS}<item><title>a&#27;[31m&#155;&#0;</title></item>{END}")

    assert isinstance(item, Item)
    assert item.entry.title == "a[31m›\ufffd"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body>News</body></html>", "is no feed: nothing in it is called rss, rdf:RDF or feed"),
        (b"", "is no feed: nothing in it is called rss, rdf:RDF or feed"),
        (b'{"a": 1}', "is no feed: nothing in it is called rss, rdf:RDF or feed"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    """It says in a line why nothing is read."""
    assert only_fault("rss", data) == Fault("news", reason)


def test_an_encoding_that_is_not_the_declared_one_is_remarked() -> None:
    """It reads by the letters what says that it is UTF-8."""
    feed = (
        f"<?xml version='1.0' encoding='utf-8'?>{RSS[21:]}<item><title>Встреча в Астане</title></item>{END}"
    )

    remark, item = read("rss", feed.encode("cp1251"))

    assert isinstance(remark, Remark)
    assert remark.text == (
        "says that it is utf-8, and is not; it is not UTF-8 and is read as cp1251, as in “Встреча”;"
        " --encoding says otherwise"
    )
    assert isinstance(item, Item)
    assert item.entry.title == "Встреча в Астане"


@pytest.mark.parametrize(
    "encoding", ["punycode", "rot13", "idna", "unicode_escape", "nonsense", "a.b", "utf-16"]
)
def test_an_encoding_that_texts_are_not_in_is_passed_over(encoding: str) -> None:
    """It does not decode by whatever Python knows; `punycode` takes quadratic time."""
    remark, item = read(
        "rss", f"<?xml version='1.0' encoding='{encoding}'?>{RSS[21:]}<item><title>é</title></item>{END}"
    )

    assert remark == Remark("news", f"says that it is {encoding}, and is UTF-8; it is read as that")
    assert isinstance(item, Item)
    assert item.entry.title == "é"


# --- hostile feeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_ends_in_a_line(name: str) -> None:
    """It makes items and faults of it, in less time than five seconds of a busy machine."""
    with soon(5):
        found = list(FeedReader().read(Source("x", FEEDS[name].encode())))

    assert found
    assert all(one[1] for one in found)


def test_declared_entities_stay_as_they_are_written() -> None:
    """It follows no entity of a document, neither to a file nor to a billion laughs."""
    feed = (
        f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{RSS}<item><title>x&a;</title></item>{END}"
    )

    remark, item = read("rss", feed)

    assert isinstance(remark, Remark)
    assert "declares entities, which are not followed" in remark.text
    assert isinstance(item, Item)
    assert item.entry.title == "x&a;"


@pytest.mark.parametrize("name", ["nested tags", "entity bomb", "bad addresses", "categories"])
def test_a_hostile_feed_is_imported_without_a_traceback(name: str, invoke: Callable[..., Result]) -> None:
    """It ends the command with an exit code of its own and no archive, or with entries."""
    result = invoke("import", "-", "--format", "rss", stdin=FEEDS[name])

    assert result.code in (0, 6, 7)
    assert "Traceback" not in result.err


def test_a_folder_of_feeds_and_pages_is_imported(invoke: Callable[..., Result]) -> None:
    """It accounts for each item through the command: added, there already, or failed with its reason."""
    first = invoke("import", str(FEEDS_FOLDER), str(DATA / "pages"))
    second = invoke("import", str(FEEDS_FOLDER), str(DATA / "pages"))

    assert first.code == second.code == 6
    assert "Added 18, skipped 10, failed 1 of 29 items" in first.err
    assert "feed.json, item 3: title: an entry needs a title" in first.err
    assert "skipped 28, failed 1 of 29 items; nothing was changed" in second.err


_PIECES = [
    *(
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "<link href='a'/>",
        "</rss>",
    ),
    *("<feed>", "<entry>", "<content type='xhtml'>", "<b>", "</b>", "<guid>", "<enclosure url='http://[' />"),
    *("<dc:date>", "<category>", "<author>", "<name>", "2021-01-29", "02/03/2016", "http://[", "a", "&amp;"),
    *(
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&",
        "&#27;",
        "&x;",
        "<?xml encoding='x'?>",
        "<!DOCTYPE [",
        '"',
        "\0",
    ),
    *("xmlns='a'", "\ud800", "\x1b"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_feed_breaks_the_reader(feed: str) -> None:
    """It makes items, faults and remarks of whatever comes."""
    for found in FeedReader().read(Source("x", feed.encode(errors="surrogatepass"))):
        assert isinstance(found, Item | Remark) or (found.place.startswith("x") and found.reason)


# --- our own feeds ----------------------------------------------------------------------------------------

_titles = lines.filter(lambda title: not re.search("[\x80-\xff]{2}", title))
"""Without what feedparser takes for UTF-8 that was read as Latin-1, and puts right."""
_dates = dates().filter(lambda date: date.year >= 1000)


@pytest.mark.parametrize("format_", ["atom", "rss"])
@settings(deadline=None)
@given(stories=st.lists(entries(title=_titles, date=st.none() | _dates), min_size=1, max_size=3))
def test_our_own_feeds_come_back(format_: str, stories: list[Entry]) -> None:
    """It reads of a feed what the program has written into it, but for dates before the year 1000."""
    back = [found.entry for found in read(format_, written(format_, stories)) if isinstance(found, Item)]

    assert [" ".join(entry.title.split()) for entry in back] == [" ".join(e.title.split()) for e in stories]
    assert [entry.date for entry in back] == [entry.date for entry in stories]
    assert [entry.tags for entry in back] == [entry.tags for entry in stories]


def test_other_vocabularies_say_what_an_item_lacks() -> None:
    """It reads the full text of Yandex, the summary of a podcast, the title of a picture, and an item's language."""
    full, podcast, french = read_entries(
        "rss",
        """<rss version="2.0" xmlns:yandex="http://news.yandex.ru" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>C</title><language>en</language>
        <item><title>Saiga</title><description>Short.</description>
        <yandex:full-text>Long.&lt;p&gt;Text.</yandex:full-text></item>
        <item><media:title>Bear</media:title><itunes:summary>Seen in Gobi.</itunes:summary></item>
        <item><title>Vilm 2018</title><dc:language>fr</dc:language></item></channel></rss>""",
    )

    assert (full.summary, full.body) == ("Short.", "Long.\n\nText.")
    assert (podcast.title, podcast.summary) == ("Bear", "Seen in Gobi.")
    assert french.languages == ("fr",)


def test_one_entry_of_atom_is_read() -> None:
    """It reads an entry that is in no feed, and a text of Atom 0.3 in base64."""
    (lone,) = read_entries("atom", '<entry xmlns="http://www.w3.org/2005/Atom"><title>Saiga</title></entry>')
    (old,) = read_entries(
        "atom",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Saiga</title>'
        '<content type="text/html" mode="base64">PHA+Q291bnRlZDwvcD4=</content></entry></feed>',
    )

    assert lone.title == "Saiga"
    assert (old.title, old.summary) == ("Saiga", "Counted")
