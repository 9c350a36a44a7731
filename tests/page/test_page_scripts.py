"""The search of the page in scripts of all kinds: the same words, the same rule and marks as in Python."""

from __future__ import annotations

import random

import pytest
from headlines import HEADLINES, entries

from newsarchive.entry import Entry
from newsarchive.formats.writing.html_asking import matching
from newsarchive.formats.writing.html_page import certain_words
from newsarchive.formats.writing.html_search import PageIndex
from newsarchive.text.words import words
from page.test_page_search import FOLDED

ENTRIES = entries()
INDEX = PageIndex(
    (([entry.title, entry.summary or "", *entry.tags], entry.languages) for entry in ENTRIES), certain_words()
)

AWKWARD = [
    "IUCN红色名录 豹 國際 護",
    "ﾕｷﾋｮｳ ｶﾞ 가 ㄱㅏ ㄳ",
    "น้ำ นํา นำพา ໜ ເສືອ ຽ",
    "می‌خواهم ﻱ ﻯ إزمير كِتَاب ۲۰۲۴ ئۇيغۇر ٴبۇكىل",
    "पाँच ज़मीन क़ २०२३ मन्त्र",
    "གངས་གཟིག ខ្លារខិន မြန်မာ",
]

MARKED = """words => {
  const index = new Index(JSON.parse(document.getElementById("index").textContent), 0);
  const marks = new Marks(index.folding);
  return words.map(([typed, text]) => {
    const likes = new Set(index.folding.words(typed).flatMap(word => index.alike(word)).map(at => index.words[at]));
    return marks.ranges(new Text(text), likes).map(range => range.toString());
  });
}
"""


@pytest.fixture
def page(write, open_page):
    """Open the page of all headlines."""
    return open_page(write(ENTRIES))


def test_folded_as_in_python(page):
    """It makes the same words and keys of what is typed."""
    texts = [*AWKWARD, *(one.headline for one in HEADLINES), *(one.query for one in HEADLINES)]

    folded = page.page.evaluate(FOLDED, texts)

    expected = [[words(text), [INDEX.tables.sound_of(word) for word in words(text)]] for text in texts]
    different = [both for both in zip(texts, folded, expected, strict=True) if both[1] != both[2]]
    assert different == []


def test_shown_as_the_rule_says(page):
    """It shows exactly the entries that the rule gives in Python, for whole queries, words and beginnings."""
    chance = random.Random(3)
    typed = sorted({word for one in HEADLINES for word in one.query.split()})
    queries = [one.query for one in HEADLINES] + typed
    queries += [word[: chance.randint(1, len(word))] for word in typed]
    expected = [[ENTRIES[place].id for place in matching(INDEX, query)] for query in queries]

    shown = page.shown_for(queries)

    assert [query for query, ids, seen in zip(queries, expected, shown, strict=True) if ids != seen] == []


OTHERWISE = [
    ("Juščenko", "Ющенко"),
    ("Âŝuk", "Ящук"),
    ("Coj", "Цой"),
    ("Zoi", "Цой"),
    ("Czoj", "Цой"),
    ("Dschon", "Джон"),
    ("Чехов", "Tschechow"),
    ("Ющенко", "Juščenko"),
    ("Yushchenko", "Juščenko"),
    ("Ul`yanova", "Ульянова"),
    ("Pod”yapol’skiy", "Подъяпольский"),
    ("chinkara", "چنکارہ"),
    ("құландардың", "Құлан"),
    ("бөхөнгийн", "Бөхөн"),
    ("паланг", "پلنگ"),
    ("chituwako", "चितुवा"),
    ("Oʻzbekistonning", "Ўзбекистонда"),
]
CODES = {"چنکارہ": "ur", "Құлан": "kk", "Бөхөн": "mn", "پلنگ": "fa", "चितुवा": "ne", "Ўзбекистонда": "uz"}


def test_forms_marks_and_systems(write, open_page):
    """It finds a word by another form, by its marks and by other systems of writing it, as `search` does."""
    stories = [
        Entry(id=number, title=title, languages=(CODES.get(title, "en"),))
        for number, (_, title) in enumerate(OTHERWISE, 1)
    ]
    index = PageIndex(([one.title], one.languages) for one in stories)
    typed = [query for query, _ in OTHERWISE]

    shown = open_page(write(stories)).shown_for(typed)

    missed = [
        pair for number, (pair, ids) in enumerate(zip(OTHERWISE, shown, strict=True), 1) if number not in ids
    ]
    assert missed == []
    assert list(map(sorted, shown)) == [[place + 1 for place in matching(index, query)] for query in typed]


@pytest.mark.parametrize(
    "query", ["雪豹", "IUCN藏羚羊", "野駱駝保護區", "熊", "몽골", "เสือดาว", "ເສືອ", "2024", "محيط"]
)
def test_found(page, query):
    """It shows what the beginning of a headline's word was typed for, in whatever shape its letters are."""
    assert page.shown_for([query])[0]


def test_marked_where_they_stand(page):
    """It marks the characters that were found, not all that stands beside them without a blank."""
    texts = [
        ["雪豹", "科学家给雪豹戴上项圈"],
        ["保護", "IUCN保护区"],
        ["몽골", "몽골에서"],
        ["IUCN", "IUCN保护区"],
    ]

    assert page.page.evaluate(MARKED, texts) == [["雪豹"], ["保护"], ["몽골"], ["IUCN"]]
