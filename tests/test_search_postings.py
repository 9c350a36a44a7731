"""The index in memory."""

from __future__ import annotations

import pytest
from searching import story, titled

from newsarchive.search.postings import MemoryPostings


def phrase(*words: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(place.split("/")) for place in words)


def test_sizes():
    """It counts entries, and the words of those fields that are there."""
    postings = MemoryPostings([story(1, "one two", body="a b c d"), story(2, "one", tags=("a-b", "c"))])

    assert postings.size == 2
    assert list(postings.average_lengths) == [1.5, 3, 0, 4]


def test_an_empty_archive():
    """It has an average length of nothing without entries."""
    postings = MemoryPostings([])

    assert list(postings.average_lengths) == [0, 0, 0, 0]
    assert postings.frequency([phrase("saiga")]) == 0
    assert list(postings.vocabulary.corrections(4, 10)) == []


@pytest.mark.parametrize(
    ("phrases", "frequency"),
    [
        ([phrase("saiga")], 2),
        ([phrase("saiga/horn")], 3),
        ([phrase("saiga"), phrase("horn")], 3),
        ([phrase("saiga", "horn")], 1),
        ([phrase("saiga", "horn/antelope")], 2),
        ([phrase("horn", "saiga")], 0),
        ([phrase("horn", "news")], 0),
        ([], 0),
    ],
)
def test_frequency(phrases, frequency):
    """It counts the entries that hold one of some phrases, all words of it in one field and side by side."""
    entries = [
        story(1, "saiga horn", summary="news", body="saiga saiga"),
        story(2, "saiga antelope"),
        story(3, "horn"),
    ]

    assert MemoryPostings(entries).frequency(phrases) == frequency


def test_the_vocabulary_counts_entries():
    """It counts an entry once that holds a word twice, in two fields."""
    vocabulary = MemoryPostings([story(1, "saiga saiga", body="saiga"), story(2, "saiga")]).vocabulary

    assert vocabulary.frequency("saiga") == 2
    assert vocabulary.frequency("argali") == 0


def test_words_by_their_beginning():
    """It finds the words that begin with a prefix, that word itself included."""
    vocabulary = MemoryPostings(titled("migrate migration migrant mig saiga")).vocabulary

    assert list(vocabulary.beginning("migrat")) == ["migrate", "migration"]
    assert list(vocabulary.beginning("saiga")) == ["saiga"]
    assert list(vocabulary.beginning("zz")) == []


def test_corrections_by_length():
    """It gives the words of some lengths, none of fewer than four letters."""
    vocabulary = MemoryPostings(titled("cow wolf saiga argali leopard")).vocabulary

    assert sorted(vocabulary.corrections(3, 6)) == ["argali", "saiga", "wolf"]
