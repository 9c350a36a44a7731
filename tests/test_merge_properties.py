"""Two users and their copies: whatever they do in whatever order, a merge keeps what only one of them changed.

Each field of each story, each tag, and whether the story is there, has a last event; each user knows the events
that were their own or came with a copy. A value whose event the other side knows, and has not replaced, gives way
to the other side's. Where neither knows the other's event, either value may win. None of that is computed by the
program: the model only looks at what a user's archive holds before and after each step.

Ties are such values, too, of both their stories. An entry that others were united in has relations to those, of
which the other user may never have heard: what the id of such a story means to nobody there, no merge brings.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive import Archive
from newsarchive.changes import adding, changing, planned
from newsarchive.entry import MUTUAL, REPLACES, Entry
from newsarchive.errors import NotAnArchiveError, NothingToUndoError, UndoConflictError
from newsarchive.formats.base import Item
from newsarchive.planning.importing import plan_import
from newsarchive.planning.relations import Group, plan_parting, plan_removal, plan_ties
from newsarchive.planning.undoing import Wanted, undone_operations
from newsarchive.planning.uniting import plan_uniting

TAGS = ("saiga", "steppe", "mongolia")
NONE = "none"
SEQUENCES = int(os.environ.get("NEWSARCHIVE_SEQUENCES", "1000"))
Fact = tuple[str, str]


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return what is known of a story, each part of which two users may change apart."""
    values = {"there": True, "title": entry.title, "date": str(entry.date), "summary": entry.summary}
    values |= {f"tag {tag}": tag in entry.tags for tag in TAGS}
    # As text, for 1 and true are two values of an archive, and one of Python's.
    return values | {f"extra {key}": repr(entry.extra.get(key)) for key in ("desk", "page")}


def stories_of(fact: Fact) -> set[str]:
    """Return the one or two stories that a fact is of."""
    return {fact[0], *(word for word in fact[1].split() if word.startswith("story-"))}


@dataclass
class Side:
    """A user's archive, and what the model knows of it."""

    path: Path
    events: dict[Fact, int] = field(default_factory=dict)
    values: dict[Fact, Any] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    merged: dict[int, set[int]] = field(default_factory=dict)
    given: dict[int, str] = field(default_factory=dict)
    hears_less: bool = False

    def open(self, now: datetime) -> Archive:
        return Archive(self.path, command="test", user="tester", clock=lambda: now)

    def known(self, archive: Archive) -> set[int]:
        """The events of this user, and of the copies that were merged and not taken back."""
        undone = undone_operations(archive.newest_records()) if archive.exists else frozenset()
        came = (events for number, events in self.merged.items() if number not in undone)
        return self.own.union(*came)

    def look(self, archive: Archive) -> dict[Fact, Any]:
        """Return the facts by story, and check that no id was given twice."""
        found: dict[Fact, Any] = {}
        entries = archive.entries if archive.exists else []
        for entry in entries:
            story = str(entry.source)
            assert self.given.setdefault(entry.known_id, story) == story, f"id {entry.id} was given twice"
            for name, value in facts_of(entry).items():
                assert (story, name) not in found, f"{story} is there twice"
                found[story, name] = value
        related = {(entry.known_id, *one) for entry in entries for one in entry.relations}
        for entry_id, kind, other in related:
            story, partner = self.given[entry_id], self.given[other]
            if kind != REPLACES:
                assert (other, kind, entry_id) in related, (
                    f"{story} is a {kind} of {partner}, and not that of it"
                )
                story, partner = sorted((story, partner))
            found[story, f"{kind} {partner}"] = True
        return found

    def hear_of(self, other: Side, archive: Archive, next_id: int) -> None:
        """Learn what the new ids stand for that came with relations to stories which were never here."""
        live = {entry.known_id for entry in archive.entries}
        for entry in archive.entries:
            for one in entry.relations:
                if one.id not in self.given and one.id not in live:
                    assert one.id >= next_id or self.hears_less, (
                        f"relation to {one.id}, which stands for nothing"
                    )
                    self.given[one.id] = other.given[one.id]

    def knows_of(self, fact: Fact) -> bool:
        """Whether a fact is of stories that have, or had, an id here."""
        return stories_of(fact) <= {*self.given.values()}


class World:
    """Two users, their copies, and a clock that may stand still."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.now = datetime(2024, 3, 1, tzinfo=UTC)
        self.event = count(1)
        self.story = count(1)
        self.copies: list[tuple[int, Side]] = []
        self.log: list[str] = []
        first = Side(folder / "a" / "archive.json")
        first.path.parent.mkdir()
        self.sides = [first]
        for _ in range(3):
            self.local(first, self.add)
        shutil.copytree(folder / "a", folder / "b")
        self.sides.append(self.copy_of(first, folder / "b" / "archive.json"))

    def copy_of(self, side: Side, path: Path) -> Side:
        return Side(
            path,
            dict(side.events),
            dict(side.values),
            set(side.own),
            {number: set(events) for number, events in side.merged.items()},
            dict(side.given),
        )

    # --- what a user does ---------------------------------------------------------------------------------

    def step(self) -> None:
        self.now += timedelta(seconds=self.random.choice((0, 0, 1, 90)))
        side = self.random.choice(self.sides)
        what = self.random.choice(
            [self.add, self.remove, self.bring, self.undo, self.take_copy, self.unite, self.part]
            + 2 * [self.tag, self.edit, self.merge, self.relate]
        )
        self.log.append(f"{side.path.parent.name} {what.__name__}")
        if what in (self.take_copy, self.merge):
            what(side)
        else:
            self.local(side, what)

    def local(self, side: Side, what: Any) -> None:
        """Let a user do something, and note an event for each fact that it changed."""
        archive = side.open(self.now)
        what(archive)
        self.note(side, side.look(archive))

    def note(self, side: Side, after: dict[Fact, Any]) -> None:
        for fact in {*side.values, *after}:
            if side.values.get(fact, NONE) != after.get(fact, NONE):
                side.events[fact] = next(self.event)
                side.own.add(side.events[fact])
        side.values = after

    def add(self, archive: Archive) -> None:
        archive.commit([adding(self.new(), self.now)])

    def new(self) -> Entry:
        number = next(self.story)
        return Entry(title=f"Story {number}", source=f"story-{number}", body=f"Body {number}")

    def some(self, archive: Archive) -> list[Entry]:
        entries = archive.entries
        return self.random.sample(entries, min(len(entries), self.random.randint(1, 3)))

    def change(self, archive: Archive, entries: list[Entry], **fields: Any) -> None:
        archive.commit(planned([changing(one, replace(one, **fields), self.now) for one in entries]))

    def tag(self, archive: Archive) -> None:
        tag, is_added = self.random.choice(TAGS), self.random.random() < 0.6
        for one in self.some(archive):
            tags = [other for other in one.tags if other != tag] + [tag] * is_added
            self.change(archive, [one], tags=tuple(tags))

    def edit(self, archive: Archive) -> None:
        for one in self.some(archive)[:1]:
            name = self.random.choice(("title", "summary", "extra", "extra"))
            value: Any = f"{name} {self.random.randint(1, 3)}"
            if name == "extra":
                key = self.random.choice(("desk", "page"))
                value = {**one.extra, key: self.random.choice((1, True, "x"))}
            self.change(archive, [one], **{name: value})

    def remove(self, archive: Archive) -> None:
        gone = self.some(archive)[:1]
        tied = archive.related_to([one.known_id for one in gone])
        archive.commit(plan_removal(gone, tied, self.now))

    def relate(self, archive: Archive) -> None:
        kind = self.random.choice(("translation", "different-story"))
        archive.commit(plan_ties([Group(kind, self.some(archive))], self.now))

    def part(self, archive: Archive) -> None:
        archive.commit(plan_parting(archive.entries, self.random.sample(MUTUAL, 2), self.now))

    def unite(self, archive: Archive) -> None:
        kept, *others = self.some(archive) or [None]
        if kept is not None and others:
            archive.commit(plan_uniting(kept, others, archive.entries, self.now))

    def bring(self, archive: Archive) -> None:
        items = [Item(self.new(), "test") for _ in range(2)]
        plan = plan_import(
            items,
            archive.entries,
            on_duplicate="keep",
            now=self.now,
            keep_ids=archive.is_new,
            next_id=archive.next_id,
        )
        archive.commit(plan.changes)

    def undo(self, archive: Archive) -> None:
        records = archive.records()
        if not records:
            return
        number = self.random.choice(records).number
        try:
            plan = archive.plan_undo(Wanted([(number, number)]), skip_conflicts=True)
        except (NothingToUndoError, UndoConflictError):
            return
        archive.commit(plan.changes, undoes=plan.undoes, partly=plan.partly)

    # --- copies -------------------------------------------------------------------------------------------

    def take_copy(self, side: Side) -> None:
        folder = self.folder / f"copy-{len(self.copies)}"
        shutil.copytree(side.path.parent, folder)
        self.copies.append((self.sides.index(side), self.copy_of(side, folder / "archive.json")))

    def merge(self, side: Side) -> None:
        others = [copy for owner, copy in self.copies if self.sides[owner] is not side]
        other = self.random.choice([*others, *[one for one in self.sides if one is not side]])
        archive, copy = side.open(self.now), other.open(self.now)
        prefer = self.random.choice(("ours", "theirs"))
        here, there = side.known(archive), other.known(copy)
        before, given = archive.entries, archive.next_id
        merge = archive.plan_merge(self.file_of(other), prefer=prefer)
        self.base = merge.base
        self.is_unsure = any(clash.base is None for clash in merge.plan.clashes)
        operation = archive.commit(merge.plan.changes, merges=merge.merged)

        side.hear_of(other, archive, given)
        after = side.look(archive)
        self.check_merged(side, other, (here, there), after)
        if operation is not None:
            assert archive.next_id >= max(given, copy.next_id), "an id may be given again"
            if operation.changes:
                self.check_undone(side, before, operation.number)
            side.merged[operation.number] = self.learnt(there - here)
        self.settle(side, other, (here, there), after)

    def file_of(self, other: Side) -> Path:
        return other.path

    def learnt(self, events: set[int]) -> set[int]:
        return events

    def check_merged(self, side, other, known, after):
        """Each fact that only one side has changed since is as that side has it."""
        here, there = known
        for fact in {*side.values, *other.values}:
            ours, theirs = side.values.get(fact, NONE), other.values.get(fact, NONE)
            is_ours_new = side.events.get(fact, 0) not in {*there, 0}
            is_theirs_new = other.events.get(fact, 0) not in {*here, 0}
            got = after.get(fact, NONE)
            told = f"{fact}: {ours!r} here, {theirs!r} there, {got!r} merged; {self.log}"
            if not side.knows_of(fact):
                assert got == NONE, told
            elif not other.knows_of(fact):
                assert got == ours or not self.is_whole(fact, after), told
            elif any(self.is_contested(side, other, known, story) for story in stories_of(fact)):
                assert got in (ours, theirs) or not self.is_whole(fact, after), told
            elif is_ours_new and not is_theirs_new:
                assert got == ours, told
            elif is_theirs_new and not is_ours_new:
                assert got == theirs, told
            else:
                assert got in (ours, theirs), told

    def is_whole(self, fact, values):
        """Whether all stories of a fact are there; those that were united in one need not be."""
        stories = {fact[0]} if fact[1].startswith(REPLACES) else stories_of(fact)
        return all((story, "there") in values for story in stories)

    def is_contested(self, side, other, known, story):
        """Whether one side has removed a story that the other has changed."""
        is_here, is_there = (story, "there") in side.values, (story, "there") in other.values
        return is_here != is_there and any(
            events.get(fact, 0) not in {*theirs, 0}
            for events, theirs, facts in (
                (side.events, known[1], side.values),
                (other.events, known[0], other.values),
            )
            for fact in events
            if story in stories_of(fact) and (fact in facts) == ((story, "there") in facts)
        )

    def check_undone(self, side: Side, before: list[Entry], number: int) -> None:
        """Taking the merge back brings the very entries back; this is tried in a copy of the folder."""
        folder = self.folder / "undone"
        shutil.copytree(side.path.parent, folder)
        tried = Archive(folder / "archive.json", command="test", user="tester", clock=lambda: self.now)
        plan = tried.plan_undo(Wanted([(number, number)]))
        tried.commit(plan.changes, undoes=plan.undoes)
        assert tried.entries == before, "undoing the merge does not bring back what was there"
        shutil.rmtree(folder)

    def settle(self, side, other, known, after):
        """Note by which event each fact is now as it is; a new one where both had one."""
        here, there = known
        for fact in filter(side.knows_of, {*side.events, *other.events}):
            ours, theirs = side.events.get(fact, 0), other.events.get(fact, 0)
            got = after.get(fact, NONE)
            if ours == theirs or theirs in {*here, 0}:
                event = ours if got == side.values.get(fact, NONE) else None
            elif ours in {*there, 0}:
                event = theirs if got == other.values.get(fact, NONE) else None
            else:
                event = None
            if event is None:
                event = next(self.event)
                side.own.add(event)
            side.events[fact] = event
        side.values = after


class AloneWorld(World):
    """Users who merge files that come without their histories, as a sync tool's conflicted copies may do.

    Where the program says that it cannot tell what a copy has seen, either value may win; nothing else may be there.
    """

    is_alone = False

    def merge(self, side: Side) -> None:
        side.hears_less = True  # of a removed entry only the history would tell
        self.is_alone = self.random.random() < 0.4
        try:
            super().merge(side)
        except NotAnArchiveError:
            assert self.is_alone
            mine, yours = (Archive(path, command="test").entries for path in (side.path, self.alone))
            assert {(one.id, one.added) for one in mine}.isdisjoint((one.id, one.added) for one in yours)

    @property
    def alone(self) -> Path:
        return self.folder / "alone" / "archive.json"

    def file_of(self, other: Side) -> Path:
        if not self.is_alone:
            return other.path
        shutil.rmtree(self.alone.parent, ignore_errors=True)
        self.alone.parent.mkdir()
        shutil.copy(other.path, self.alone)
        return self.alone

    def learnt(self, events: set[int]) -> set[int]:
        return set() if self.is_alone else events  # the revisions before a file without history are not known

    def check_merged(self, side, other, known, after):
        is_told = self.base is None or self.base.doubtful or self.is_unsure
        if not (self.is_alone and is_told):
            super().check_merged(side, other, known, after)
            return
        for fact in {*side.values, *other.values}:
            got, wanted = after.get(fact, NONE), [one.values.get(fact, NONE) for one in (side, other)]
            if side.knows_of(fact) and other.knows_of(fact):
                assert got in wanted or not self.is_whole(fact, after), f"{fact}: {got!r}, not of {wanted}"

    def settle(self, side, other, known, after):
        if not self.is_alone:
            super().settle(side, other, known, after)
            return
        for fact in filter(side.knows_of, {*side.events, *other.events}):
            is_same = side.events.get(fact, 0) == other.events.get(fact, 0)
            if not is_same or after.get(fact, NONE) != side.values.get(fact, NONE):
                side.events[fact] = next(self.event)
                side.own.add(side.events[fact])
        side.values = after


def run(folder: Path, seed: int, steps: int, kind: type[World] = World) -> None:
    folder.mkdir()
    world = kind(folder, seed)
    for _ in range(steps):
        world.step()
    shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(40))
def test_a_merge_keeps_what_only_one_side_changed(alone, seed):
    """It gives no id twice, loses no change of one side, and is taken back exactly."""
    run(alone / "world", seed, 16)


@pytest.mark.parametrize("seed", range(20))
def test_copies_alone(alone, seed):
    """It holds for copies without a history, but for what the program says that it cannot tell."""
    run(alone / "world", seed, 16, AloneWorld)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(8))
def test_copies_alone_many_times(alone, part):
    """It holds for 400 random sequences of 20 steps."""
    for seed in range(100 + part * 50, 150 + part * 50):
        run(alone / "world", seed, 20, AloneWorld)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(20))
def test_many_sequences(alone, part):
    """It holds for `SEQUENCES` random sequences of 20 steps."""
    for seed in range(1_000 + part, 1_000 + SEQUENCES, 20):
        run(alone / "world", seed, 20)
