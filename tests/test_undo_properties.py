"""Every command that writes, in any order: taken back one by one, they lead through each earlier state to the first.

The commands run as they are typed, on the ten stories and what becomes of them; half of the sequences have an index,
whose answers are compared as well. What a command refuses is no step.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from commands import COMMANDS_BY_NAME
from storing import entries_value, opened

TAGS = ("press", "presse", "species/saiga", "species/kulan", "draft", "mongolia")
QUERIES = ("gobi", "date:2019..", "tag:press", "is:untagged", "lang:ru", "tag:species/*", "*")
FIELDS = ("title", "summary", "body", "source")
KINDS = ("translation", "follow-up", "same-story")
NO_OPERATION = {"history prune", "queries add", "queries remove", "restore", "init", "copy"}
"""What writes and has an end of its own: it is no operation, and undo has nothing to do with it."""


class Typed(NamedTuple):
    """A command line, and what it reads from stdin."""

    words: Sequence[str]
    stdin: str = ""


class Person:
    """Types commands at random, about what is in the archive."""

    def __init__(self, seed: int, archive: Path, invoke: Callable[..., Any]) -> None:
        self.chance = random.Random(seed)
        self.archive = archive
        self.invoke = invoke
        self.count = 0

    def ids(self, count: int = 1) -> list[str]:
        """Return some ids that are there."""
        known = sorted(opened(self.archive).snapshot.lines)
        return [str(one) for one in self.chance.sample(known, min(count, len(known)))]

    def tag(self) -> str:
        return self.chance.choice(TAGS)

    def query(self) -> str:
        return self.chance.choice(QUERIES)

    def new(self) -> dict[str, Any]:
        """Make up an entry, now and then one with the title and date of another."""
        self.count += 1
        number = self.count if self.chance.random() < 0.7 else 1
        date = self.chance.choice((None, "2019", "2021-03", "2021-03-04"))
        return {
            "title": f"Story  {number} &amp; more",
            "date": date,
            "tags": [self.tag()],
            "languages": ["en"],
        }


def add(person: Person) -> Typed:
    new = person.new()
    words = ["add", "--title", new["title"], "--tag", new["tags"][0]]
    return Typed([*words, *(["--date", new["date"]] if new["date"] else [])])


def import_(person: Person) -> Typed:
    entries = [person.new() for _ in range(person.chance.randint(1, 4))]
    exported = json.loads(person.invoke("export", "--id", ",".join(person.ids(3)) or "1..").out)
    changed = [{**one, "summary": "Another summary."} for one in exported]
    policy = person.chance.choice(("skip", "update", "keep"))
    words = ["import", "-", "--format", "json", "--on-duplicate", policy]
    return Typed(words, json.dumps([*entries, *changed]))


def tag(person: Person) -> Typed:
    return Typed(["tag", f"+{person.tag()}", f"-{person.tag()}", "--", person.query()])


def rename(person: Person) -> Typed:
    pattern = person.chance.choice((("species/*", "animals/*"), ("animals/*", "species/*")))
    return Typed(["tags", "rename", *person.chance.choice((pattern, (person.tag(), person.tag())))])


def merge_tags(person: Person) -> Typed:
    return Typed(["tags", "merge", person.tag(), person.tag(), "--into", person.tag()])


def remove_tags(person: Person) -> Typed:
    return Typed(["tags", "remove", person.tag()])


def apply_(person: Person) -> Typed:
    lines = [f"+{person.tag()} -{person.tag()} -- {person.query()}" for _ in range(3)]
    return Typed(["tags", "apply", "-"], "\n".join(lines))


def load(person: Person) -> Typed:
    dumped = person.invoke("tags", "dump").out.splitlines()
    lines = [f"+{person.tag()} {line}" for line in dumped if person.chance.random() < 0.5]
    return Typed(["tags", "load", "-", *person.chance.choice(([], ["--accumulate"]))], "\n".join(lines))


def edit(person: Person) -> Typed:
    field = person.chance.choice(FIELDS)
    steps = (
        ["--replace", field, person.chance.choice((r"/(\w+) (\w+)/\2 \1/", "/a/ä/", "/ /  /"))],
        ["--set", f"{field}=Of {person.count}"],
        ["--set", "date=2020-02", "--set", "extra.desk=a"],
        ["--unset", person.chance.choice(("summary", "date", "tags", "extra.desk"))],
        ["--set", "languages=en,fr"],
    )
    return Typed(["edit", *person.ids(3), *person.chance.choice(steps)])


def edit_table(person: Person) -> Typed:
    ids = person.ids(4)
    return Typed(
        ["edit", "--from", "-"],
        "id,title,date\n" + "".join(f"{one},Row {one},2018-0{len(one)}\n" for one in ids),
    )


def remove(person: Person) -> Typed:
    return Typed(["remove", *person.ids(person.chance.randint(1, 2)), "--yes"])


def check(person: Person) -> Typed:
    return Typed(["check", "--fix", "--yes"])


def dismiss(person: Person) -> Typed:
    return Typed(["duplicates", "dismiss", *person.ids(2)])


def merge_entries(person: Person) -> Typed:
    return Typed(["duplicates", "merge", *person.ids(person.chance.randint(2, 3)), "--yes"])


def relate(person: Person) -> Typed:
    if person.chance.random() < 0.5:
        return Typed(["relations", "add", *person.ids(3), "--as", person.chance.choice(KINDS)])
    lines = [f"{person.chance.choice(KINDS)} {' '.join(person.ids(2))}" for _ in range(3)]
    return Typed(["relations", "add", "--from", "-"], "\n".join(lines))


def part(person: Person) -> Typed:
    kind = person.chance.choice(([], ["--as", "different-story"], ["--as", "translation"]))
    return Typed(["relations", "remove", *person.ids(4), *kind])


def merge_copies(person: Person) -> Typed:
    """Let a colleague go on in a copy, and take that in."""
    folder = person.archive.parent / f"copy-{person.count}-{person.chance.random()}"
    folder.mkdir()
    shutil.copy(person.archive, folder / "archive.json")
    shutil.copytree(person.archive.parent / ".newsarchive", folder / ".newsarchive")
    for step in (add(person), tag(person), edit(person)):
        person.invoke(*step.words, "-a", str(folder / "archive.json"), stdin=step.stdin)
    person.invoke("edit", *person.ids(1), "--set", "title=Here")
    return Typed(["merge", str(folder / "archive.json"), person.chance.choice(("--ours", "--theirs"))])


def undo(person: Person) -> Typed:
    numbers = [str(record.number) for record in opened(person.archive).records()]
    return Typed(["undo", person.chance.choice(numbers), "--skip-conflicts"])


STEPS: dict[str, Sequence[Callable[[Person], Typed]]] = {
    "add": [add],
    "import": [import_],
    "tag": [tag],
    "tags rename": [rename],
    "tags merge": [merge_tags],
    "tags remove": [remove_tags],
    "tags apply": [apply_],
    "tags load": [load],
    "edit": [edit, edit_table],
    "remove": [remove],
    "check": [check],
    "duplicates dismiss": [dismiss],
    "duplicates merge": [merge_entries],
    "relations add": [relate],
    "relations remove": [part],
    "merge": [merge_copies],
    "undo": [undo],
}


def test_every_writing_command_is_among_them() -> None:
    """It knows each command that shows its plan; one that is new must be told how it is typed."""
    writing = {
        name
        for name, command in COMMANDS_BY_NAME.items()
        if any("--dry-run" in option.opts for option in command.params)
    }

    assert writing - NO_OPERATION == STEPS.keys()


class State(NamedTuple):
    """What an archive holds: the bytes of its entries, and what commands say of them."""

    entries: bytes
    listed: str
    tags: str


def state(person: Person) -> State:
    listed = person.invoke("list", "--sort", "id", "--limit", "0", "--json").out
    return State(entries_value(person.archive), listed, person.invoke("tags", "--json").out)


def revision(person: Person) -> int:
    return opened(person.archive).snapshot.meta.revision


def run(seed: int, archive: Path, invoke: Callable[..., Any], steps: int) -> None:
    """Type commands, and then take back all of them, and all of that."""
    person = Person(seed, archive, invoke)
    states = {revision(person): state(person)}
    first = revision(person)
    typed = []
    for _ in range(steps):
        words, stdin = person.chance.choice(STEPS[person.chance.choice(sorted(STEPS))])(person)
        before = revision(person)
        if before not in states:  # by a step's own doing
            states[before] = state(person)
        result = invoke(*words, stdin=stdin)
        assert result.code in (0, 1, 2, 3, 6), (words, result.err)
        assert "Traceback" not in result.err, (words, result.err)
        if revision(person) > before:
            typed.append(words)
            states[revision(person)] = state(person)
    last = revision(person)
    take_back(person, states, range(last, first, -1), typed)
    redone = {revision(person) - place: states[first + place] for place in range(last - first + 1)}
    take_back(person, redone, range(revision(person), last, -1), typed)


def take_back(person: Person, states: dict[int, State], numbers: Sequence[int], typed: object) -> None:
    """Take back operations, the newest first; before each stood the state of the one before."""
    for number in numbers:
        result = person.invoke("undo", str(number))
        assert result.code == 0, (number, result.err, typed)
        assert state(person) == states[number - 1], (number, typed)


@pytest.mark.parametrize("seed", range(12))
def test_all_is_taken_back(archive, invoke, monkeypatch, seed):
    """It meets every earlier state again, to the byte, and on the way back every later one."""
    if seed % 2:
        monkeypatch.setattr("newsarchive.opened.LARGE", 0)

    run(seed, archive, invoke, 12)


@pytest.mark.stress
@pytest.mark.parametrize("seed", range(1_000, 1_040))
def test_all_is_taken_back_of_long_sequences(archive, invoke, monkeypatch, seed):
    """It holds for 40 sequences of 30 commands."""
    if seed % 2:
        monkeypatch.setattr("newsarchive.opened.LARGE", 0)

    run(seed, archive, invoke, 30)
