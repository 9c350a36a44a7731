"""Entries that are named by their ids, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from newsarchive.cli.session import Session
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError, NoArchiveError, UnknownIdsError
from newsarchive.query.ids import parse_ids
from newsarchive.query.tree import IdTerm
from newsarchive.selection import Selection, missing_ids


def entries_named(session: Session, words: Sequence[str], *, follow: bool = False) -> list[Entry]:
    """Return the entries with these ids, in the order given, each once.

    With `follow`, ids of merged entries stand for what they became. Raises BadOptionError for what is no id,
    and UnknownIdsError.
    """
    term = parse_ids(",".join(words))
    if any(low is None or low != high for low, high in term.ranges):
        raise BadOptionError("name entries one by one here, by their ids")
    snapshot = session.archive.snapshot
    if follow and missing_ids(term, snapshot.lines):
        term = followed(session, term)
    if missing := missing_ids(term, snapshot.lines):
        raise UnknownIdsError(missing)
    return [snapshot.entry(low) for low in dict.fromkeys(low for low, _ in term.ranges) if low]


def followed(session: Session, ids: IdTerm) -> IdTerm:
    """Return the ids with those that were merged into another entry replaced by its own, and say so."""
    missing = set[int]()
    with suppress(NoArchiveError):
        missing.update(session.archive.missing(Selection(ids=ids)))
    if not missing:
        return ids
    from newsarchive.planning.uniting import redirects  # spares start-up: few ids are missing

    known = redirects(session.archive.related().items())
    for gone in sorted(missing.intersection(known)):
        session.streams.say(f"note: {gone} was merged into {known[gone]}")
    ranges = (
        (known[low], known[low]) if low in missing and low == high and low in known else (low, high)
        for low, high in ids.ranges
    )
    return IdTerm(tuple(ranges))
