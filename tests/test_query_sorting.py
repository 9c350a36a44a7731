"""The order of a selection."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.query.sorting import sort_entries


def dated(entry_id: int, text: str | None) -> Entry:
    return Entry(id=entry_id, title="x", date=PartialDate.from_iso(text) if text else None)


DATED = [
    dated(1, "2021"),
    dated(2, None),
    dated(3, "2021-01-01"),
    dated(5, "2020-05"),
    dated(4, "2020-05"),
    dated(6, "2021-01"),
    dated(7, None),
]


def ids(entries: list[Entry]) -> list[int | None]:
    return [entry.id for entry in entries]


def test_oldest_first() -> None:
    """It goes by the start, then the more precise date, then the id, and puts the undated last."""
    assert ids(sort_entries(DATED, "date")) == [4, 5, 3, 6, 1, 2, 7]


@pytest.mark.parametrize("keys", ["date-", " Date- "])
def test_newest_first(keys: str) -> None:
    """It turns round nothing but the start."""
    assert ids(sort_entries(DATED, keys)) == [3, 6, 1, 4, 5, 2, 7]
    assert sort_entries(DATED) == sort_entries(DATED, keys)


def test_several_keys() -> None:
    """It sorts by each key where the ones before are level."""
    entries = [
        Entry(id=1, title="b", languages=("en",)),
        Entry(id=2, title="Élan", languages=("ru",)),
        Entry(id=3, title="A", languages=("en",)),
        Entry(id=4, title="a"),
    ]

    assert ids(sort_entries(entries, "lang-,title")) == [2, 3, 1, 4]
    assert ids(sort_entries(entries, "title,id-")) == [4, 3, 1, 2]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("id-", [3, 2, 1]),
        ("added", [2, 1, 3]),
        ("modified-", [1, 2, 3]),
        ("url", [2, 1, 3]),
        ("source-", [1, 2, 3]),
    ],
)
def test_keys(keys: str, expected: list[int]) -> None:
    """It puts entries that have nothing there last in both directions."""
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
    entries = [
        Entry(id=3, title="x"),
        Entry(id=2, title="x", added=early, modified=early, url="A", source="a"),
        Entry(id=1, title="x", added=late, modified=late, url="b", source="B"),
    ]

    assert ids(sort_entries(entries, keys)) == expected


@pytest.mark.parametrize("keys", ["", "name", "date-,", "date--", "tags"])
def test_unknown_key(keys: str) -> None:
    """It refuses an unknown key and lists those there are."""
    with pytest.raises(BadOptionError, match="id, title, date, added, modified, url, source, lang"):
        sort_entries([], keys)


def test_titles_of_several_languages() -> None:
    """It puts a letter of one alphabet into its place among those of the others."""
    entries = [
        Entry(id=1, title="Эльтон", languages=("ru",)),
        Entry(id=2, title="Іле", languages=("kk",)),
        Entry(id=3, title="Ыстық", languages=("kk",)),
        Entry(id=4, title="Іван", languages=("uk",)),
        Entry(id=5, title="Кулан", languages=("ru",)),
    ]

    assert ids(sort_entries(entries, "title")) == [4, 5, 3, 2, 1]
    assert ids(sort_entries(entries, "title-")) == [1, 2, 3, 5, 4]
