"""News formats, references, bookmarks and calendars, in the shapes of their standards and programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from clock import soon
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Remark, Source
from newsarchive.formats.registry import reader


def found_in(text: str, form: str, name: str = "news") -> list[Found]:
    """Return what is found in a source that is told by its content."""
    source = Source(name, text.encode())
    assert format_of(source) == form
    return list(reader(form).read(source))


def stories_in(found: list[Found]) -> list[dict[str, Any]]:
    """Return what each story has."""
    assert not [one for one in found if isinstance(one, Fault)]
    plain = [plain_form(one.entry) for one in found if isinstance(one, Item)]
    return [{key: value for key, value in values.items() if value} for values in plain]


def left_out_in(found: list[Found]) -> dict[str, int]:
    """Return the count of each kind that is left out."""
    return {one.what: one.number for one in found if isinstance(one, LeftOut)}


NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.5/specification/dtd/nitf-3-5.dtd">
<nitf xml:lang="en"><head><title>slug-saiga</title>
<tobject><tobject.subject tobject.subject.type="Environment" tobject.subject.matter="Animals"/></tobject>
<docdata><doc-id id-string="steppe-1"/><date.issue norm="20200214T201500+0600"/>
<date.release norm="20200215T000000Z"/>
<key-list><keyword key="saiga"/></key-list></docdata>
<pubdata type="web" date.publication="20200216" name="Steppe Watch"/></head>
<body><body.head><hedline><hl1>Saiga <em>numbers</em> recover</hl1><hl2>A third good year</hl2></hedline>
<byline>By <person>Aigul S.</person></byline>
<dateline><location>Bonn</location><story.date norm="20200214">Feb. 14, 2020</story.date></dateline>
<abstract><p>The herds grow.</p></abstract></body.head>
<body.content><p>The herds of <location><city>Betpak</city> Dala</location> have grown.</p>
<media media-type="image"><media-caption>A herd</media-caption></media>
<p>More is to come.</p></body.content></body></nitf>
"""


def test_nitf() -> None:
    """It takes the headline with what is marked in it, the story's own date, and no captions."""
    found = found_in(NITF, "nitf")

    assert stories_in(found) == [
        {
            "title": "Saiga numbers recover",
            "date": "2020-02-14",
            "summary": "The herds grow.",
            "body": "The herds of Betpak Dala have grown.\n\nMore is to come.",
            "source": "Steppe Watch",
            "tags": ["saiga", "Animals"],
            "extra": {
                "author": "Aigul S.",
                "subtitle": "A third good year",
                "place": "Bonn",
                "source_id": "steppe-1",
            },
        }
    ]
    assert left_out_in(found) == {"picture or film": 1}


G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2020-02-16T00:00:00Z</sent></header><itemSet>
<newsItem guid="urn:newsml:example.org:20200214:1" version="2" standard="NewsML-G2" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider><name>Steppe Watch</name></provider>
<versionCreated>2020-02-15T01:00:00+06:00</versionCreated><firstCreated>2020-02-14T01:00:00+06:00</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><creator><name>Aigul S.</name></creator><language tag="en"/>
<subject qcode="medtop:1"><name>Saiga</name></subject><slugline>saiga-1</slugline>
<headline>Saiga <inline>numbers</inline> recover</headline>
<description role="drol:summary">The herds grow.</description>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>The herds have grown.</p><p>More.</p></body></html>
</inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:3"><itemMeta><itemClass qcode="ninat:text"/>
<pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
<packageItem guid="urn:4"/></itemSet></newsMessage>
"""


def test_newsml_g2() -> None:
    """It takes the texts of a message, whole headlines, and counts pictures, packages and what was withdrawn."""
    found = found_in(G2, "newsml")

    assert stories_in(found) == [
        {
            "title": "Saiga numbers recover",
            "date": "2020-02-14",
            "summary": "The herds grow.",
            "body": "The herds have grown.\n\nMore.",
            "source": "Steppe Watch",
            "tags": ["Saiga"],
            "extra": {
                "author": "Aigul S.",
                "slug": "saiga-1",
                "updated": "2020-02-15T01:00:00+06:00",
                "source_id": "urn:newsml:example.org:20200214:1",
            },
        }
    ]
    assert left_out_in(found) == {"package": 1, "picture": 1, "withdrawn item": 1}


NINJS_1 = {
    "uri": "http://steppe.example.org/1",
    "type": "text",
    "versioncreated": "2020-02-14T20:30:00+06:00",
    "pubstatus": "usable",
    "language": "en",
    "headline": "Saiga numbers recover",
    "title": "saiga-1",
    "byline": "By Aigul S.",
    "description_text": "The herds grow.",
    "body_xhtml": "<p>The herds have grown.</p><p>More.</p>",
    "subject": [{"code": "1", "name": "Saiga"}],
    "associations": {"featuremedia": {"type": "picture", "uri": "http://steppe.example.org/2"}},
}
NINJS_2 = {
    **{key: NINJS_1[key] for key in ("uri", "type", "versioncreated", "pubstatus", "language")},
    "headlines": [{"role": "short", "value": "Saiga"}, {"role": "main", "value": "Saiga numbers recover"}],
    "descriptions": [{"value": "The herds grow."}],
    "bodies": [{"contenttype": "text/html", "value": "<p>The herds have grown.</p><p>More.</p>"}],
    "subjects": [{"uri": "x:1", "name": "Saiga"}],
}
NINJS_3 = {
    **{key: value for key, value in NINJS_2.items() if key not in ("versioncreated", "pubstatus", "bodies")},
    "versionCreated": NINJS_1["versioncreated"],
    "pubStatus": "usable",
    "bodies": [{"contentType": "text/html", "value": "<p>The herds have grown.</p><p>More.</p>"}],
}


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
def test_ninjs(item: dict[str, Any]) -> None:
    """It reads one story of each version, alone and among others."""
    (alone,) = stories_in(found_in(json.dumps(item), "ninjs"))
    picture = {
        "uri": "http://steppe.example.org/2",
        "type": "picture",
        "versioncreated": "2020-02-14T20:30:00Z",
    }
    withdrawn = {**NINJS_1, "pubstatus": "canceled"}
    among = found_in(json.dumps({"items": [item, picture, withdrawn]}), "ninjs")

    assert {key: alone[key] for key in ("title", "date", "summary", "body", "tags")} == {
        "title": "Saiga numbers recover",
        "date": "2020-02-14",
        "summary": "The herds grow.",
        "body": "The herds have grown.\n\nMore.",
        "tags": ["Saiga"],
    }
    assert stories_in(among) == [alone]
    assert left_out_in(among).items() >= {"picture": 1, "withdrawn item": 1}.items()


RIS = """\
TY  - NEWS
TI  - Saiga; the return
AU  - S., Aigul
DA  - 2021/01/29/
UR  - https://steppe.example.org/?a=1;b=2
KW  - saiga
KW  - steppe
AB  - The herds grow.
T2  - Steppe Watch
ER  -

TY  - JOUR
T1  - Argali
Y1  - 2019/05//
ER  -
"""


def test_ris() -> None:
    """It keeps addresses whole and dates at the precision they have."""
    assert stories_in(found_in(RIS, "ris")) == [
        {
            "title": "Saiga; the return",
            "date": "2021-01-29",
            "summary": "The herds grow.",
            "url": "https://steppe.example.org/?a=1;b=2",
            "source": "Steppe Watch",
            "tags": ["saiga", "steppe"],
            "extra": {"author": "S., Aigul", "type": "news"},
        },
        {"title": "Argali", "date": "2019-05", "source": "news", "extra": {"type": "jour"}},
    ]


@pytest.mark.parametrize(
    ("lines", "date", "source_date"),
    [
        (("DA  - Jan 29", "PY  - 2021"), "2021-01-29", None),
        (("DA  - January", "PY  - 2021///"), "2021-01", None),
        (("DA  - Jan-Feb", "PY  - 2021"), "2021", "Jan-Feb"),
        (("DA  - 2021 Winter",), "2021", "2021 Winter"),
        (("Y1  - 2021///winter",), "2021", "2021///winter"),
        (("PY  - 2021", "DA  - 2021/01/29/evening"), "2021-01-29", "2021/01/29/evening"),
        (("DA  - winter",), None, "winter"),
    ],
)
def test_ris_dates_in_pieces(lines: tuple[str, ...], date: str | None, source_date: str | None) -> None:
    """It puts the day and the year together that stand apart, and keeps what is more than a date."""
    [story] = stories_in(
        found_in("\n".join(["TY  - NEWS", "TI  - Saiga", *lines, "N1  - Seen.", "ER  -"]), "ris")
    )

    assert (story.get("date"), story["extra"].get("source_date")) == (date, source_date)
    assert story["extra"]["note"] == "Seen."


def test_ris_without_an_end() -> None:
    """It reads the last reference, too."""
    assert len(stories_in(found_in(RIS.rstrip().removesuffix("ER  -"), "ris"))) == 2


def test_csl_json() -> None:
    """It reads names, keywords and dates of one to three parts."""
    reference = {
        "id": "steppe1",
        "type": "article-newspaper",
        "title": "Saiga &amp; <i>kulan</i>",
        "author": [{"family": "S.", "given": "Aigul"}, {"literal": "Steppe Watch"}],
        "issued": {"date-parts": [[2021, 1]]},
        "URL": "https://steppe.example.org/1",
        "abstract": "The herds grow.",
        "keyword": "saiga, kulan",
        "container-title": "The Steppe",
    }

    assert stories_in(found_in(json.dumps([reference]), "csl-json")) == [
        {
            "title": "Saiga & kulan",
            "date": "2021-01",
            "summary": "The herds grow.",
            "url": "https://steppe.example.org/1",
            "source": "The Steppe",
            "tags": ["saiga", "kulan"],
            "extra": {
                "author": "Aigul S.; Steppe Watch",
                "type": "article-newspaper",
                "source_id": "steppe1",
            },
        }
    ]


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1611900000" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar</H3>
    <DL><p>
        <DT><H3>Press &amp; radio</H3>
        <DL><p>
            <DT><A HREF="https://steppe.example.org/?a=1&amp;b=2" ADD_DATE="1611878400"
            TAGS="saiga,kulan">Saiga &lt;3</A>
            <DD>The herds grow.
            <DT><A HREF="https://steppe.example.org/2">Argali</A>
        </DL><p>
        <DT><A HREF="place:sort=8" ADD_DATE="1611878400">Most visited</A>
    </DL><p>
</DL>
"""


def test_bookmarks() -> None:
    """It takes folders for tags, and says what its dates are."""
    found = found_in(BOOKMARKS, "bookmarks", "bookmarks.html")

    assert stories_in(found) == [
        {
            "title": "Saiga <3",
            "date": "2021-01-29",
            "summary": "The herds grow.",
            "url": "https://steppe.example.org/?a=1&b=2",
            "source": "bookmarks.html",
            "tags": ["saiga", "kulan", "Press & radio"],
        },
        {
            "title": "Argali",
            "url": "https://steppe.example.org/2",
            "source": "bookmarks.html",
            "tags": ["Press & radio"],
        },
    ]
    assert left_out_in(found) == {"bookmark of what is no address": 1}
    assert [one.text for one in found if isinstance(one, Remark)] == [
        "its dates are the days on which the bookmarks were made; what they lead to may be older"
    ]


@pytest.mark.parametrize(
    ("issued", "date", "beside"),
    [
        ({"date-parts": [[2020, 12, 30], [2021, 1, 2]]}, "2020-12-30", {"end": "2021-01-02"}),
        ({"date-parts": [[2021, None, 5]]}, "2021", {}),
        ({"date-parts": [["2018", "21"]]}, "2018", {"season": "spring"}),
        ({"date-parts": [[2018]], "season": 4, "circa": True}, "2018", {"season": "winter", "circa": True}),
        ({"date-parts": [[2018, 4]], "circa": 0}, "2018-04", {}),
        ({"date-parts": [[2018]], "literal": "2018 or so"}, "2018", {"source_date": "2018 or so"}),
    ],
)
def test_csl_dates_that_say_more(issued: dict[str, Any], date: str, beside: dict[str, Any]) -> None:
    """It keeps beside the date what it says more: the end of a range, a season, that it is uncertain, words."""
    reference = {"id": "a", "type": "webpage", "title": "Saiga", "issued": issued}
    [story] = stories_in(found_in(json.dumps([reference]), "csl-json"))

    assert story["date"] == date
    assert story["extra"] == {"type": "webpage", "source_id": "a", **beside}


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (("DTSTART;VALUE=DATE:20210129", "DTEND;VALUE=DATE:20210131"), "2021-01-30"),
        (("DTSTART;VALUE=DATE:20210129", "DTEND;VALUE=DATE:20210130"), None),
        (("DTSTART:20210129T100000Z", "DTEND:20210131T000000Z"), "2021-01-30"),
        (("DTSTART:20210129T100000Z", "DTEND:20210131T000100Z"), "2021-01-31"),
        (("DTSTART;VALUE=DATE:20210129", "DURATION:P3D"), "2021-01-31"),
        (("DTSTART:20210129T220000Z", "DURATION:PT3H"), "2021-01-30"),
        (("DTSTART:20210129T220000Z",), None),
    ],
)
def test_the_last_day_of_an_event(lines: tuple[str, ...], end: str | None) -> None:
    """It is the last one on which something takes place, not the one until which it lasts."""
    event = "\n".join(["BEGIN:VEVENT", "UID:1", "SUMMARY:Saiga Day", *lines, "END:VEVENT"])
    [story] = stories_in(found_in(f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}\nEND:VCALENDAR\n", "ical"))

    assert (story["date"], story["extra"].get("end")) == ("2021-01-29", end)


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Steppe Watch//EN
BEGIN:VEVENT
UID:1@steppe.example.org
SUMMARY:Saiga Day\\, Bonn
DTSTART;TZID=Asia/Almaty:20210130T010000
DTEND;TZID=Asia/Almaty:20210131T030000
DESCRIPTION:Experts meet.\\nAll are
  welcome.
URL:https://steppe.example.org/day
CATEGORIES:Saiga,Meetings
LOCATION:Bonn
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT15M
DESCRIPTION:soon
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2@steppe.example.org
SUMMARY:Kulan count
DTSTART;VALUE=DATE:20210301
STATUS:CANCELLED
END:VEVENT
BEGIN:VTODO
UID:3@steppe.example.org
SUMMARY:Write
END:VTODO
END:VCALENDAR
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_calendar(end: str) -> None:
    """It takes an event on its local day, and counts tasks, alarms and what was cancelled."""
    found = found_in(CALENDAR.replace("\n", end), "ical")

    assert stories_in(found) == [
        {
            "title": "Saiga Day, Bonn",
            "date": "2021-01-30",
            "summary": "Experts meet.\nAll are welcome.",
            "url": "https://steppe.example.org/day",
            "source": "news",
            "tags": ["Saiga", "Meetings"],
            "extra": {"place": "Bonn", "end": "2021-01-31", "source_id": "1@steppe.example.org"},
        }
    ]
    assert left_out_in(found) == {"alarm": 1, "cancelled event": 1, "task": 1}


HOSTILE = {
    "nitf": ("nitf", "<nitf><body>" + "<p>" * 300_000),
    "nitf: entities": ("nitf", "<!DOCTYPE nitf [" + "<!ENTITY a 'b'>" * 60_000 + "]><nitf><body>&a;"),
    "newsml": ("newsml", "<newsMessage>" + "<newsItem/>" * 80_000),
    "newsml: attributes": ("newsml", "<newsItem " + "a='b' " * 150_000 + "/>"),
    "ninjs": ("ninjs", '{"items":[' + '{"uri":"a","versioncreated":"b"},' * 30_000),
    "ris": ("ris", "TY  - NEWS\nTI  - a\nER  - \n" * 30_000),
    "ris: one": ("ris", "TY  - NEWS\n" + "KW  - a\n" * 110_000),
    "bookmarks": ("bookmarks", "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DT><A HREF=x>a</A>" * 45_000),
    "bookmarks: folders": (
        "bookmarks",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DL><DT><A HREF=x>a" * 45_000,
    ),
    "bookmarks: open": ("bookmarks", "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<A " * 300_000),
    "calendar": ("ical", "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 70_000),
    "calendar: events": (
        "ical",
        "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n" * 9_900 + "END:VCALENDAR",
    ),
    "calendar: line": (
        "ical",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX;" + "A=b;" * 220_000 + ":c\nEND:VEVENT\nEND:VCALENDAR",
    ),
    "calendar: folded": (
        "ical",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a" + "\n a" * 290_000 + "\nEND:VEVENT\nEND:VCALENDAR",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_made_to_take_long(case: str) -> None:
    """It ends soon in items or a line."""
    form, text = HOSTILE[case]

    with soon(5):
        found = list(reader(form).read(Source("a", text.encode())))
    assert found
