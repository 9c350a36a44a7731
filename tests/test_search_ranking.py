"""Which entries are found, and in which order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from clock import soon
from hypothesis import given
from hypothesis import strategies as st
from searching import TODAY, Labels, find, ids, story, titled

from newsarchive.entry import Entry
from newsarchive.formats.base import Item, Source
from newsarchive.formats.reading.texts.listing import ListingReader
from newsarchive.query.matching import matcher
from newsarchive.query.parser import parse
from newsarchive.search.fields import Reach

LISTING = Path(__file__).parent / "data" / "cami-news-listing.txt"

# --- the ten stories of the news page ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def stories() -> list[Entry]:
    """Read the stories, numbered from the top of the page."""
    found = ListingReader().read(Source("page", LISTING))
    items = [item for item in found if isinstance(item, Item)]
    return [replace(item.entry, id=number) for number, item in enumerate(items, 1)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("snow lepard", "Saving Snow Leopards from the Brink of Extinction"),
        ("snow lepard conservaton", "Saving Snow Leopards from the Brink of Extinction"),
        *((name, "In memoriam – Anton Mezhnev") for name in ("Межнев", "mejnev", "межнева", "Mezhnyov")),
        *(
            (name, "In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)")
            for name in ("lkhagvasurn", "лхагвасурэн")
        ),
        ("trophy huntng", "The Argali Sheep – Trophy Hunting as a Potential Conservation Measure?"),
        (
            "afganistan tadjikistan",
            "Press Release: Afghanistan and Tajikistan Step Up Environmental Cooperation",
        ),
        *(
            (name, "Addition of Three Species proposed by Mongolia to the Appendices of CMS")
            for name in ("przewalsky horse", "Пржевальский", "Przhevalsky")
        ),
        ("gobi bare", "Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection"),
        ("снежный барс", "Saving Snow Leopards from the Brink of Extinction"),
    ],
)
def test_the_story_that_was_meant(stories, query, title):
    """It puts the story that was meant first, however it is typed."""
    assert find(query, stories, limit=3).hits[0].entry.title == title


def test_nonsense(stories):
    """It finds nothing for a word that nothing is near to."""
    assert find("zzqx", stories).total == 0


# --- scores -----------------------------------------------------------------------------------------------


def test_fields():
    """It puts an entry with the word in its title before tags, summary and body."""
    entries = [
        story(1, "Meeting one", body="saiga in the steppe"),
        story(2, "Meeting two", summary="saiga in the steppe"),
        story(3, "Meeting three", tags=("saiga",)),
        story(4, "Meeting saiga"),
    ]

    assert ids("saiga", entries) == [4, 3, 2, 1]


def test_rare_words_count_for_more():
    """It puts the entry with the rarer of two words first."""
    entries = titled("news argali", "news saiga", "news saiga", "news saiga")

    assert ids("saiga argali", entries) == [1, 2, 3, 4]


def test_more_occurrences_count_for_more():
    """It puts an entry with the word twice before one with the word once."""
    assert ids("saiga", titled("the saiga story", "saiga by saiga")) == [2, 1]


def test_short_fields_count_for_more():
    """It puts a short title with the word before a long one."""
    assert ids("saiga", titled("the saiga story of the year", "saiga story")) == [2, 1]


def test_the_word_itself_counts_for_more():
    """It puts the word itself before one that only shares its stem."""
    assert ids("leopard", titled("two leopards", "one leopard")) == [2, 1]


def test_a_rare_misspelling_counts_for_no_more():
    """It weighs a misspelling in the archive by all that the query word stands for."""
    entries = titled("saiga leopard", "argali leopards", "argali leopard", "argali leopard")

    scores = {hit.entry.known_id: hit.score for hit in find("leopard", entries).hits}

    assert scores[2] < scores[1] == scores[3] == scores[4]


def test_phrases_of_the_thesaurus_count():
    """It finds an entry by another label of what was asked for, after those that have the word."""
    labels = Labels("uncia", "snow leopard")

    assert ids("uncia", titled("A snow leopard", "The uncia"), synonyms=labels) == [2, 1]


def test_words_that_are_nearly_everywhere_do_not_count_in_a_large_archive():
    """It leaves the words of over half of more than 1,000 entries out of the score, but finds them."""
    entries = titled(*["the news"] * 1_000, "saiga")

    result = find("the saiga", entries, limit=2)

    assert result.total == 1_001
    assert result.hits[0].entry.title == "saiga"
    assert result.hits[1].score == 0


def test_words_that_are_everywhere_count_when_there_are_no_others():
    """It scores a word that all entries have when nothing else is asked for, and in small archives."""
    assert find("news", titled(*["news"] * 1_001), limit=1).hits[0].score > 0
    assert find("news", titled("news", "news")).hits[0].score > 0


# --- ties -------------------------------------------------------------------------------------------------


def test_order_decides_a_tie():
    """It puts the words in the order of the query first."""
    assert ids("snow leopard", titled("leopard in snow", "snow and leopard")) == [2, 1]


def test_gaps_decide_a_tie():
    """It puts words that stand closer together first."""
    assert ids("snow leopard", titled("snow and the leopard", "the big snow leopard")) == [2, 1]


def test_order_is_looked_for_within_a_field():
    """It does not take the end of one field and the beginning of the next for neighbours."""
    entries = [
        story(1, "leopard snow", summary="leopard snow"),
        story(2, "snow leopard", summary="snow leopard"),
    ]

    assert ids("snow leopard", entries) == [2, 1]


def test_dates_decide_a_tie():
    """It puts the newer first, the more precise first when they start together, and undated entries last."""
    entries = [
        story(1, "saiga"),
        story(2, "saiga", "2019-08"),
        story(3, "saiga", "2020"),
        story(4, "saiga", "2020-01-01"),
        story(5, "saiga", "2020-01"),
        story(6, "saiga", "2020-02-14"),
    ]

    assert ids("saiga", entries) == [6, 4, 5, 3, 2, 1]


def test_ids_decide_a_tie():
    """It puts the lower id first when all else is the same."""
    entries = [story(number, "saiga", "2020") for number in (30, 4, 100)]

    assert ids("saiga", entries) == [4, 30, 100]


# --- what is found ----------------------------------------------------------------------------------------


def test_wanted_words_may_be_missing():
    """It finds entries with any of the words, and none without one."""
    assert ids("saiga argali leopard", titled("argali", "horse", "saiga")) == [1, 3]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:mongolia", [1, 2, 3]),
        ("tag:mongolia leopard", [1, 3]),
        ("tag:mongolia leopard -draft", [1]),
        ("tag:mongolia date:2016..2018 leopard", [1]),
        ('"snow leopard"', [3, 1]),
        ("leopard AND argali", [4]),
        ("(argali OR horse) leopard", [4]),
        ("argali OR horse", [2, 4]),
        ("title:argali", [4]),
        ("-leopard", [2]),
        ("", [4, 3, 2, 1]),
    ],
)
def test_required_terms_filter(query, found):
    """It leaves out what does not match the required terms, and ranks the rest."""
    entries = [
        story(1, "A great snow leopard", "2017", tags=("mongolia",)),
        story(2, "The wild horse", "2018", tags=("mongolia",), summary="argali"),
        story(3, "Draft of snow leopard", "2019", tags=("mongolia",), body="snow leopard"),
        story(4, "Leopard and argali", "2020"),
    ]

    assert sorted(ids(query, entries)) == sorted(found)


def test_required_words_are_not_corrected():
    """It takes quoted words as they are while an entry has them."""
    assert ids('"snow lepard"', titled("snow leopard", "snow lepard")) == [2]


def test_words_in_the_other_script_are_found_by_sound():
    """It finds a quoted name in the other script too."""
    assert ids('"Anton Mezhnev"', titled("Антон Межнев", "Антон Межова")) == [1]


def test_tag_aliases():
    """It finds the tags that mean the same as one in the query."""
    entries = [story(1, "One", tags=("snow-leopard",)), story(2, "Two", tags=("saiga",))]

    def aliases(tag: str) -> set[str]:
        return {tag, "snow-leopard"} if tag == "uncia" else {tag}

    assert ids("tag:uncia", entries, tag_aliases=aliases) == [1]


def test_restricted_to_a_field():
    """It looks for bare words in the given fields only, in what it finds and what it counts."""
    entries = [story(1, "Saiga"), story(2, "Meeting", body="saiga", tags=("saiga",))]

    result = find("saiga", entries, reach=Reach(("title", "body")))

    assert [(hit.entry.id, [match.field for match in hit.matches]) for hit in result.hits] == [
        (1, ["title"]),
        (2, ["body"]),
    ]
    assert ids("saiga", entries, reach=Reach(("title",))) == [1]
    assert ids("saiga", entries, reach=Reach(("summary",))) == []


def test_a_part_of_the_hits():
    """It returns the part that is asked for and counts all."""
    entries = titled(*["saiga"] * 30)

    result = find("saiga", entries, limit=5, offset=20)

    assert [hit.entry.id for hit in result.hits] == [21, 22, 23, 24, 25]
    assert result.total == 30
    assert ids("saiga", entries, offset=28) == [29, 30]
    assert ids("saiga", entries, limit=5, offset=30) == []


def test_an_empty_archive():
    """It finds nothing in an archive without entries."""
    assert find("saiga", []) == ((), 0, find("saiga", []).groups, ())


# --- for any archive and query ----------------------------------------------------------------------------

_words = st.sampled_from(["saiga", "сайга", "mezhnev", "межнев", "snow", "leopard", "snow-leopard", "the"])
_texts = st.lists(_words, min_size=1, max_size=5).map(" ".join)
_entries = st.lists(
    st.builds(Entry, title=_texts, summary=st.none() | _texts, tags=st.lists(_words, max_size=2).map(tuple)),
    max_size=5,
).map(lambda entries: [replace(entry, id=number) for number, entry in enumerate(entries, 1)])
_required = st.one_of(
    _texts.map(lambda text: f'"{text}"'),
    _texts.map(lambda text: f'title:"{text}"'),
    _words.map(lambda word: f"({word} OR saiga)"),
    st.tuples(_words, _words).map(lambda pair: f"({pair[0]} AND {pair[1]})"),
    _words.map(lambda word: f"-{word}"),
    _words.map(lambda word: f"title:{word[:3]}*"),
)


@given(entries=_entries, query=st.lists(_required, min_size=1, max_size=3).map(" ".join))
def test_required_terms_find_what_matching_finds(entries, query):
    """It finds for required terms the entries that the selection language selects; if there are none, it says so."""
    matches = matcher(parse(query, today=TODAY).root)
    selected = [entry.id for entry in entries if matches(entry)]

    result = find(query, entries)

    found = sorted(hit.entry.known_id for hit in result.hits)
    assert found == selected if selected else bool(found) == bool(result.notes)


@given(entries=_entries, query=_texts, limit=st.integers(1, 4))
def test_a_limit_cuts_and_changes_nothing(entries, query, limit):
    """It returns with a limit the beginning of what it returns without."""
    assert ids(query, entries, limit=limit) == ids(query, entries)[:limit]


@given(entries=_entries, query=_texts)
def test_the_order_of_the_archive_does_not_matter(entries, query):
    """It ranks the same entries the same in whatever order they come."""
    assert ids(query, entries[::-1]) == ids(query, entries)


def test_every_process_ranks_the_same():
    """It gives the same hits, scores and groups whatever the hash seed of the process is."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from searching import find, titled\n"
        "entries = titled('mountain fountain', 'leopard moumtains', 'leopards hunted', 'the leopard')\n"
        "result = find('the moumtain lepard hunter', entries)\n"
        "print([(hit.entry.id, hit.score, hit.matches) for hit in result.hits])\n"
        "print([[(m.text, m.weight) for m in group.members] for group in result.groups])\n"
    )

    def output(seed: str) -> str:
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    assert output("1") == output("2")


# --- time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "x" * 1_000,
        " ".join(f"wrd{number:03}x" for number in range(120)),
        " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"),
        " ".join(f'"word{number} word"' for number in range(60)),
        "саigа " * 160,
        "—!? " * 100 + "x",
    ],
)
def test_no_query_takes_long(query):
    """It answers any query within a second and a half of processor time."""
    entries = titled(*(f"word{number} wort{number} слово{number} word" for number in range(1_000)))

    with soon(1.5):
        find(query, entries)


def test_what_everybody_writes_about():
    """It ranks misspelt words that are in most entries of a large archive: the title that has both is first."""
    entries = [story(number, f"Item {number}", summary="A migratory species.") for number in range(1, 1_200)]
    entries.append(story(1_200, "Migratory species convention", "1990"))

    result = find("migratry specis zzqx", entries, limit=3)

    assert result.hits[0].entry.id == 1_200
    assert result.hits[-1].score > 0
