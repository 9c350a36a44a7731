"""Plan what follows from looking at two entries: they are one story, or they are not.

Both verdicts are relations. So they are undone with the operation that made them, travel in every export that has
relations, and on import follow the entries to their new ids, or are left out by name where an id would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from newsarchive.changes import Change, changing, planned, removing
from newsarchive.entry import DIFFERENT, REPLACES, Entry, Relation, same_value

_TEXTS: Final = ("date", "summary", "body", "url", "source")


def plan_dismissal(one: Entry, other: Entry, now: datetime) -> list[Change]:
    """Plan to remember of two entries, in both, that they are different stories."""
    pairs = ((one, other), (other, one))
    return planned([changing(entry, _related(entry, DIFFERENT, of.known_id), now) for entry, of in pairs])


def plan_uniting(
    kept: Entry, others: Sequence[Entry], related: Iterable[Entry], now: datetime
) -> list[Change]:
    """Plan to unite entries in the first: their tags, languages and relations, and the fields that it lacks.

    The others are removed. What is `related` to one of them is then related to the first.
    """
    gone = {other.known_id: kept.known_id for other in others}
    changes = [changing(kept, united(kept, others), now)]
    for entry in related:
        if entry.known_id != kept.known_id and entry.known_id not in gone:
            changes.append(changing(entry, _redirected(entry, gone), now))
    return [*planned(changes), *map(removing, others)]


def united(kept: Entry, others: Sequence[Entry]) -> Entry:
    """Return the first entry with what the others add to it, and a relation to each that it takes the place of."""
    gone = {other.known_id: kept.known_id for other in others}
    merged = kept
    for other in others:
        missing: dict[str, Any] = {
            name: getattr(other, name)
            for name in _TEXTS
            if getattr(merged, name) is None and getattr(other, name) is not None
        }
        merged = replace(
            merged,
            tags=merged.tags + other.tags,
            languages=merged.languages or other.languages,
            relations=merged.relations + other.relations,
            extra={**other.extra, **merged.extra},
            **missing,
        )
    merged = _redirected(merged, gone)
    for other in others:
        merged = _related(merged, REPLACES, other.known_id)
    return merged


def left_behind(kept: Entry, other: Entry) -> list[str]:
    """Name the fields of an entry whose value goes with it, as the one that is kept has another."""
    names = [name for name in ("title", *_TEXTS) if _differ(getattr(kept, name), getattr(other, name))]
    lost = [name for name, value in other.extra.items() if not same_value(value, kept.extra.get(name, value))]
    return [*names, *lost]


def redirects(related: Iterable[tuple[int, Sequence[Relation]]]) -> Mapping[int, int]:
    """Return the id of the entry that stands for each that was merged into one; see `Snapshot.related`."""
    return {
        other: entry_id for entry_id, relations in related for kind, other in relations if kind == REPLACES
    }


def _differ(ours: object, theirs: object) -> bool:
    return theirs is not None and ours is not None and ours != theirs


def _related(entry: Entry, kind: str, other: int) -> Entry:
    return replace(entry, relations=(*entry.relations, Relation(kind, other)))


def _redirected(entry: Entry, gone: Mapping[int, int]) -> Entry:
    """Return the entry with relations to those that stay, and none to itself."""
    relations = (
        one if one.kind == REPLACES else one._replace(id=gone.get(one.id, one.id)) for one in entry.relations
    )
    return replace(entry, relations=tuple(one for one in relations if one.id != entry.id))
