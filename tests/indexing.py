"""Archives that are large enough for an index, and ways to look at it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from storing import beside, opened

from newsarchive.changes import adding
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.query.parser import parse
from newsarchive.selection import Selection

NOW = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
TODAY = date(2024, 12, 18)

WORDS = {
    "en": """
saiga snow leopard conservation migratory species range state poaching horn trade meeting mongolia kazakhstan
steppe antelope corridor fence railway survey aerial population recovered ministry signed agreement convention
workshop ranger camera trap funding wild camel przewalski horse takhi bukhara deer argali urial cheetah kulan
mezhnev zhirnov lkhagvasuren professor remembered obituary O'Connell boundary effect the of and in to a for
""",
    "ru": """
сайгак снежный барс снежного барса охрана мигрирующие виды государства браконьеры рога торговля совещание
монголия казахстан степь антилопа коридор забор железная дорога учёт популяция министерство подписано
соглашение конвенция семинар инспектор фотоловушка межнев жирнов лхагвасурэн профессор ёлки в и на для
""",
    "fr": "l'antilope saïga conservation des espèces migratrices réunion mongolie qu'un léopard neiges",
}
DATES = (None, PartialDate(2010), PartialDate(2011, 3), PartialDate(2010, 1, 1))
TAGS = ((), ("mongolia",), ("species/saiga", "snow-leopard"), ("сайгак",))


def stories(count: int, seed: int = 1) -> list[Entry]:
    """Make up so many stories, the same ones in every run; a few are odd in one way or another."""
    chance = random.Random(seed)
    return [_story(chance, number) for number in range(1, count + 1)]


def _story(chance: random.Random, number: int) -> Entry:
    language = "fr" if number % 20 == 3 else "ru" if number % 4 == 1 else "en"
    dates = (PartialDate(2000 + number % 24, 1 + number % 12, 1 + number % 28),) * 5 + DATES
    return Entry(
        title=f"{_text(chance, language, chance.randint(2, 9))} {number % 40 or ''}",
        date=chance.choice(dates),
        summary=None if number % 9 == 0 else f"{_text(chance, language, chance.randint(5, 30))}.",
        body=None if number % 5 == 0 else f"{_text(chance, language, chance.randint(20, 120))}.",
        url=f"https://news.example/{number}" if number % 3 else None,
        source="A page of news" if number % 7 == 0 else None,
        languages=() if number % 11 == 0 else ("fr", "en") if number % 50 == 3 else (language,),
        tags=() if number % 6 == 0 else (f"topic-{number % 30}", *chance.choice(TAGS)),
        relations=(Relation("translation", number - 1),) if number % 13 == 1 and number > 1 else (),
    )


def _text(chance: random.Random, language: str, length: int) -> str:
    """Pick words, those at the beginning of their list most often."""
    vocabulary = WORDS[language].split()
    picked = (vocabulary[int(len(vocabulary) * chance.random() ** 2)] for _ in range(length))
    return " ".join(picked).capitalize()


def write_archive(path: Path, entries: Sequence[Entry]) -> Path:
    """Start an archive with these entries, numbered from 1."""
    opened(path).commit([adding(replace(entry, id=None), NOW) for entry in entries])
    return path


def selected(query: str, *, limit: int = 20, offset: int = 0, sort: str = "date-") -> Selection:
    """Return the selection that a command makes of what is typed."""
    return Selection(parse(query, today=TODAY), sort=sort, limit=limit, offset=offset, given=True)


def index_of(archive: Path) -> Path:
    """Return where the index of an archive is."""
    return beside(archive) / "index.sqlite3"


def rows(archive: Path, statement: str, *values: object) -> list[Any]:
    """Look into the index of an archive."""
    with closing(sqlite3.connect(index_of(archive))) as connection:
        return connection.execute(statement, values).fetchall()


def execute(archive: Path, statement: str, *values: object) -> None:
    """Change the index of an archive behind everyone's back."""
    with closing(sqlite3.connect(index_of(archive))) as connection, connection:
        connection.execute(statement, values)


def everything(archive: Path) -> Mapping[str, Any]:
    """Return all that an index says, in a form that does not depend on how it came to say it."""
    with closing(sqlite3.connect(index_of(archive))) as connection:
        for table in ("text", "tagged"):
            places = f"CREATE VIRTUAL TABLE temp.place_{table} USING fts5vocab (main, {table}, instance)"
            connection.execute(places)
        said = {table: set(connection.execute(select)) for table, select in _SAID.items()}
        connection.execute("INSERT INTO text (text) VALUES ('integrity-check')")
        connection.execute("INSERT INTO tagged (tagged) VALUES ('integrity-check')")
        return said


_SAID = {
    "state": "SELECT version, is_torn, fingerprint, revision, entries, edited_by_hand FROM state",
    "entry": "SELECT * FROM entry",
    "payload": "SELECT * FROM payload",
    "tag": "SELECT * FROM tag",
    "language": "SELECT * FROM language",
    "title": "SELECT * FROM title",
    "address": "SELECT * FROM address",
    "source": "SELECT * FROM source",
    "tally": "SELECT * FROM tally",
    "field": "SELECT name, words, entries FROM field",
    "stemming": "SELECT * FROM stemming",
    "reading": "SELECT * FROM reading",
    "vocab": "SELECT word, length, key, frequency FROM vocab",
    "stem": "SELECT * FROM stem",
    "text": "SELECT * FROM place_text",
    "tagged": "SELECT * FROM place_tagged",
}
