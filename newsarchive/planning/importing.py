"""Plans an import: which items are new, which are there already, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from newsarchive.changes import Change, adding, by_id, changing, planned, same_but_for_time
from newsarchive.entry import Entry, Relation
from newsarchive.errors import BadValueError, UsageError
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Remark
from newsarchive.intake import admit, check_id, judge_languages
from newsarchive.planning.rows import with_times
from newsarchive.planning.taking_in import taken_in
from newsarchive.planning.translations import Ties
from newsarchive.planning.twins import Kin, Stories

OnDuplicate: TypeAlias = Literal["skip", "update", "keep", "error"]
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

    changes: list[Change]
    outcomes: list[Outcome]


def plan_import(
    items: Iterable[Found],
    existing: Sequence[Entry],
    *,
    on_duplicate: OnDuplicate,
    now: datetime,
    keep_ids: bool,
    next_id: int,
    watch: Callable[[Sequence[Found]], Iterable[Found]] = iter,
) -> ImportPlan:
    """Plan what `items` change in an archive that holds `existing`.

    Added entries are numbered here, from `next_id` on, so that relations inside a source can follow.
    With `keep_ids`, for an archive that never held an entry, items keep their ids and relations. The items
    are taken through `watch`, which can show how far the plan is.
    """
    found = list(items)
    kept_ids = [item.entry.id for item in found if isinstance(item, Item) and item.entry.id and keep_ids]
    first_free = max([next_id, *(kept_id + 1 for kept_id in kept_ids)])
    planner = _Planner(existing, on_duplicate, keep_ids=keep_ids, next_id=first_free)
    steps = [planner.step(item) for item in watch(found)]
    carried_out = [_carry_out(step, planner, now) for step in steps]
    changes = [change for change, _ in carried_out]
    return ImportPlan(planned([*changes, *_tied_only(planner, now)]), [outcome for _, outcome in carried_out])


# --- the fate of each item --------------------------------------------------------------------------------


class _Step(NamedTuple):
    """An item's outcome, and the entry it makes; `relations` still have the ids of the source `origin`."""

    outcome: Outcome
    before: Entry | None = None
    after: Entry | None = None
    relations: tuple[Relation, ...] = ()
    origin: str = ""


class _Planner:
    """Goes through the items in their order, and remembers which entry each one became."""

    def __init__(
        self, existing: Sequence[Entry], on_duplicate: OnDuplicate, *, keep_ids: bool, next_id: int
    ) -> None:
        self.keep_ids = keep_ids
        self.ids: dict[tuple[str, int], int] = {}
        """The id in the archive, by the source's origin and its own id."""
        self.ties = Ties()
        self._on_duplicate = on_duplicate
        self._next_id = next_id
        self.existing = by_id(existing)
        self._known = Stories(existing)
        self.places: dict[int, str] = {}
        """Where the entries come from that this run adds or updates."""

    def step(self, found: Found) -> _Step:
        """Decide on one item."""
        if isinstance(found, Fault):
            return _Step(Outcome(found.place, "failed", found.reason))
        if isinstance(found, Remark):
            return _Step(Outcome(found.place, "noted", notes=(found.text,)))
        if isinstance(found, LeftOut):
            return _Step(Outcome(found.place, "left-out", found.what, number=found.number))
        try:
            step = self._decided(found)
        except UsageError as error:
            return _Step(Outcome(found.place, "failed", str(error)))
        if found.translations and (own := step.outcome.id) is not None:
            others = self.ties.join(found.origin, found.translations, own)
            # Two that were there before are left as they are.
            self.ties.tie(own, others if own in self.places else self.places.keys() & others)
        return step

    def _decided(self, item: Item) -> _Step:
        item = with_times(item, self.existing)
        declared, notes = taken_in(item)
        # What was in an archive before has the languages that someone left it with.
        entry = judge_languages(declared) if declared.added is None else declared
        declared_by = _declaring(item, entry)
        own = self._own(item)
        is_new_here = own is not None and own.known_id not in self.places
        if own is not None and is_new_here and item.fields and self._on_duplicate == "update":
            return self._corrected(own, declared, item, notes)
        kin = Kin(own) if own or self._keeps_id(entry) else self._known.find(entry, declared_by)
        twin = own if self._on_duplicate == "keep" else kin.twin
        if twin is None:
            step = self._added(self._with_source_id(entry), item, notes, declared_by)
            self.ties.tie(step.outcome.id or 0, (other.known_id for other in kin.translations))
            return step
        self._known.add_as(entry, twin, declared_by)
        if item.entry.id is not None:
            self.ids.setdefault((item.origin, item.entry.id), twin.known_id)
        if kin.in_other_language:
            notes = (*notes, _told_otherwise(entry, twin))
            declared = replace(declared, languages=())
        first = self.places.get(twin.known_id)
        if first is None and self._on_duplicate == "update":
            return self._updated(twin, declared, item, notes)
        reason = f"is the same story as {first}" if first else f"is there already as entry {twin.id}"
        fate: Fate = "failed" if self._on_duplicate == "error" else "skipped"
        return _Step(Outcome(item.place, fate, reason, twin.id, notes))

    def _own(self, item: Item) -> Entry | None:
        """Return the entry that an item is for certain: it has its id and the instant it was added.

        An id alone is one of the source's own, unless the user says otherwise; then there must be such an entry.
        """
        own = self.existing.get(item.entry.id or 0)
        if item.names_entry and item.entry.id is not None:
            if own is None:
                raise BadValueError("id", f"there is no entry {item.entry.id}")
            return own
        return own if own is not None and own.added is not None and own.added == item.entry.added else None

    def _with_source_id(self, entry: Entry) -> Entry:
        """Keep an id that another program gave."""
        if self.keep_ids or entry.id is None or entry.added is not None:
            return entry
        return replace(entry, extra={"source_id": entry.id, **entry.extra})

    def _corrected(self, before: Entry, entry: Entry, item: Item, notes: tuple[str, ...]) -> _Step:
        """Take the fields of a row that this archive has written, those that were emptied since as well."""
        given = {name: getattr(entry, name) for name in _CORRECTED if name in item.fields}
        after, _ = admit(replace(before, **given))
        is_stale = entry.modified is not None and entry.modified != before.modified
        if is_stale and not same_but_for_time(before, after):
            note = (
                f"entry {before.id} was changed after this was written, so it is left as it is; export again"
            )
            return _Step(Outcome(item.place, "skipped", note, before.id, (*notes, note)))
        self._known.forget(before)
        self._remember(after, item)
        relations = entry.relations if "relations" in item.fields else before.relations
        for number in (before.known_id, *(relation.id for relation in relations)):
            if number in self.existing:
                self.ids.setdefault((item.origin, number), number)
        outcome = Outcome(item.place, "updated", None, before.id, notes)
        return _Step(outcome, before, replace(after, relations=()), relations, item.origin)

    def _added(self, entry: Entry, item: Item, notes: tuple[str, ...], declared_by: str | None) -> _Step:
        new_id = entry.id if entry.id and self._keeps_id(entry) else self._next_id
        check_id("id", new_id)
        if self.keep_ids and entry.id not in (None, new_id):
            notes = (*notes, f"the id {entry.id} is taken, so it becomes entry {new_id}")
        self._next_id += new_id == self._next_id
        if item.entry.id is not None:
            self.ids.setdefault((item.origin, item.entry.id), new_id)
        added = replace(entry, id=new_id, relations=())
        self._remember(added, item, declared_by)
        outcome = Outcome(item.place, "added", None, new_id, notes)
        return _Step(outcome, None, added, entry.relations, item.origin)

    def _updated(self, before: Entry, entry: Entry, item: Item, notes: tuple[str, ...]) -> _Step:
        after, _ = admit(_merged(before, entry))
        self._known.forget(before)
        self._remember(after, item)
        outcome = Outcome(item.place, "updated", None, before.id, notes)
        return _Step(outcome, before, after, entry.relations, item.origin)

    def _keeps_id(self, entry: Entry) -> bool:
        """Whether an entry comes into an empty archive as it was in another, where none was its twin."""
        is_free = entry.id not in self.existing and entry.id not in self.places
        return self.keep_ids and entry.id is not None and is_free

    def _remember(self, entry: Entry, item: Item, declared_by: str | None = "") -> None:
        self.places[entry.known_id] = item.place
        self._known.add(entry, declared_by)


def _declaring(item: Item, entry: Entry) -> str | None:
    """Return the source of an item where it declares the languages that the entry has, else None."""
    is_declared = item.entry.languages or not set(item.declares).isdisjoint(entry.languages)
    return (item.origin or item.place) if is_declared else None


def _told_otherwise(entry: Entry, twin: Entry) -> str:
    """Say of a text that is there that its language is another by the source."""
    said, known = ("/".join(languages) or "none" for languages in (entry.languages, twin.languages))
    return f"has the text of entry {twin.id}, though its language is {said} here and {known} there"


def _merged(before: Entry, item: Entry) -> Entry:
    """Return `before` with the fields that the item has; languages, tags and `extra` are joined."""
    given = {name: value for name in _REPLACED if (value := getattr(item, name)) is not None}
    return replace(
        before,
        **given,
        languages=before.languages + item.languages,
        tags=before.tags + item.tags,
        extra={**before.extra, **item.extra},
    )


_CORRECTED: Final = ("title", "date", "summary", "body", "url", "source", "languages", "tags", "extra")
_REPLACED: Final = ("title", "date", "summary", "body", "url", "source")


# --- relations and changes --------------------------------------------------------------------------------


def _carry_out(step: _Step, planner: _Planner, now: datetime) -> tuple[Change | None, Outcome]:
    """Return the change of a step, once every item has its id, and what became of the item."""
    if step.after is None:
        return None, step.outcome
    relations, notes = _followed(step, planner)
    outcome = step.outcome._replace(notes=step.outcome.notes + notes)
    translations = planner.ties.relations(step.after.known_id)
    if translations:
        others = ", ".join(str(other.id) for other in translations)
        outcome = outcome._replace(reason=f"{TRANSLATION_OF} {others}")
        relations += translations
    if step.before is None:
        return adding(replace(step.after, relations=relations) if relations else step.after, now), outcome
    after = replace(step.after, relations=step.after.relations + relations)
    change = changing(step.before, after, now)
    return change, outcome if change else outcome._replace(outcome="unchanged")


def _tied_only(planner: _Planner, now: datetime) -> Iterator[Change | None]:
    """Yield the changes of entries that get a translation and nothing else."""
    for entry_id in planner.ties:
        if entry_id not in planner.places:
            before = planner.existing[entry_id]
            relations = before.relations + planner.ties.relations(entry_id)
            yield changing(before, replace(before, relations=relations), now)


def _followed(step: _Step, planner: _Planner) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    """Return the relations with the ids that their entries have in the archive, and what was left out."""
    followed, notes = [], []
    for relation in step.relations:
        target = planner.ids.get((step.origin, relation.id), relation.id if planner.keep_ids else None)
        if target is None:
            notes.append(
                f"its {relation.kind} {relation.id} is not in the source, so that relation is left out"
            )
        elif target != step.outcome.id or planner.keep_ids:
            followed.append(Relation(relation.kind, target))
    return tuple(followed), tuple(notes)
