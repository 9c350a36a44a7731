"""`duplicates`: pairs of entries that may be one story, what speaks for it, and what is no duplicate."""

from __future__ import annotations

import json

import pytest

FIRST = (
    "Range states of the saiga antelope met in Tashkent last week and agreed to survey every herd by air before the "
    "winter. Rangers from Kazakhstan and Uzbekistan will share their maps of the fence along the railway."
)
SECOND = (
    "The bridge over the Syr Darya was closed after the flood, and lorries with hay for the reserve had to turn "
    "back. Herders were told to wait until the road has been mended by the province."
)
ABOUT = (
    "About us: the secretariat of the initiative is hosted in Bonn and serves fourteen range states with advice, "
    "money and a common programme of work for fifteen species of migratory mammals."
)


@pytest.fixture
def add(invoke):
    """Add an entry to the archive, given its title and options."""

    def call(title, **fields):
        options = [word for name, value in fields.items() for word in (f"--{name}", value)]
        result = invoke("add", "--title", title, *options)
        assert result.code == 0, result.err
        return int(result.out)

    return call


@pytest.fixture
def pairs(invoke):
    """Return the pairs that are listed."""

    def call(*words):
        result = invoke("duplicates", *words, "--json")
        assert result.code == 0
        return json.loads(result.out)

    return call


def ids_of(pairs):
    return [(pair["id"], pair["other"]) for pair in pairs]


def test_news_of_one_matter_is_no_duplicate(archive, invoke):
    """It knows the two stories of the Gobi bear, four months apart, for two, and says that there is none."""
    result = invoke("duplicates", "--format", "json")

    assert (result.code, result.out.strip()) == (0, "[]")
    assert "0 pairs among 10 entries" in result.err


def test_one_address(archive, add, pairs):
    """It finds one address however it is written, whatever else differs."""
    one = add("Saiga survey begins", url="https://cms.int/en/news/saiga", date="2021-03-01")
    other = add(
        "Aerial count", url="http://www.cms.int/en/news/saiga/?utm_source=feed#top", date="2022-01-01"
    )

    (pair,) = pairs()

    assert (pair["id"], pair["other"], pair["kind"], pair["score"]) == (one, other, "exact", 1.0)
    assert (pair["days"], pair["reason"]) == (306, "the same address")
    assert pair["titles"] == ["Saiga survey begins", "Aerial count"]


def test_address_of_many_stories(archive, add, pairs):
    """It takes the address of a page with many stories for no evidence."""
    for number in ("one", "two", "three", "four"):
        add(f"Story {number} of the page", url="https://cms.int/en/news")

    assert pairs() == []


def test_title_and_date(archive, add, pairs):
    """It finds one title of one day in other capitals, and neither in another language nor of another day."""
    one = add("Saiga survey begins", date="2021-03-01", lang="en")
    other = add("SAIGA Survey Begins", date="2021-03-01", lang="en")
    add("Saiga survey begins", date="2021-03-01", lang="fr")
    add("Saiga survey begins", date="2019-03-01", lang="en")

    assert ids_of(pairs()) == [(one, other)]


def test_half_the_text(archive, add, pairs):
    """It finds half the text under another title days later, with the names that both have."""
    one = add("States agree on counting from the air", date="2021-03-01", summary=FIRST)
    other = add("A plan for the antelope", date="2021-03-05", summary=FIRST[: len(FIRST) // 2])

    (pair,) = pairs()

    assert (pair["id"], pair["other"], pair["kind"], pair["days"]) == (one, other, "near", 4)
    assert pair["names"] == ["Tashkent"]
    assert 0.7 < pair["score"] <= 1


def test_half_the_text_a_year_later(archive, add, pairs):
    """It takes a part of a text for a duplicate within weeks only, and all of a text whenever it comes."""
    one = add("States agree on counting from the air", date="2021-03-01", summary=FIRST)
    add("What came of it", date="2022-03-05", summary=f"{FIRST[: len(FIRST) // 2]} {SECOND}")
    whole = add("Agreed from the air", date="2023-03-05", summary=FIRST)

    assert ids_of(pairs()) == [(one, whole)]


def test_boilerplate(archive, add, pairs):
    """It takes what very many entries end with for no evidence."""
    for number in range(22):
        subject = f"{'abcdefghijklmnopqrstuvw'[number] * 4}ia"
        own = " ".join(f"{subject}{place}" for place in range(12))
        add(f"{subject} reports", date="2021-03-01", summary=f"{own}. {ABOUT}")

    assert pairs() == []


def test_slip_in_a_title(archive, add, pairs):
    """It finds nearly the same title within a week, but no other issue of a series."""
    one = add("Saiga populations recover in Kazakhstan", date="2021-03-01")
    other = add("Saiga populatons recover in Kazakhstan", date="2021-03-03")
    add("Newsletter of the saiga states 12", date="2021-03-01")
    add("Newsletter of the saiga states 13", date="2021-03-03")

    assert ids_of(pairs()) == [(one, other)]


def test_with_a_query(archive, add, pairs):
    """It lists the pairs of which one entry matches."""
    one = add("Saiga survey begins", date="2021-03-01", tag="press")
    other = add("Saiga survey begins", date="2021-03-01")
    add("Bridge closed", date="2021-03-01")
    add("Bridge closed", date="2021-03-01")

    assert ids_of(pairs("tag:press")) == [(one, other)]
    assert len(pairs()) == 2


def test_table(archive, add, invoke):
    """It shows the title once where both have it, and the reason."""
    add("Saiga survey begins", date="2021-03-01")
    add("Saiga survey begins", date="2021-03-01")

    (heading, line) = invoke("duplicates").out.splitlines()

    assert heading.split()[:4] == ["Id", "Other", "Score", "Days"]
    assert line.count("Saiga survey begins") == 1
    assert "the same title and date" in line
