"""A large archive is not read whole to be written: every promise holds all the same."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from faults import check_revision, fail_at_every_call, in_child, interposed, killing
from store_checks import CHECKS, DURABLE_EVENTS, log_durable_events
from storing import (
    NOW,
    add,
    beside,
    digest,
    entries_value,
    leftovers,
    meta,
    opened,
    recorded,
    remove,
    revision_of,
    step,
    tag,
    titles,
    undo,
)

from newsarchive.changes import Change, adding, changing, planned, removing
from newsarchive.entry import Entry
from newsarchive.errors import CannotReadError, ChangedMeanwhileError, DamagedArchiveError
from newsarchive.store.file import places, written
from newsarchive.store.file.history import History

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    pytest.mark.skipif(not hasattr(os, "pread"), reason="such a system reads every archive whole"),
]


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do with small archives what is done with large ones, in small steps."""
    monkeypatch.setattr(written, "SMALLEST", 0)
    monkeypatch.setattr(places, "_BLOCK", 256)
    monkeypatch.setattr(places, "_PEEK", 50)
    monkeypatch.setattr(places, "_PIECE", 100)


@pytest.fixture
def path(alone: Path) -> Path:
    """An archive of nine entries."""
    path = alone / "archive.json"
    add(path, *(f"story {number}" for number in range(1, 10)))
    return path


def _note(path: Path) -> Path:
    return beside(path) / "written"


def _is_read_whole(path: Path) -> bool:
    return isinstance(opened(path).snapshot.lines, dict)


def _title(path: Path, entry_id: int, title: str) -> None:
    """Give one entry another title, and read nothing else."""
    archive = opened(path)
    entry = archive.snapshot.entry(entry_id)
    archive.commit(planned([changing(entry, replace(entry, title=title), NOW)]))


# --- the same bytes ---------------------------------------------------------------------------------------


def _random_changes(path: Path, chance: random.Random) -> list[Change]:
    """Plan to change, remove and add a few entries."""
    snapshot = opened(path).snapshot
    ids = chance.sample(sorted(snapshot.lines), min(len(snapshot.lines), chance.randint(0, 6)))
    changes: list[Change | None] = []
    for entry_id in ids:
        entry = snapshot.entry(entry_id)
        body = "слово\n" * chance.choice([0, 1, 400])
        changed = replace(entry, body=body, tags=(*entry.tags, f"t{chance.randint(1, 99)}"))
        changes.append(removing(entry) if chance.random() < 0.4 else changing(entry, changed, NOW))
    changes += [adding(Entry(title=f"new {chance.random()}"), NOW) for _ in range(chance.randint(0, 3))]
    return planned(changes)


@pytest.mark.parametrize("seed", range(12))
def test_same_bytes(alone: Path, seed: int) -> None:
    """It writes the very bytes that reading and writing the whole file would."""
    one, other = alone / "one.json", alone / "other.json"
    chance = random.Random(seed)
    add(one, "first")
    add(other, "first")

    for _ in range(25):
        changes = _random_changes(one, chance)
        _note(other).unlink(missing_ok=True)

        opened(one).commit(changes)
        opened(other).commit(changes)

        assert one.read_bytes() == other.read_bytes()
        assert meta(one)["digest"] == digest(entries_value(one))
        if changes and chance.random() < 0.3:
            undo(one)
            undo(other)
        assert not _is_read_whole(one)


def test_removed_and_brought_back(path: Path) -> None:
    """It takes out the first, the last and all entries, and puts them back where they were."""
    before = entries_value(path)

    for ids in ((1,), (9,), (1, 2, 3), (8, 9), (4, 5, 6), tuple(range(1, 10))):
        remove(path, *ids)
        assert [*titles(path)] == [number for number in range(1, 10) if number not in ids]
        assert not _is_read_whole(path)
        undo(path)
        assert entries_value(path) == before


def test_tables_of_others(path: Path) -> None:
    """It keeps tables that are not its own, and takes nothing in them for an entry."""
    path.write_bytes(
        path.read_bytes().removesuffix(b"}\n") + b',\n"3":{"1":{"title":"no entry"}},\n"12":{}}\n'
    )
    _title(path, 2, "mine")
    assert not _is_read_whole(path)

    _title(path, 3, "mine as well")
    add(path, "the tenth")

    others = {name: bytes(table) for name, table in opened(path).snapshot.others.items()}
    assert not _is_read_whole(path)
    assert others == {"3": b'{"1":{"title":"no entry"}}', "12": b"{}"}
    assert path.read_bytes().endswith(b'\n},\n"3":{"1":{"title":"no entry"}},\n"12":{}}\n')
    assert titles(path)[3] == "mine as well"
    assert titles(path)[10] == "the tenth"


def test_little_is_read(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads a small part of a large archive to change one entry, and writes no more by itself."""
    monkeypatch.undo()
    monkeypatch.chdir(alone)
    path = alone / "archive.json"
    archive = opened(path)
    archive.commit([adding(Entry(title=f"story {n}", body="word " * 400), NOW) for n in range(1, 1001)])
    read, wrote = 0, 0
    pread, write = os.pread, os.write

    def reading(*arguments: Any) -> bytes:
        nonlocal read
        data = pread(*arguments)
        read += len(data)
        return data

    def writing(descriptor: int, data: Any) -> int:
        nonlocal wrote
        wrote += len(data)
        return write(descriptor, data)

    monkeypatch.setattr(os, "pread", reading)
    monkeypatch.setattr(os, "write", writing)
    _title(path, 500, "mine")

    assert path.stat().st_size > 2_000_000
    assert 0 < read < 500_000
    if sys.platform == "linux":
        assert 0 < wrote < 20_000


PROMISES = sorted(CHECKS.keys() - {"forces_everything_to_the_disk"})


@pytest.mark.parametrize("name", PROMISES)
def test_promise(alone: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It keeps the promise."""
    CHECKS[name](alone / "archive.json", monkeypatch)


def test_forces_everything_to_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy and the record are on the disk before the rename, and the folder after it, before the note."""
    events: list[str] = []

    with monkeypatch.context() as patch:
        log_durable_events(patch, path, events)
        _title(path, 5, "mine")

    assert events == [*DURABLE_EVENTS, "name written"]


# --- all entries ------------------------------------------------------------------------------------------


def test_all_entries(path: Path) -> None:
    """It reads the same entries, a piece at a time, as when it reads the file whole."""
    add(path, "long " * 300, 'the eleventh,\n"12":{')
    remove(path, 1, 4)
    _title(path, 6, "mine")
    piecewise = opened(path).snapshot
    _note(path).unlink()
    whole = opened(path).snapshot

    assert not isinstance(piecewise.lines, dict)
    assert [*piecewise.lines] == [2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert {n: bytes(line) for n, line in piecewise.lines.items()} == {
        n: bytes(line) for n, line in whole.lines.items()
    }
    assert [*piecewise.rows([7, 11, 2])] == [*whole.rows([7, 11, 2])]
    assert [number for number in range(14) if number in piecewise.lines] == [*whole.lines]


def test_no_entries(path: Path) -> None:
    """It reads an archive from which all has been removed."""
    remove(path, *range(1, 10))

    assert opened(path).entries == []
    assert not _is_read_whole(path)


def test_bytes_that_the_disk_has_changed(path: Path) -> None:
    """It refuses to go through entries of which one is not as it was written, though no time tells it."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b"story 5", b"story S"))
    status = path.stat()
    identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    note = json.loads(_note(path).read_bytes())
    _note(path).write_text(json.dumps({**note, "file": identity}))

    with pytest.raises(DamagedArchiveError, match="lines are not those that were written"):
        list(opened(path).snapshot.lines.items())


@pytest.mark.parametrize("going", ["lines.items", "rows"])
def test_written_into_while_it_is_read(path: Path, going: str) -> None:
    """It says so, rather than to mix two states of the file."""
    snapshot = opened(path).snapshot
    lines = iter(snapshot.lines.items() if going == "lines.items" else snapshot.rows(snapshot.newest_first()))
    next(lines)
    with path.open("r+b") as file:
        file.seek(path.read_bytes().index(b"story 9"))
        file.write(b"STORY")

    with pytest.raises(CannotReadError, match="changed while it was read"):
        list(lines)


def test_replaced_while_it_is_read(path: Path) -> None:
    """It goes on reading the revision that it began with when somebody commits the next one."""
    snapshot = opened(path).snapshot
    rows = snapshot.rows(snapshot.lines)
    first = next(rows)

    _title(path, 5, "mine")

    assert [first["title"], *(row["title"] for row in rows)] == [f"story {number}" for number in range(1, 10)]


# --- failures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("name", ["ENOSPC", "EIO"])
def test_failure_at_every_call(
    alone: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, stays: bool
) -> None:
    """It keeps the old revision or has the new one, as it said, and the next commit clears up."""
    path = alone / "archive.json"
    for _ in range(6):
        step(path)

    assert fail_at_every_call(path, monkeypatch, name, stays=stays) > 30


def test_kill_at_every_call(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the old revision or the new one after a kill, in the middle of the copying or before the rename."""
    path = alone / "archive.json"
    for _ in range(6):
        step(path)
    killed: set[str] = set()
    for number in count():
        revision = revision_of(path)
        with interposed(monkeypatch, _noting(alone / "killed", number)):
            code = in_child(lambda: step(path))
        found = revision_of(path)

        assert found in (revision, revision + 1)
        check_revision(path, found)
        if code == 0:
            break
        killed.add((alone / "killed").read_text())
        step(path)
        check_revision(path, found + 1)
        assert leftovers(alone) == []
    assert {"replace", "fsync", "link"} <= killed
    if hasattr(os, "copy_file_range"):
        assert "copy_file_range" in killed


def _noting(file: Path, at: int) -> Callable[[int, str, bool], None]:
    """Write down what call it is before the process is killed."""
    kill = killing(at)

    def action(number: int, name: str, changes: bool) -> None:
        if number == at:
            file.write_text(name)
        kill(number, name, changes)

    return action


@pytest.mark.skipif(not hasattr(os, "copy_file_range"), reason="there is no such call on this system")
@pytest.mark.parametrize("name", ["EXDEV", "EINVAL", "ENOSYS", "EOPNOTSUPP", "EPERM", "nothing", "a part"])
def test_system_that_does_not_copy(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It copies by itself where the file system cannot, or copies nothing or only a part."""
    other = path.with_name("other.json")
    shutil.copy(path, other)
    _title(other, 5, "mine")
    real = os.copy_file_range
    calls: list[int] = []

    def copy(source: int, target: int, most: int, offset_src: int) -> int:
        calls.append(most)
        if name == "nothing" or (name == "a part" and len(calls) > 1):
            return 0
        if name == "a part":
            return real(source, target, 7, offset_src=offset_src)
        raise OSError(getattr(errno, name), os.strerror(getattr(errno, name)))

    monkeypatch.setattr(os, "copy_file_range", copy)
    _title(path, 5, "mine")

    assert calls
    assert entries_value(path) == entries_value(other)
    assert titles(path)[5] == "mine"


def test_system_without_the_call(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It copies by itself where the system knows no such call."""
    monkeypatch.delattr(os, "copy_file_range", raising=False)

    _title(path, 5, "mine")

    assert titles(path)[5] == "mine"
    assert titles(path)[9] == "story 9"


# --- the note ---------------------------------------------------------------------------------------------


def test_note_of_the_revision_before(path: Path) -> None:
    """It does not go by a note that is one revision behind."""
    behind = _note(path).read_bytes()
    tag(path, "x")
    _note(path).write_bytes(behind)

    assert _is_read_whole(path)
    tag(path, "y")
    assert [entry.tags for entry in opened(path).entries] == [("x", "y")] * 9


def test_note_of_another_file(path: Path) -> None:
    """It does not go by the note of another archive's file."""
    other = path.with_name("other.json")
    add(other, "theirs", "theirs too")
    _note(path).write_bytes(_note(other).read_bytes())

    assert _is_read_whole(path)
    assert len(opened(path).entries) == 9


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}", b"[]", b"\0" * 50, b'{"file":[1],"entries":[0,0]}', b'{"file":[1,2,3,4,5]}']
)
def test_spoilt_note(path: Path, spoilt: bytes) -> None:
    """It reads the file whole where the note says nothing."""
    _note(path).write_bytes(spoilt)

    assert _is_read_whole(path)
    add(path, "the tenth")
    assert not _is_read_whole(path)


@pytest.mark.parametrize("entries", ["[0,0]", "[-5,10]", "[10,5]", "[200,10000000]", "[149,300]", "[90,95]"])
def test_note_of_another_place(path: Path, entries: str) -> None:
    """It reads the file whole where the entries are not where the note has them."""
    known = _note(path).read_text().partition(',"entries"')[0]
    _note(path).write_text(f'{known},"entries":{entries}}}')

    assert _is_read_whole(path)


def test_link_in_the_place_of_the_note(path: Path) -> None:
    """It follows no link that somebody has put there."""
    text = _note(path).read_bytes()
    path.with_name("mine").write_bytes(text)
    _note(path).unlink()
    _note(path).symlink_to(path.with_name("mine"))

    add(path, "the tenth")

    assert path.with_name("mine").read_bytes() == text
    assert titles(path)[10] == "the tenth"


def test_whole_seconds(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It notes nothing where the times of files are whole seconds, as a change within one would not show."""
    path = alone / "archive.json"
    real = written.fingerprint_of
    monkeypatch.setattr("newsarchive.store.file.saving.fingerprint_of", lambda status: _coarse(real(status)))

    add(path, "one")

    assert not _note(path).exists()


def _coarse(fingerprint: tuple[int, ...]) -> tuple[int, ...]:
    return (*fingerprint[:3], fingerprint[3] // 10**9 * 10**9)


# --- hand edits -------------------------------------------------------------------------------------------


def _overwrite(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


@pytest.mark.parametrize("keeps_time", [False, True], ids=["plainly", "time set back"])
def test_hand_edit_in_place(path: Path, *, keeps_time: bool) -> None:
    """It tells of a byte that was changed in place, even by a tool that sets the file's time back."""
    time = path.stat().st_mtime_ns
    _overwrite(path, path.read_bytes().replace(b"story 3", b"STORY 3"))
    if keeps_time:
        os.utime(path, ns=(time, time))

    assert opened(path).snapshot.edited_by_hand
    said: list[str] = []
    archive = opened(path, say=said.append)
    entry = archive.snapshot.entry(5)
    archive.commit(planned([changing(entry, replace(entry, title="mine"), NOW)]))
    assert said == ["note: archive.json was changed by hand since revision 1; all 9 entries are valid"]
    assert titles(path)[3] == "STORY 3"


def test_every_byte_in_place(path: Path) -> None:
    """It tells of any byte that an editor has changed, at once."""
    good = path.read_bytes()
    for place in range(len(good) - 2 - len(entries_value(path)), len(good) - 2, 7):
        _overwrite(path, good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])

        with suppress(DamagedArchiveError):
            assert opened(path).snapshot.edited_by_hand, place
        _overwrite(path, good)


def test_edit_during_the_commit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not overwrite what an editor saves while the lines that stay are copied."""
    theirs = path.read_bytes().replace(b"story 3", b"STORY 3")
    append = History.append

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        _overwrite(path, theirs)
        return append(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(History, "append", meanwhile)
        with pytest.raises(ChangedMeanwhileError):
            _title(path, 5, "mine")

    assert path.read_bytes() == theirs
    assert recorded(path) == [1]


def test_touched(path: Path) -> None:
    """It reads a file whole that was only touched, and says nothing."""
    path.touch()

    assert _is_read_whole(path)
    assert not opened(path).snapshot.edited_by_hand


def test_failing_disk(path: Path) -> None:
    """It tells of bytes that changed behind the system's back as soon as all are read, and hides them never."""
    _overwrite(path, path.read_bytes().replace(b"story 3", b"STORY 3"))
    status = path.stat()
    known = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    entries = _note(path).read_text().partition('"entries"')[2]
    _note(path).write_text(f'{{"file":{list(known)},"entries"{entries}')
    assert not _is_read_whole(path)

    with pytest.raises(DamagedArchiveError, match="not those that were written"):
        _ = opened(path).entries
    _title(path, 5, "mine")
    path.touch()

    assert opened(path).snapshot.edited_by_hand
    assert titles(path)[3] == "STORY 3"
