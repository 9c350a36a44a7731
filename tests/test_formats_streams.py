"""Feeds and exports that are read piece by piece: what comes out is what comes out of all at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import DATA
from hostile import END, FEEDS, RSS

from newsarchive.formats import base
from newsarchive.formats.base import Fault, Found, Item, Remark, Source
from newsarchive.formats.reading import xml_parts
from newsarchive.formats.reading.feeds import feed_xml
from newsarchive.formats.registry import reader

Reading = Callable[[str, bytes], list[Found]]

SAMPLES = {
    "drupal-en.rss.xml": "rss",
    "rss-091-ru.xml": "rss",
    "es.rdf": "rss",
    "fr.atom": "atom",
}
SYSTEMS = {"wordpress.xml": "wordpress", "blogger-feed.atom": "blogger", "blogger-backup.xml": "blogger"}


def sample(name: str) -> tuple[str, bytes]:
    """Return the format of a sample and its bytes."""
    folder = "feeds" if name in SAMPLES else "systems"
    return {**SAMPLES, **SYSTEMS}[name], (DATA / folder / name).read_bytes()


@pytest.fixture
def at_once() -> Reading:
    """Reads a source that is too small to be read in pieces."""
    return lambda form, data: list(reader(form).read(Source("a.xml", data)))


@pytest.fixture
def in_pieces(monkeypatch) -> Reading:
    """Reads a source in pieces of some words, and its entries one by one."""

    def read(form: str, data: bytes) -> list[Found]:
        with monkeypatch.context() as patched:
            patched.setattr(base, "_CHUNK", 97)
            patched.setattr(feed_xml, "_MANY", 1)
            return list(reader(form).read(Source("a.xml", data)))

    return read


# --- whole sources ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*SAMPLES, *SYSTEMS])
def test_a_sample_is_read_alike_in_pieces(name, at_once, in_pieces):
    """It finds the same items, remarks and faults."""
    form, data = sample(name)

    found = in_pieces(form, data)

    assert len(found) > 1
    assert found == at_once(form, data)


@pytest.mark.parametrize("name", [*SAMPLES, *SYSTEMS])
@pytest.mark.parametrize(
    ("gone", "instead"),
    [
        (b"</title>", b""),
        (b"</item>", b""),
        (b"<", b"<<"),
        (b"&", b"& "),
        (b"]]>", b""),
        (b"?>", b'?><!-- "'),
    ],
    ids=str,
)
def test_an_ill_formed_source_is_read_alike_in_pieces(name, gone, instead, at_once, in_pieces):
    """It closes the same tags and names the same fault, whatever was left out."""
    form, data = sample(name)

    broken = data.replace(gone, instead, 3)

    assert in_pieces(form, broken) == at_once(form, broken)


@pytest.mark.parametrize("name", [*SAMPLES, *SYSTEMS])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.85])
def test_a_source_that_was_cut_off_is_read_alike_in_pieces(name, part, at_once, in_pieces):
    """It reads what there is, and says where it ends."""
    form, data = sample(name)

    cut = data[: int(part * len(data))]

    assert in_pieces(form, cut) == at_once(form, cut)


@pytest.mark.parametrize("name", sorted(FEEDS.keys() - {"zeros"}))
def test_a_hostile_feed_is_read_alike_in_pieces(name, at_once, in_pieces):
    """It makes the same of it."""
    data = FEEDS[name][:3000].encode()

    assert in_pieces("rss", data) == at_once("rss", data)


# --- what is said of all entries, and where ---------------------------------------------------------------

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://a.example/x/">'
STORY = "<item><title>Saiga {0}</title><link>/n/{0}</link></item>"
ENTRY = "<entry><id>urn:{0}</id><title>Saiga {0}</title>{1}<updated>2020-02-0{0}T00:00:00Z</updated></entry>"


@pytest.mark.parametrize(
    "feed",
    [
        RSS
        + STORY.format(1)
        + STORY.format(2)
        + "<link>http://late.example/</link><language>ru</language>"
        + END,
        RSS + STORY.format(1) + "<title>Another</title>" + STORY.format(2) + END,
        RSS + STORY.format(1) + RSS[21:] + STORY.format(2) + END + STORY.format(3) + END,
        RSS + "<item>" + STORY.format(1) + STORY.format(2) + "</item>" + END,
        RSS + STORY.format(1) + "</channel>" + STORY.format(2) + "<channel>" + STORY.format(3) + END,
        ATOM + ENTRY.format(1, "") + ENTRY.format(2, "<published>2019-01-01</published>") + "</feed>",
        ATOM + ENTRY.format(1, "") + ENTRY.format(2, "") + "<generator>newsarchive</generator></feed>",
        ATOM + ENTRY.format(1, "") + "<title>Late</title></feed>",
        "<feed>"
        + ENTRY.format(1, "")
        + ENTRY.format(2, '<x:title xmlns:x="http://purl.org/rss/1.0/"/>')
        + "</feed>",
        ATOM[:42] + " />" + RSS,
        ENTRY.format(1, "").replace("<entry", '<entry xmlns="http://www.w3.org/2005/Atom"'),
    ],
)
def test_what_is_said_of_all_holds_for_all(feed, at_once, in_pieces):
    """It knows what stands behind the entries, or in one of them, for those before as well."""
    found = in_pieces("rss", feed.encode())

    assert any(isinstance(one, Item | Fault) for one in found)
    assert found == at_once("rss", feed.encode())


def test_what_an_export_says_of_all_may_stand_behind_its_posts(at_once, in_pieces):
    """It gives every post the title of the site and the name of its author."""
    form, data = sample("wordpress.xml")
    start, end = data.index(b"<title>"), data.index(b"<item>")

    moved = data[:start] + data[end:].replace(b"</channel>", data[start:end] + b"</channel>")

    assert in_pieces(form, moved) == at_once(form, moved)
    assert {one.entry.source for one in in_pieces(form, moved) if isinstance(one, Item)} == {
        one.entry.source for one in at_once(form, data) if isinstance(one, Item)
    }


# --- files ------------------------------------------------------------------------------------------------


def large_feed(declaration: str = "", title: str = "Сайга") -> str:
    """Return a feed of two short entries, and a long one between them that takes several pieces."""
    first, last = (STORY.format(n).replace("Saiga", title) for n in (1, 2))
    long = f"<item><title>Long</title><description>{title * 360_000}</description></item>"
    return f"{declaration}{RSS[21:]}{first}{long}{last}{END}"


@pytest.mark.parametrize(
    ("label", "encoding", "note"),
    [
        ("", "utf-8", None),
        ("", "utf-8-sig", None),
        ("UTF-8", "utf-8", None),
        ("windows-1251", "cp1251", None),
        ("koi8-r", "koi8-r", None),
        ("windows-1251", "utf-8", "says that it is windows-1251, and is UTF-8; it is read as that"),
        ("us-ascii", "utf-8", "says that it is us-ascii, and is UTF-8; it is read as that"),
    ],
)
def test_a_large_feed_is_read_in_its_encoding(tmp_path, label, encoding, note):
    """It decodes letters that two pieces share, and says when a declaration is not true."""
    path = tmp_path / "a.xml"
    path.write_bytes(
        large_feed(f'<?xml version="1.0" encoding="{label}"?>' if label else "").encode(encoding)
    )

    found = list(reader("rss").read(Source("a.xml", path)))

    titles = [one.entry.title for one in found if isinstance(one, Item)]
    assert [one.text for one in found if isinstance(one, Remark)] == ([] if note is None else [note])
    assert titles == ["Сайга 1", "Long", "Сайга 2"]


@pytest.mark.parametrize("label", ["utf-16", "nonsense", "punycode"])
def test_a_large_feed_that_does_not_say_what_it_is_in_is_guessed(tmp_path, label):
    """It finds the encoding as it does for a small one, and says so."""
    path = tmp_path / "a.xml"
    path.write_bytes(large_feed(f'<?xml version="1.0" encoding="{label}"?>').encode("cp1251"))

    first, *found = reader("rss").read(Source("a.xml", path))

    assert isinstance(first, Remark)
    assert first.text.startswith(
        f"says that it is {label}, and is not; it is not UTF-8 and is read as cp1251"
    )
    assert any(isinstance(one, Item) and one.entry.title == "Сайга 2" for one in found)


def test_a_feed_that_changes_while_it_is_read_is_a_fault(tmp_path, monkeypatch):
    """It takes nothing of it, as not all of it was seen as it is now."""
    path = tmp_path / "a.xml"
    path.write_text(large_feed())
    whole = feed_xml.Reduced._closed

    def meanwhile(reduced, element):
        with path.open("a") as file:
            file.write(" ")
        whole(reduced, element)

    monkeypatch.setattr(feed_xml.Reduced, "_closed", meanwhile)

    assert list(reader("rss").read(Source("a.xml", path))) == [
        Fault("a.xml", "was changed while it was read")
    ]


@pytest.mark.parametrize("form", ["rss", "wordpress"])
def test_a_part_that_is_larger_than_any_source_may_be_is_a_fault(form, monkeypatch, tmp_path):
    """It holds no more than a whole source could have before, however large the others are."""
    path = tmp_path / "a.xml"
    path.write_text(large_feed(title="Saiga antelope"))
    for module in ("lenient_xml", "xml_parts", "feeds.feed_xml"):
        monkeypatch.setattr(f"newsarchive.formats.reading.{module}.MAX_SOURCE", 100_000)

    (found,) = reader(form).read(Source("a.xml", path))

    assert found == Fault("a.xml", "has a part that is larger than 0 MiB")


@pytest.mark.parametrize("is_lenient", [False, True])
def test_what_stands_beside_records_stays_where_it_is(is_lenient):
    """It lets go of each record, and of nothing else, wherever the others stand."""
    text = "<channel><tag>1</tag><item>a</item><item>b</item><tag>2</tag><item>c</item><tag>3</tag></channel>"
    records = xml_parts.StreamedRecords([text[:50], text[50:]], "a.xml", "item", is_lenient=is_lenient)

    assert [record.text for record in records] == ["a", "b", "c"]
    assert [(one.tag, one.text) for one in records.holder] == [("tag", "1"), ("tag", "2"), ("tag", "3")]


def test_entries_in_two_places_of_a_feed_are_read_alike_in_pieces(at_once, in_pieces):
    """It reads those before, in and behind a channel, with parts that are no entries between them."""
    item = "<item><title>Saiga {}</title><link>https://a.example/{}</link></item>"
    items = [item.format(n, n) for n in range(6)]
    inner = f"{items[1]}<ttl>5</ttl>{items[2]}{items[3]}"
    feed = f'<rss version="2.0">{items[0]}<channel>{inner}</channel>{items[4]}{items[5]}</rss>'.encode()

    found = in_pieces("rss", feed)

    assert sum(isinstance(one, Item) for one in found) == 6
    assert found == at_once("rss", feed)


@pytest.mark.parametrize(
    ("form", "module", "name", "sentence"),
    [
        ("rss", feed_xml, "MAX_SAID", "has more than 5 parts that are no entries"),
        ("wordpress", xml_parts, "MAX_OTHERS", "has more than 5 parts that are no items"),
    ],
)
def test_a_source_of_too_many_other_parts_is_refused(form, module, name, sentence, monkeypatch, tmp_path):
    """It does not go on through parts without end that are no stories."""
    monkeypatch.setattr(module, name, 5)
    path = tmp_path / "a.xml"
    path.write_text(
        large_feed(title="Saiga antelope").replace("<item>", "<category>a</category>" * 6 + "<item>", 1)
    )

    found = list(reader(form).read(Source("a.xml", path)))

    assert found[-1] == Fault("a.xml", sentence)
