"""Mail: one message, a mailbox, the archive of a list; names of people and no address of theirs."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clock import soon
from conftest import Result
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Hints, Item, LeftOut, Remark, Source
from newsarchive.formats.registry import reader


def found_in(data: str | bytes, form: str) -> list[Found]:
    """Return what is found in mail that is told by its content."""
    source = Source("saved", data.encode() if isinstance(data, str) else data)
    assert format_of(source) == form
    return list(reader(form).read(source))


def story_in(data: str | bytes) -> dict[str, Any]:
    """Return the fields of a message."""
    item = found_in(data, "email")[0]
    assert isinstance(item, Item), item
    return {key: value for key, value in plain_form(item.entry).items() if value and key != "source"}


HEADERS = """\
Received: from mail.example.org (192.0.2.1)
\tby list.example.org; Fri, 14 Feb 2020 20:00:00 +0000
From: "Aigul S." <aigul@steppe.example.org>
To: press@example.org
Subject: =?utf-8?q?Saiga_=E2=80=93_numbers?= recover
Date: Sat, 15 Feb 2020 01:00:00 +0500
Message-ID: <1@steppe.example.org>
MIME-Version: 1.0
"""


def test_a_press_release_by_mail() -> None:
    """It takes the plain form of two, the dateline before the date, and counts the attachments."""
    message = f"""{HEADERS}Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: multipart/alternative; boundary="y"

--y
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

Bonn, 14 February 2020 =E2=80=93 The herds have grown for the third =
year in=20
a row.

More to come.
--=20
Aigul S., aigul@steppe.example.org
--y
Content-Type: text/html

<p>The herds</p>
--y--
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="a.pdf"

JVBERi0=
--x
Content-Type: message/rfc822
Content-Disposition: attachment

Subject: Another one

Not this one's text.
--x--
"""

    assert story_in(message) == {
        "title": "Saiga – numbers recover",
        "date": "2020-02-14",
        "body": "Bonn, 14 February 2020 – The herds have grown for the third year in a row.\n\nMore to come.",
        "extra": {"author": "Aigul S.", "source_id": "1@steppe.example.org"},
    }
    assert found_in(message, "email")[-1] == LeftOut("saved", "attachment", 2)


def test_a_message_in_html_only() -> None:
    """It takes its words, in the encoding that it declares, and the day where it was written."""
    message = (
        f"{HEADERS}Content-Type: text/html; charset=koi8-r\n\n<p>Стадо <b>вернулось</b>.</p><p>Все рады.</p>"
    )

    story = story_in(message.encode("koi8-r", "replace"))

    assert (story["date"], story["body"]) == ("2020-02-15", "Стадо вернулось.\n\nВсе рады.")


def test_an_encoding_that_is_not_true() -> None:
    """It reads UTF-8 as UTF-8, whatever a message says that it is."""
    message = f"{HEADERS}Content-Type: text/plain; charset=us-ascii\n\nСтадо вернулось."

    assert story_in(message)["body"] == "Стадо вернулось."


@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r"])
def test_headers_that_are_written_as_they_are(encoding: str) -> None:
    """It reads them in the encoding of the text, encoded words among them, and the month of the date."""
    message = f"""\
From: Айгуль С. <aigul@steppe.example.org>
Subject: =?utf-8?b?0KHRgtCw0LTQvg==?= вернулось
Date: пт, 29 янв 2021 10:00:00 +0600
Keywords: сайгак, степь
Content-Type: text/plain; charset={encoding}

Все рады.
"""

    story = story_in(message.encode(encoding))

    assert (story["title"], story["tags"]) == ("Стадо вернулось", ["сайгак", "степь"])
    assert (story["date"], story["extra"]) == ("2021-01-29", {"author": "Айгуль С."})


@pytest.mark.parametrize(
    ("label", "encoding", "title"),
    [
        ("gb2312", "gb2312", "通知"),
        ("big5", "big5", "通知"),
        ("gb2312", "utf-8", "通知"),
        ("gb2312", "gb2312", "赛加羚羊回到草原"),
        ("windows-1251", "utf-8", "Стадо"),
    ],
)
def test_a_short_header_in_an_encoding_of_several_bytes(label: str, encoding: str, title: str) -> None:
    """It is read as the message says where its few bytes might be UTF-8, too."""
    message = f"Subject: {title}\nDate: Sat, 15 Feb 2020 01:00:00 +0500\nContent-Type: text/plain; charset={label}\n"

    assert story_in(f"{message}\nSaiga.\n".encode(encoding))["title"] == title


@pytest.mark.parametrize("before", ["", "a"])
def test_a_header_that_is_cut_off(before: str) -> None:
    """It ends with a whole character, and nothing is said to be damaged."""
    message = f"Subject: {before}{'с' * 2_000}\nDate: Sat, 15 Feb 2020 01:00:00 +0500\n\nSaiga.\n"

    found = found_in(message, "email")

    assert not [one for one in found if isinstance(one, Remark)]


def test_mail_that_names_no_encoding() -> None:
    """It goes by the letters, and one note tells of all messages that are so; the user's word counts first."""
    one = "From x at example.org  Sat Jan 30 00:10:00 2021\nSubject: Стадо в степи\n\nСтадо вернулось.\n\n"
    data = (one * 3).encode("cp1251")

    *items, remark = found_in(data, "mbox")
    said = list(reader("mbox").read(Source("saved", data, hints=Hints(encoding="koi8-r"))))

    assert {(item.entry.title, item.entry.body) for item in items if isinstance(item, Item)} == {
        ("Стадо в степи", "Стадо вернулось.")
    }
    assert isinstance(remark, Remark)
    assert (remark.place, "cp1251" in remark.text, "6 headers and texts" in remark.text) == (
        "saved, message 1",
        True,
        True,
    )
    assert [item.entry.title for item in said if isinstance(item, Item)] == ["яРЮДН Б ЯРЕОХ"] * 3


def test_utf_8_that_is_said_to_be_another() -> None:
    """It is UTF-8, and a note says so."""
    message = f"{HEADERS}Content-Type: text/plain; charset=windows-1251\n\nСтадо вернулось."

    item, remark = found_in(message, "email")

    assert isinstance(item, Item)
    assert isinstance(remark, Remark)
    assert (item.entry.body, "windows-1251" in remark.text) == ("Стадо вернулось.", True)


LIST = """\
From aigul at steppe.example.org  Fri Jan 29 09:30:00 2021
From: aigul at steppe.example.org (Aigul S.)
Date: Fri, 29 Jan 2021 01:30:00 +0500
Subject: [Steppe] Saiga in the reserve
Message-ID: <1@steppe.example.org>

The herd is back.

>From now on we count each week.
From here it looks good.

From rustam at pamir.example.org  Sat Jan 30 00:10:00 2021
From: rustam at pamir.example.org (=?utf-8?b?0KDRg9GB0YLQsNC8INCa?=)
Date: Sat, 30 Jan 2021 00:10:00 +0500
Subject: =?utf-8?b?0JDRgNGF0LDRgNGL?=

On Fri, 29 January 2021, Aigul wrote:
> 12 March 2019
> The herd is back.

У нас тоже.
"""


def test_the_archive_of_a_list() -> None:
    """It parts the messages where they are parted, and takes no date out of what is quoted."""
    first, second = [item.entry for item in found_in(LIST, "mbox") if isinstance(item, Item)]

    assert (first.title, str(first.date), first.body, first.extra["author"]) == (
        *("[Steppe] Saiga in the reserve", "2021-01-29"),
        "The herd is back.\n\nFrom now on we count each week.\nFrom here it looks good.",
        "Aigul S.",
    )
    assert (second.title, str(second.date), second.extra) == ("Архары", "2021-01-30", {"author": "Рустам К"})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mailbox_of_any_line_ends(end: str) -> None:
    """It reads as many messages with the line ends of Windows."""
    assert len(found_in(LIST.replace("\n", end), "mbox")) == 2


def test_the_archive_of_a_list_as_it_is_handed_out(alone: Path, invoke: Callable[..., Result]) -> None:
    """It unpacks a gzip'd month, also one made of several parts, by itself and in a folder."""
    (alone / "list").mkdir()
    half = len(LIST) // 2
    parts = gzip.compress(LIST[:half].encode()) + gzip.compress(LIST[half:].encode())
    Path("list/2021-January.txt.gz").write_bytes(parts)

    assert invoke("import", "list").err.startswith("Added 2 of 2 items")
    assert invoke("import", "list/2021-January.txt.gz").err.startswith("Added 0, skipped 2 of 2 items")


def test_packed_mail_that_is_made_to_harm() -> None:
    """It says so of what is cut off, and of what becomes more than two hundred times as large."""
    whole = gzip.compress(LIST.encode())
    bomb = gzip.compress(LIST.encode() + b"a\n" * 10_000_000)
    for data, sentence in (
        (whole[:-30], "cannot be unpacked"),
        (bomb, "becomes too large when it is unpacked"),
    ):
        [fault] = found_in(data, "mbox")
        assert isinstance(fault, Fault)
        assert sentence in fault.reason


def test_a_message_that_is_empty() -> None:
    """It names the one that cannot be an entry, and reads the others."""
    found = found_in(LIST + "\nFrom x at example.org  Sat Jan 30 00:10:00 2021\n\n", "mbox")

    assert [type(one) for one in found] == [Item, Item, Fault]


HOSTILE = {
    "headers": "Subject: a\nX-A: " + "b" * 900_000 + "\n\nc",
    "many headers": "Subject: a\n" + "X-A: b\n" * 120_000 + "\nc",
    "encoded words": "Subject: " + "=?utf-8?q?=41?= " * 50_000 + "\n\nc",
    "addresses": "Subject: a\nFrom: " + "(" * 200_000 + "\n\nc",
    "nested parts": "Subject: a\n"
    + "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(12_000)),
    "many parts": 'Subject: a\nContent-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\na\n" * 120_000,
    "boundaries": f'Subject: a\nContent-Type: multipart/mixed; boundary="{"b" * 900_000}"\n\n',
    "blanks": "Subject: a\n\n" + " \n" * 450_000,
    "signatures": "Subject: a\n\n" + "a\n-- \n" * 9_000,
    "flowed": "Subject: a\nContent-Type: text/plain; format=flowed\n\n" + "a \n" * 300_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_message_made_to_take_long(case: str) -> None:
    """It ends soon in an item or a line."""
    with soon(5):
        found = found_in(HOSTILE[case], "email")
    assert found


def test_a_mailbox_of_many_marks() -> None:
    """It takes no longer for messages that are nothing but a beginning."""
    with soon(5):
        found = found_in("From a Sat Jan 30 00:10:00 2021\nSubject: a\n\n" * 15_000, "mbox")
    assert len(found) == 15_000
