"""Read from the server: in which state an archive is, its lines, and what is wrong in words for people."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from newsarchive.errors import (
    CannotReadError,
    NoArchiveError,
    NoSchemaError,
    NotAllowedError,
    UnreachableError,
)
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import Link, LostError, RefusedError, Row
from newsarchive.store.server.schema import VERSION
from newsarchive.store.snapshot import Fingerprint, Meta

CHANNEL: Final = "newsarchive"
"""On which each commit is announced."""

STATE: Final = """
SELECT version, id, key, stamp, revision, next_id, count, schema, bytes, pruned, digest, others
FROM newsarchive.about LEFT JOIN newsarchive.archives ON name = $1
"""
"""The row of the archive `name`, which is NULL where there is none."""
SOME_LINES: Final = """
SELECT id, line FROM newsarchive.entries
WHERE archive = (SELECT archives.id FROM newsarchive.archives WHERE name = $1) AND id = ANY ($2::bigint[])
"""
_PIECE: Final = """
SELECT id, line FROM newsarchive.entries WHERE archive = $1 AND id > $2 ORDER BY id LIMIT $3
"""
_LINES: Final = 10_000
_LED: Final = "SELECT 1 FROM newsarchive.operations WHERE archive = $1 AND number = $2 AND key = $3"
_CHANGED: Final = """
SELECT changed.id, line FROM
    (SELECT DISTINCT unnest(ids) AS id FROM newsarchive.operations WHERE archive = $1 AND number > $2) AS changed
    LEFT JOIN newsarchive.entries ON archive = $1 AND entries.id = changed.id
"""
_NO_SCHEMA: Final = ("3F000", "42P01")
_NOT_ALLOWED: Final = "42501"


class State(NamedTuple):
    """The row of an archive; `id` is its number in the database, `key` and `stamp` are 32 hexadecimal digits."""

    id: int
    key: str
    stamp: str
    meta: Meta
    size: int
    pruned: int
    others: bytes

    @property
    def fingerprint(self) -> Fingerprint:
        """What tells this revision from all others."""
        return int(self.key, 16), self.meta.revision, int(self.stamp, 16)

    def with_ids_given(self, elsewhere: int) -> State:
        """Count the ids below `elsewhere` as given."""
        return self._replace(meta=replace(self.meta, next_id=max(self.meta.next_id, elsewhere)))

    def tables(self) -> Mapping[str, Any]:
        """Return the tables that are not ours and are kept."""
        return msgspec.json.decode(self.others, type=dict[str, Raw])


def read_state(link: Link, address: Address) -> State:
    """Return the state of an archive.

    Raises NoArchiveError, CannotReadError for tables of a newer version, and what `Link.ask` raises.
    """
    [row] = link.ask(STATE, address.archive)
    return checked_state(row, address)


def begin_reading(link: Link, address: Address) -> State:
    """Begin a transaction in which the archive stays as it is, and return its state: one round trip.

    Raises what `read_state` raises.
    """
    # Written so that it means the same whatever `standard_conforming_strings` is.
    name = "E'{}'".format(address.archive.replace("\\", r"\\").replace("'", "''"))
    state = STATE.replace("$1", name)
    [row] = link.run(f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {state}")
    return checked_state(row, address)


def checked_state(row: Row, address: Address) -> State:
    """Return the state of a row of STATE. Raises NoArchiveError and CannotReadError."""
    check_version(int(row[0]), address)
    if not row[1]:
        raise NoArchiveError(str(address))
    return _state(row)


def check_version(version: int, address: Address) -> None:
    """Make sure that the tables are those that this program knows. Raises CannotReadError."""
    if version > VERSION:
        raise CannotReadError(
            str(address), f"its tables have version {version}, from a newer newsarchive; update this one"
        )
    if version < VERSION:
        raise CannotReadError(
            str(address), f"its tables have version {version}; `newsarchive init` brings them up"
        )


def _state(row: Row) -> State:
    revision, next_id, count, schema, size, pruned = (int(field) for field in row[4:10])
    meta = Meta(revision, next_id, count, row[10].decode(), schema)
    return State(int(row[1]), digits(row[2]), digits(row[3]), meta, size, pruned, row[11])


def digits(uuid: bytes) -> str:
    """Return a UUID of the server without its dashes."""
    return uuid.decode().replace("-", "")


def read_lines(link: Link, archive: int) -> dict[int, Raw]:
    """Return every line of an archive, by id, fetched a piece at a time within a transaction.

    Raises what `Link.ask` raises.
    """
    lines: dict[int, Raw] = {}
    last = 0
    while rows := link.ask(_PIECE, archive, last, _LINES):
        lines.update(lines_of(rows))
        last = int(rows[-1][0])
    return lines


def read_some_lines(link: Link, archive: int, ids: list[int]) -> dict[int, Raw]:
    """Return those lines of an archive that are there. Raises what `Link.ask` raises."""
    if not ids:
        return {}
    rows = link.ask(
        "SELECT id, line FROM newsarchive.entries WHERE archive = $1 AND id = ANY ($2::bigint[])",
        archive,
        ids,
    )
    return lines_of(rows)


def lines_of(rows: Iterable[Row]) -> dict[int, Raw]:
    """Return lines by id from rows of an id and a line each."""
    return {int(number): Raw(line) for number, line in rows}


def read_changes(link: Link, state: State, known: str) -> dict[int, Raw | None] | None:
    """Return the lines that were changed up to a state since another one, None for those that are gone.

    Returns None alone when the other is none that led to it, or what followed was forgotten. Raises what `Link.ask`
    raises.
    """
    try:
        key, revision, stamp = map(int, known.split(":"))
    except ValueError:
        return None
    if key != int(state.key, 16) or not state.pruned <= revision <= state.meta.revision:
        return None
    if revision and not link.ask(_LED, state.id, revision, f"{stamp:032x}"):
        return None
    changed = {int(number): Raw(line) for number, line in link.ask(_CHANGED, state.id, revision)}
    return {number: line if bytes(line) else None for number, line in changed.items()}


@contextlib.contextmanager
def told_plainly(address: Address) -> Iterator[None]:
    """Say what the server says in the words of this program.

    Raises UnreachableError, NoSchemaError, NotAllowedError, CannotReadError.
    """
    try:
        yield
    except LostError as error:
        raise UnreachableError(str(address), str(error)) from error
    except RefusedError as error:
        raise _refusal(address, error) from error


def _refusal(address: Address, error: RefusedError) -> Exception:
    if error.code in _NO_SCHEMA:
        return NoSchemaError(str(address))
    if error.code == _NOT_ALLOWED:
        return NotAllowedError(str(address), str(error))
    return CannotReadError(str(address), str(error))
