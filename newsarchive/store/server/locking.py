"""Wait for others who write to an archive on a server: what they do would only stand in the way.

That nothing goes wrong is the transaction's business. The lock is given back when the connection is closed.
"""

from __future__ import annotations

from typing import Final

from newsarchive.errors import LockedError
from newsarchive.store.base import Writer
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import Link, RefusedError
from newsarchive.store.server.reading import read_state

_CLASS: Final = 0x6E657773
"""By which the advisory locks of archives are known from those of other programs."""

_LOCKED: Final = "55P03"
_QUIETLY: Final = 1.0
"""Seconds after which a person hears whom they wait for."""

_SETTINGS: Final = """
SELECT set_config('lock_timeout', $1, false), set_config('application_name', left($2, 63), false),
    CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
    THEN set_config('synchronous_commit', 'on', false) END, pg_try_advisory_lock($3, $4)
"""
"""Settings of the server or the role may not make it acknowledge what it does not have for sure."""

_HOLDER: Final = """
SELECT coalesce(nullif(application_name, ''), 'a program') || ' of ' || usename
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND classid = $1::oid AND objid = $2::oid
"""


def wait_for_lock(link: Link, address: Address, writer: Writer) -> None:
    """Take the lock of an archive, and settle how this connection writes.

    Raises LockedError, and what `read_state` raises.
    """
    archive = read_state(link, address).id
    [row] = link.ask(_SETTINGS, _timeout(writer.lock_timeout), writer.command, _CLASS, archive)
    if row[-1] == b"t":
        return
    found = link.ask(_HOLDER, _CLASS, archive)
    holder = found[0][0].decode() if found else None
    first = min(_QUIETLY, writer.lock_timeout)
    if _is_given(link, archive, first):
        return
    writer.say(f"waiting for {holder or 'another program'} to finish with {address} …")
    if not _is_given(link, archive, writer.lock_timeout - first):
        raise LockedError(str(address), holder, writer.lock_timeout)


def _is_given(link: Link, archive: int, seconds: float) -> bool:
    """Wait for the lock so long; return whether it was given."""
    try:
        link.ask("SELECT set_config('lock_timeout', $1, false)", _timeout(seconds))
        link.ask("SELECT pg_advisory_lock($1, $2)", _CLASS, archive)
    except RefusedError as error:
        if error.code != _LOCKED:
            raise
        return False
    return True


def _timeout(seconds: float) -> str:
    return f"{max(1, int(seconds * 1000))}ms"
