"""Plans an import: which items are new, which are there already, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from newsarchive.changes import Change, adding, by_id, changing
from newsarchive.entry import Entry, Relation
from newsarchive.errors import BadValueError, UsageError
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Remark
from newsarchive.intake import admit, check_id, judge_languages, lenient_tag
from newsarchive.planning.twins import Stories
from newsarchive.text.damage import damage

OnDuplicate: TypeAlias = Literal["skip", "update", "keep", "error"]
Fate: TypeAlias = Literal["added", "updated", "unchanged", "skipped", "failed", "noted", "left-out"]
"""What became of an item; `noted` is what a source has to say besides its items, `left-out` what is none."""


class Outcome(NamedTuple):
    """What became of an item, why, and of which entry; `notes` are sentences on what was put right.

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
    return ImportPlan(
        [change for change, _ in carried_out if change], [outcome for _, outcome in carried_out]
    )


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
        self._on_duplicate = on_duplicate
        self._next_id = next_id
        self._taken = {entry.known_id for entry in existing}
        self._existing = by_id(existing)
        self._known = Stories(existing)
        self._places: dict[int, str] = {}
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
            return self._decided(found)
        except UsageError as error:
            return _Step(Outcome(found.place, "failed", str(error)))

    def _decided(self, item: Item) -> _Step:
        declared, notes = _taken_in(item)
        # What was in an archive before has the languages that someone left it with.
        entry = judge_languages(declared) if declared.added is None else declared
        own = self._own(item)
        is_new_here = own is not None and own.known_id not in self._places
        if own is not None and is_new_here and item.fields and self._on_duplicate == "update":
            return self._corrected(own, declared, item, notes)
        keeps = own is None and (self._on_duplicate == "keep" or self._keeps_id(entry))
        twin = own if own is not None else None if keeps else self._known.find(entry)
        if twin is None:
            return self._added(self._with_source_id(entry), item, notes)
        self._known.add(entry, known_as=twin)
        if item.entry.id is not None:
            self.ids.setdefault((item.origin, item.entry.id), twin.known_id)
        first = self._places.get(twin.known_id)
        if first is None and self._on_duplicate == "update":
            return self._updated(twin, declared, item, notes)
        reason = f"is the same story as {first}" if first else f"is there already as entry {twin.id}"
        fate: Fate = "failed" if self._on_duplicate == "error" else "skipped"
        return _Step(Outcome(item.place, fate, reason, twin.id, notes))

    def _own(self, item: Item) -> Entry | None:
        """Return the entry that an item is for certain: it has its id and the instant it was added.

        An id alone is one of the source's own, unless the user says otherwise; then there must be such an entry.
        """
        own = self._existing.get(item.entry.id or 0)
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
        if is_stale and replace(after, modified=before.modified) != before:
            note = (
                f"entry {before.id} was changed after this was written, so it is left as it is; export again"
            )
            return _Step(Outcome(item.place, "skipped", note, before.id, (*notes, note)))
        self._known.forget(before)
        self._remember(after, item)
        relations = entry.relations if "relations" in item.fields else before.relations
        for number in (before.known_id, *(relation.id for relation in relations)):
            if number in self._existing:
                self.ids.setdefault((item.origin, number), number)
        outcome = Outcome(item.place, "updated", None, before.id, notes)
        return _Step(outcome, before, replace(after, relations=()), relations, item.origin)

    def _added(self, entry: Entry, item: Item, notes: tuple[str, ...]) -> _Step:
        new_id = entry.id if entry.id and self._keeps_id(entry) else self._next_id
        check_id("id", new_id)
        if self.keep_ids and entry.id not in (None, new_id):
            notes = (*notes, f"the id {entry.id} is taken, so it becomes entry {new_id}")
        self._next_id += new_id == self._next_id
        if item.entry.id is not None:
            self.ids.setdefault((item.origin, item.entry.id), new_id)
        added = replace(entry, id=new_id, relations=())
        self._remember(added, item)
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
        return self.keep_ids and entry.id is not None and entry.id not in self._taken

    def _remember(self, entry: Entry, item: Item) -> None:
        self._taken.add(entry.known_id)
        self._places[entry.known_id] = item.place
        self._known.add(entry)


def _taken_in(item: Item) -> tuple[Entry, tuple[str, ...]]:
    """Return the entry as the archive may hold it, and what was put right for that or seems wrong."""
    entry = item.entry
    tags, notes = [], [*item.notes, *_damages(entry)]
    for tag in entry.tags:
        plain, is_other = lenient_tag(tag)
        tags += [plain] if plain else []
        if is_other:
            notes.append(f"tag {tag[:40]!r} becomes {plain!r}" if plain else f"tag {tag[:40]!r} is left out")
    admitted, warnings = admit(replace(entry, tags=tuple(tags)) if tags or entry.tags else entry)
    return admitted, (*notes, *warnings)


def _damages(entry: Entry) -> Iterator[str]:
    """Yield a note for each text that was damaged on its way."""
    for name in ("title", "summary", "body"):
        text = getattr(entry, name)
        if text and (fault := damage(text)):
            yield f"{name}: {fault}"


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
    if step.before is None:
        return adding(replace(step.after, relations=relations) if relations else step.after, now), outcome
    after = replace(step.after, relations=step.after.relations + relations)
    change = changing(step.before, after, now)
    return change, outcome if change else outcome._replace(outcome="unchanged")


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
