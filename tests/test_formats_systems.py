"""Exports of systems, each in its real shape: every field right, nothing that is no story, and a count of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from clock import soon
from conftest import DATA
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Hints, Item, LeftOut, Remark, Source
from newsarchive.formats.registry import reader

FOLDER = DATA / "systems"
FIELDS = ("title", "date", "summary", "body", "url", "source", "tags")


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file that holds these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def found_in(name: str, form: str, *, data: bytes | None = None, drafts: bool = False) -> list[Found]:
    """Return what is found in a file of the test data, or in `data`, that must be told for what it is."""
    source = Source(name, FOLDER / name if data is None else data, hints=Hints(drafts=drafts))
    assert format_of(source) == form
    return list(reader(form).read(source))


def stories_in(found: list[Found]) -> list[tuple[Any, ...]]:
    """Return the fields of each story, in the order of FIELDS."""
    assert not [one for one in found if isinstance(one, Fault)]
    plain = [plain_form(one.entry) for one in found if isinstance(one, Item)]
    return [tuple(values[name] for name in FIELDS) for values in plain]


def extras_in(found: list[Found]) -> list[Mapping[str, Any]]:
    """Return what each story has in `extra`."""
    return [one.entry.extra for one in found if isinstance(one, Item)]


def left_out_in(found: list[Found]) -> dict[str, int]:
    """Return the count of each kind that is left out."""
    return {one.what: one.number for one in found if isinstance(one, LeftOut)}


def remarks_in(found: list[Found]) -> list[str]:
    """Return what is said of the source as a whole."""
    return [one.text for one in found if isinstance(one, Remark)]


# --- blogs ------------------------------------------------------------------------------------------------

FENCES = (
    "Saiga & fences: what we know",
    "2021-03-22",
    "What fences do to saiga.",
    "A fence\n\nFences cut the way of the herds.\nA second line.\n\n"
    "the first gap\nthe second gap\n\nMore is to come.",
    "https://steppe.example.org/2021/03/saiga-fences/",
    "Steppe Watch",
    ["Press Releases", "Saiga"],
)
ABOUT = (
    "О проекте",
    "2020-06-03",
    None,
    "Мы наблюдаем за сайгаками.\n\nИ за куланами.",
    "https://steppe.example.org/ru/about/",
    "Steppe Watch",
    [],
)


def test_wordpress() -> None:
    """It takes posts and pages by their local dates and the names of their terms, and counts the rest."""
    found = found_in("wordpress.xml", "wordpress")

    assert stories_in(found) == [FENCES, ABOUT]
    assert extras_in(found) == [
        {
            "author": "Aigul S.",
            "updated": "2021-04-01 10:00:00",
            "source_id": "https://steppe.example.org/?p=101",
        },
        {"source_id": "https://steppe.example.org/?page_id=12"},
    ]
    assert left_out_in(found) == {
        "comment": 1,
        "draft": 1,
        "private post": 1,
        "attachment": 1,
        "menu item": 1,
        "style": 1,
        "post with the status 'trash'": 1,
    }


def test_drafts_of_wordpress() -> None:
    """It takes them when they are wanted, without the dates and addresses that stand for none."""
    found = found_in("wordpress.xml", "wordpress", drafts=True)

    assert stories_in(found)[2:] == [
        ("Kulan count, not finished", None, None, "To be counted.", None, "Steppe Watch", ["Uncategorized"]),
        ("For members", "2021-05-04", None, "Not for all.", None, "Steppe Watch", []),
    ]
    assert [extra.get("status") for extra in extras_in(found)] == [None, None, "draft", "private"]
    assert "draft" not in left_out_in(found)


def test_an_ill_formed_export_of_wordpress() -> None:
    """It reads on behind an ampersand that is none and a control character, as such exports have them."""
    spoilt = (FOLDER / "wordpress.xml").read_bytes().replace(b"News from the steppe", b"News & more \x0b")

    assert stories_in(found_in("wordpress.xml", "wordpress", data=spoilt)) == [FENCES, ABOUT]


def test_a_backup_of_blogger() -> None:
    """It takes posts only, on the day they had where they were written."""
    found = found_in("blogger-backup.xml", "blogger")

    assert stories_in(found) == [
        (
            *("Kulan & company", "2012-05-01", None, "Nine kulan were set free.\n\nThey left at once."),
            *("http://kulan.example.org/2012/05/kulan-company.html", "Kulan Diary", ["Kulan", "Altyn Dala"]),
        )
    ]
    assert left_out_in(found) == {"template": 1, "setting": 1, "draft": 1, "page": 1, "comment": 1}


def test_the_day_of_takeout() -> None:
    """It takes the day of the month that a post's address names, and says where the day is in doubt."""
    post = (
        "<entry><title>{0}</title><published>{1}</published><blogger:filename>{2}</blogger:filename></entry>"
    )
    posts = [
        ("A", "2012-04-30T20:30:00Z", "/2012/05/a.html"),
        ("B", "2012-05-01T02:30:00Z", "/2012/04/b.html"),
        ("C", "2012-05-11T21:30:00Z", "/2012/05/c.html"),
        ("D", "2012-05-11T12:30:00Z", "/2012/05/d.html"),
    ]
    feed = TAKEOUT + "".join(post.format(*told) for told in posts) + "</feed>"

    remark, *found = found_in("feed.atom", "blogger", data=feed.encode())

    assert isinstance(remark, Remark)
    assert remark.text.startswith("1 of its dates is in the last three hours of a day in UTC")
    dates = [str(item.entry.date) for item in found if isinstance(item, Item)]
    assert dates == ["2012-05-01", "2012-04-30", "2012-05-11", "2012-05-11"]


def test_a_draft_of_blogger_without_a_title() -> None:
    """It is called by its first words."""
    found = found_in("blogger-backup.xml", "blogger", drafts=True)

    assert stories_in(found)[1][:4] == (
        "To be written in autumn.",
        "2012-06-01",
        None,
        "To be written in autumn.",
    )


def test_blogger_from_takeout() -> None:
    """It reads the zip file as it comes, and keeps addresses that lack their site apart."""
    members = {
        "Takeout/Blogger/Blogs/Kulan Diary/feed.atom": (FOLDER / "blogger-feed.atom").read_bytes(),
        "Takeout/Blogger/Blogs/Kulan Diary/settings.csv": "blog_name\nKulan Diary\n",
    }

    found = found_in("takeout.zip", "blogger", data=zipped(members), drafts=True)

    assert stories_in(found) == [
        (
            *("Kulan & company", "2012-05-01", "Nine kulan are free", "Nine kulan were set free.", None),
            *("Kulan Diary", ["Kulan", "Altyn Dala"]),
        ),
        ("Not yet", None, None, "To be written.", None, "Kulan Diary", []),
    ]
    assert extras_in(found)[0]["source_url"] == "/2012/05/kulan-company.html"
    assert left_out_in(found) == {"comment": 1, "page": 1}
    assert format_of(Source("feed.atom", FOLDER / "blogger-feed.atom")) == "blogger"


def test_ghost() -> None:
    """It resolves tags in their order, and takes the day from the time zone of the site."""
    found = found_in("ghost.json", "ghost")

    assert stories_in(found) == [
        (
            *("Argali cross the border", "2022-10-05", "Eleven argali on camera."),
            "Argali were seen on both sides.\n\nCameras show eleven.",
            *(None, "Pamir Notes", ["Argali", "Camera traps"]),
        )
    ]
    assert extras_in(found) == [
        {
            "slug": "argali-cross",
            "updated": "2022-10-06T08:00:00.000Z",
            "source_id": "0b1f6e3a-1111-4d5e-9c1e-000000000001",
        }
    ]
    assert left_out_in(found) == {"user": 1, "draft": 1, "page": 1}


def test_nothing_of_users_comes_over(alone: Path, invoke) -> None:
    """It leaves no address, hash or name of theirs in the archive, the history, the report or what it says."""
    for name in ("ghost.json", "wordpress.xml", "drupal.json", "typo3.csv", "joomla.csv", "movable-type.txt"):
        (alone / name).write_bytes((FOLDER / name).read_bytes())

    result = invoke(
        "import", *[path.name for path in alone.iterdir()], "--drafts", "--report", "report.jsonl"
    )

    assert result.code == 0
    kept = [path for path in alone.rglob("*") if path.is_file() and path.parent != alone]
    kept += [alone / "archive.json", alone / "report.jsonl"]
    written = result.out + result.err + "".join(path.read_text(errors="replace") for path in kept)
    assert "Argali cross the border" in written
    assert [secret for secret in ("@", "$2a$", "Rustam", "rustam", "192.0.2") if secret in written] == []


def test_movable_type() -> None:
    """It reads month, day, year whatever they could be, joins both texts, and counts what others wrote."""
    found = found_in("export.txt", "movabletype", data=(FOLDER / "movable-type.txt").read_bytes())

    assert stories_in(found) == [
        (
            *("Snow leopards & goats", "2009-03-05", "Goats and cats."),
            "A line on goats.\nAnd one on cats.\n\nA paragraph of its own.\n\nWhat else there is.",
            *(None, "export.txt", ["Mountains", "Press", "snow leopard", "goats"]),
        )
    ]
    assert left_out_in(found) == {"comment": 1, "trackback": 1, "draft": 1}


def test_a_date_that_is_none_is_kept_apart() -> None:
    """It costs the date, with a note, and never the story."""
    found = found_in("movable-type.txt", "movabletype", drafts=True)

    story = found[1]
    assert isinstance(story, Item)
    assert (story.entry.title, story.entry.date) == ("Unfinished", None)
    assert story.entry.extra["source_date"] == "13/13/2009 01:00:00 AM"
    assert len(story.notes) == 1


# --- newsletters and networks -----------------------------------------------------------------------------

POSTS = """\
post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url
101.first-letter,2024-03-01T10:00:00.000Z,true,,,newsletter,everyone,"Letter one, with saiga",A subtitle,
102.paid,2024-04-01T10:00:00.000Z,true,,,podcast,only_paid,Listen to the steppe,,https://pod.example.org/1
103.a-draft,,false,,,newsletter,everyone,A draft,,
104.about,2024-01-01T10:00:00.000Z,true,,,page,everyone,About,,
"""


def test_substack() -> None:
    """It joins the table with the pages, and opens no list of readers."""
    members = {
        "posts.csv": POSTS,
        "posts/101.first-letter.html": "<p>The first claim.</p><p>The <em>second</em>.</p>",
        "posts/101.first-letter.opens.csv": "email\nreader@example.net\n",
        "posts/104.about.html": "<p>Who we are.</p>",
        "email_list.steppe.csv": "email\nreader@example.net\n",
    }

    found = found_in("export.zip", "substack", data=zipped(members))

    letter = "The first claim.\n\nThe second."
    assert stories_in(found) == [
        ("Letter one, with saiga", "2024-03-01", "A subtitle", letter, None, "export.zip", []),
        ("Listen to the steppe", "2024-04-01", None, None, None, "export.zip", []),
    ]
    assert left_out_in(found) == {"draft": 1, "page": 1, "list of readers": 2}
    assert remarks_in(found) == ["lacks posts/102.paid.html, so that post has no text"]


def test_medium() -> None:
    """It takes the day that is shown, not the instant in UTC, and the title once."""
    page = (FOLDER / "medium-post.html").read_bytes()
    members = {
        "README.html": "<p>Your archive</p>",
        "posts/2019-05-02_How-to-count-an-argali-0123456789ab.html": page,
        "posts/draft_Not-yet-0123456789cd.html": page,
        "profile/profile.html": "<p>aigul@steppe.example.org</p>",
    }

    found = found_in("medium.zip", "medium", data=zipped(members))

    assert stories_in(found) == [
        (
            *("How to count an argali", "2019-05-03", "Patience and a telescope"),
            "Sit still on a ridge.\n\nCount twice.",
            "https://medium.com/@aigul/how-to-count-an-argali-0123456789ab",
            *("medium.zip", []),
        )
    ]
    assert left_out_in(found) == {"file about the account": 2, "draft": 1}


def test_telegram() -> None:
    """It makes each message a story, on its local day, and counts service messages and pictures alone."""
    found = found_in("result.json", "telegram", data=(FOLDER / "telegram.json").read_bytes())

    assert stories_in(found) == [
        (
            *("Сайгаки вернулись в заповедник", "2021-01-29", None),
            "Новый учёт показал рост. Подробнее: https://steppe.example.org/1\n\n#сайгак #учёт",
            *(None, "Новости степи", ["сайгак", "учёт"]),
        ),
        ("The kulan count begins on Monday", "2021-01-31", None, None, None, "Новости степи", []),
    ]
    assert left_out_in(found) == {"service message": 2, "message without text": 1}


def test_all_chats_of_telegram() -> None:
    """It takes the channels among them, and no private talk."""
    channel = json.loads((FOLDER / "telegram.json").read_text())
    talk = {**channel, "type": "personal_chat", "name": "A friend"}
    account = {
        "about": "",
        "personal_information": {"phone_number": "+7"},
        "chats": {"list": [talk, channel]},
    }

    found = found_in("result.json", "telegram", data=json.dumps(account).encode())

    assert {source for *_, source, _ in stories_in(found)} == {"Новости степи"}
    assert left_out_in(found)["message of a chat that is no channel"] == 5


@pytest.mark.parametrize("is_packed", [False, True])
def test_mastodon(*, is_packed: bool) -> None:
    """It takes public posts and what carries them on, alone and in the zip file."""
    outbox = (FOLDER / "outbox.json").read_bytes()
    archive = zipped({"actor.json": "{}", "outbox.json": outbox, "likes.json": "{}"})

    found = found_in(
        "archive.zip" if is_packed else "outbox.json", "mastodon", data=archive if is_packed else outbox
    )

    assert [story[:5] for story in stories_in(found)] == [
        (
            *("The first saiga calves are born", "2023-04-05", None, "Twins, as so often. #Saiga"),
            "https://social.example.org/@steppe/1",
        ),
        ("All three are well", "2023-04-08", None, None, "https://social.example.org/@steppe/5"),
    ]
    assert [story[6] for story in stories_in(found)] == [["saiga"], []]
    assert left_out_in(found) == {"boost": 1, "post that is not public": 1, "reply": 1}


# --- sites ------------------------------------------------------------------------------------------------


def test_drupal() -> None:
    """It resolves what is included into tags and authors, and says how many tags it could not."""
    found = found_in("drupal.json", "drupal")

    assert stories_in(found) == [
        (
            *("Range States meet in Bonn", "2021-01-28", "Ten points agreed"),
            "Ministers met.\n\nThey agreed on ten points.",
            "https://steppe.example.org/news/range-states-bonn",
            *("drupal.json", ["Saiga", "Kulan", "Meetings"]),
        ),
        (
            *("Встреча в Бонне", "2021-01-29", None, None, "https://steppe.example.org/node/2732"),
            *("drupal.json", []),
        ),
    ]
    assert extras_in(found)[0] == {
        "subtitle": "A meeting of eleven countries",
        "document_link": "https://steppe.example.org/doc.pdf",
        "author": "Aigul S.",
        "updated": "2021-02-01T09:00:00+01:00",
        "source_id": "a6f2b2c4-0000-4000-8000-000000000001",
    }
    assert left_out_in(found) == {"draft": 1, "record of the type 'media--image'": 1}
    assert len(remarks_in(found)) == 1
    assert remarks_in(found)[0].startswith("names 1 of its tags by numbers only; ")


BEARS = ("Gobi bear counted", "2018-03-01", "There are fifty bears.")


def test_joomla() -> None:
    """It takes what was published or archived, by the day it went up, and no zeros for a date."""
    found = found_in("joomla.csv", "joomla")

    assert stories_in(found) == [
        (
            *(*BEARS, 'They were counted by their hair.\n\nThe "hair traps" worked.', None, "joomla.csv"),
            ["gobi bear", "mongolia"],
        ),
        ("Медведь пустыни", "2018-03-05", "Их пятьдесят.", None, None, "joomla.csv", []),
    ]
    assert left_out_in(found) == {"draft": 1, "article in the trash": 1}


def test_joomla_as_json() -> None:
    """It finds the table among the parts that phpMyAdmin writes."""
    assert stories_in(found_in("joomla.json", "joomla")) == [(*BEARS, None, None, "joomla.json", [])]


def test_typo3() -> None:
    """It takes what is neither hidden nor deleted, by its `datetime`."""
    found = found_in("typo3.csv", "typo3")

    assert stories_in(found) == [
        (
            *("Kulan in Altyn Dala", "2020-03-02", "Nine animals are free."),
            *("Nine kulan left the pen.\n\nAll are well.", None, "typo3.csv", ["kulan", "altyn dala"]),
        )
    ]
    assert left_out_in(found) == {"draft": 1, "deleted record": 1}
    assert remarks_in(found) == []


def test_a_day_of_typo3_that_depends_on_the_place() -> None:
    """It says so where midnight of the site is the evening before in UTC."""
    late = (FOLDER / "typo3.csv").read_bytes().replace(b"1583143200", b"1583103600", 1)

    found = found_in("typo3.csv", "typo3", data=late)

    assert stories_in(found)[0][1] == "2020-03-01"
    assert len(remarks_in(found)) == 1
    assert remarks_in(found)[0].startswith("1 of its dates is in the last three hours of a day in UTC")


# --- through the command ----------------------------------------------------------------------------------


def test_what_is_left_out_is_told(alone: Path, invoke) -> None:
    """It says in the summary and in the report what an export holds besides its stories."""
    (alone / "blog.xml").write_bytes((FOLDER / "blogger-backup.xml").read_bytes())

    planned = invoke("import", "blog.xml", "--dry-run")
    result = invoke("import", "blog.xml", "--report", "report.jsonl")

    told = "left out 1 template, 1 setting, 1 draft (--drafts takes them in), 1 page and 1 comment"
    assert f"Without --dry-run: added 1 of 1 item; {told}\n" in planned.err
    assert f"Added 1 of 1 item; {told} (operation 1)" in result.err
    report = [json.loads(line) for line in (alone / "report.jsonl").read_text().splitlines()]
    assert [(line["outcome"], line["reason"], line.get("count")) for line in report] == [
        ("added", None, None),
        *(("left-out", what, 1) for what in ("template", "setting", "draft", "page", "comment")),
    ]


def test_an_export_that_is_imported_again(alone: Path, invoke) -> None:
    """It changes nothing."""
    for path in FOLDER.iterdir():
        if path.suffix != ".html":
            (alone / path.name).write_bytes(path.read_bytes())
    names = sorted(path.name for path in alone.iterdir())
    first = invoke("import", *names)
    stored = (alone / "archive.json").read_bytes()

    again = invoke("import", *names)

    assert (first.code, again.code) == (0, 0)
    assert (alone / "archive.json").read_bytes() == stored


# --- made to harm -----------------------------------------------------------------------------------------

WXR = '<rss xmlns:wp="x" xmlns:content="c"><channel>'
TAKEOUT = "<feed xmlns:blogger='http://schemas.google.com/blogger/2018'>"
HOSTILE = {
    "items": ("wordpress", WXR + "<item/>" * 60_000),
    "open items": ("wordpress", WXR + "<item>" * 50_000),
    "terms": ("wordpress", WXR + "<item><title>a</title>" + "<category>b</category>" * 43_000),
    "comments": (
        "wordpress",
        WXR + "<item><title>a</title><content:encoded><![CDATA[" + "<!--" * 200_000 + "]]>",
    ),
    "lines": ("wordpress", WXR + "<item><title>a</title><content:encoded><![CDATA[" + "\n" * 900_000 + "]]>"),
    "entries": ("blogger", TAKEOUT + "<entry><title>a</title></entry>" * 29_000 + "</feed>"),
    "posts": (
        "ghost",
        json.dumps({"db": [{"data": {"posts": [{"id": n, "html": "<p>b"} for n in range(25_000)]}}]}),
    ),
    "messages": (
        "telegram",
        '{"messages":[' + '{"id":1,"type":"message","date":"2021","text":"a"},' * 15_000 + "{}]}",
    ),
    "blanks": ("telegram", json.dumps({"messages": [{"type": "message", "text": " \n" * 400_000}]})),
    "rules": ("movabletype", "TITLE: a\n-----\nBODY:\n" + "-----\n" * 150_000),
    "quotes": ("joomla", 'title,introtext\n"' + 'a\\"' * 300_000),
    "rows": ("joomla", "title,introtext\n" + "a,b\n" * 200_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_export_made_to_take_long(case: str) -> None:
    """It ends soon in items or a line."""
    form, text = HOSTILE[case]

    with soon(5):
        found = list(reader(form).read(Source("a", text.encode())))
    assert found


def test_a_page_of_medium_made_to_take_long() -> None:
    """It costs the page, and no other one."""
    page = (FOLDER / "medium-post.html").read_bytes()

    found = found_in("a.zip", "medium", data=zipped({"posts/a.html": "<div>" * 99_000, "posts/b.html": page}))

    assert [type(one) for one in found] == [Fault, Item]
