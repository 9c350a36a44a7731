"""A failure or a kill at every call of a commit: the old revision or the new one, and the truth told."""

from __future__ import annotations

import errno
import os
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from faults import (
    Action,
    acknowledged,
    check_revision,
    fail_at_every_call,
    failing,
    in_child,
    interposed,
    killing,
)
from storing import (
    add,
    beside,
    entries_value,
    leftovers,
    opened,
    recorded,
    revision_of,
    step,
    undo,
)

from newsarchive.archive import Archive
from newsarchive.errors import CannotReadError, CannotSaveError

ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EINTR", "EPERM")

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("name", ERRORS)
def test_failure_at_every_call(
    alone: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, stays: bool
) -> None:
    """It keeps the old revision or has the new one, as it said, and the next commit clears up."""
    path = alone / "archive.json"
    for _ in range(6):
        step(path)

    calls = fail_at_every_call(path, monkeypatch, name, stays=stays)

    assert calls > 25


@pytest.mark.parametrize("name", ERRORS)
def test_failure_of_the_first_commit(alone: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It leaves no archive or a whole one when the very first commit fails."""
    for number in count():
        folder = alone / str(number)
        folder.mkdir()

        saved, calls = acknowledged(
            folder / "archive.json", monkeypatch, failing(number, getattr(errno, name))
        )

        check_revision(folder / "archive.json", int(saved))
        if calls <= number:
            break
        step(folder / "archive.json")
        check_revision(folder / "archive.json", 1 + saved)
        assert leftovers(folder) == []


@pytest.mark.parametrize("action", [failing, killing], ids=["failure", "kill"])
def test_at_every_call_of_a_start(alone: Path, monkeypatch: pytest.MonkeyPatch, action: Action) -> None:
    """It leaves no archive or an empty one, and the first commit comes after either."""
    for number in count():
        path = alone / str(number) / "archive.json"
        path.parent.mkdir()
        at_call = failing(number, errno.ENOSPC, stays=True) if action is failing else killing(number)

        with interposed(monkeypatch, at_call) as watch:
            archive = opened(path)
            code = in_child(partial(_started, archive)) if action is killing else None
            started = code == 0 if action is killing else _started(archive)

        assert opened(path).entries == [] if path.exists() else not started
        if code == 0 or (code is None and len(watch.calls) <= number):
            break
        step(path)
        check_revision(path, 1)
        assert leftovers(path.parent) == []
    assert number > 5


def _started(archive: Archive) -> bool:
    try:
        return archive.start()
    except (CannotReadError, CannotSaveError):
        return False


def test_a_start_takes_no_place(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves a file alone that a stranger, who takes no lock, puts there at the last moment."""
    path = alone / "archive.json"

    def stranger(_number: int, name: str, _changes: bool) -> None:
        if name == "link":
            path.write_text("mine")

    with interposed(monkeypatch, stranger), pytest.raises(CannotSaveError):
        opened(path).start()

    assert path.read_text() == "mine"
    assert leftovers(alone) == []


def test_undo_after_failures(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It undoes the newest operation that was saved, not one that failed after it."""
    path = alone / "archive.json"
    step(path)
    before = entries_value(path)
    step(path)
    for number in range(60):
        if acknowledged(path, monkeypatch, failing(number, errno.EIO, stays=True))[0]:
            undo(path)

    undo(path, 2)

    assert entries_value(path) == before


def test_kill_at_every_call(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the old revision or the new one after a kill, and the next commit clears up."""
    path = alone / "archive.json"
    for number in count():
        revision = revision_of(path)
        with interposed(monkeypatch, killing(number)):
            code = in_child(lambda: step(path))
        found = revision_of(path)

        assert found in (revision, revision + 1)
        check_revision(path, found)
        if code == 0:
            break
        step(path)
        check_revision(path, found + 1)
        assert leftovers(alone) == []
    assert number > 25


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from then on"])
def test_failure_of_a_restore(alone: Path, monkeypatch: pytest.MonkeyPatch, *, stays: bool) -> None:
    """It leaves the damaged file or brings the whole last revision, as it said."""
    path = alone / "archive.json"
    step(path)
    step(path)
    for number in count():
        path.write_bytes(b"damaged")
        for aside in beside(path).glob("replaced-*"):
            aside.unlink()
        with interposed(monkeypatch, failing(number, errno.EIO, stays=stays), start="_put_aside") as watch:
            try:
                opened(path).restore()
                saved = True
            except CannotSaveError:
                saved = False

        assert path.read_bytes() == b"damaged" or saved
        if len(watch.calls) <= number:
            break
    opened(path).prune_history(5)
    check_revision(path, 2)
    assert leftovers(alone) == []


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from then on"])
def test_failure_of_a_prune(alone: Path, monkeypatch: pytest.MonkeyPatch, *, stays: bool) -> None:
    """It never touches the archive, and says when the history may be as it was."""
    path = alone / "archive.json"
    for _ in range(5):
        step(path)
    before = path.read_bytes()
    for number in count():
        archive = opened(path)
        with interposed(monkeypatch, failing(number, errno.EIO, stays=stays), start="read") as watch:
            try:
                archive.prune_history(2)
                pruned = True
            except (CannotReadError, CannotSaveError):
                pruned = False

        assert path.read_bytes() == before
        assert recorded(path) in ([1, 2, 3, 4, 5], [4, 5])
        assert recorded(path) == [4, 5] or not pruned
        if len(watch.calls) <= number:
            break
    step(path)
    assert leftovers(alone) == []


def test_short_writes(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on when the system takes only a part of what it is given."""
    path = alone / "archive.json"
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:97])))

    for _ in range(5):
        step(path)

    check_revision(path, 5)


def test_disk_that_takes_nothing(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives up on a disk that neither takes bytes nor says why."""
    path = alone / "archive.json"
    step(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda _descriptor, _data: 0)

        with pytest.raises(CannotSaveError, match="the disk took no more bytes; nothing was changed"):
            step(path)

    check_revision(path, 1)


def test_no_links(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps a copy as the previous revision where files cannot have two names."""
    path = alone / "archive.json"
    add(path, "one")
    first = path.read_bytes()
    refuse = failing(0, errno.EPERM, stays=True)
    monkeypatch.setattr(os, "link", lambda *_: refuse(0, "link", True))

    add(path, "two")

    assert (alone / ".newsarchive" / "archive.json" / "previous.json").read_bytes() == first


def test_folder_that_cannot_be_synced(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that the change was saved when only the very last step fails."""
    path = alone / "archive.json"
    add(path, "one")
    said: list[str] = []

    def refuse(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("newsarchive.store.file.saving.sync_folder", refuse)
    operation = add(path, "two", say=said.append)

    assert operation.number == 2
    assert said == ["the change was saved, but may not survive a power cut: input/output error"]
    assert len(opened(path).entries) == 2
