"""Inflected words of the languages of the Range States, and their spellings in other scripts."""

from __future__ import annotations

import pytest
from searching import ids, story

from newsarchive.text.inflection import forms


def found(query: str, language: str, title: str, *others: str) -> list[int]:
    """Search an archive of a story in English, one in `language` and `others` in it."""
    entries = [story(1, "A story in English"), story(2, title, languages=(language,))]
    entries += [story(number, other, languages=(language,)) for number, other in enumerate(others, 3)]
    return ids(query, entries)


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("ilbirs", "ky", "Илбирстердин саны"),
        ("qulan", "kk", "Құландарды жіберді"),
        ("aqboken", "kk", "Ақбөкендер оралды"),
        ("bukhun", "mn", "Бөхөнгийн тоо"),
        ("khulan", "mn", "Хулангууд гарчээ"),
        ("takhi", "mn", "Тахийн нутаг"),
        ("Ўзбекистонда", "uz", "Oʻzbekistondan xabar"),
        ("Oʻzbekistonning", "uz", "Ўзбекистонда"),
        ("sayg'oq", "uz", "Сайғоқларни санаш"),
        ("palang", "tg", "Паланги барфӣ"),
        ("гулан", "tk", "Gulanlaryň sürüsi"),
        ("tendua", "hi", "तेंदुओं की गिनती"),
        ("chituwa", "ne", "हिउँ चितुवाको बासस्थान"),
        ("चितवन", "en", "Night driving near Chitwan"),
        ("krishnasar", "ne", "कृष्णसारको संख्या"),
        ("naur", "ne", "नाउरको संख्या"),
        ("кулан", "ru", "Куланов выпустили"),
        ("куланы", "ru", "Куланам нужна вода"),
        ("кабану", "ru", "Следы кабана"),
        ("xuebao", "zh", "给雪豹佩戴卫星项圈"),
        ("Beijing", "zh", "北京召开研讨会"),
    ],
)
def test_in_other_letters_and_inflected(query, language, title):
    """It finds an inflected word by what it is called in the letters of another script."""
    assert found(query, language, title) == [2]


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("бөхөнгийн", "mn", "Бөхөн нүүжээ"),
        ("құландардың", "kk", "Құлан сақтау"),
        ("барыстарды", "kk", "Барысты қорғау"),
        ("токойдо", "ky", "Токоюнда аюу"),
        ("qoplonlarni", "uz", "Qor qoploni"),
        ("keýikler", "tk", "Keýikleriň göçüşi"),
        ("морхӯр", "tg", "Шикори морхӯрҳо"),
        ("شکارچی", "fa", "شکارچیان دستگیر شدند"),
        ("पक्षी", "hi", "प्रवासी पक्षियों की झील"),
        ("गैंडा", "ne", "चितवनमा गैँडाको गणना"),
        ("Wildkamel", "de", "Wildkamele der Gobi"),
        ("ceylan", "tr", "Ceylanlar için"),
        ("غزالا", "ar", "غزال في المحمية"),
    ],
)
def test_inflected(query, language, title):
    """It finds one form of a word by another, the longer one by the shorter and the other way round."""
    assert found(query, language, title) == [2]


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("ақбөкен", "kk", "اقبوكەندەردىڭ سانى"),
        ("құлан", "kk", "قۇلاندار ورالدى"),
        ("ақбөкен", "kk", "Aqbökenderdiñ köşi"),
        ("اقبوكەن", "kk", "Ақбөкендер оралды"),
        ("qulan", "ug", "قۇلانلار ئۆتتى"),
        ("тарим", "ug", "تارىم دەرياسى"),
        ("жәрән", "ug", "چۆلدىكى جەرەنلەر"),
        ("паланг", "fa", "پلنگ برفی"),
        ("бадахшон", "fa", "در بدخشان"),
        ("پلنگ", "tg", "Паланги барфӣ"),
        ("Раҳмон", "fa", "رحمان نظری"),
        ("chinkara", "ur", "چنکارہ ہرن"),
    ],
)
def test_between_arabic_cyrillic_and_latin(query, language, title):
    """It finds Kazakh, Uyghur, Tajik, Persian and Urdu words in whichever script they are written."""
    assert found(query, language, title) == [2]


def test_another_word_is_not_found():
    """It does not take a word for another because both have the same ending, or the same consonants."""
    assert found("құландар", "kk", "Арқарлар мен бөкендер") == []
    assert found("planning", "fa", "پلنگ برفی", "Planning of corridors") == [3]
    assert found("board", "fa", "برد بزرگ") == []


def test_forms():
    """It takes one ending after the other off, as long as a word is left."""
    assert forms("құландардың", "kk") == ["t~kulandardin", "t~kulandar", "t~kulan", "t~kula"]
    assert forms("ат", "kk") == []
