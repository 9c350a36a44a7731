"""Fill an archive on a server with one from elsewhere, within a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from newsarchive.store.base import Whole
from newsarchive.store.copying import check_unused
from newsarchive.store.server.address import Address
from newsarchive.store.server.committing import Recorded, ask_in_batches, new_key, putting, recording
from newsarchive.store.server.link import Link, Question
from newsarchive.store.server.reading import State

_BECOME: Final = """
UPDATE newsarchive.archives SET revision = $2, next_id = $3, count = $4, digest = $5, schema = $6, bytes = $7,
    stamp = $8, pruned = $9, others = $10
WHERE id = $1
"""


def receive(link: Link, address: Address, state: State, whole: Whole) -> None:
    """Put in entries and operations. Raises NotEmptyError, and what `Link.ask` raises."""
    check_unused(str(address), state.meta, state.meta.count)
    ask_in_batches(link, _questions(state.id, whole))


def _questions(archive: int, whole: Whole) -> Iterator[Question]:
    snapshot = whole.snapshot
    yield from putting(archive, snapshot.lines)
    stamp = new_key()
    for record in whole.records:
        stamp = new_key()
        recorded = Recorded.of(record.line, stamp, [*record.ids], removes=record.removes)
        yield from recording(archive, recorded)
    meta = snapshot.meta
    first = whole.records[0].number if whole.records else meta.revision + 1
    size = sum(len(line) for _, line in snapshot.lines.items())
    counts = (meta.revision, whole.next_id, len(snapshot.lines), meta.digest, meta.schema, size)
    yield _BECOME, archive, *counts, stamp, first - 1, msgspec.json.encode(dict(snapshot.others))
