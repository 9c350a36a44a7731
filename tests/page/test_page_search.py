"""The search of the page, in the browser: the same rule as in Python, and at least what `list` selects."""

from __future__ import annotations

import random
import unicodedata
from datetime import date

import pytest

from newsarchive.formats.writing.html_asking import matching
from newsarchive.formats.writing.html_page import certain_words
from newsarchive.formats.writing.html_search import PageIndex
from newsarchive.query.matching import matcher
from newsarchive.query.parser import parse
from newsarchive.text.words import words
from page.stories import beginnings_and_slips, stories, whole_words

ENTRIES = stories()
IN_ORDER = sorted(ENTRIES, key=lambda entry: -entry.date.year)
INDEX = PageIndex(
    (([entry.title, entry.summary, entry.body or "", *entry.tags], entry.languages) for entry in IN_ORDER),
    certain_words(),
)

TYPED = {
    "lepard": "leopard",
    "leopadr": "leopard",
    "conservaton": "conservation",
    "Межнев": "Mezhnev",
    "mejnev": "Межнев",
    "przheval": "Пржевальский",
    "снежн": "снежного",
    "елки": "ёлки",
    "oconnell": "O'Connell",
    "przewalski": "Przewalski’s",
    "environnement": "l'environnement",
    "CAFE": "café",
    "кс14": "КС14",
}

BLOCKS = (range(0x20, 0x250), range(0x300, 0x530), range(0x1E00, 0x2000))
"""Latin, Greek, Cyrillic, and marks."""

AWKWARD = [
    "l’été d'ours L’Église aujourd'hui d'",
    "rock'n'roll Nature's O'Connell’s 'quoted' 1's",
    "½ № ² ﬁn ＣＭＳ soft\u00adhyphen",
    "и\u0306од x\u0301y",
    "北京 2008 मन्त्र",
    "__a_b__",
    "C.I.T.E.S. U.S. U.S.A's U.S.A’s т.е. г.Москва J.R.R.Tolkien e.g.a www.u.s.gov 1.2 v.2 x.y.z1 中.国 a.b'c",
    "",
]

FOLDED = """texts => {
  const folding = new Folding(JSON.parse(document.getElementById("index").textContent).rules);
  return texts.map(text => folding.words(text)).map(words => [words, words.map(word => folding.key(word))]);
}
"""


@pytest.fixture
def page(write, open_page):
    """Open the page of the stories."""
    return open_page(write(ENTRIES))


def test_whole_words_show_at_least_what_list_selects(page):
    """It shows every entry that `list` selects, for 200 queries of whole words in both scripts."""
    queries = whole_words()
    selections = [matcher(parse(query, today=date(2024, 12, 18)).root) for query in queries]
    selected = [[entry.id for entry in ENTRIES if is_selected(entry)] for is_selected in selections]

    shown = page.shown_for(queries)

    missed = [
        query for query, ids, seen in zip(queries, selected, shown, strict=True) if not set(ids) <= set(seen)
    ]
    assert missed == []
    assert sum(map(bool, selected)) > 120


def test_beginnings_and_slips_show_what_the_rule_says(page):
    """It shows exactly the entries that the rule gives in Python, for 200 queries."""
    queries = list(beginnings_and_slips())
    expected = [[IN_ORDER[place].id for place in matching(INDEX, query)] for query in queries]

    shown = page.shown_for(queries)

    assert [query for query, ids, seen in zip(queries, expected, shown, strict=True) if ids != seen] == []
    assert sum(0 < len(ids) < len(ENTRIES) for ids in expected) > 120


def test_what_a_reader_may_type_finds_the_word(page):
    """It finds a word in spite of a slip, the other script, case, accents, ё, apostrophes."""
    shown = page.shown_for(list(TYPED))

    for (typed, word), ids in zip(TYPED.items(), shown, strict=True):
        holders = {
            entry.id for entry in ENTRIES if word in f"{entry.title} {entry.summary} {entry.body}".split()
        }
        assert holders, word
        assert holders <= set(ids), typed


def random_texts(count: int) -> list[str]:
    """Return texts of letters, with marks and without, of the scripts that the tables cover."""
    chance = random.Random(7)
    known = [chr(code) for block in BLOCKS for code in block]
    letters = [one for one in known if unicodedata.category(one) in ("Lu", "Ll", "Lo", "Nd")]
    marks = [one for one in known if unicodedata.category(one) == "Mn"]
    marked = [letter + chance.choice(marks) for letter in letters]
    return ["".join(chance.choices([*letters, *marked, *" -" * 100], k=12)) for _ in range(count)]


def test_what_is_typed_is_folded_as_in_python(page):
    """It makes the same words and keys of what is typed."""
    texts = [*AWKWARD, *random_texts(2_000)]

    folded = page.page.evaluate(FOLDED, texts)

    expected = [[words(text), [INDEX.tables.sound_of(word) for word in words(text)]] for text in texts]
    different = [both for both in zip(texts, folded, expected, strict=True) if both[1] != both[2]]
    assert different == []
