"""Whether there is an index or not, the answers are the same."""

from __future__ import annotations

import contextlib
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from indexing import NOW, WORDS, index_of, selected, stories, write_archive
from storing import opened

from newsarchive.archive import Archive
from newsarchive.changes import adding
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError, BadQueryError
from newsarchive.query.ids import parse_ids
from newsarchive.search.fields import Reach
from newsarchive.search.kinds import KINDS
from newsarchive.search.postings import MemoryPostings
from newsarchive.search.ranking import Result, search

QUERIES = (
    "saiga",
    "snow leopard",
    "snow lepard conservaton",
    "Mezhnev",
    "Межнев",
    "межнева Mejnev",
    "Lkhagvasuren Пржевальский",
    "снежный барс",
    "снежного барса",
    "Panthera uncia",
    "ёлки",
    "O'Connell",
    "qu'un léopard",
    "the boundary effect of the and",
    '"snow leopard"',
    '"snow leopard conservation"',
    '"охрана мигрирующие виды"',
    "migrat*",
    "m* s*",
    "title:saiga",
    'body:"trophy hunting" OR summary:ranger',
    "title:к*",
    "saiga -leopard",
    "-saiga",
    '-"snow leopard"',
    'saiga -"snow leopard" -(url:news OR "trophy hunting")',
    'ranger OR NOT (title:"snow leopard" AND NOT url:news) -added:2024-03-01',
    "saiga AND leopard",
    "(saiga OR сайгак) ranger -title:mongolia",
    "date:2010",
    "leopard date:2010..2015",
    "date:2010-01 OR is:undated",
    "added:2024-03-01 сайгак",
    "modified:..2020",
    "tag:mongolia ranger",
    "tag:saiga",
    "tag:species/* horse",
    "tag:mong*",
    "tag:species/s* -tag:zz*",
    "-tag:species/saiga -tag:mongolia",
    "lang:fr",
    "lang:en -lang:fr camel",
    "is:untagged is:translated",
    "is:untranslated has:url -has:body",
    "source:news professor",
    "https://news.example/7",
    'url:NEWS.example/7/ OR -source:"page of" url:.example',
    "added:2024-03-01 -modified:2024-03-02..",
    "id:3,7-9,500..",
    "7",
    "zzzzz qqqqq",
    "range state representatives met last week to review the work on the conservation of saiga antelope",
)
PARTS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"limit": 3, "offset": 2},
    {"limit": 0},
    {"limit": 400, "offset": 30},
)
DAYS = ("2024-03-01", "2024-02-29", "2024-03-02..", "..2024-02-29", "..2024-03-01", "2024-03..2024-03")
SORTS = ("date", "id-", "title", "added-,title")


class Unindexed(Archive):
    """An archive that never uses an index."""

    is_large = False


@pytest.fixture(scope="module")
def indexed(large_original: Path) -> Archive:
    """Open a large archive and have its index built."""
    archive = opened(large_original)
    archive.search(selected("saiga"))
    assert index_of(large_original).exists()
    return archive


@pytest.fixture(scope="module")
def plain(large_original: Path) -> Archive:
    """Open the same archive, all of which is read."""
    return Unindexed(large_original)


@pytest.fixture(scope="module")
def memory(plain: Archive) -> MemoryPostings:
    """Index the same archive in memory."""
    return MemoryPostings(plain.entries, tag_aliases=plain.thesaurus.tag_aliases)


def _found(result: Result) -> tuple[Any, ...]:
    hits = [(hit.entry, hit.score, hit.matches) for hit in result.hits]
    return result.total, hits, result.groups


@pytest.mark.parametrize("query", QUERIES)
def test_search(indexed: Archive, plain: Archive, memory: MemoryPostings, query: str) -> None:
    """It finds the same entries in the same order, with the same scores, reasons and total."""
    for part in PARTS:
        selection = selected(query, **part)

        found = indexed.search(selection)

        expected = search(
            selection.query,
            memory,
            limit=selection.limit,
            offset=selection.offset,
            synonyms=plain.thesaurus,
        )
        assert _found(found) == _found(expected)


@pytest.mark.parametrize("reach", [Reach(("title",)), Reach(("tags", "body")), Reach(fuzzy=False)])
@pytest.mark.parametrize(
    "query", ["saiga", "mezhnov", "snow leopard -tag:mongolia", "conservation of the steppe"]
)
def test_search_that_reaches_less_far(
    indexed: Archive, plain: Archive, memory: MemoryPostings, query: str, reach: Reach
) -> None:
    """It finds the same in some of the fields, and without guesses."""
    selection = selected(query)

    found = indexed.search(selection, reach)

    expected = search(selection.query, memory, limit=20, reach=reach, synonyms=plain.thesaurus)
    assert _found(found) == _found(expected)


def _anything(chance: random.Random) -> str:
    """Put together what someone might type who types anything."""
    letters = "abcdeiorsуаекнот"
    words = " ".join(WORDS.values()).split()
    pieces = [
        *chance.choices(words, k=3),
        chance.choice(words).replace(chance.choice(letters), chance.choice(letters)),
        "".join(chance.choices(letters, k=chance.randint(1, 9))),
        chance.choice(words)[: chance.randint(1, 4)] + "*",
        f'"{" ".join(chance.choices(words, k=2))}"',
        f"{chance.choice(['title:', 'body:', '-', 'NOT ', 'summary:'])}{chance.choice(words)}",
        chance.choice(
            ["tag:mongolia", "date:2010..2018", "lang:ru", "is:undated", "OR saiga", "(saiga AND the)"]
        ),
        "".join(chance.choices("½ﷺéß中文हिन्दी🦌,.;!\u202e", k=chance.randint(1, 5))),
        chance.choice(letters) * 300,
    ]
    return " ".join(["saiga", *chance.choices(pieces, k=chance.choice((1, 1, 2, 3, 5, 19)))])[:1000]


@pytest.mark.parametrize("seed", range(3))
def test_anything(indexed: Archive, plain: Archive, memory: MemoryPostings, seed: int) -> None:
    """It finds and lists the same whatever is typed, as long as it is a query."""
    chance = random.Random(seed)
    answers = 0
    while answers < 30:
        query = _anything(chance)
        with contextlib.suppress(BadQueryError):
            selection = selected(query)
            answers += 1

            found, page = indexed.search(selection), indexed.page(selection)

            expected = search(selection.query, memory, limit=20, synonyms=plain.thesaurus)
            assert (_found(found), page) == (_found(expected), plain.page(selection)), query


@pytest.mark.parametrize("query", ["*", *QUERIES])
def test_list(indexed: Archive, plain: Archive, query: str) -> None:
    """It lists the same part of the same entries in every order."""
    for asked in (*PARTS, *({"sort": sort} for sort in SORTS)):
        selection = selected(query, **asked)

        page = indexed.page(selection)

        expected = plain.page(selection)
        assert (list(page.entries), page.total) == (list(expected.entries), expected.total)


@pytest.mark.parametrize("query", ["*", *QUERIES])
def test_tags(indexed: Archive, plain: Archive, query: str) -> None:
    """It counts the same tags."""
    assert indexed.tag_counts(selected(query)) == plain.tag_counts(selected(query))


def test_ids_that_are_missing(indexed: Archive, plain: Archive) -> None:
    """It names the same ids as missing, in the order in which they were named."""
    selection = selected("saiga")._replace(ids=parse_ids("900,3,7-9,601,600,1000..2000"))

    assert indexed.missing(selection) == plain.missing(selection) == [900, 601]


def test_tags_in_use(indexed: Archive, plain: Archive) -> None:
    """It knows the same tags."""
    assert sorted(indexed.tags()) == sorted(plain.tags())


def test_sort_that_is_unknown(indexed: Archive) -> None:
    """It refuses an unknown order as it does without an index."""
    with pytest.raises(BadOptionError, match="cannot sort by 'size'"):
        indexed.page(selected("saiga", sort="size"))


@pytest.mark.parametrize("words", [["list", "saiga", "--limit", "5"], ["tags"], ["show", "7", "601"]])
def test_commands(
    large: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """It makes no difference to what a command prints, to the bytes."""
    for _ in range(2):
        with_index = [invoke(*words, "--format", form) for form in ("table", "json", "csv")]
    monkeypatch.setattr("newsarchive.opened.LARGE", 1 << 40)

    without = [invoke(*words, "--format", form) for form in ("table", "json", "csv")]

    assert index_of(large).exists()
    assert with_index == without


def test_search_of_an_archive_that_grew(large: Path) -> None:
    """It gives the same scores when fields have become much longer on average since the index was built."""
    archive = opened(large)
    archive.search(selected("saiga"))
    longer = [
        Entry(title="saiga " * 60, summary="steppe " * 200, body="horn saiga " * 300) for _ in range(90)
    ]
    archive.commit([adding(entry, NOW) for entry in longer])
    plain = Unindexed(large)

    for query in ("saiga", "horn steppe", '"horn saiga" ranger'):
        assert _found(archive.search(selected(query))) == _found(plain.search(selected(query)))


COUNTED = (
    *("", "saiga", "lang:fr", "-tag:mongolia", "date:2010..", "is:undated", "id:3,7-9", "zzz", "-id:3,7-9"),
    *("-lang:fr", "-zzz", "date:..2030", 'lang:en OR "snow leopard"', "-source:news -modified:2023"),
)


@pytest.mark.parametrize("query", COUNTED)
def test_counts(indexed: Archive, plain: Archive, query: str) -> None:
    """It counts by every kind what going through the entries does, what has no value included."""
    assert indexed.tallies(selected(query), tuple(KINDS)) == plain.tallies(selected(query), tuple(KINDS))


@pytest.mark.parametrize("words", [["show", "7"], ["list", "date:2010..2012"], ["stats", "tag:mongolia"], []])
def test_reading_after_a_hand_edit(
    large: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """It answers by the index alone once that has taken up what an editor changed."""
    large.write_text(large.read_text().replace("mongolia", "mongolei"))
    invoke("search", "saiga")
    expected = invoke(*words)

    def refuse(_: Archive) -> None:
        raise AssertionError("the archive was read")

    monkeypatch.setattr(Archive, "snapshot", property(refuse))

    assert expected.code == 0
    assert invoke(*words) == expected


@pytest.mark.parametrize("zone", ["UTC", "WEST+10", "EAST-15", "FAR-24:30"])
def test_days_of_instants(
    large_original: Path, indexed: Archive, plain: Archive, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """It takes added and modified for the days that the computer's clock had, also where that is hard to tell."""
    totals = []
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for query in (f"{field}:{days}" for field in ("added", "-modified") for days in DAYS):
            totals.append(indexed.page(selected(query, limit=1)).total)
            assert (query, totals[-1]) == (query, plain.page(selected(query, limit=1)).total)
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    assert {0, 600} == set(totals)


@pytest.mark.parametrize("query", ["url:fi", "url:straße", "url:STRASSE", "url:k", "url:ſ", "source:межнев"])
def test_addresses_and_sources_in_other_letters(alone: Path, query: str) -> None:
    """It finds what differs in capitals, ligatures or script, as reading each entry does."""
    urls = (
        "https://a.example/ﬁn/",
        "http://STRASSE.example",
        "https://b.example/Straße",
        "//\u212aelvin",
        None,
    )
    sources = ("Mezhnev", "МЕЖНЕВ news", "other", None, "Mezhnev")
    found = [Entry(title="-", url=url, source=source) for url, source in zip(urls, sources, strict=True)]
    path = write_archive(alone / "archive.json", [*found, *stories(400)])
    archive = opened(path)
    archive.search(selected("saiga"))

    page = archive.page(selected(query, limit=600))

    assert index_of(path).exists()
    assert page == Unindexed(path).page(selected(query, limit=600))
    assert page.total


@pytest.mark.parametrize("field", ["added", "modified"])
def test_entries_without_an_instant(alone: Path, field: str) -> None:
    """It finds by a negated day what was never said to be added or changed, as after an edit by hand."""
    path = write_archive(alone / "archive.json", stories(400))
    lines = re.sub(rf',\s*"{field}":\s*"[^"]*"', "", path.read_text(), count=3)
    path.write_text(lines)
    archive = opened(path)
    archive.search(selected("saiga"))

    page = archive.page(selected(f"-{field}:2024-03-01"))

    assert index_of(path).exists()
    assert [entry.id for entry in sorted(page.entries, key=lambda entry: entry.known_id)] == [1, 2, 3]
    assert page == Unindexed(path).page(selected(f"-{field}:2024-03-01"))


@pytest.mark.parametrize("query", ["snow marko", "marko snow"])
def test_slips_beside_another_word(alone: Path, query: str) -> None:
    """It looks at the same ones of many words for those that stand beside the other word."""
    words = [f"mark{letter}" for letter in "zyxwvutsrqpnmlkjihgfedcba"]
    told = (f"Snow {' '.join(words)}", *(f"{word} snow" for word in words))
    path = write_archive(alone / "archive.json", [*(Entry(title=title) for title in told), *stories(400)])
    archive = opened(path)
    archive.search(selected("saiga"))

    found = archive.search(selected(query))

    assert index_of(path).exists()
    assert _found(found) == _found(Unindexed(path).search(selected(query)))
