"""Rich Text Format: letters of any script, no hidden or deleted text, properties that can be any program's."""

from __future__ import annotations

from typing import Any

import pytest
from clock import soon
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Item, LeftOut, Source
from newsarchive.formats.registry import reader


def story_in(rtf: str) -> dict[str, Any]:
    """Return the fields of the one story that a document is."""
    source = Source("release", rtf.encode("latin-1"))
    assert format_of(source) == "rtf"
    item = next(iter(reader("rtf").read(source)))
    assert isinstance(item, Item), item
    return {key: value for key, value in plain_form(item.entry).items() if value and key != "source"}


HEAD = r"""{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil\fcharset204 Times New Roman;}}
{\info{\title \u1057?\u1072?\u1081?\u1075?\u1072?\u1082?}{\author Aigul S.}{\keywords saiga, steppe}
{\creatim\yr2019\mo3\dy4\hr10\min2}{\revtim\yr2020\mo1\dy2}}
"""


def test_a_release_in_russian() -> None:
    """It reads letters that are written as numbers and as bytes of a code page, blanks and all."""
    text = (
        r"\pard\f0 \u1041?\u1086?\u1085?\u1085?, 14 \'f4\'e5\'e2\'f0\'e0\'eb\'ff 2020 \u1075?. "
        r"\u8211? \u1057?\par ok\par}"
    )

    assert story_in(HEAD + text) == {
        "title": "Сайгак",
        "date": "2020-02-14",
        "body": "Бонн, 14 февраля 2020 г. – С\n\nok",
        "tags": ["saiga", "steppe"],
        "extra": {"author": "Aigul S.", "updated": "2020-01-02"},
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (r"a {\v hidden}b", "a b"),
        (r"a \v hidden\v0 b", "a b"),
        (r"a {\deleted old}new", "a new"),
        (r"on {\strike 5 May }6 May in \striked1 Bonn \striked0 Almaty", "on 6 May in Almaty"),
        (r"a {\v \u1041?\'e1}b", "a b"),
        (r"inter\-governmental steppe\_wide", "intergovernmental steppe-wide"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 7}} of 9", "7 of 9"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\line b\tab c", "a\nb c"),
    ],
)
def test_what_is_seen(text: str, body: str) -> None:
    """It reads what a word processor shows."""
    assert story_in(HEAD + r"\pard A first line.\par " + text + r"\par}")["body"].partition("\n\n")[2] == body


def test_a_heading_is_the_title() -> None:
    """It takes the paragraph that has an outline level before the properties."""
    text = r"\pard Release\par\pard\outlinelevel0 Nine kulan are free\par\pard They left.\par}"

    story = story_in(HEAD + text)

    assert (story["title"], story["body"], story["date"]) == (
        "Nine kulan are free",
        "Release\n\nThey left.",
        "2019-03-04",
    )


def test_a_style_can_say_that_it_is_the_title() -> None:
    """It takes the paragraph whose style is called Title, and else the first heading."""
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs9 Strong;}{\s24\sbasedon0 Title;}}"
    )
    text = r"\pard\s0 Release\par\pard\s1 Part\par\pard\plain\s24 Nine kulan are free\par\pard\s0 They left.\par}"

    assert story_in(HEAD + styles + text)["title"] == "Nine kulan are free"
    assert story_in(HEAD + styles + text.replace("s24", "s0"))["title"] == "Part"


def test_pictures_are_counted() -> None:
    """It says how many pictures do not come over."""
    rtf = HEAD + r"\pard a\par{\pict\pngblip 89504e47}{\pict\pngblip 89504e47}}"

    *_, counted = reader("rtf").read(Source("release", rtf.encode()))

    assert counted == LeftOut("release", "embedded picture", 2)


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "\\",
        "\\'",
        "\\u1041?",
        "{\\v ",
        "{\\info{\\title ",
        "{\\fonttbl{\\f0 ",
        "{\\pict ",
        "HYPERLINK ",
    ],
)
def test_a_document_made_to_take_long(piece: str) -> None:
    """It ends soon in an item or a line."""
    data = ("{\\rtf1 " + piece * (900_000 // len(piece))).encode()

    with soon(5):
        found = list(reader("rtf").read(Source("a.rtf", data)))
    assert found
