"""The text that words are looked for in, against the tokenizer that says what a word is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.entry import Entry
from newsarchive.query.reading import BARRIER, DELIMITERS, ReadableText, Reading
from newsarchive.text.words import words

LETTERS = "aSeéœßŒıяЙёҐөé" + "и\u0306\u0301\u00ad\u200d" + "'’ʼ" + " .-_/–“№™½²\n\u00a0" + "1٣क्ष日ﷺ"


def runs(text: str) -> list[str]:
    return re.findall(f"[^{DELIMITERS}]+", text)


@given(st.text(st.sampled_from(LETTERS), max_size=15) | st.text(max_size=15))
def test_words_between_delimiters(text: str) -> None:
    """It holds between its delimiters exactly the words of the tokenizer."""
    assert runs(ReadableText([text]).exact) == words(text)


def test_every_character() -> None:
    """It agrees with the tokenizer on each character of the first two planes of Unicode."""
    differing = []

    for code in range(0x20000):
        text = f"a{chr(code)}б it’{chr(code)}s"
        if runs(ReadableText([text]).exact) != words(text):
            differing.append(hex(code))

    assert differing == []


@pytest.mark.parametrize(
    ("text", "quick", "exact"),
    [
        ("Saiga HORN", "saiga horn", "saiga horn"),
        ("Снежный Барс – Ёлки", "снежный барс – елки", "снежный барс – елки"),
        ("The saiga’s horn", "the saiga's horn", "the saiga horn"),
        ("Café", "cafe", "cafe"),
    ],
)
def test_readable_text(text: str, quick: str, exact: str) -> None:
    """It is in lower case at first, and free of apostrophes where that is asked for."""
    readable = ReadableText([text])

    assert (readable.quick, readable.exact) == (quick, exact)


def test_fields_are_apart() -> None:
    """It keeps fields and tags apart, and reads one field alone when asked for it."""
    entry = Entry(title="Snow", summary="Leopard", body="Café", tags=("big-cats", "news"))

    assert Reading(entry).text().exact == BARRIER.join(["snow", "leopard", "cafe", "big cats", "news"])
    assert Reading(entry).text("summary").exact == "leopard"
    assert Reading(entry).text("source").exact == ""
