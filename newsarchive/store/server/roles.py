"""Rights on an archive: three roles of the database, and rows that only those see whose archive they belong to."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.store.base import Writer
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import Link
from newsarchive.store.server.locking import patiently
from newsarchive.store.server.reading import read_state
from newsarchive.store.server.saving import Saver, Sent

LEVELS: Final = ("reader", "writer", "maintainer")
"""Each may what those before it may."""

_LONGEST: Final = 63
"""Bytes of a name in PostgreSQL."""

IN_THE_WAY: Final = ("42710", "23505", "XX000")
"""Codes of what another process, or one's own that was cut off, makes at the same time."""

_ROLES: Final = Sent("the set of roles", "the roles were already made", "look at the roles of the server")

_MAY: Final = """
ARRAY(SELECT rights.archive FROM newsarchive.rights
      WHERE level >= {level} AND pg_has_role(current_user, role, 'member'))
"""

_GRANTS: Final = (
    "GRANT USAGE ON SCHEMA newsarchive TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA newsarchive TO {role};",
    "GRANT INSERT, DELETE ON newsarchive.entries TO {role};"
    " GRANT INSERT ON newsarchive.operations, newsarchive.records TO {role};"
    " GRANT UPDATE ON newsarchive.archives TO {role};",
    "GRANT DELETE ON newsarchive.operations, newsarchive.records TO {role};",
)

_POLICIES: Final = (
    ("archives", "SELECT", "USING", "id", 1),
    ("archives", "UPDATE", "USING", "id", 2),
    ("entries", "SELECT", "USING", "archive", 1),
    ("entries", "INSERT", "WITH CHECK", "archive", 2),
    ("entries", "DELETE", "USING", "archive", 2),
    ("operations", "SELECT", "USING", "archive", 1),
    ("operations", "INSERT", "WITH CHECK", "archive", 2),
    ("operations", "DELETE", "USING", "archive", 3),
    ("records", "SELECT", "USING", "archive", 1),
    ("records", "INSERT", "WITH CHECK", "archive", 2),
    ("records", "DELETE", "USING", "archive", 3),
)


def make_roles(link: Link, address: Address, writer: Writer, saver: Saver) -> list[str]:
    """Make the roles of an archive that are not there yet, give them their rights, and return all their names.

    Whatever was done of it before is left as it is; whoever else changes the tables is waited for. Raises
    LockedError, and what `read_state` raises.
    """
    with patiently(link, address, writer):
        state = read_state(link, address)
        [(database,)] = link.ask("SELECT current_database()")
        names = _names(database.decode(), address.archive, state.id)
        there = {name for (name,) in link.ask("SELECT rolname FROM pg_roles")}
        saver.begin()
        for level, name in enumerate(names):
            role = f'"{name}"'
            if name.encode() not in there:
                link.run(f"CREATE ROLE {role} NOLOGIN")
            link.run(_GRANTS[level].format(role=role))
            if level:
                link.run(f'GRANT "{names[level - 1]}" TO {role}')
            link.ask(
                "INSERT INTO newsarchive.rights (archive, role, level) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                state.id,
                name,
                level + 1,
            )
        link.run("".join(_policies()))
        saver.send(_ROLES, ("COMMIT",))
    return names


def _policies() -> list[str]:
    """Return what lets each table show the rows of an archive to those who have a right on it."""
    tables = dict.fromkeys(table for table, *_ in _POLICIES)
    statements = [f"ALTER TABLE newsarchive.{table} ENABLE ROW LEVEL SECURITY;" for table in tables]
    for table, action, clause, column, level in _POLICIES:
        name = f"may_{action.lower()}"
        statements += [
            f"DROP POLICY IF EXISTS {name} ON newsarchive.{table};",
            f"CREATE POLICY {name} ON newsarchive.{table} FOR {action} "
            f"{clause} ({column} = ANY ({_MAY.format(level=level)}));",
        ]
    return statements


def _names(database: str, archive: str, number: int) -> list[str]:
    """Return the names of an archive's roles, which all databases of a server share."""
    wanted = f"{database}_{archive}"
    plain = re.sub(r"[^a-z0-9_]", "_", wanted.lower())[: _LONGEST - 24]
    stem = plain if plain == wanted else f"{plain}_{number}"
    return [f"{stem}_{level}" for level in LEVELS]
