"""The tables of the index, and the rules that they were filled by."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Final
from unicodedata import unidata_version

RULES: Final = 1
"""Raised whenever words, keys, stems or amounts come out differently, or a table changes."""

VERSION: Final = f"{RULES} {unidata_version} {sys.byteorder}"

ID_TYPE: Final = "I"
AMOUNT_TYPE: Final = "f"
"""Type codes of the arrays in `posting`: the ids of the entries that hold a word, how much each has of it."""

SCHEMA: Final = """
CREATE TABLE state (
    version TEXT, fingerprint TEXT, revision INTEGER, edited_by_hand INTEGER, is_torn INTEGER
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, first INTEGER, last INTEGER, present INTEGER, added INTEGER, modified INTEGER
);
CREATE INDEX newest ON entry (first DESC, last, id);
CREATE TABLE payload (id INTEGER PRIMARY KEY, line BLOB);
CREATE TABLE tag (tag TEXT, id INTEGER, PRIMARY KEY (tag, id)) WITHOUT ROWID;
CREATE TABLE language (language TEXT, id INTEGER, PRIMARY KEY (language, id)) WITHOUT ROWID;
CREATE TABLE field (name TEXT PRIMARY KEY, words INTEGER, entries INTEGER, usual_length REAL);
CREATE TABLE stemming (language TEXT PRIMARY KEY, entries INTEGER);
CREATE TABLE vocab (
    number INTEGER PRIMARY KEY, word TEXT UNIQUE, length INTEGER, key TEXT, frequency INTEGER
);
CREATE INDEX sound ON vocab (key);
CREATE INDEX frequent ON vocab (frequency);
CREATE INDEX correction ON vocab (length, frequency, word);
CREATE TABLE stem (stem TEXT, word TEXT, entries INTEGER, PRIMARY KEY (stem, word)) WITHOUT ROWID;
CREATE TABLE posting (place INTEGER PRIMARY KEY, ids BLOB, amounts BLOB);
CREATE VIRTUAL TABLE text USING fts5 (title, tags, summary, body, content = '', tokenize = 'ascii');
"""
"""What is in them:

- `state`: one row, the archive's fingerprint as of this index; torn while a change is being written.
- `entry`: first and last day as 20210129, NULL when undated; `present` has a bit for each field that is there.
- `payload`: the entry's line in the archive.
- `field`: how many words it has in all entries together and how many entries have it; see `usual_length`.
- `vocab`, `stem`: a word's letters and cross-script key; its stems, each with the entries that bring it.
- `text`: the folded words joined by blanks. The tokenizer `ascii` parts them nowhere else: in words, what
  is ASCII is a letter or digit, and to it everything beyond ASCII is a letter.
"""


def create(connection: Connection) -> None:
    """Create the empty tables."""
    connection.executescript(SCHEMA)


def fingerprint_text(fingerprint: Sequence[int]) -> str:
    """Write the fingerprint of an archive's file as the index keeps it."""
    return ":".join(map(str, fingerprint))


MOST_IN_BLOCK: Final = 4096


def places(number: int) -> tuple[int, int]:
    """Return the first and the last place that the blocks of a word's posting can have in their table.

    A block is at its first id, counted from the first place, so that the blocks of a word lie side by side.
    """
    start = number << 32
    return start, start + (1 << 32) - 1
