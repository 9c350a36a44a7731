"""Make the entries in a database again what a revision has, and keep what was there in a file of the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from newsarchive.changes import Operation
from newsarchive.disk import create_file, free_path, reason_of
from newsarchive.errors import CannotSaveError
from newsarchive.store.base import Writer, Wrong
from newsarchive.store.digests import digest_of
from newsarchive.store.record import record_line
from newsarchive.store.server.committing import REMOVE, Recorded, ask_in_batches, new_key, putting, recording
from newsarchive.store.server.examining import Mended
from newsarchive.store.server.link import Link
from newsarchive.store.server.reading import CHANNEL, State
from newsarchive.store.server.saving import Ask, Sign
from newsarchive.store.snapshot import SCHEMA, Meta

ASIDE: Final = "replaced-"
"""How the names of files begin that hold what was replaced."""

_BECOME: Final = """
UPDATE newsarchive.archives SET
    revision = $2, next_id = $3, count = $4, digest = $5, schema = $6, bytes = $7, key = $8,
    stamp = coalesce((SELECT key FROM newsarchive.operations WHERE archive = $1 AND number = $2), stamp)
WHERE id = $1
"""
"""With another key, every machine builds its copy anew: one may have fetched what was wrong."""


def put_aside(folder: Path, wrong: Sequence[Wrong], now: datetime) -> Iterator[Path]:
    """Write the lines that are replaced into a new file, if there are any; yield its path. Raises CannotSaveError."""
    rows = [{"id": one.id, "line": one.found.decode()} for one in wrong if one.found is not None]
    if not rows:
        return
    path = free_path(folder, f"{ASIDE}{now:%Y%m%dT%H%M%S}", ".jsonl")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_file(path, [msgspec.json.encode(row) + b"\n" for row in rows])
    except OSError as error:
        raise CannotSaveError(path, reason_of(error)) from error
    yield path


def mend(link: Link, state: State, mended: Mended, writer: Writer) -> Sign:
    """Put the right lines in place, within a transaction; return by what one sees that it was carried out.

    Where not all is certain, what is then there is a revision of its own, by an operation without changes: the
    history knows nothing of the rest. Raises what `Link.ask` raises.
    """
    if gone := [one.id for one in mended.wrong if one.found is not None]:
        link.ask(REMOVE, state.id, gone)
    right = {one.id: one.right for one in mended.wrong if one.right is not None}
    ask_in_batches(link, putting(state.id, right))
    meta = _settled(link, state, mended, writer) if mended.uncertain else mended.meta
    size = sum(map(len, mended.lines.values()))
    key = new_key()
    link.ask(_BECOME, state.id, meta.revision, meta.next_id, meta.count, meta.digest, meta.schema, size, key)
    link.ask("SELECT pg_notify($1, $2)", CHANNEL, f"{state.id} {meta.revision}")

    def is_there(_: Ask, found: State) -> bool | None:
        return {key: True, state.key: False}.get(found.key)

    return Sign(is_there, f"revision {mended.meta.revision}", "see what `newsarchive check` says")


def _settled(link: Link, state: State, mended: Mended, writer: Writer) -> Meta:
    before = mended.meta
    meta = replace(before, revision=before.revision + 1, digest=digest_of(mended.lines), schema=SCHEMA)
    operation = Operation(meta.revision, writer.clock(), writer.command, writer.user, ())
    line = record_line(operation, meta, before.digest)
    ask_in_batches(link, recording(state.id, Recorded.of(line, new_key(), [], removes=False)))
    return meta
