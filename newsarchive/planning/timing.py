"""When an entry was changed last, after operations were taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from newsarchive.changes import Change
from newsarchive.entry import entry_from, stored_form
from newsarchive.store.record import Record, RecordedChange


def timed(
    changes: Sequence[Change], seen: Sequence[Record], taken: Collection[int], now: datetime
) -> tuple[Change, ...]:
    """Give each entry the time of its last change: the one it had when it held the same, else the present.

    `seen` are the operations back to the oldest that is taken back, directly or by an undo among them; `taken` are
    the numbers of those that are. Of several times the one before these counts, else the newest.
    """
    states = {change.id: stored_form(change.before) if change.before else None for change in changes}
    goals = {change.id: _content(stored_form(change.after)) for change in changes if change.after}
    times: dict[int | None, Any] = {}
    for record in seen:
        is_taken = record.number in taken
        for recorded in record.changes if goals else ():
            if (goal := goals.get(recorded.id)) is None:
                continue
            state = states[recorded.id] = _one_back(states[recorded.id], recorded)
            is_met = recorded.id in times and not is_taken
            if not is_met and state is not None and _content(state) == goal:
                times[recorded.id] = entry_from(state, recorded.id).modified
    return tuple(
        change._replace(after=replace(change.after, modified=times.get(change.id, now)))
        if change.after
        else change
        for change in changes
    )


def _one_back(state: dict[str, Any] | None, recorded: RecordedChange) -> dict[str, Any] | None:
    """Return what an entry was before a change."""
    if recorded.kind == "add":
        return None
    return {**(state or {}), **recorded.before}


def _content(values: dict[str, Any]) -> str:
    """Return everything in an entry but the time of its change, with the types of values."""
    return repr({name: value for name, value in values.items() if name != "modified"})
