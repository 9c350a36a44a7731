"""Promises of a commit, each as a check that a broken store fails: see test_store_mutants.py."""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from storing import NOW, add, beside, expected, leftovers, opened, recorded, remove, state, step, tag, titles

from newsarchive.changes import Intent, changing, planned
from newsarchive.errors import ChangedMeanwhileError, LockedError, NewsArchiveError
from newsarchive.store.file import lock
from newsarchive.store.file.history import History

Check = Callable[[Path, pytest.MonkeyPatch], None]


@contextmanager
def _must_succeed() -> Iterator[None]:
    try:
        yield
    except NewsArchiveError as error:
        raise AssertionError(error) from error


def forces_everything_to_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new file and the record are on the disk before the rename, and the folder after it."""
    add(path, "one")
    events: list[str] = []

    with monkeypatch.context() as patch:
        log_durable_events(patch, path, events)
        add(path, "two")

    assert events == DURABLE_EVENTS


DURABLE_EVENTS = [
    "write new file",
    "sync new file",
    "write history.jsonl",
    "sync history.jsonl",
    "name previous.json",
    "name archive.json",
    "sync folder",
]
"""What a commit does, in this order, before it is acknowledged."""


def log_durable_events(patch: pytest.MonkeyPatch, path: Path, events: list[str]) -> None:
    """Note in `events` what is written, forced to the disk and named."""
    names: dict[int, str] = {}

    def log(event: str) -> None:
        if events[-1:] != [event]:
            events.append(event)

    def logged(call: str, what: str, name: Callable[..., str | None]) -> None:
        real = getattr(os, call)

        def wrapper(*arguments: Any, **options: Any) -> Any:
            result = real(*arguments, **options)
            subject = name(result, *arguments)
            if subject is not None:
                log(f"{what} {subject}")
            return result

        patch.setattr(os, call, wrapper)

    def remember(descriptor: int, opened_path: Path, *_: Any) -> None:
        known = {path.parent: "folder", beside(path) / "history.jsonl": "history.jsonl"}
        new = Path(opened_path).name.startswith(f".{path.name}-")
        names[descriptor] = "new file" if new else known.get(Path(opened_path), "something else")

    logged("open", "open", remember)
    logged("write", "write", lambda _result, descriptor, _data: names.get(descriptor))
    logged("fsync", "sync", lambda _result, descriptor: names.get(descriptor))
    logged("replace", "name", lambda _result, _source, target: Path(target).name)


def waits_for_the_lock(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes while another holds the lock."""
    add(path, "one")

    with FileLock(beside(path) / "lock"), suppress(LockedError):
        add(path, "two", lock_timeout=0)

    assert titles(path) == {1: "one"}


def reads_under_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waited for the lock works on what the other has written meanwhile."""
    add(path, "one")
    archive = opened(path)
    assert len(archive.entries) == 1
    _let_another_in_first(monkeypatch, lambda: add(path, "of another"))

    with _must_succeed():
        add(path, "mine")

    assert titles(path) == {1: "one", 2: "of another", 3: "mine"}


def _let_another_in_first(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    real = lock.locked

    def late(*arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(lock, "locked", real)
        other()
        return real(*arguments, **options)

    monkeypatch.setattr(lock, "locked", late)


def notices_stale_plans(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that was planned on another content of the entry is refused."""
    add(path, "one", "two")
    archive = opened(path)
    one = archive.entries[0]
    plan = changing(one, replace(one, title="mine"), NOW)
    assert plan is not None
    tag(path, "of-another", 1)

    with suppress(ChangedMeanwhileError):
        archive.commit([plan])

    assert titles(path) == {1: "one", 2: "two"}


def plans_again(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that was made on an older revision is made again from what is there under the lock."""
    add(path, "one")
    archive = opened(path)

    def plan() -> Intent:
        return Intent(planned([changing(one, replace(one, source="x"), NOW) for one in archive.entries]))

    first = plan()
    add(path, "two")

    with _must_succeed():
        archive.commit(first.changes, again=plan)

    assert [entry.source for entry in opened(path).entries] == ["x", "x"]


def replaces_in_one_step(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that has the file open reads the old revision to its end."""
    add(path, "one")
    before = path.read_bytes()

    with path.open("rb") as reader:
        add(path, "two")
        seen = reader.read()

    assert seen == before


def notices_strangers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that saves during the commit is not overwritten."""
    add(path, "one")
    theirs = path.read_bytes().replace(b'"one"', b'"ONE"')
    append = History.append

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        added = append(*arguments, **options)
        path.write_bytes(theirs)
        return added

    with monkeypatch.context() as patch, suppress(ChangedMeanwhileError):
        patch.setattr(History, "append", meanwhile)
        add(path, "two")

    assert path.read_bytes() == theirs
    assert recorded(path) == [1]


def notices_changed_bytes(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed byte in a text is noticed although the file is valid."""
    add(path, "saiga")

    path.write_bytes(path.read_bytes().replace(b"saiga", b"saigA"))

    assert opened(path).snapshot.edited_by_hand


def tells_the_truth(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Success is reported only when the new revision is in place."""
    add(path, "one")

    def refuse(_source: object, _target: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(NewsArchiveError):
            add(path, "two")

    assert titles(path) == {1: "one"}
    assert recorded(path) == [1]


def holds_signals_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a commit comes through when it is finished."""
    add(path, "one")
    append = History.append

    def interrupted(*arguments: Any, **options: Any) -> Any:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # another thread would not hold it back
        return append(*arguments, **options)

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(History, "append", interrupted)
        tag(path, "x")
        raise AssertionError("the signal was lost")

    assert [entry.tags for entry in opened(path).entries] == [("x",)]
    assert recorded(path) == [1, 2]


def gives_no_id_twice(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of a removed entry is not given again."""
    add(path, "one", "two")
    remove(path, 2)

    add(path, "three")

    assert titles(path) == {1: "one", 3: "three"}


def gives_no_dropped_id(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of an entry that an older copy put back has dropped is not given again."""
    add(path, "one")
    kept = path.read_bytes()
    add(path, "two")
    path.write_bytes(kept)

    add(path, "three")

    assert titles(path) == {1: "one", 3: "three"}


def knows_its_own_file(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """No operation is taken for one of a file that another copy of the archive has made."""
    add(path, "one")
    other = path.with_name("other.json")
    other.write_bytes(path.read_bytes())
    add(other, "theirs")
    add(path, "ours")
    path.write_bytes(other.read_bytes())

    assert recorded(path) == []


def writes_every_byte(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes only a part of a write gets the rest."""
    real = os.write
    with monkeypatch.context() as patch, _must_succeed():
        patch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:100])))
        for _ in range(3):
            step(path)
        found = state(path)

    assert found == expected(3)


def keeps_the_mode(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was opened to the group stays so."""
    add(path, "one")
    path.chmod(0o664)

    add(path, "two")

    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def clears_up_after_the_dead(path: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    """What killed writers left is gone after the next write, and nothing else is."""
    add(path, "one")
    suffix = "-4711-0123abcd.newsarchive-tmp"
    dead = [
        path.with_name(f".{path.name}{suffix}"),
        *(beside(path) / f".{name}{suffix}" for name in ("previous.json", "history.jsonl")),
    ]
    of_another = path.with_name(f".{path.name}-new.json{suffix}")
    for file in (*dead, of_another):
        file.write_bytes(b"half")

    add(path, "two")

    assert leftovers(path.parent) == [of_another.name]


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        forces_everything_to_the_disk,
        waits_for_the_lock,
        reads_under_the_lock,
        notices_stale_plans,
        plans_again,
        replaces_in_one_step,
        notices_strangers,
        notices_changed_bytes,
        tells_the_truth,
        holds_signals_back,
        gives_no_id_twice,
        gives_no_dropped_id,
        knows_its_own_file,
        writes_every_byte,
        keeps_the_mode,
        clears_up_after_the_dead,
    )
}
