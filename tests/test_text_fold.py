"""What folding makes alike, and what it keeps apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.fold import fold

# Mostly what changes when it is folded: marks, letters with marks, ligatures, apostrophes, Hangul.
TEXTS = st.text() | st.text(
    st.sampled_from("иеИЙёЁй\u0306\u0308\u0301\u0323éÉßﬁĳİıΐᾳΣς’ʼ´ø\u1100\u1161\u3131½⑴\u00ad")
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Snow Leopard", "snow leopard"),
        ("ЁЛКИ и ёлки", "елки и елки"),
        ("е\u0308лки", "елки"),
        ("за\u0301мок", "замок"),
        ("Saïga, León, Çà", "saiga, leon, ca"),
        ("Łódź Øre Đak Straße Æon Œuvre", "lodz ore dak strasse aeon oeuvre"),
        ("Ἀθήνα", "αθηνα"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ＣＭＳ ﬁn ²", "cms fin 2"),
        (
            "O’Connell O‘Connell Oʼconnell O´Connell O＇Connell",
            "o'connell o'connell o'connell o'connell o'connell",
        ),
        ("con\u00adservation", "conservation"),
        ("國際 保護區 獣 気候", "国际 保护区 兽 气候"),
        ("برفی کوه كوه ى ھ آسیا مُؤْتَمَر", "برفي كوه كوه ي ه اسيا موتمر"),
        ("۲۰۲۴ ٢٠٢١ २०२१ ๒๕๖๗ ２０", "2024 2021 2021 2567 20"),
        ("पाँच पांच ज़मीन जमीन", "पांच पांच जमीन जमीन"),
    ],
)
def test_alike(text: str, folded: str) -> None:
    """It folds case, width, diacritics, ё and apostrophes."""
    assert fold(text) == folded


@pytest.mark.parametrize("letter", ["й", "ї", "ў", "ң", "ө", "ү", "қ"])
def test_letters_of_their_own(letter: str) -> None:
    """It keeps Cyrillic letters apart that only look like others with a mark."""
    assert fold(letter.upper()) == letter


def test_decomposed_short_i() -> None:
    """It takes и with a combining breve for the letter й."""
    assert fold(unicodedata.normalize("NFD", "Сергей")) == "сергей"


def test_marks_that_are_spelling() -> None:
    """It keeps the marks of scripts that spell with them."""
    assert fold("हिन्दी") == "हिन्दी"


@given(TEXTS)
def test_idempotent(text: str) -> None:
    """It changes nothing in what is folded."""
    folded = fold(text)

    assert fold(folded) == folded


@given(TEXTS)
def test_composed_and_decomposed(text: str) -> None:
    """It folds a text and its decomposed form alike."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_every_character_once() -> None:
    """It folds every character of the first plane to something that stays."""
    folded = [fold(chr(code)) for code in range(0x10000)]

    assert [fold(character) for character in folded] == folded
