"""The tables of the index, and the rules that they were filled by."""

from __future__ import annotations

import sys
from typing import Final
from unicodedata import unidata_version

RULES: Final = 13
"""Raised whenever words, keys, stems or amounts come out differently, or a table changes."""

VERSION: Final = f"{RULES} {unidata_version} {sys.byteorder}"

TABLES: Final = """
CREATE TABLE state (
    version TEXT, is_torn INTEGER, fingerprint TEXT, revision INTEGER, entries INTEGER, edited_by_hand INTEGER
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, first INTEGER, last INTEGER, present INTEGER, stemming INTEGER,
    added INTEGER, modified INTEGER, title INTEGER, tags INTEGER, summary INTEGER, body INTEGER
);
CREATE TABLE payload (id INTEGER PRIMARY KEY, line BLOB);
CREATE TABLE tag (tag TEXT, id INTEGER, PRIMARY KEY (tag, id)) WITHOUT ROWID;
CREATE TABLE title (key BLOB, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE address (id INTEGER PRIMARY KEY, url TEXT, folded TEXT);
CREATE TABLE language (
    language TEXT, id INTEGER, written TEXT, codes TEXT, PRIMARY KEY (language, id, written)
) WITHOUT ROWID;
CREATE TABLE source (source TEXT, id INTEGER, folded TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE TABLE tally (kind TEXT, value, entries INTEGER, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE field (name TEXT PRIMARY KEY, words INTEGER, entries INTEGER, usual_length REAL);
CREATE TABLE stemming (language TEXT PRIMARY KEY, entries INTEGER);
CREATE TABLE vocab (
    number INTEGER PRIMARY KEY, word TEXT UNIQUE, length INTEGER, key TEXT, frequency INTEGER
);
CREATE TABLE stem (stem TEXT, word TEXT, PRIMARY KEY (stem, word)) WITHOUT ROWID;
CREATE TABLE reading (sound TEXT, word TEXT, entries INTEGER, PRIMARY KEY (sound, word)) WITHOUT ROWID;
CREATE TABLE posting (place INTEGER PRIMARY KEY, ids BLOB, amounts BLOB);
CREATE VIRTUAL TABLE text USING fts5 (title, summary, body, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE tagged USING fts5 (tags, content = '', tokenize = 'ascii');
"""
"""What is in them:

- `state`: one row, the archive's fingerprint as of this index; torn while a change is being written.
- `entry`: first and last day as 20210129, NULL when undated; a bit of `present` for each field that is there
  and of `stemming` for each language that stems its words; when it was added and modified, in microseconds since
  1970; how many words are in each field.
- `title`: what titles are sorted by.
- `address`, `source`: as the entry has it, and folded where that is another.
- `language`: as queries compare it, and as the entry has it; with the first, all that it has, in their order.
- `payload`: the entry's line in the archive.
- `tally`: how many entries have each value of a kind; 0 in the place of a value counts those without any.
- `field`: how many words it has in all entries together, how many entries have it, and the length that
  amounts are reckoned by.
- `vocab`, `stem`: each word, its letters, its cross-script key, how many entries hold it; its stems,
  and `~` with what one of Russian, Turkic, Mongolic, Iranian or Indic languages sounds like.
- `reading`: words that are written with marks which tell of another sound, by the key of that, and how many
  entries write them so.
- `text`, `tagged`: the folded words joined by blanks; those of the tags by themselves, as a contentless table has
  to be told all words of a row to change one. The tokenizer `ascii` parts them nowhere else: what is ASCII in
  words is a letter or digit, and to it everything beyond ASCII is a letter.
- `posting`: for each word that is in many entries, the ids of those and how much of it each has.
"""

INDEXES: Final = """
CREATE INDEX newest ON entry (first DESC, last, id, present);
CREATE INDEX sound ON vocab (key);
CREATE INDEX correction ON vocab (length, word) WHERE word GLOB '*[^0-9]*';
CREATE INDEX correction_sound ON vocab (length(key), key)
    WHERE word GLOB '*[^0-9]*' AND length > 3;
"""
"""Made when the tables are full, which is much faster. No word is so misspelt that it stands for a number."""
