"""Where words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.pairs import has_paired
from newsarchive.text.words import spans, words

TEXTS = st.text() | st.text(st.sampled_from("aбéе1 -雪豹몽골ｶﾞเสืำ'’ʼsSlLquU\u0308\u0306\u00ad\u200c½⑴_.ﹱ"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saving Snow Leopards", ["saving", "snow", "leopards"]),
        ("Sean O'Connell, Шон О’Коннелл", ["sean", "oconnell", "шон", "оконнелл"]),
        ("Przewalski’s Horse", ["przewalski", "horse"]),
        ("the CMS'S leopards' range", ["the", "cms", "leopards", "range"]),
        ("Post-2020, 1990's", ["post", "2020", "1990"]),
        ("COP14 и КС14", ["cop14", "и", "кс14"]),
        ("«Невероятная жизнь» (2013)", ["невероятная", "жизнь", "2013"]),
        ("l’environnement d'Asie, jusqu'à qu'un", ["environnement", "asie", "a", "un"]),
        ("aujourd'hui don't п'ять", ["aujourdhui", "dont", "пять"]),
        ("'quoted' ʼtis", ["quoted", "tis"]),
        ("snow_leopard", ["snow", "leopard"]),
        ("con\u00adservation", ["conservation"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("保护雪豹。豹", ["保护", "护雪", "雪豹", "豹"]),
        ("IUCN红色名录2024年", ["iucn", "红色", "色名", "名录", "2024", "年"]),
        ("몽골에서 곰", ["몽골", "골에", "에서", "곰"]),
        ("ユキヒョウの保護", ["ユキ", "キヒ", "ヒョ", "ョウ", "ウの", "の保", "保护"]),
        ("ﾄﾗ ｶﾞ", ["トラ", "ガ"]),
        ("เสือดาว น้ำ", ["เสื", "สือ", "อด", "ดา", "าว", "น้ํา"]),
        ("ເສືອດາວ", ["ເສື", "ສືອ", "ອດ", "ດາ", "າວ"]),
        ("ខ្លារខិន", ["ខ្លា", "លារ", "រខិ", "ខិន"]),
        ("གངས་གཟིག", ["གངས", "གཟིག"]),
        ("C.I.T.E.S. and U.N.E.P.", ["cites", "and", "unep"]),
        ("С.Н.Г., т.е. в г.Москва", ["снг", "те", "в", "г", "москва"]),
        ("the U.S . and the U.S’s", ["the", "us", "and", "the", "us"]),
        ("A.P. Mezhnev, J.R.R.Tolkien", ["ap", "mezhnev", "jrr", "tolkien"]),
        ("v.2 1.5 a.b1 ab.c x. y", ["v", "2", "1", "5", "a", "b1", "ab", "c", "x", "y"]),
        ("… – ʼ ' 🐆", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """It finds the folded words of a text."""
    assert words(text) == expected


def test_spans_in_the_original() -> None:
    """It gives places in the text as it was, although folding changes lengths."""
    found = spans("Straße: Сергеи\u0306, œuvre")

    assert found == [("strasse", 0, 6), ("сергей", 8, 15), ("oeuvre", 17, 22)]


def test_spans_without_article_and_possessive() -> None:
    """It leaves the elided article and the possessive out of the place."""
    assert spans("l'once Przewalski’s") == [("once", 2, 6), ("przewalski", 7, 17)]


def test_spans_of_acronyms() -> None:
    """It takes the dots between the letters for a part of the word, the last one not."""
    assert spans("At C.I.T.E.S.") == [("at", 0, 2), ("cites", 3, 12)]


@given(TEXTS)
def test_spans_agree(text: str) -> None:
    """It finds the same words with and without their places, which follow one another in the text."""
    found = spans(text)

    starts, ends = ([0, *(span[side] for span in found), len(text)] for side in (1, 2))
    assert [word for word, _, _ in found] == words(text)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(start < end for _, start, end in found)


@given(TEXTS)
def test_words_of_words(text: str) -> None:
    """It takes each word it has found for that one word."""
    found = words(text)

    assert words(" ".join(found)) == found
    assert all(found)


@given(TEXTS)
def test_words_at_their_places(text: str) -> None:
    """It finds a word again in the piece of the text that it names."""
    for word, start, end in spans(text):
        assert words(text[start:end]) == [word]


@pytest.mark.parametrize(
    "mark",
    "\u0300\u036f\u0483\u05bd\u064b\u0670\u0711\u0963\u0e31\u0f71\u102b\u1ab0\u20d0\u3099\ufe0f\u00ad\u200d",
)
def test_a_mark_within_a_word(mark):
    """It goes on after one of any script, in a text that has no other."""
    assert len(words(f"o’r{mark}m")) == 1


@pytest.mark.parametrize("letter", ["ก", "々", "가", "ຽ", "က", "\U00020000", "ﾜ", "ㄅ"])
@pytest.mark.parametrize("text", ["saiga", "saiga " * 20])
def test_a_letter_that_is_taken_in_pairs(letter, text):
    """It is known as one in a short text and in a long one, where the next letter of its block is none."""
    assert has_paired(text + letter)
    assert not has_paired(text + "֑—ё")
