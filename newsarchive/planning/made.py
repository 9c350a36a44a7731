"""What an import makes of its items, as far as it is planned; no entry that is added is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry, Relation
from newsarchive.planning.holding import Holding
from newsarchive.planning.outcomes import TRANSLATION_OF, ImportPlan, Outcome, Step
from newsarchive.planning.relations import on_both_sides
from newsarchive.planning.translations import Ties
from newsarchive.store.additions import PlannedChanges


class Made:
    """The outcomes of items in their order, the entries that they made, and what these are related to."""

    def __init__(self, existing: Holding, now: datetime, *, keep_ids: bool) -> None:
        self.ids: defaultdict[str, dict[int, int]] = defaultdict(dict)
        """The id in the archive, by the source's origin and its own id."""
        self.ties = Ties()
        self._existing = existing
        self._now = now
        self._keep_ids = keep_ids
        self._places: dict[int, int] = {}
        """Which of the outcomes added or updated an entry, by its id."""
        self._outcomes: list[Outcome] = []
        self._changes = PlannedChanges()
        """In the places of the outcomes."""
        self._unsettled: dict[int, Step] = {}
        """What is settled when every item has its id, by place."""

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._places

    def note(self, entry_id: int) -> None:
        """Remember that the item which comes next adds or updates an entry."""
        self._places[entry_id] = len(self._outcomes)

    def place_of(self, entry_id: int) -> str | None:
        """Return where the item stands that added or updated an entry, if one did."""
        place = self._places.get(entry_id)
        return None if place is None else self._outcomes[place].place

    def append(self, step: Step) -> None:
        """Add what becomes of the next item."""
        place = len(self._outcomes)
        self._outcomes.append(step.outcome)
        if step.after is None or step.before is not None:
            self._changes.append(None)
            if step.after is not None:
                self._unsettled[place] = step
            return
        self._changes.add(step.after)
        if step.relations:
            self._unsettled[place] = step._replace(after=None)

    def entry(self, entry_id: int) -> Entry:
        """Return an entry as it is to be, or is. Raises DamagedArchiveError."""
        step = self._unsettled.get(self._places.get(entry_id, -1))
        entry = self._present(entry_id) if step is None or step.after is None else step.after
        assert entry is not None, "it was added here, or was there before"
        return entry

    # --- relations and changes ---------------------------------------------------------------------------

    def plan(self) -> ImportPlan:
        """Return what is to be done, once every item has its id."""
        tied = {self._places[entry_id] for entry_id in self.ties if entry_id in self._places}
        for place in sorted(self._unsettled.keys() | tied):
            self._settle(place)
        self._tie_others()
        self._changes.close_up()
        return ImportPlan(self._changes, self._outcomes)

    def _settle(self, place: int) -> None:
        """Give an entry its relations, and tell what became of its item."""
        outcome = self._outcomes[place]
        step = self._unsettled.get(place) or Step(outcome)
        relations, notes = self._followed(step)
        outcome = outcome._replace(notes=outcome.notes + notes)
        translations = self.ties.relations(outcome.id or 0)
        if translations:
            others = ", ".join(str(other.id) for other in translations)
            outcome = outcome._replace(reason=f"{TRANSLATION_OF} {others}")
            relations += translations
        change = self._changed(step, place, relations)
        self._changes.set(place, change)
        self._outcomes[place] = outcome if change else outcome._replace(outcome="unchanged")

    def _tie_others(self) -> None:
        """Give entries that get a translation that and nothing else, and keep what rows correct in both entries."""
        updated = [
            change for place in self._unsettled if (change := self._changes.at(place)) and change.before
        ]
        changes = planned([*updated, *self._tied_only()])
        for change in on_both_sides(changes, self._present, self._now):
            place = self._places.get(change.id or 0)
            if place is None:
                self._changes.append(change)
                continue
            made = self._changes.at(place)
            added = made.after if made is not None and made.kind == "add" else None
            if added is not None and change.after is not None:
                change = Change(change.id, None, replace(added, relations=change.after.relations))
            self._changes.set(place, change)

    def _present(self, entry_id: int) -> Entry | None:
        """Return an entry as it was added here, or is."""
        place = self._places.get(entry_id)
        change = None if place is None else self._changes.at(place)
        return self._existing.get(entry_id) if change is None else change.after

    def _changed(self, step: Step, place: int, relations: tuple[Relation, ...]) -> Change | None:
        """Return the change that a step makes with the relations that its item has."""
        if step.before is not None and step.after is not None:
            after = replace(step.after, relations=step.after.relations + relations)
            return changing(step.before, after, self._now)
        change = self._changes.at(place)
        if change is None or change.after is None or not relations:
            return change
        return Change(change.id, None, replace(change.after, relations=relations))

    def _tied_only(self) -> Iterator[Change | None]:
        """Yield the changes of entries that get a translation and nothing else."""
        for entry_id in self.ties:
            before = None if entry_id in self._places else self._existing.get(entry_id)
            if before is not None:
                relations = before.relations + self.ties.relations(entry_id)
                yield changing(before, replace(before, relations=relations), self._now)

    def _followed(self, step: Step) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
        """Return the relations with the ids that their entries have in the archive, and what was left out."""
        followed, notes = [], []
        for relation in step.relations:
            kept = relation.id if self._keep_ids else None
            target = self.ids.get(step.origin, {}).get(relation.id, kept)
            if target is None:
                notes.append(
                    f"its {relation.kind} {relation.id} is not in the source, so that relation is left out"
                )
            elif target != step.outcome.id or self._keep_ids:
                followed.append(Relation(relation.kind, target))
        return tuple(followed), tuple(notes)
