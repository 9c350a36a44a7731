"""The index has the very words that the tokenizer makes, in every script."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.entry import Entry
from newsarchive.query.matching import matcher
from newsarchive.query.tree import And, Node, Not, Or, Phrase, Word
from newsarchive.search.fields import field_words
from newsarchive.search.index.amounts import Amounts
from newsarchive.search.index.building import build
from newsarchive.search.index.conditions import condition_of
from newsarchive.search.index.postings import IndexPostings
from newsarchive.search.index.tables import RULES
from newsarchive.store.lines import line_of
from newsarchive.text.words import words

TEXTS = (
    "हिम तेंदुआ संरक्षण",  # Devanagari with vowel signs
    "ёлки й и\u0306 Йошкар-Ола объявл\u0301ение",  # й composed and not, a stress mark
    "שָׁלוֹם عَرَبِيّ",  # points
    "ปลา ကျား ཁྲི 雪豹 ユキヒョウ 눈표범",
    "naïve Łódź Æsir straße ﬁn ½ x² №5",
    "rock'n'roll O’Connell l'été qu'un Przewalski's 'quoted'",
    "snow\u00adleopard zero\u200dwidth un_der_score e\u0301 COP14 a\u20dd",
    "🦌 saiga🦌saiga ⅷ",
)

SIGNS = st.text("aéс'’-. ё19йи\u0306\u0301ह\u093f雪\u200d\u00ad_№*\"", min_size=1, max_size=40)
MORE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)


def _entries(texts: Sequence[str]) -> Iterator[Entry]:
    for number, text in enumerate(texts, 1):
        yield Entry(id=number, title=f"{text.strip()} .", summary=text, body=text[::-1], tags=(text, "tag"))


@contextmanager
def _indexed(entries: Sequence[Entry]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    build(connection, {entry.known_id: line_of(entry) for entry in entries}, lambda ids: ids)
    yield connection
    connection.close()


def _check(entries: Sequence[Entry]) -> None:
    """Compare what the full text holds with what the tokenizer made, in order, field by field."""
    with _indexed(entries) as connection:
        places = "SELECT * FROM place_text UNION ALL SELECT * FROM place_tagged"
        placed = connection.execute(f"SELECT doc, col, term FROM ({places}) ORDER BY doc, offset").fetchall()
        vocabulary = {word for (word,) in connection.execute("SELECT word FROM vocab")}
    for entry in entries:
        for name, expected in zip(("title", "tags", "summary", "body"), field_words(entry), strict=True):
            assert [term for doc, column, term in placed if (doc, column) == (entry.id, name)] == expected
    assert vocabulary == set(chain.from_iterable(chain.from_iterable(map(field_words, entries))))


@pytest.mark.parametrize("text", TEXTS)
def test_words_of_every_script(text: str) -> None:
    """It parts and changes no word."""
    _check(list(_entries([text])))


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNS | MORE, min_size=1, max_size=6))
def test_any_words(texts: list[str]) -> None:
    """It parts and changes no word whatever an entry holds."""
    _check(list(_entries(texts)))


def _nodes(text: str, other: str) -> Iterator[Node]:
    """Yield queries for the words of a text."""
    found = words(text)
    for word in {*found, *words(other)}:
        yield Word(word)
        yield Word(word[:2], prefix=True)
        yield Not(Word(word))
    if found:
        yield Phrase(text)
        yield Word(text, prefix=True)
        yield And((Word(found[0]), Or((Phrase(text), Word(found[-1])))))


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNS | MORE, min_size=2, max_size=6))
def test_conditions(texts: list[str]) -> None:
    """It selects for words and phrases what matching the entries would, or more where that is said."""
    entries = list(_entries(texts))
    with _indexed(entries) as connection:
        vocabulary = IndexPostings(connection, len(entries)).vocabulary
        for node in _nodes(texts[0], texts[-1]):
            condition = condition_of(node, connection, vocabulary, None)
            select = f"SELECT id FROM entry WHERE {condition.sql}"
            found = {entry_id for (entry_id,) in connection.execute(select, condition.values)}

            expected = {entry.id for entry in entries if matcher(node)(entry)}

            assert expected <= found
            assert expected == found or not condition.is_exact


def test_word_of_enormous_length() -> None:
    """It knows the beginning of a word that is longer than SQLite takes."""
    entry = Entry(id=1, title="long", body="я" * 50_000 + " " + "x" * 50_000)

    with _indexed([entry]) as connection:
        found = connection.execute("SELECT length, substr(word, 1, 1) FROM vocab ORDER BY word").fetchall()

    assert found == [(4, "l"), (2_000, "x"), (2_000, "я")]


def test_words_in_a_text_and_in_a_tag() -> None:
    """It counts the entries that hold a word once, wherever that stands."""
    titles = {1: "Saiga and argali", 2: "Saiga", 3: "Argali"}
    tags = {1: ("saiga", "wild-goat"), 2: ("argali",), 3: ("argali", "saiga")}
    entries = [Entry(id=n, title=title, tags=tags[n], body="goat") for n, title in titles.items()]

    with _indexed(entries) as connection:
        found = dict(connection.execute("SELECT word, frequency FROM vocab"))

    assert found == {"saiga": 3, "argali": 3, "and": 1, "goat": 3, "wild": 1}


def test_rules() -> None:
    """It is told by RULES when entries come out differently: raise it, lest old indexes answer wrongly."""
    entry = Entry(id=7, title="Snow leopards: Mezhnev’s", body="Снежные барсы", languages=("en",))

    with _indexed([entry]) as connection:
        vocabulary = connection.execute("SELECT word, key, frequency FROM vocab ORDER BY word").fetchall()
        stems = connection.execute("SELECT stem FROM stem ORDER BY stem").fetchall()
        row = connection.execute("SELECT * FROM entry").fetchone()
        amounts = {word: Amounts(connection).of_text(word)[1][0] for word in ("snow", "барсы")}

    assert RULES == 13
    assert vocabulary == [
        ("leopards", "leopards", 1),
        ("mezhnev", "mejnev", 1),
        ("snow", "snov", 1),
        ("барсы", "barsi", 1),
        ("снежные", "snejne", 1),
    ]
    in_english, in_russian = (
        ("en:leopard", "en:mezhnev", "en:snow"),
        ("ru:барс", "ru:снежн", "~bars", "~snejn"),
    )
    assert [stem for (stem,) in stems] == [*in_english, *in_russian]
    assert row == (7, None, None, 0b10010011, 1, None, None, 3, 0, 0, 2)
    assert amounts == {"snow": 4.0, "барсы": 1.0}
