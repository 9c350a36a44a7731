"""Which words have the same cross-script key."""

from __future__ import annotations

import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.key import key
from newsarchive.text.romanising import romanised
from newsarchive.text.words import words


@pytest.mark.parametrize(
    "spellings",
    [
        "межнев mezhnev mezhnyov mejnev",
        "пржевальский przewalski przhevalsky przhevalskii przewalskii przhevalskiy",
        "лхагвасурэн lkhagvasuren",
        "лхагвасүрэн lkhagvasüren",
        "бадамжав badamjav badamzhav",
        "чайковский tchaikovsky tschaikowski chaikovskii chaykovskiy",
        "хрущёв khrushchev khrushchyov khrouchtchev",
        "горбачёв gorbachev gorbachyov gorbatchev",
        "соловьёв soloviev solovyov solovyev solov'ev solowjow",
        "щербаков shcherbakov scherbakov chtcherbakov",
        "алексеев alekseev alekseyev alexeev",
        "евгений evgeny yevgeny evgenii evgueni",
        "юрий yuri yury yuriy iouri",
        "жуков zhukov joukov",
        "михаил mikhail mihail",
        "таджикистан tajikistan tadzhikistan tadjikistan",
        "сайгак saigak saygak",
        "джейран jeiran jeyran dzheyran",
        "бутан bhutan",
    ],
)
def test_one_key(spellings: str) -> None:
    """It gives all spellings of a name the same key."""
    keys = {key("".join(words(spelling))) for spelling in spellings.split()}

    assert len(keys) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        "met meet",
        "less lees",
        "saiga siga",
        "ii iii",
        "vii viii",
        "to too",
        "2011 201",
        "km cm",
        "ship shop",
        "bar bear",
    ],
)
def test_other_keys(spellings: str) -> None:
    """It keeps short words, numerals and numbers apart."""
    one, other = spellings.split()

    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("межнев", "mejnev"),
        ("шымкент", "simkent"),
        ("кс14", "ks14"),
        ("ulaanbaatar", "ulanbatar"),
        ("\U0010fffd", "\U0010fffd"),
    ],
)
def test_keys(word: str, expected: str) -> None:
    """It writes a key in ASCII, or leaves the word alone where nothing is known of it."""
    assert key(word) == expected


@given(st.text())
def test_never_empty(text: str) -> None:
    """It gives every word a key."""
    assert all(map(key, words(text)))


@pytest.mark.parametrize("letter", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
def test_russian_letters(letter: str) -> None:
    """It takes the letters that the program keeps itself for those that anyascii has."""
    assert romanised(letter) == "".join(filter(str.isalpha, anyascii(letter)))
