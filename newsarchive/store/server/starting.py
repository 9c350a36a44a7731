"""Prepare a database, start an archive in it, and forget what an archive no longer needs."""

from __future__ import annotations

from typing import Final

from newsarchive.errors import CannotSaveError, NoArchiveError
from newsarchive.store.digests import digest_of
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import Link, RefusedError
from newsarchive.store.server.reading import State, check_version, read_state
from newsarchive.store.server.schema import MIGRATIONS, TABLES, VERSION
from newsarchive.store.snapshot import SCHEMA

_THERE: Final = ("42P06", "42P07", "23505")
"""Codes of what another process has made first."""

_OLD: Final = "SELECT count(*) FROM newsarchive.operations WHERE archive = $1 AND number <= $2"
_FORGET: Final = (
    "DELETE FROM newsarchive.records WHERE archive = $1 AND number <= $2",
    "DELETE FROM newsarchive.operations WHERE archive = $1 AND number <= $2 RETURNING number",
    "UPDATE newsarchive.archives SET pruned = greatest(pruned, $2) WHERE id = $1",
)


def prepare(link: Link, address: Address) -> str | None:
    """Make the tables in a database, or bring them up to this version; return what was done, None if nothing.

    Raises CannotReadError for tables of a newer version, CannotSaveError, and what `Link.ask` raises.
    """
    [(encoding, server)] = link.ask("SELECT getdatabaseencoding(), current_setting('server_version_num')")
    if encoding != b"UTF8":
        raise CannotSaveError(str(address), f"its database is in {encoding.decode()}; make one in UTF8")
    if int(server) < 13_00_00:
        raise CannotSaveError(str(address), "its server is older than PostgreSQL 13")
    version = _version(link)
    if version == VERSION:
        return None
    if version is None:
        link.run(f"BEGIN; {TABLES} COMMIT;")
        return "made the tables, in the schema newsarchive"
    if version > VERSION:
        check_version(version, address)
    steps = "".join(MIGRATIONS[number] for number in range(version, VERSION))
    link.run(f"BEGIN; {steps} UPDATE newsarchive.about SET version = {VERSION}; COMMIT;")
    return f"brought the tables from version {version} to {VERSION}"


def _version(link: Link) -> int | None:
    if link.ask("SELECT to_regclass('newsarchive.about')") == [(b"",)]:
        return None
    [(version,)] = link.ask("SELECT version FROM newsarchive.about")
    return int(version)


def start(link: Link, address: Address) -> bool:
    """Make an empty archive, revision 0; return whether that was needed. Raises what `Link.ask` raises."""
    try:
        read_state(link, address)
    except NoArchiveError:
        pass
    else:
        return False
    try:
        link.ask(
            "INSERT INTO newsarchive.archives (name, digest, schema) VALUES ($1, $2, $3)",
            address.archive,
            digest_of({}),
            SCHEMA,
        )
    except RefusedError as error:
        if error.code in _THERE:
            return False
        raise
    return True


def prune(link: Link, state: State, keep: int) -> int:
    """Forget all but the newest operations of an archive, within a transaction; return how many are gone."""
    last = state.meta.revision - keep
    [(wanted,)] = link.ask(_OLD, state.id, last)
    _, gone, _ = (link.ask(statement, state.id, last) for statement in _FORGET)
    if len(gone) != int(wanted):  # rows that one may not remove are passed over without a word
        raise RefusedError("42501", "only its maintainers may forget operations")
    return len(gone)
