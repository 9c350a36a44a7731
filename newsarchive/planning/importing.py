"""Plans an import: which items are new, which are there already, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from newsarchive.changes import same_but_for_time
from newsarchive.entry import Entry, stamped
from newsarchive.errors import BadValueError, UsageError
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Remark
from newsarchive.intake import admit, check_id, judge_languages
from newsarchive.planning.holding import Holding
from newsarchive.planning.made import Made
from newsarchive.planning.outcomes import Fate, ImportPlan, Outcome, Step
from newsarchive.planning.rows import with_times
from newsarchive.planning.stories import Kin, Stories
from newsarchive.planning.taking_in import taken_in
from newsarchive.store.snapshot import Snapshot

OnDuplicate: TypeAlias = Literal["skip", "update", "keep", "error"]


def plan_import(
    items: Iterable[Found],
    existing: Sequence[Entry] | Snapshot,
    *,
    on_duplicate: OnDuplicate,
    now: datetime,
    keep_ids: bool,
    next_id: int,
) -> ImportPlan:
    """Plan what `items` change in an archive that holds `existing`.

    Added entries are numbered here, from `next_id` on, so that relations inside a source can follow.
    With `keep_ids`, for an archive that never held an entry, items keep their ids and relations.

    No item is held once it is planned. What gets an id here gets one above all that are kept: where one that is
    kept turns out to be higher, the items are gone through once more; again, if they are other ones by then.
    """
    found = items if iter(items) is not items else [*items]
    holding = Holding(existing)
    while True:
        planner = _Planner(holding, on_duplicate, now, keep_ids=keep_ids, next_id=next_id)
        highest = planner.take(found)
        if highest is None:
            return planner.made.plan()
        next_id = max(next_id, highest + 1)


# --- the fate of each item --------------------------------------------------------------------------------


class _Planner:
    """Goes through the items in their order, and remembers which entry each one became."""

    def __init__(
        self, existing: Holding, on_duplicate: OnDuplicate, now: datetime, *, keep_ids: bool, next_id: int
    ) -> None:
        self.made = Made(existing, now, keep_ids=keep_ids)
        self._existing = existing
        self._keep_ids = keep_ids
        self._on_duplicate = on_duplicate
        self._now = now
        self._next_id = next_id
        self._first_new: int | None = None
        """The lowest id that was not kept."""
        self._known = Stories(self.made.entry)
        for number, tells in existing.tellings():
            self._known.add(number, tells)

    def take(self, found: Iterable[Found]) -> int | None:
        """Decide on all items; where an id that is kept is not below those that were given, return the highest."""
        items = iter(found)
        for item in items:
            if self._keep_ids and isinstance(item, Item) and item.entry.id:
                if self._first_new is None:
                    self._next_id = max(self._next_id, item.entry.id + 1)
                elif item.entry.id >= self._first_new:
                    others = (other.entry.id or 0 for other in items if isinstance(other, Item))
                    return max(item.entry.id, max(others, default=0))
            self.made.append(self.step(item))
        return None

    def step(self, found: Found) -> Step:
        """Decide on one item."""
        if isinstance(found, Fault):
            return Step(Outcome(found.place, "failed", found.reason))
        if isinstance(found, Remark):
            return Step(Outcome(found.place, "noted", notes=(found.text,)))
        if isinstance(found, LeftOut):
            return Step(Outcome(found.place, "left-out", found.what, number=found.number))
        try:
            step = self._decided(found)
        except UsageError as error:
            return Step(Outcome(found.place, "failed", str(error)))
        if found.translations and (own := step.outcome.id) is not None:
            others = self.made.ties.join(found.origin, found.translations, own)
            # Two that were there before are left as they are.
            self.made.ties.tie(own, others if own in self.made else filter(self.made.__contains__, others))
        return step

    def _decided(self, item: Item) -> Step:
        item = with_times(item, self._existing.get(item.entry.id))
        declared, notes = taken_in(item, self._now.date())
        # What was in an archive before has the languages that someone left it with.
        entry = judge_languages(declared) if declared.added is None else declared
        declared_by = _declaring(item, entry)
        own = self._own(item)
        is_new_here = own is not None and own.known_id not in self.made
        if own is not None and is_new_here and item.fields and self._on_duplicate == "update":
            return self._corrected(own, declared, item, notes)
        kin = Kin(own) if own or self._keeps_id(entry) else self._known.find(entry, declared_by)
        twin = own if self._on_duplicate == "keep" else kin.twin
        if twin is None:
            step = self._added(self._with_source_id(entry), item, notes, declared_by)
            self.made.ties.tie(step.outcome.id or 0, (other.known_id for other in kin.translations))
            return step
        self._known.add_as(entry, twin, declared_by)
        if item.entry.id is not None:
            self.made.ids[item.origin].setdefault(item.entry.id, twin.known_id)
        if kin.in_other_language:
            notes = (*notes, _told_otherwise(entry, twin))
            declared = replace(declared, languages=())
        first = self.made.place_of(twin.known_id)
        if first is None and self._on_duplicate == "update":
            return self._updated(twin, declared, item, notes)
        is_there = f"is there already as entry {twin.id}"
        reason = is_there if first is None else f"is the same story as {first}"
        fate: Fate = "failed" if self._on_duplicate == "error" else "skipped"
        return Step(Outcome(item.place, fate, reason, twin.id, notes))

    def _own(self, item: Item) -> Entry | None:
        """Return the entry that an item is for certain: it has its id and the instant it was added.

        An id alone is one of the source's own, unless the user says otherwise; then there must be such an entry.
        """
        own = self._existing.get(item.entry.id)
        if item.names_entry and item.entry.id is not None:
            if own is None:
                raise BadValueError("id", f"there is no entry {item.entry.id}")
            return own
        return own if own is not None and own.added is not None and own.added == item.entry.added else None

    def _with_source_id(self, entry: Entry) -> Entry:
        """Keep an id that another program gave."""
        if self._keep_ids or entry.id is None or entry.added is not None:
            return entry
        return replace(entry, extra={"source_id": entry.id, **entry.extra})

    def _corrected(self, before: Entry, entry: Entry, item: Item, notes: tuple[str, ...]) -> Step:
        """Take the fields of a row that this archive has written, those that were emptied since as well."""
        given = {name: getattr(entry, name) for name in _CORRECTED if name in item.fields}
        after, _ = admit(replace(before, **given))
        is_stale = entry.modified is not None and entry.modified != before.modified
        if is_stale and not same_but_for_time(before, after):
            note = (
                f"entry {before.id} was changed after this was written, so it is left as it is; export again"
            )
            return Step(Outcome(item.place, "skipped", note, before.id, (*notes, note)))
        self._known.forget(before)
        self._remember(after)
        relations = entry.relations if "relations" in item.fields else before.relations
        for number in (before.known_id, *(relation.id for relation in relations)):
            if number in self._existing:
                self.made.ids[item.origin].setdefault(number, number)
        outcome = Outcome(item.place, "updated", None, before.id, notes)
        return Step(outcome, before, replace(after, relations=()), relations, item.origin)

    def _added(self, entry: Entry, item: Item, notes: tuple[str, ...], declared_by: str | None) -> Step:
        new_id = entry.id if entry.id and self._keeps_id(entry) else self._next_id
        check_id("id", new_id)
        if self._keep_ids and entry.id not in (None, new_id):
            notes = (*notes, f"the id {entry.id} is taken, so it becomes entry {new_id}")
        if new_id == self._next_id:
            self._first_new = self._first_new or new_id
            self._next_id += 1
        if item.entry.id is not None:
            self.made.ids[item.origin].setdefault(item.entry.id, new_id)
        outcome = Outcome(item.place, "added", None, new_id, notes)
        self.made.note(new_id)
        self._known.add(new_id, entry, declared_by)
        added = stamped(entry, new_id, self._now)
        return Step(outcome, None, added, entry.relations, item.origin)

    def _updated(self, before: Entry, entry: Entry, item: Item, notes: tuple[str, ...]) -> Step:
        after, _ = admit(_merged(before, entry))
        self._known.forget(before)
        self._remember(after)
        outcome = Outcome(item.place, "updated", None, before.id, notes)
        return Step(outcome, before, after, entry.relations, item.origin)

    def _keeps_id(self, entry: Entry) -> bool:
        """Whether an entry comes into an empty archive as it was in another, where none was its twin."""
        is_free = entry.id not in self._existing and entry.id not in self.made
        return self._keep_ids and entry.id is not None and is_free

    def _remember(self, entry: Entry, declared_by: str | None = "") -> None:
        self.made.note(entry.known_id)
        self._known.add(entry.known_id, entry, declared_by)


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
