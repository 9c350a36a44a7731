"""Fill an archive on a server with one from elsewhere, within a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from newsarchive.store.base import Whole
from newsarchive.store.copying import check_unused
from newsarchive.store.server.address import Address
from newsarchive.store.server.committing import Recorded, ask_in_batches, new_key, putting, recording
from newsarchive.store.server.history import key_of_copied
from newsarchive.store.server.link import Link, Question
from newsarchive.store.server.reading import State
from newsarchive.store.server.saving import Sign, sign_of_operation

_BECOME: Final = """
UPDATE newsarchive.archives SET revision = $2, next_id = $3, count = $4, digest = $5, schema = $6, bytes = $7,
    stamp = $8, pruned = $9, others = $10
WHERE id = $1
"""


def receive(link: Link, address: Address, state: State, whole: Whole) -> Sign:
    """Put in entries and operations; return by what one sees that it was carried out.

    Raises NotEmptyError, and what `Link.ask` raises.
    """
    check_unused(str(address), state.meta, state.meta.count)
    stamp = key_of_copied(whole.records[-1].line) if whole.records else new_key()
    ask_in_batches(link, _questions(state.id, whole, stamp))
    sign = sign_of_operation(whole.snapshot.meta.revision, stamp)
    return sign._replace(what="the copy", look="look into it")


def _questions(archive: int, whole: Whole, stamp: str) -> Iterator[Question]:
    snapshot = whole.snapshot
    yield from putting(archive, snapshot.lines)
    for record in whole.records:
        line = record.line
        recorded = Recorded.of(line, key_of_copied(line), [*record.ids], removes=record.removes)
        yield from recording(archive, recorded)
    meta = snapshot.meta
    first = whole.records[0].number if whole.records else meta.revision + 1
    size = sum(len(line) for _, line in snapshot.lines.items())
    counts = (meta.revision, whole.next_id, len(snapshot.lines), meta.digest, meta.schema, size)
    yield _BECOME, archive, *counts, stamp, first - 1, msgspec.json.encode(dict(snapshot.others))
