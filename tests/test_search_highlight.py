"""What is highlighted in an entry, and which part of a text is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import Labels, find, marked, story

from newsarchive.entry import Entry
from newsarchive.query.tree import And, Query, Word
from newsarchive.search.fields import TEXT_FIELDS, field_texts
from newsarchive.search.highlight import snippet
from newsarchive.search.postings import MemoryPostings
from newsarchive.search.ranking import search
from newsarchive.text.words import words

# --- matches ----------------------------------------------------------------------------------------------


def test_every_field():
    """It marks the word in every text field, by the order of the fields."""
    entry = story(1, "saiga", tags=("news", "saiga"), summary="a saiga", body="The saiga\nand saiga")

    assert marked("saiga", entry) == [
        ("title", "saiga", "exact"),
        ("tags", "saiga", "exact"),
        ("summary", "saiga", "exact"),
        ("body", "saiga", "exact"),
        ("body", "saiga", "exact"),
    ]


def test_places():
    """It tells where a match begins and ends in its field."""
    result = find("saiga", [story(1, "The saiga", tags=("a", "saiga"))])

    assert result.hits[0].matches == (("title", 4, 9, "exact"), ("tags", 3, 8, "exact"))


@pytest.mark.parametrize(
    ("query", "title", "found"),
    [
        ("saiga", "SAIGA horns", ("SAIGA", "folded")),
        ("елки", "Ёлки", ("Ёлки", "folded")),
        ("przewalski", "Przewalski’s horse", ("Przewalski", "folded")),
        ("Межнев", "Anton Mezhnev", ("Mezhnev", "sound")),
        ("leopard", "Snow Leopards", ("Leopards", "stem")),
        ("lepard", "Snow Leopards", ("Leopards", "spelling")),
        ("mong", "From Mongolia", ("Mongolia", "prefix")),
        ("migrat*", "A migratory species", ("migratory", "prefix")),
        ('"snow leopard"', "The Snow-Leopard’s den", ("Snow-Leopard", "folded")),
        ('"snow leopard"', "A snow leopard", ("snow leopard", "exact")),
    ],
)
def test_reasons(query, title, found):
    """It says for what reason a part of the text matches, and marks that part as it is written."""
    assert marked(query, story(1, title)) == [("title", *found)]


def test_phrases_before_their_words():
    """It marks a label of the thesaurus as one match, not also the words in it."""
    labels = Labels("ирбис", "snow leopard")

    found = marked("leopard ирбис", story(1, "One snow leopard, no leopard"), synonyms=labels)

    assert found == [("title", "snow leopard", "thesaurus"), ("title", "leopard", "exact")]


def test_a_required_field():
    """It marks the words of a term in the term's field alone, and no words of what is negated."""
    entry = story(1, "Saiga and argali", summary="saiga")

    assert marked("title:saiga -horse", entry) == [("title", "Saiga", "folded")]


_characters = st.sampled_from("aeЁйßΐ①½’'-_. \n\u0301\u00ad\u200dﬁＡ中ا") | st.characters(
    exclude_categories=("Cs",)
)
_pieces = st.sampled_from(["Saiga", "САЙГАК", "Przewalski’s", "l'été", "snow leopard", "Ёлки"])
_texts = st.lists(_pieces | st.text(_characters, max_size=8), min_size=1, max_size=5).map(" ".join)
_stories = st.builds(Entry, id=st.just(1), title=_texts.map("- {}".format), summary=_texts)


@given(entry=_stories, typed=st.lists(_pieces | st.text(_characters, max_size=8), min_size=1, max_size=4))
def test_matches_lie_in_their_field_and_belong_to_a_group(entry, typed):
    """It marks nothing but members of the query's groups, within the text and apart from each other."""
    query = Query("", And(tuple(map(Word, typed))))

    result = search(query, MemoryPostings([entry]))

    phrases = [member.phrase for group in result.groups for member in group.members]
    for hit in result.hits:
        texts = dict(zip(TEXT_FIELDS, field_texts(hit.entry), strict=True))
        assert all(_is_one_of(phrases, texts[m.field][m.start : m.end]) for m in hit.matches)
        assert all(0 <= m.start < m.end <= len(texts[m.field]) for m in hit.matches)
        assert all(one.end <= two.start for one, two in pairwise(hit.matches) if one.field == two.field)


def _is_one_of(phrases: list[tuple[frozenset[str], ...]], text: str) -> bool:
    found = words(text)
    return any(
        len(found) == len(phrase) and all(word in place for word, place in zip(found, phrase, strict=True))
        for phrase in phrases
    )


# --- snippets ---------------------------------------------------------------------------------------------

TEXT = "One two three four five six seven eight nine ten eleven twelve"


def marks_of(text: str, *found: str) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in found]


def test_a_short_text_is_whole():
    """It shows a text that fits, on one line."""
    assert snippet("The\nsaiga\thorn", [(4, 9)], 14) == ("The saiga horn", [(4, 9)])


@pytest.mark.parametrize(
    ("found", "shown", "marked_words"),
    [
        (["One"], "One two three four…", ["One"]),
        (["six"], "…five six seven…", ["six"]),
        (["twelve"], "…ten eleven twelve", ["twelve"]),
        (["nine", "ten"], "…eight nine ten…", ["nine", "ten"]),
        ([], "One two three four…", []),
    ],
)
def test_the_part_around_the_marks(found, shown, marked_words):
    """It shows the marked words with what stands around them, cut between words."""
    text, marks = snippet(TEXT, marks_of(TEXT, *found), 22)

    assert text == shown
    assert [text[start:end] for start, end in marks] == marked_words


def test_the_part_with_most_different_words():
    """It prefers a part with two different words to one with the same word twice."""
    text = "saiga saiga, and a long way further on there is a saiga horn"

    shown, marks = snippet(text, [(0, 5), (6, 11), (50, 55), (56, 60)], 20)

    assert shown == "…is a saiga horn"
    assert [shown[start:end] for start, end in marks] == ["saiga", "horn"]


def test_a_mark_that_is_longer_than_the_line():
    """It cuts a word that is longer than the line itself."""
    shown, marks = snippet("x" * 50 + " end", [(0, 50)], 10)

    assert shown == "xxxxxxxx…"
    assert marks == [(0, 8)]


@given(text=st.text(max_size=80), width=st.integers(5, 40), data=st.data())
def test_snippets_fit(text, width, data):
    """It never shows more than the width, and marks nothing but what was marked."""
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=4))
    marks = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]

    shown, inside = snippet(text, marks, width)

    assert len(shown) <= width
    assert all(0 <= start < end <= len(shown) for start, end in inside)
    whole = {"".join(" " if c.isspace() else c for c in text[start:end]) for start, end in marks}
    assert all(any(mark.startswith(shown[start:end]) for mark in whole) for start, end in inside)
