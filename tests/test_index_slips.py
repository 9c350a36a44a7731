"""Random archives with ties and growth, and queries with slips: an index answers as memory does."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from indexing import TODAY

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.query.parser import parse
from newsarchive.search.index import bounds
from newsarchive.search.index.building import build
from newsarchive.search.index.changing import change
from newsarchive.search.index.postings import IndexPostings
from newsarchive.search.postings import MemoryPostings, Postings
from newsarchive.search.ranking import search
from newsarchive.store.lines import line_of
from newsarchive.thesaurus.thesaurus import Thesaurus

THESAURUS = Thesaurus.load()
WORDS = (
    *("snow", "leopard", "snowleopard", "wild", "life", "wildlife", "mid-term", "midterm", "trans-boundary"),
    *(
        "transboundary",
        "COP12",
        "COP",
        "12",
        "CoP-14",
        "KZ1234",
        "A320",
        "1500",
        "1,500",
        "2020",
        "post-2020",
    ),
    *(
        "post2020",
        "saiga",
        "taiga",
        "Iran",
        "Iraq",
        "C.I.T.E.S.",
        "CITES",
        "U.S.",
        "us",
        "gobi",
        "bear",
        "gobibear",
    ),
    *(
        "Saigaantilope",
        "Antilope",
        "Schneeleopard",
        "antelope",
        "сайгак",
        "снежный",
        "барс",
        "снежного",
        "барса",
    ),
    *("межнев", "Mezhnev", "Decimus", "雪豹", "羚羊"),
)
QUERIES = (
    *("snowleopard", "snow leopard", "wild life", "wildlife", "mid term", "midterm", "trans boundary"),
    *("COP12", "COP 12", "COP-14", "cop 17", "KZ1235", "A 320", "1500", "1,500", "post2020", "post 2020"),
    *("Antilope", "leopard", "Schneeleopard", "saiga", "Iraq", "снежныйбарс", "gobibaer", "antelop"),
    *("CITES", "U.S.", "u s", "wild life snow leopard mid term", "saiga taiga antelope COP 12 gobi bear"),
)


def archive_of(chance: random.Random, count: int) -> list[Entry]:
    """Make up entries of few words, so that many have the same score, in several languages."""
    return [_entry(chance, number) for number in range(1, count + 1)]


def _entry(chance: random.Random, number: int, words: int = 3) -> Entry:
    return Entry(
        id=number,
        title=" ".join(chance.choices(WORDS, k=words)),
        body=" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) if chance.random() < 0.5 else None,
        date=chance.choice((None, PartialDate(2020), PartialDate(2021, 3), PartialDate(2021, 3, 1))),
        languages=chance.choice((("en",), ("de",), ("ru",), ("kk",), ("fr", "en"), ())),
        tags=chance.choice(((), ("mongolia",), ("wild-life",))),
    )


@contextmanager
def indexed(entries: Sequence[Entry]) -> Iterator[sqlite3.Connection]:
    """Build the index of some entries."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        build(connection, {entry.known_id: line_of(entry) for entry in entries}, lambda ids: ids)
        yield connection


def answers(postings: Postings, query: str, **part: int) -> Any:
    """Return all that a search says, or the ids alone where that is too much to look at."""
    found = search(parse(query, today=TODAY, pasted=True), postings, synonyms=THESAURUS, **part)
    hits = [(hit.entry.known_id, hit.score, hit.matches) for hit in found.hits]
    return hits, found.total, found.groups


def assert_same(connection: sqlite3.Connection, entries: Sequence[Entry], *parts: dict[str, int]) -> None:
    """Ask all queries of an index and of memory."""
    memory, index = MemoryPostings(entries), IndexPostings(connection, len(entries))
    for query in QUERIES:
        for part in parts:
            assert answers(index, query, **part) == answers(memory, query, **part), (query, part)


@pytest.mark.parametrize("seed", range(4))
def test_random_archives(seed: int) -> None:
    """It gives the same entries, scores, matches, total and groups."""
    entries = archive_of(random.Random(seed), 150)

    with indexed(entries) as connection:
        assert_same(connection, entries, {"limit": 5}, {"limit": 20, "offset": 3}, {})


@pytest.mark.parametrize("seed", range(2))
def test_archives_that_grow(seed: int) -> None:
    """It gives the same when texts were added, removed and became longer since the index was built."""
    chance = random.Random(seed)
    entries = {entry.known_id: entry for entry in archive_of(chance, 120)}
    with indexed(list(entries.values())) as connection:
        for _ in range(3):
            lines: dict[int, Any] = {}
            for number in chance.sample(sorted(entries), 15):
                lines[number] = entries.pop(number) and None
            for number in range(max(entries) + 1, max(entries) + 21):
                long = " ".join(chance.choices(WORDS, k=chance.choice((5, 400))))
                entries[number] = replace(_entry(chance, number), body=long)
                lines[number] = line_of(entries[number])
            change(connection, lines)

        assert_same(connection, list(entries.values()), {"limit": 5}, {"limit": 20, "offset": 3})


@pytest.mark.parametrize("seed", range(2))
def test_postings_that_are_looked_up_in(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives the same where those of frequent words are not gone through, as in an archive of many entries."""
    monkeypatch.setattr(bounds, "_LONG", 10)
    entries = archive_of(random.Random(seed), 300)

    with indexed(entries) as connection:
        assert_same(connection, entries, {"limit": 3}, {"limit": 20, "offset": 3})


WIDE = (
    *("c*", "c* snow", "snow c* leopard", "c* d*", "c* unheard", "snow leopard -d* c*"),
    *("d* usual", "usual d* snow"),
)


@pytest.mark.parametrize("query", WIDE)
def test_a_beginning_of_very_many_words(query: str) -> None:
    """It finds the newest of those that only begin so, and puts first what holds other words as well."""
    chance = random.Random(1)
    entries = [
        replace(
            entry,
            title=f"{chance.choice('cd')}a{number} {entry.title}",
            summary=f"ca{number % 250}{' usual' * (number % 3)}",
        )
        for number, entry in enumerate(archive_of(chance, 1100), 1)
    ]

    with indexed(entries) as connection:
        found = answers(IndexPostings(connection, len(entries)), query, limit=7)

    assert found == answers(MemoryPostings(entries), query, limit=7)


def test_more_ties_than_are_read_at_once() -> None:
    """It finds among 900 titles with the same words the one that has them side by side."""
    entries = [Entry(id=number, title="saiga in the snow of the leopard") for number in range(1, 901)]
    entries[400] = replace(entries[400], title="in the saiga of the snow leopard")

    with indexed(entries) as connection:
        found = answers(IndexPostings(connection, 900), "snow leopard", limit=5)

    assert found[0][0][0] == 401
    assert found == answers(MemoryPostings(entries), "snow leopard", limit=5)


@pytest.mark.parametrize("query", ["saiga", "snow leopard", "saiga wildlife leopard snow", "wild life"])
def test_long_texts_in_an_archive_of_short_ones(query: str) -> None:
    """It gives the same after thirty long texts came into an archive of short ones."""
    chance = random.Random(3)
    entries = [_entry(chance, number) for number in range(1, 1201)]
    long = [
        replace(_entry(chance, number), body=" ".join(chance.choices(WORDS, k=5_000)))
        for number in range(1201, 1231)
    ]

    with indexed(entries) as connection:
        change(connection, {entry.known_id: line_of(entry) for entry in long})
        found = answers(IndexPostings(connection, 1230), query, limit=8)

    assert found == answers(MemoryPostings([*entries, *long]), query, limit=8)
