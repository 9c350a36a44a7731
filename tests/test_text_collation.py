"""Titles in the order of the alphabet."""

from __future__ import annotations

import pytest

from newsarchive.text.collation import title_key, written_key

ALPHABETS = {
    "kk": "а ә б в г ғ д е ж з и й к қ л м н ң о ө п р с т у ұ ү ф х һ ц ч ш щ ъ ы і ь э ю я",
    "ky": "а б в г д е ё ж з и й к л м н ң о ө п р с т у ү ф х ц ч ш щ ъ ы ь э ю я",
    "mn": "а б в г д е ж з и й к л м н о ө п р с т у ү ф х ц ч ш щ ъ ы ь э ю я",
    "tg": "а б в г ғ д е ж з и ӣ й к қ л м н о п р с т у ӯ ф х ҳ ч ҷ ш ъ э ю я",
    "tk": "a b ç d e ä f g h i j ž k l m n ň o ö p r s ş t u ü w y ý z",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
    "fa": "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی",
    "ug": "ئ ا ە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ و ۇ ۆ ۈ ۋ ې ى ي",
}


def in_order(titles: list[str], language: str) -> list[str]:
    return sorted(titles, key=lambda title: title_key(title, [language] if language else []))


@pytest.mark.parametrize("language", ALPHABETS)
def test_the_alphabet_of_a_language(language: str) -> None:
    """It takes words through the alphabet as it is taught."""
    letters = ALPHABETS[language].split()
    words = [f"{letter}{letters[-1 - place]}" for place, letter in enumerate(letters)]

    assert in_order(words[::-1], language) == words


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("kk", ["Казақ", "Кяхта", "Қазақ", "Лес", "Ыстық", "Іле", "Эль"]),
        ("ru", ["Ёж", "Ежи", "Ежу"]),
        ("de", ["Apfel", "Äpfel", "apfelbaum", "Ärger"]),
        ("en", ["COP 2", "COP 10", "COP 100", "COP14"]),
        ("en", ["007", "12", "1,000", "Aid"]),
        ("en", ["“Argali” again", "A bear", "The Chinkara", "‘Deer’", "— Eagle"]),
        ("fr", ["La chèvre", "L’once", "Les yaks"]),
        ("es", ["El argalí", "La nutria", "El ñandú", "Oso"]),
        ("", ["A bear", "argali", "The bear"]),
        ("en", ["snow leopard", "snowball"]),
        ("uz", ["gul", "Oʻzbekiston", "pul"]),
        ("en", ["zebra", "бык", "پلنگ", "北京"]),
        ("en", ["The bear", "The", "Theatre"]),
    ],
)
def test_titles(language: str, titles: list[str]) -> None:
    """It leaves out quotes and articles, goes by the value of numbers, and word by word."""
    assert in_order(titles[::-1], language) == titles


def test_case_does_not_count() -> None:
    """It leaves titles that differ in case alone to the next key."""
    assert title_key("Saiga", ["en"]) == title_key("SAIGA", ["en"])


@pytest.mark.parametrize("title", ["!!!", "\ud800", "9" * 400, "\u0301", "🐐", "l'"])
def test_odd_titles(title: str) -> None:
    """It has an answer for what is hardly a title."""
    assert title_key(title, ["fr"]) == title_key(title, ["fr-FR"])


def test_keys_as_bytes() -> None:
    """It writes keys as bytes in the same order, also of long numbers and where one key begins like another."""
    words = [
        *("a", "á", "à", "ae", "æ", "b", "1", "01", "10", "é", "ё", "е", "я", "北", "\u0301", "—", "ا"),
        "9" * 253,
        "9" * 254,
        "9" * 600,
        "1" + "0" * 600,
    ]
    titles = [f"{word}{rest}" for word in words for rest in ("", " a", "a", " 1", "é", "-я")]

    by_key = sorted(titles, key=lambda title: title_key(title, ["en"]))

    assert sorted(titles, key=lambda title: written_key(title, ["en"])) == by_key


def test_numbers_of_hundreds_of_digits() -> None:
    """It takes them by their value, too."""
    titles = ["2", "9" * 253, "1" + "0" * 253, "9" * 254, "1" + "0" * 600, "2" + "0" * 600]

    assert in_order(titles[::-1], "en") == titles
