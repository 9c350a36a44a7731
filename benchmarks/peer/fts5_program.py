"""An archive of stories in SQLite, to compare with.

usage: python fts5_program.py DATABASE build STORIES | search WORDS | search-misspelt WORD | list | add | tag

Stories are rows, tags rows of another table; FTS5 indexes the text of the rows (external content). Its
trigram tokenizer serves the misspelt word: stories that share its trigrams, best first.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Sequence

SCHEMA = """
CREATE TABLE stories (id INTEGER PRIMARY KEY, title, date, summary, body, url);
CREATE INDEX by_date ON stories (date);
CREATE TABLE tags (tag, story, PRIMARY KEY (tag, story)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    title, summary, body, content=stories, content_rowid=id, tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE trigrams USING fts5(
    title, summary, body, content=stories, content_rowid=id, tokenize='trigram'
);
CREATE TRIGGER added AFTER INSERT ON stories BEGIN
    INSERT INTO words (rowid, title, summary, body) VALUES (new.id, new.title, new.summary, new.body);
    INSERT INTO trigrams (rowid, title, summary, body) VALUES (new.id, new.title, new.summary, new.body);
END;
"""
FIELDS = ("title", "date", "summary", "body", "url")
MATCHING = """
SELECT id, date, stories.title, url FROM {0} JOIN stories ON id = {0}.rowid WHERE {0} MATCH ? ORDER BY rank LIMIT 10
"""


def main(database: str, action: str, words: Sequence[str]) -> None:
    """Do what is asked for."""
    connection = sqlite3.connect(database)
    if action == "build":
        connection.executescript(SCHEMA)
        with open(words[0], encoding="utf-8") as file, connection:
            for line in file:
                _add(connection, json.loads(line))
    elif action == "search":
        _print(connection.execute(MATCHING.format("words"), [_quoted(words[0])]))
    elif action == "search-misspelt":
        pieces = [words[0][place : place + 3] for place in range(len(words[0]) - 2)]
        _print(connection.execute(MATCHING.format("trigrams"), [" OR ".join(map(_quoted, pieces))]))
    elif action == "list":
        _print(connection.execute("SELECT id, date, title, url FROM stories ORDER BY date DESC LIMIT 20"))
    elif action == "add":
        with connection:
            _add(
                connection,
                dict.fromkeys(FIELDS, "") | {"title": "A story", "date": "2026-01-29", "tags": ["topic-7"]},
            )
    else:
        with connection:
            connection.execute("INSERT INTO tags SELECT 'reviewed', story FROM tags WHERE tag = 'campaign'")


def _add(connection: sqlite3.Connection, story: dict[str, object]) -> None:
    values = [story[field] for field in FIELDS]
    added = connection.execute("INSERT INTO stories VALUES (NULL, ?, ?, ?, ?, ?)", values)
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?)", [(tag, added.lastrowid) for tag in story["tags"]]
    )


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _print(rows: sqlite3.Cursor) -> None:
    for row in rows:
        print(*row)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
