"""Lists in any order come from the index as they do from the entries."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from indexing import NOW, execute, selected
from storing import opened

from newsarchive.archive import Archive
from newsarchive.changes import Change, adding
from newsarchive.entry import Entry
from newsarchive.query.sorting import SORT_KEYS, sort_entries

ORDERS = (
    *SORT_KEYS,
    *(f"{key}-" for key in SORT_KEYS),
    *(
        "date-,title",
        "source,lang-,title-",
        "lang,url",
        "title,date",
        "url-,id-",
        "added,modified-",
        "id,title",
    ),
)
TITLES = (
    "Élan",
    "elan",
    "The élan",
    "E-lan",
    "Ёлки",
    "Елка",
    "Ñandú",
    "ñ",
    "COP 2",
    "COP 14",
    "北京",
    "!!!",
    "ÖZ",
    "өз",
)
LANGUAGES = ((), ("en",), ("en-GB",), ("en", "fr"), ("kk",), ("es", "en"), ("tr",))
SOURCES = (None, "ENB", "enb", "Émile", "emile", "Яна")


def _odd(number: int, chance: random.Random) -> Entry:
    return Entry(
        title=f"{chance.choice(TITLES)} {chance.choice(('', 'x', '1,000', '20'))}".strip(),
        languages=chance.choice(LANGUAGES),
        source=chance.choice(SOURCES),
        url=chance.choice(
            (None, "https://A.example/B", "https://a.example/b", f"https://é.example/{number}")
        ),
        added=chance.choice((None, NOW, NOW + timedelta(microseconds=1), NOW + timedelta(days=number))),
    )


@pytest.fixture
def odd(large: Path) -> Archive:
    """Open a large archive, with an index, to which odd entries are added and in which others are changed."""
    archive = opened(large)
    archive.search(selected("saiga"))
    chance = random.Random(9)
    archive.commit([adding(_odd(number, chance), NOW) for number in range(150)])
    some = chance.sample(archive.entries, 60)
    retold = [(entry, _odd(entry.known_id, chance)) for entry in some]
    names = ("title", "languages", "source", "url")
    archive.commit(
        [
            Change(entry.id, entry, replace(entry, **{name: getattr(other, name) for name in names}))
            for entry, other in retold[:40]
        ]
        + [Change(entry.id, entry, None) for entry, _ in retold[40:]]
    )
    return archive


def test_every_order(odd: Archive) -> None:
    """It lists the same part in each order, of all entries and of some, with what is level in the same order."""
    for order, query in product(ORDERS, ("*", "-lang:en", "tag:mongolia")):
        whole = selected(query, sort=order, limit=0)
        expected = sort_entries(odd.select(whole._replace(sort="id")), order)

        for offset in (0, 45):
            page = odd.page(whole._replace(limit=30, offset=offset))

            assert list(page.entries) == expected[offset : offset + 30], order
            assert page.total == len(expected)


def test_no_entry_is_read_to_be_sorted(odd: Archive, large: Path) -> None:
    """It reads those entries alone that are listed."""
    page = odd.page(selected("*", sort="title,date", limit=5))
    kept = ",".join(str(entry.id) for entry in page.entries)
    execute(large, f"UPDATE payload SET line = 'no entry' WHERE id NOT IN ({kept})")

    again = opened(large).page(selected("*", sort="title,date", limit=5))

    assert list(again.entries) == list(page.entries)
