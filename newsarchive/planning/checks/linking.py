"""Checks of addresses and relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsarchive.entry import REPLACES, Entry
from newsarchive.planning.checks.base import Fault, Surroundings


def no_address(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find entries without an address."""
    if not entry.url:
        yield Fault("has no address", "newsarchive edit {id} --set url=https://…")


def same_address(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find addresses that another entry has too."""
    ids = archive.by_address[archive.addresses[entry.known_id]] if entry.url else ()
    others = [other for other in ids if other != entry.id]
    if others:
        shown = ", ".join(map(str, others[:5]))
        yield Fault(f"has the address of {shown}: {entry.url}", f"newsarchive show {{id}} {others[0]}")


def dangling(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find relations to entries that are not there."""
    for relation in entry.relations:
        if relation.kind != REPLACES and relation.id not in archive.ids:
            yield Fault(
                f"is a {relation.kind} of {relation.id}, which is not there",
                "newsarchive check --fix --only dangling-relation id:{id}",
            )


def without_dangling(entry: Entry, archive: Surroundings) -> Entry:
    """Return the entry without relations to entries that are not there."""
    there = (other for other in entry.relations if other.kind == REPLACES or other.id in archive.ids)
    return replace(entry, relations=tuple(there))


def one_sided(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find relations that the other entry does not have."""
    for relation in entry.relations:
        other = archive.ids.get(relation.id)
        if (
            other
            and relation.kind != REPLACES
            and relation._replace(id=entry.known_id) not in other.relations
        ):
            yield Fault(
                f"is a {relation.kind} of {other.id}, which does not say so",
                f"newsarchive relations add {{id}} {other.id} --as {relation.kind}",
            )
