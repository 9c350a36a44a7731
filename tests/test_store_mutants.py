"""The promises of a commit; and the tests tested: a store that is broken in any of these ways is caught."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from store_checks import CHECKS

from newsarchive import disk
from newsarchive.access import Access
from newsarchive.changes import Change
from newsarchive.store import checking
from newsarchive.store.file import history, lock, reading, saving, store, tables
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.log import Added
from newsarchive.store.file.saving import Saving
from newsarchive.store.file.store import Store
from newsarchive.store.snapshot import Meta, Snapshot

Mutate = Callable[[pytest.MonkeyPatch], None]


class _Os:
    """The module `os` with some functions replaced."""

    def __init__(self, **replaced: Callable[..., Any]) -> None:
        self.__dict__.update(replaced)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def _nothing(*_: object, **__: object) -> None:
    pass


def without_fsync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disk, "os", _Os(fsync=_nothing))


def without_folder_fsync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(saving, "sync_folder", _nothing)


def without_lock(patch: pytest.MonkeyPatch) -> None:
    def unlocked(beside: Beside, **_: object) -> Any:
        beside.make()
        return nullcontext()

    patch.setattr(lock, "locked", unlocked)


def lock_after_read(patch: pytest.MonkeyPatch) -> None:
    real = Store._lock

    @contextmanager
    def late(self: Store, writer: store.Writer) -> Iterator[None]:
        snapshot = self._read_or_start()
        with real(self, writer):
            self.__dict__["_read_or_start"] = lambda: snapshot
            yield

    patch.setattr(Store, "_lock", late)


def in_place(patch: pytest.MonkeyPatch) -> None:
    def overwrite(temp: Path, target: Path) -> None:
        target.write_bytes(temp.read_bytes())
        temp.unlink()

    patch.setattr(saving, "publish", overwrite)


def without_fingerprint(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Saving, "_check_file", _nothing)


def without_digest(patch: pytest.MonkeyPatch) -> None:
    for module in (reading, tables):
        patch.setattr(module, "digest_of", lambda _entries: "0" * 32)


def success_before_commit(patch: pytest.MonkeyPatch) -> None:
    real = Saving.save

    def hopeful(*arguments: Any) -> None:
        with suppress(OSError):
            real(*arguments)

    patch.setattr(Saving, "save", hopeful)


def record_of_failure_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(history.History, "newest_first", lambda self, *_: self._records())
    patch.setattr(history.History, "forget", _nothing)


def record_taken_for_the_file_s_own(patch: pytest.MonkeyPatch) -> None:
    real = history.History.newest_first
    patch.setattr(history.History, "newest_first", lambda self, revision, _digest=None: real(self, revision))


def ids_of_the_file_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(history.History, "next_id", 0)


def record_after_commit(patch: pytest.MonkeyPatch) -> None:
    postponed: list[Callable[[], object]] = []
    append, publish = history.History.append, saving.publish

    def later(*arguments: Any, **options: Any) -> Added:
        postponed.append(lambda: append(*arguments, **options))
        return Added(0, 0, 0, 0)

    def first(temp: Path, target: Path) -> None:
        publish(temp, target)
        postponed.pop()()

    patch.setattr(history.History, "append", later)
    patch.setattr(saving, "publish", first)


def signals_let_through(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(store, "signals_held", nullcontext)


def ids_from_the_highest(patch: pytest.MonkeyPatch) -> None:
    real = checking.numbered

    def forgetful(snapshot: Snapshot, changes: Sequence[Change]) -> tuple[Change, ...]:
        meta = Meta(snapshot.meta.revision, max(snapshot.lines, default=0) + 1)
        return real(Snapshot(snapshot.path, meta, snapshot.lines), changes)

    patch.setattr(checking, "numbered", forgetful)


def plans_unchecked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(checking, "check_unchanged", _nothing)


def never_plans_again(patch: pytest.MonkeyPatch) -> None:
    real = Store.commit
    patch.setattr(Store, "commit", lambda self, intent, writer, _again=None: real(self, intent, writer))


def one_write(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disk, "_write_all", lambda descriptor, data: os.write(descriptor, data))


def mode_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Access, "give_to", _nothing)


def dead_left_lying(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(store, "dead_temps", lambda *_: [])


MUTANTS: dict[Mutate, str] = {
    without_fsync: "forces_everything_to_the_disk",
    without_folder_fsync: "forces_everything_to_the_disk",
    without_lock: "waits_for_the_lock",
    lock_after_read: "reads_under_the_lock",
    in_place: "replaces_in_one_step",
    without_fingerprint: "notices_strangers",
    without_digest: "notices_changed_bytes",
    success_before_commit: "tells_the_truth",
    record_of_failure_stays: "tells_the_truth",
    record_after_commit: "forces_everything_to_the_disk",
    signals_let_through: "holds_signals_back",
    ids_from_the_highest: "gives_no_id_twice",
    ids_of_the_file_alone: "gives_no_dropped_id",
    record_taken_for_the_file_s_own: "knows_its_own_file",
    never_plans_again: "plans_again",
    plans_unchecked: "notices_stale_plans",
    one_write: "writes_every_byte",
    mode_forgotten: "keeps_the_mode",
    dead_left_lying: "clears_up_after_the_dead",
}


@pytest.mark.parametrize("name", CHECKS)
def test_promise(alone: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It keeps the promise."""
    CHECKS[name](alone / "archive.json", monkeypatch)


@pytest.mark.parametrize("mutate", MUTANTS, ids=lambda mutate: mutate.__name__)
def test_mutant_is_caught(alone: Path, monkeypatch: pytest.MonkeyPatch, mutate: Mutate) -> None:
    """It would be noticed if the store were broken in this way."""
    mutate(monkeypatch)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        CHECKS[MUTANTS[mutate]](alone / "archive.json", monkeypatch)


def test_every_check_can_fail() -> None:
    """It has a mutant for every check."""
    assert set(MUTANTS.values()) == set(CHECKS)
