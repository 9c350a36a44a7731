"""`newsarchive export`: which format, which fields, where to, and always the same bytes."""

import gc
import io
import json
from datetime import UTC, datetime

import feedparser
import pytest
from clock import takes_at_most

from newsarchive.archive import Archive
from newsarchive.changes import Change
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, plain_form
from newsarchive.formats.base import FolderWriter
from newsarchive.formats.known import FORMATS
from newsarchive.formats.registry import names, writer

NOTHING = "nothing matches 'zzqx'; `newsarchive search zzqx` looks in spite of spelling\n"
STORIES = [
    {
        "title": "Saiga, Gobi & “more”",
        "date": "2021-01",
        "summary": "one\ntwo",
        "url": "https://www.cms.int/news/7",
        "languages": ["en", "ru"],
        "tags": ["species/saiga", "news"],
        "pages": 2,
    },
    {"title": "Межнев", "date": "2019", "body": "Text", "source": "CMS News"},
    {"title": "Undated {story}"},
]


@pytest.fixture
def stories(tmp_path, invoke):
    """Make an archive of three stories of which different things are known."""
    assert invoke("import", "-", stdin=json.dumps(STORIES)).code == 0
    return tmp_path / "archive.json"


# --- which format -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        (f"out{suffix}", item.name)
        for item in FORMATS
        if item.writer
        for suffix in item.suffixes
        if suffix != ".xml"
    ],
)
def test_the_name_of_the_file_chooses_the_format(stories, invoke, tmp_path, name, format_):
    """It writes what the end of the name says, the longest one that means something."""
    asked = ["--id", "1"] if format_ == "markdown" else []

    named = invoke("export", "-o", name, *asked)

    told = f"Wrote {'1 entry' if asked else '3 entries'} to {name} ({format_})"
    assert (named.code, named.out, named.err.splitlines()[0]) == (0, "", told)
    assert (tmp_path / name).read_bytes().decode() == invoke("export", "--format", format_, *asked).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "feed.xml"], "'feed.xml' may be atom or rss; say which with --format"),
        (["-o", "out.doc"], "the name 'out.doc' does not say which format; add --format"),
        (["-o", "archive.json", "--force"], "archive.json is the archive itself; export to another file"),
        (["--format", "word"], f"format 'word' cannot be written; there are {', '.join(names('writer'))}"),
        (["--excel", "--format", "tsv"], "--excel goes with csv"),
        (["--fields", "title,nme,x"], "--fields: there is no 'nme', 'x'; the fields are id, title, date, "),
        (["--fields", ", "], "--fields: no field is named; the fields are id, title, date, "),
        (
            ["--fields", "title", "--format", "atom"],
            "--fields goes with jsonl, json, csv, excel, tsv, not with atom",
        ),
        (
            ["--self", "https://x.org/", "--format", "csv"],
            "--self goes with jsonfeed, atom, rss, html, not with csv",
        ),
        (
            ["--link", "javascript:x", "--format", "atom"],
            "--link 'javascript:x' is no address that begins with http",
        ),
        (
            ["--self", "https://x.org/a b", "--format", "rss"],
            "--self 'https://x.org/a b' is no address that begins",
        ),
        (["--title", "a\udcff", "--format", "atom"], "--title: character 2 is half of a surrogate pair"),
    ],
)
def test_what_makes_no_sense_is_refused(stories, invoke, tmp_path, words, message):
    """It says which option is wrong, what there is instead, and writes nothing."""
    before = sorted(tmp_path.iterdir())

    result = invoke("export", *words)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {message}")
    assert sorted(tmp_path.iterdir()) == before


# --- which fields -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("json", '[\n{"title":"Saiga, Gobi & “more”","date":"2021-01"}\n]\n'),
        ("jsonl", '{"title":"Saiga, Gobi & “more”","date":"2021-01"}\n'),
        ("csv", 'title,date\r\n"Saiga, Gobi & “more”",2021-01\r\n'),
        ("excel", '\ufefftitle,date\r\n"Saiga, Gobi & “more”",2021-01\r\n'),
        ("tsv", "title\tdate\nSaiga, Gobi & “more”\t2021-01\n"),
    ],
)
def test_only_some_fields_are_written(stories, invoke, form, expected):
    """It keeps the order of the contract, whatever the order and the case they are named in."""
    result = invoke("export", "--fields", "DATE, title;date", "--format", form, "--id", "1")

    assert (result.code, result.out, result.err) == (0, expected, "")


@pytest.mark.parametrize(
    ("form", "expected"),
    [("json", "[]\n"), ("jsonl", ""), ("csv", "title,date\r\n"), ("tsv", "title\tdate\n")],
)
def test_some_fields_of_nothing(stories, invoke, form, expected):
    """It heads a table by the wanted fields when there is nothing to write."""
    result = invoke("export", "--fields", "title,date", "--format", form, "zzqx")

    assert (result.code, result.out, result.err) == (0, expected, NOTHING)


# --- feeds ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_says_whose_it_is(stories, invoke, form):
    """It takes the feed's name, page and address from the command line."""
    about = ["--title", "CAMI", "--link", "https://www.cms.int/cami", "--self", "https://www.cms.int/feed"]

    feed = feedparser.parse(invoke("export", "--format", form, *about).out.encode())

    assert (feed.feed.title, feed.feed.link) == ("CAMI", "https://www.cms.int/cami")
    assert ("self", "https://www.cms.int/feed") in [(link.rel, link.href) for link in feed.feed.links]
    assert [entry.title for entry in feed.entries][1:] == ["Межнев", "Undated {story}"]


def test_everything_comes_in_the_order_of_the_list(invoke, stored):
    """It puts the newest first, of one day the more precise, then the lower id, and the undated last."""
    dates = [None, "2021", "2019-03-01", "2021-01-01", "2021-01", None, "2021-12-31", "2021", "0009-05"]
    rows = [{"title": f"Story {number}", "date": date} for number, date in enumerate(dates)]
    assert invoke("import", "-", stdin=json.dumps(rows)).code == 0

    written = [row["id"] for row in json.loads(invoke("export").out)]
    stored.write_text(stored.read_text().replace("Story", "Tale"))
    written_by_hand = [row["id"] for row in json.loads(invoke("export").out)]

    assert written == written_by_hand == [7, 4, 5, 2, 8, 3, 9, 1, 6]
    assert invoke("list", "--format", "ids").out.split() == [str(number) for number in written]


# --- the same bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", names("writer"))
def test_the_same_archive_gives_the_same_bytes(stories, program, tmp_path, form):
    """It writes the same in every time zone and whatever the order of sets."""
    copies = []
    for zone, seed in (("Asia/Ulaanbaatar", "1"), ("America/Los_Angeles", "2")):
        folder = tmp_path / seed
        folder.mkdir()
        output = folder if isinstance(writer(form), FolderWriter) else folder / "out"
        env = {"TZ": zone, "PYTHONHASHSEED": seed}
        result = program("export", "--format", form, "-o", str(output), env=env)
        assert result.code == 0, result.err
        copies.append({path.name: path.read_bytes() for path in folder.iterdir()})

    assert copies[0] == copies[1]


# --- large archives ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [name for name in names("writer") if name not in ("markdown", "html")])
def test_a_writer_keeps_no_rows(form):
    """It has written each entry before it asks for the next but one."""
    out = io.BytesIO()

    def rows():
        for number in range(1, 9):
            assert number < 3 or f"Story {number - 2}".encode() in out.getvalue()
            yield plain_form(Entry(id=number, title=f"Story {number}"))

    writer(form).write(rows(), out)

    assert b"Story 8" in out.getvalue()


@pytest.mark.slow
def test_a_large_archive_is_exported_quickly(tmp_path, invoke):
    """It takes at most as long again as reading the archive and building its entries does."""
    path = tmp_path / "archive.json"
    Archive(path).commit([Change(None, None, story(number)) for number in range(100_000)])
    gc.freeze()  # what other tests left is not to be walked through again and again

    def export():
        assert invoke("export", "-o", "out.jsonl", "--force").code == 0

    assert takes_at_most(2, export, lambda: len(Archive(path).entries), tries=8)
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 100_000


def story(number: int) -> Entry:
    """Return a story of about seventy words, a tenth of them in Russian."""
    words = "охрана снежного барса и сайгака" if number % 10 == 0 else "Gobi bear and saiga antelope"
    return Entry(
        title=f"{words} {number}",
        date=PartialDate(1990 + number % 35, 1 + number % 12, 1 + number % 28),
        summary=f"{words} " * 6,
        body=f"{words} " * 7,
        url=f"https://news.example/{number}",
        languages=("en",),
        tags=(f"topic-{number % 50}",),
        added=datetime(2021, 1, 1, tzinfo=UTC),
        modified=datetime(2021, 1, 1, tzinfo=UTC),
    )


# --- what is said -----------------------------------------------------------------------------------------


def test_rss_without_a_link(stories, invoke):
    """It says once on stderr what readers of RSS expect."""
    without = invoke("export", "--format", "rss")
    given = invoke("export", "--format", "rss", "--link", "https://www.cms.int/")

    assert without.err == "note: readers of RSS expect --link URL, the site that the feed belongs to\n"
    assert (without.code, given.code, given.err) == (0, 0, "")


def test_a_limit_that_was_asked_for(stories, invoke, tmp_path):
    """It says what was written, and nothing of a limit to whoever gave it."""
    result = invoke("export", "--limit", "2", "-o", "x.atom")

    assert (result.code, result.err) == (0, "Wrote 2 entries to x.atom (atom)\n")
