"""Scripts without blanks between words, and letters and digits in other shapes: found, counted and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from headlines import HEADLINES, entries
from indexing import selected, write_archive
from searching import find, ids, marked, reasons, story, titled
from storing import opened

from newsarchive.archive import Archive
from newsarchive.query.matching import matcher
from newsarchive.query.parser import parse
from newsarchive.render.hits import guesses
from newsarchive.search.highlight import snippet

# --- pairs of characters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("雪豹", "科学家给雪豹佩戴项圈"),
        ("羚羊", "高鼻羚羊回到草原"),
        ("北京", "在北京召开研讨会"),
        ("IUCN", "IUCN红色名录"),
        ("红色名录", "IUCN红色名录"),
        ("豹", "给雪豹佩戴项圈"),
        ("豹", "山中有豹"),
        ("保護區", "野骆驼保护区"),
        ("国际", "國際會議"),
        ("条約", "濕地條約"),
        ("ユキヒョウ", "モンゴルでユキヒョウを調査"),
        ("ﾕｷﾋｮｳ", "ユキヒョウの個体数"),
        ("몽골", "몽골에서 열린 회의"),
        ("곰", "반달곰이 돌아왔다"),
        ("야생낙타", "야생 낙타를 지키다"),
        ("눈표범의", "눈표범이 나타나다"),
        ("เสือดาวหิมะ", "พบเสือดาวหิมะในเทือกเขา"),
        ("นำ", "น้ำท่วม ผู้นำประชุม"),
        ("ເສືອ", "ພົບເສືອດາວ"),
        ("ខ្លារខិន", "ឃើញខ្លារខិនមួយ"),
        ("གངས་གཟིག", "གངས་གཟིག་གི་གྲངས་ཀ"),
    ],
)
def test_found_inside(query, title):
    """It finds a word wherever it stands in a text that no blanks part, and in `list` too."""
    archive = titled("A story in English", title)

    assert ids(query, archive) == [2]
    if not query.endswith(("낙타", "의")):  # these stand otherwise in the text
        selects = matcher(parse(query, today=None).root)
        assert [entry.id for entry in archive if selects(entry)] == [2]


def test_all_of_it_comes_first():
    """It ranks what holds all of the characters above what holds some of them."""
    archive = titled("北京召开会议", "迁徙物种研讨会", "野马保护", "北京召开迁徙物种研讨会")

    assert ids("北京迁徙物种", archive)[0] == 4


def test_no_pair_is_corrected():
    """It takes no character for another: of two a half is the same by chance."""
    assert reasons("雪狼", "雪豹回来了") == {}


@pytest.mark.parametrize(
    ("query", "title", "expected"),
    [
        ("雪豹", "给雪豹戴上项圈", [("雪豹", "exact")]),
        ("雪豹项圈", "给雪豹戴上卫星项圈", [("雪豹", "exact"), ("项圈", "exact")]),
        ("高鼻羚羊", "高鼻羚羊保护", [("高鼻羚羊", "exact")]),
        ("豹", "给雪豹戴项圈", [("豹", "prefix")]),
        ("保護區", "在保护区内", [("保护区", "folded")]),
        ("몽골", "몽골에서 열린", [("몽골", "exact")]),
        ("เสือดาว", "พบเสือดาวหิมะ", [("เสือดาว", "exact")]),
    ],
)
def test_marked(query, title, expected):
    """It marks the characters that were typed as one piece, and nothing beside them."""
    assert marked(query, story(1, title)) == [("title", *one) for one in expected]


def test_snippet_without_blanks():
    """It shows the part around a match, cut between characters."""
    text = "科学家" * 20 + "雪豹" + "研究" * 20

    shown, marks = snippet(text, [(60, 62)], 21)

    assert (len(shown), marks) == (21, [(9, 11)])
    assert shown[9:11] == "雪豹"


def test_snippet_of_thai():
    """It does not cut a vowel or tone mark off its letter."""
    text = "กำลังเดินทางไปที่นั่น" * 9 + "เสือ" + "ที่นั่นมีน้ำ" * 9

    for width in range(20, 40):
        shown, _ = snippet(text, [(text.index("เสือ"), text.index("เสือ") + 4)], width)

        assert len(shown) <= width
        assert "เสือ" in shown
        assert shown[1] not in "ัิีึืุู็่้๊๋์ํ"


def test_nothing_is_said_of_pairs():
    """It does not tell which pairs of characters nobody wrote, unless nothing was found at all."""
    found = find("雪豹在蒙古", titled("雪豹回来了"))
    lost = find("雪豹", titled("野马回来了"))

    assert list(guesses(found.groups)) == []
    assert list(guesses(lost.groups)) == ["note: no entry has '雪豹'; nothing is like it"]


# --- shapes of letters and digits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("كل", "محافظت از کل و بز"),
        ("کوه", "كوه"),
        ("گرگ", "گُرگ در دشت"),
        ("يوز", "یوز ایرانی"),
        ("ازمير", "إزمير"),
        ("اهو", "آهو"),
        ("محميه", "محمية طبيعية"),
        ("موتمر", "مُؤْتَمَر"),
        ("مهـــا", "مها"),
        ("بهرامگور", "بهرام‌گور"),
        ("2024", "سال ۲۰۲۴"),
        ("٢٠٢١", "تقرير 2021"),
        ("2023", "साल २०२३"),
        ("पांच", "पाँच बाघ"),
        ("गुलज़ार", "गुलजार झील"),
    ],
)
def test_shapes(query, title):
    """It finds a word in whatever shape its letters and digits come, two and three letters long too."""
    archive = titled("A story in English", title)

    assert ids(query, archive) == [2]
    assert [entry.id for entry in archive if matcher(parse(query, today=None).root)(entry)] == [2]


# --- with an index or without -----------------------------------------------------------------------------


class Indexed(Archive):
    """An archive that has an index although it is small."""

    is_large = True


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> tuple[Archive, Archive]:
    """Open the archive of all headlines twice: with an index, and read as it is."""
    path: Path = write_archive(tmp_path_factory.mktemp("headlines") / "archive.json", entries())
    return Indexed(path), opened(path)


def test_index_and_plain_answer_alike(both):
    """It gives the same entries, scores, matches and groups for each of the headlines' queries."""
    for one in HEADLINES:
        found, expected = (archive.search(selected(one.query, limit=5)) for archive in both)

        assert found.groups == expected.groups, one
        assert [(hit.entry, hit.score, hit.matches) for hit in found.hits] == [
            (hit.entry, hit.score, hit.matches) for hit in expected.hits
        ], one


def test_index_and_plain_select_alike(both):
    """It selects the same entries in `list` for each word of the headlines' queries."""
    for word in sorted({word for one in HEADLINES for word in one.query.split()} | set("豹熊곰角")):
        found, expected = (archive.page(selected(word)).entries for archive in both)

        assert found == expected, word
