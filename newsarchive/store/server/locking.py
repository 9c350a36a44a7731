"""Wait for others who write to an archive on a server: what they do would only stand in the way.

That nothing goes wrong is the transaction's business. The lock is given back when the connection is closed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Raw

from newsarchive.errors import LockedError
from newsarchive.store.base import Writer
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import DURABLY, Link, Question, RefusedError
from newsarchive.store.server.reading import SOME_LINES, STATE, State, checked_state, lines_of, read_state

_CLASS: Final = 0x6E657773
"""By which the advisory locks of archives are known from those of other programs."""

_LOCKED: Final = "55P03"
_NOT_ALLOWED: Final = "42501"
_QUIETLY: Final = 1.0
"""Seconds after which a person hears whom they wait for."""

_LONGEST: Final = 2**31 - 1
"""Milliseconds that a server can be told to wait."""

_SETTINGS: Final = f"""
SELECT set_config('lock_timeout', $1, false), set_config('application_name', left($2, 63), false), {DURABLY}
"""

_IS_MINE: Final = "newsarchive.is_mine"
"""A setting of the session that says whether it has the lock."""
_TRY: Final = f"""
SELECT set_config('{_IS_MINE}', pg_try_advisory_lock($1, id)::text, false)
FROM newsarchive.archives WHERE name = $2
"""
_WAIT: Final = f"""
SELECT set_config('{_IS_MINE}', 'true', false), pg_advisory_lock($1, id)
FROM newsarchive.archives WHERE name = $2
"""
_BEGIN: Final = "BEGIN ISOLATION LEVEL SERIALIZABLE"
_KEEP: Final = f"""
SELECT 1 FROM newsarchive.archives WHERE name = $1 AND current_setting('{_IS_MINE}', true) = 'true' FOR UPDATE
"""
"""Keeps the archive's row as it is; who has no lock does not wait for that here."""

_HOLDER: Final = """
SELECT coalesce(nullif(application_name, ''), 'a program') || ' of ' || usename
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND classid = $1::oid AND objid = $2::oid
"""


def begin_writing(
    link: Link, address: Address, writer: Writer, ids: Sequence[int] = ()
) -> tuple[State, dict[int, Raw]]:
    """Take the lock of an archive and begin a transaction that changes it; all at once, if nobody has the lock.

    Returns the state in which the archive is, and the lines with these `ids` that are there. Raises LockedError,
    and what `read_state` raises.
    """
    begin: list[Question] = [(_BEGIN,), (_KEEP, address.archive), (STATE, address.archive)]
    if ids:
        begin.append((SOME_LINES, address.archive, ids))
    settings = (_SETTINGS, _timeout(writer.lock_timeout), writer.command)
    questions: list[Question] = [("ROLLBACK",), settings, (_TRY, _CLASS, address.archive), *begin]
    try:
        _, _, tried, *found = link.ask_all(questions)
        if tried == [(b"false",)]:
            link.ask("ROLLBACK")
            _wait_for_lock(link, address, writer)
            found = link.ask_all(begin)
    except RefusedError as error:
        if error.code == _LOCKED:  # somebody has the row, or all of the table
            raise LockedError(str(address), None, writer.lock_timeout) from error
        link.ask("ROLLBACK")
        read_state(link, address)  # who may not write is not told of an archive that is not open to them
        raise
    _, is_mine, [row], *lines = found
    if row[1] and not is_mine:  # rows that one may not change are passed over without a word
        raise RefusedError(_NOT_ALLOWED, "it is open to you for reading alone")
    return checked_state(row, address), lines_of(chain.from_iterable(lines))


def _wait_for_lock(link: Link, address: Address, writer: Writer) -> None:
    archive = read_state(link, address).id
    found = link.ask(_HOLDER, _CLASS, archive)
    holder = found[0][0].decode() if found else None
    first = min(_QUIETLY, writer.lock_timeout)
    if _is_given(link, address, first):
        return
    writer.say(f"waiting for {holder or 'another program'} to finish with {address} …")
    if not _is_given(link, address, writer.lock_timeout - first):
        raise LockedError(str(address), holder, writer.lock_timeout)


def _is_given(link: Link, address: Address, seconds: float) -> bool:
    """Wait for the lock so long; return whether it was given."""
    try:
        link.ask("SELECT set_config('lock_timeout', $1, false)", _timeout(seconds))
        link.ask(_WAIT, _CLASS, address.archive)
    except RefusedError as error:
        if error.code != _LOCKED:
            raise
        return False
    return True


@contextlib.contextmanager
def patiently(link: Link, address: Address, writer: Writer) -> Iterator[None]:
    """Change tables, for which nobody may use them meanwhile; who does is waited for as long as for the lock.

    Raises LockedError.
    """
    try:
        link.ask("SELECT set_config('lock_timeout', $1, false)", _timeout(writer.lock_timeout))
        yield
    except RefusedError as error:
        if error.code != _LOCKED:
            raise
        raise LockedError(str(address), None, writer.lock_timeout) from error


def _timeout(seconds: float) -> str:
    """Write seconds as the server's settings have them."""
    return f"{max(1, int(min(seconds * 1000, _LONGEST)))}ms"
