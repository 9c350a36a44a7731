"""Prepare a database, start an archive in it, and forget what an archive no longer needs."""

from __future__ import annotations

from typing import Final

from newsarchive.errors import CannotSaveError, NoArchiveError
from newsarchive.store.base import Writer
from newsarchive.store.digests import digest_of
from newsarchive.store.server.address import Address
from newsarchive.store.server.committing import new_key
from newsarchive.store.server.link import DURABLY, Link, RefusedError
from newsarchive.store.server.locking import patiently
from newsarchive.store.server.reading import State, check_version, digits, read_state
from newsarchive.store.server.saving import Saver, Sent, Sign
from newsarchive.store.server.schema import MIGRATIONS, TABLES, VERSION
from newsarchive.store.snapshot import SCHEMA

IN_THE_WAY: Final = ("42P06", "42P07", "42723", "23505")
"""Codes of what another process, or one's own that was cut off, makes at the same time."""

_NEW: Final = "INSERT INTO newsarchive.archives (name, key, digest, schema) VALUES ($1, $2, $3, $4)"
_KEY: Final = "SELECT key FROM newsarchive.archives WHERE name = $1"
_TABLES: Final = Sent("the schema newsarchive", "the tables were already made")
_ARCHIVE: Final = Sent("the new archive", "the archive was already started")
_OLD: Final = "SELECT count(*) FROM newsarchive.operations WHERE archive = $1 AND number <= $2"
_FORGET: Final = (
    "DELETE FROM newsarchive.records WHERE archive = $1 AND number <= $2",
    "DELETE FROM newsarchive.operations WHERE archive = $1 AND number <= $2 RETURNING number",
    "UPDATE newsarchive.archives SET pruned = greatest(pruned, $2) WHERE id = $1",
)


class Start:
    """Makes an archive, and before that the tables that it needs; what was done of it is not done again."""

    def __init__(self, link: Link, address: Address, writer: Writer, saver: Saver) -> None:
        self._link = link
        self._address = address
        self._writer = writer
        self._saver = saver
        self._key = new_key()
        self._making = ""
        """What was sent to make the tables, in words, until it was said."""

    def carry_out(self) -> bool:
        """Prepare the database and make an empty archive, revision 0; return whether that was needed.

        Whoever else changes the tables is waited for, also to read them. Raises CannotReadError for tables of a newer
        version, CannotSaveError, LockedError, and what `Link.ask` raises.
        """
        with patiently(self._link, self._address, self._writer):
            self._check_server()
            self._prepare()
            return self._make()

    def _prepare(self) -> None:
        version = self._version()
        if version is None:
            self._saver.begin(TABLES)
            self._send("made the tables, in the schema newsarchive")
        elif version > VERSION:
            check_version(version, self._address)
        elif version < VERSION:
            self._migrate()
        if self._making:
            self._saver.found(_TABLES.done)
            self._writer.say(f"In the database of {self._address}: {self._making}")
            self._making = ""

    def _send(self, making: str) -> None:
        """Commit what was made of the tables. Others who made it first have refused what came before that."""
        self._making = making
        self._saver.send(_TABLES, ("COMMIT",))

    def _check_server(self) -> None:
        ask = self._link.ask
        [(encoding, server)] = ask("SELECT getdatabaseencoding(), current_setting('server_version_num')")
        if encoding != b"UTF8":
            raise CannotSaveError(
                str(self._address), f"its database is in {encoding.decode()}; make one in UTF8"
            )
        if int(server) < 13_00_00:
            raise CannotSaveError(str(self._address), "its server is older than PostgreSQL 13")

    def _version(self, kept: str = "") -> int | None:
        if self._link.ask("SELECT to_regclass('newsarchive.about')") == [(b"",)]:
            return None
        [(version,)] = self._link.ask(f"SELECT version FROM newsarchive.about {kept}")
        return int(version)

    def _migrate(self) -> None:
        """Bring the tables up, once: whoever else does it waits, and finds it done."""
        self._saver.begin()
        version = self._version("FOR UPDATE") or VERSION
        if version >= VERSION:
            self._link.run("ROLLBACK")
            return
        steps = "".join(MIGRATIONS[number] for number in range(version, VERSION))
        self._link.run(f"{steps} UPDATE newsarchive.about SET version = {VERSION}")
        self._send(f"brought the tables from version {version} to {VERSION}")

    def _make(self) -> bool:
        """Make the archive; its key tells whether it is the one that was made here."""
        try:
            read_state(self._link, self._address)
        except NoArchiveError:
            new = (_NEW, self._address.archive, self._key, digest_of({}), SCHEMA)
            self._saver.send(_ARCHIVE, (f"SELECT {DURABLY}",), new)
        [(key,)] = self._link.ask(_KEY, self._address.archive)
        is_new = digits(key) == self._key
        self._saver.found(_ARCHIVE.done if is_new else None)
        return is_new


def prune(link: Link, state: State, keep: int) -> tuple[int, Sign]:
    """Forget all but the newest operations of an archive, within a transaction.

    Returns how many are gone, and by what one sees that it was carried out.
    """
    last = state.meta.revision - keep
    [(wanted,)] = link.ask(_OLD, state.id, last)
    _, gone, _ = (link.ask(statement, state.id, last) for statement in _FORGET)
    if len(gone) != int(wanted):  # rows that one may not remove are passed over without a word
        raise RefusedError("42501", "only its maintainers may forget operations")
    return len(gone), Sign(lambda _, found: found.pruned >= last, "what is left of the history")
