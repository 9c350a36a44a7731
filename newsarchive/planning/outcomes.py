"""What becomes of the items of an import, and of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from newsarchive.changes import Change
from newsarchive.entry import Entry, Relation

TRANSLATION_OF: Final = "is a translation of entry"
"""The reason for which what has a twin is added, before the ids of the others."""

Fate: TypeAlias = Literal["added", "updated", "unchanged", "skipped", "failed", "noted", "left-out"]
"""What became of an item; `noted` is what a source has to say besides its items, `left-out` what is none."""


class Outcome(NamedTuple):
    """What became of an item, why, and of which entry; `notes` are sentences on what was put right.

    An item that is added has a reason only where it is a translation of others.

    Of what was left out, `reason` says what it is in the singular, and `number` how many.
    """

    place: str
    outcome: Fate
    reason: str | None = None
    id: int | None = None
    notes: tuple[str, ...] = ()
    number: int | None = None


class ImportPlan(NamedTuple):
    """The changes to commit, and an outcome for every item and fault of the sources, in their order."""

    changes: Sequence[Change]
    outcomes: list[Outcome]


class Step(NamedTuple):
    """An item's outcome, and the entry it makes; `relations` still have the ids of the source `origin`."""

    outcome: Outcome
    before: Entry | None = None
    after: Entry | None = None
    relations: tuple[Relation, ...] = ()
    origin: str = ""
