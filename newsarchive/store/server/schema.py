"""The tables of archives on a server, and how a database gets them."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
"""Raised when the tables change; `MIGRATIONS` then says how the older ones become the new ones."""

TABLES: Final = f"""
CREATE SCHEMA newsarchive;
CREATE TABLE newsarchive.about (version integer NOT NULL);
INSERT INTO newsarchive.about VALUES ({VERSION});
CREATE TABLE newsarchive.archives (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    key uuid NOT NULL DEFAULT gen_random_uuid(),
    stamp uuid NOT NULL DEFAULT gen_random_uuid(),
    revision bigint NOT NULL DEFAULT 0,
    next_id bigint NOT NULL DEFAULT 1,
    count bigint NOT NULL DEFAULT 0,
    digest text NOT NULL DEFAULT '',
    schema integer NOT NULL DEFAULT 2,
    bytes bigint NOT NULL DEFAULT 0,
    pruned bigint NOT NULL DEFAULT 0,
    others text NOT NULL DEFAULT '{{}}'
);
CREATE FUNCTION newsarchive.fields_of(line text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
    'BEGIN RETURN line::jsonb; EXCEPTION WHEN data_exception OR program_limit_exceeded THEN RETURN NULL; END';
CREATE TABLE newsarchive.entries (
    archive integer NOT NULL,
    id bigint NOT NULL,
    line text NOT NULL,
    fields jsonb GENERATED ALWAYS AS (newsarchive.fields_of(line)) STORED,
    PRIMARY KEY (archive, id)
);
CREATE TABLE newsarchive.operations (
    archive integer NOT NULL REFERENCES newsarchive.archives,
    number bigint NOT NULL,
    key uuid NOT NULL,
    time timestamptz NOT NULL,
    who text NOT NULL,
    role name NOT NULL DEFAULT session_user,
    command text NOT NULL,
    ids bigint[] NOT NULL,
    removes boolean NOT NULL,
    header text NOT NULL,
    PRIMARY KEY (archive, number)
);
CREATE TABLE newsarchive.records (
    archive integer NOT NULL,
    number bigint NOT NULL,
    part integer NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (archive, number, part)
);
CREATE TABLE newsarchive.rights (
    archive integer NOT NULL REFERENCES newsarchive.archives,
    role name NOT NULL,
    level integer NOT NULL,
    PRIMARY KEY (archive, role)
);
"""
"""What is in them:

- `archives`: `key` tells an archive from every other one, of that name too; `stamp` the revision that it has
  from any other one of that number: it is the key of the newest operation. `digest` and `schema` are as in a
  file, `bytes` are those of its lines, `pruned` is the number up to which operations are forgotten, `others`
  are tables of its file that are not ours.
- `entries`: the line of an entry to the byte as a file would have it, and what is in it for people's own SQL,
  which is NULL where a text holds what no text of PostgreSQL can.
- `operations`: as the history shows them; `key` is drawn by who commits, so that it can be looked up;
  that of one that came with a copy is the digest of its record.
- `records`: the line of each operation as a file's history would have it, in parts: a field of PostgreSQL
  ends at 1 GB.
- `rights`: which role may read (1), write (2) or maintain (3) an archive; see `roles`.
"""

MIGRATIONS: Final[dict[int, str]] = {}
"""What makes the tables of a version those of the next one."""
