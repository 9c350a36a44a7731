"""From bytes to text: declared, UTF-8, or judged by the letters; damage is told."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import SourceError
from newsarchive.formats.base import Hints, Source
from newsarchive.formats.reading.decoding import Text, text_of

ENGLISH = "Przewalski’s Horse returns – it’s “the first” time"
FRENCH = "Réunion à Bonn sur l’antilope saïga ; « Voilà », où ça ?"
SPANISH = "¿Qué pasó con la acción? El leopardo de las nieves en España, mañana"
GERMAN = "Treffen in Köln über Größe"
RUSSIAN = "Встреча по сайгаку в Бонне"


def text(data: bytes, *, encoding: str | None = None) -> Text:
    """Return the text of a source with these bytes."""
    return text_of(Source("news.csv", data, hints=Hints(encoding)))


@pytest.mark.parametrize(
    "data",
    [
        "я\r\n".encode(),
        codecs.BOM_UTF8 + "я\r\n".encode(),
        "я\r\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "я\r\n".encode("utf-16-be"),
        "я\r\n".encode("utf-32"),
    ],
)
def test_what_is_declared_needs_no_word(data: bytes) -> None:
    """It reads UTF-8, and what a byte order mark declares, and leaves line ends as they are."""
    assert text(data) == Text("я\r\n")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("words", [ENGLISH, FRENCH, SPANISH, GERMAN, "Réunion"])
def test_western_letters_speak_for_their_encoding(words: str, encoding: str) -> None:
    """It tells Windows from Mac by where letters, quotes and dashes stand, in a single word already."""
    decoded = text(words.encode(encoding))

    assert decoded.content == words
    assert decoded.note is not None
    assert decoded.note.startswith(f"is not UTF-8 and is read as {encoding}, as in “")


@pytest.mark.parametrize("encoding", ["cp1251", "mac_cyrillic", "koi8_r", "cp866"])
def test_russian_letters_speak_for_their_encoding(encoding: str) -> None:
    """It tells the four encodings of Russian apart."""
    assert text(RUSSIAN.encode(encoding)) == Text(
        RUSSIAN, f"is not UTF-8 and is read as {encoding}, as in “Встреча”; --encoding says otherwise"
    )


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Żubr w Puszczy Białowieskiej – żółte źdźbło i święto łosia\n", "cp1250"),
        ("雪豹保护会议在波恩举行，各国代表讨论了迁徙物种公约的实施情况。\n", "gb18030"),
    ],
)
def test_the_rest_of_the_world_is_asked_of_a_library(words: str, encoding: str) -> None:
    """It reads encodings of other languages where none of its own fits."""
    assert text(words.encode(encoding) * 3).content == words * 3


@pytest.mark.parametrize(
    ("words", "order"), [("title,date\n", "le"), (RUSSIAN, "le"), ("title,date\n", "be")]
)
def test_utf_16_shows_by_its_zeros(words: str, order: str) -> None:
    """It knows UTF-16 without a mark by every other byte."""
    decoded = text(words.encode(f"utf-16-{order}"))

    assert decoded == Text(words, f"is read as utf-16-{order}, which it does not declare")


def test_a_little_damage_does_not_change_the_encoding() -> None:
    """It reads UTF-8 with a lost byte as UTF-8, and says where it was lost."""
    data = RUSSIAN.encode()

    decoded = text(data[:5] + data[6:])

    assert decoded.content == "Вс\ufffdреча по сайгаку в Бонне"
    assert decoded.note == "is damaged utf-8: at offset 4"


def test_damage_after_a_mark_is_counted() -> None:
    """It says in how many places bytes were lost."""
    decoded = text(codecs.BOM_UTF8 + b"a\xffb\xffc\xffd")

    assert decoded == Text("a\ufffdb\ufffdc\ufffdd", "is damaged utf-8: at offset 4 and in 2 other places")


def test_what_is_no_text_is_refused() -> None:
    """It names the option that helps, should it be text all the same."""
    with pytest.raises(SourceError) as caught:
        text(bytes(range(256)) * 4)

    assert (
        str(caught.value)
        == "news.csv: is not UTF-8, nor in an encoding that can be told; name it with --encoding"
    )


@pytest.mark.parametrize("encoding", [None, "cp1252"])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF; import it with --format pdf, or without the option"),
        (
            b"PK\x03\x04\x14\x00\x06\x00",
            "is packed, as files of Word and Excel are; save it there as text, CSV or HTML, and import that, "
            "or unpack it",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
            "is a file of Word, Excel or Outlook; save it there as text, CSV or HTML, and import that",
        ),
        (
            b"{\\rtf1\\ansi Hello}",
            "is an RTF document; import it with --format rtf, or without the option",
        ),
        (b"\x1f\x8b\x08", "is compressed; unpack it, and import what it holds"),
        (b"\x89PNG\r\n\x1a\n\x00", "is a picture, and holds no text"),
    ],
)
def test_files_of_other_programs_are_known(data: bytes, sentence: str, encoding: str | None) -> None:
    """It says what a file is that holds no text, and what to do, whatever encoding is named."""
    with pytest.raises(SourceError) as caught:
        text(data, encoding=encoding)

    assert caught.value.reason == sentence


def test_the_user_knows_better() -> None:
    """It reads in the encoding that is named, without a word."""
    assert text("Žižek".encode("cp1250"), encoding="cp1250") == Text("Žižek")
    assert text(codecs.BOM_UTF8 + b"a", encoding="utf-8") == Text("a")


def test_the_user_may_be_wrong() -> None:
    """It names the byte that is none of the encoding that is named."""
    with pytest.raises(SourceError) as caught:
        text(b"caf\xe9", encoding="utf-8")

    assert str(caught.value) == "news.csv: is not utf-8: byte 0xe9 at offset 3"


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufeff")))
def test_utf_8_comes_back(words: str) -> None:
    """It changes nothing in UTF-8, a byte order mark apart; text full of zeros may be taken for UTF-16."""
    if not set(words) & {"\0", "\4"}:
        assert text(words.encode()) == Text(words)


def test_line_ends_of_the_old_mac_speak_for_its_encoding() -> None:
    """It takes what could be in either encoding for Mac Roman where lines end with CR alone."""
    text = "Geese of Zürich\rCounted\r"

    content, note = text_of(Source("x", text.encode("mac_roman")))

    assert content == text
    assert note is not None
    assert "mac_roman" in note
