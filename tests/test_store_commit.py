"""A commit: conflicts, the previous revision, modes and groups, and places that cannot be written."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from faults import in_child
from storing import (
    LATER,
    NOW,
    add,
    all_files,
    beside,
    expected,
    leftovers,
    opened,
    recorded,
    remove,
    revision_of,
    state,
    step,
    tag,
    titles,
)

from newsarchive.changes import adding, changing, removing
from newsarchive.entry import Entry
from newsarchive.errors import CannotSaveError, ChangedMeanwhileError
from newsarchive.store.file.mounts import kind_of_device

Invoke = Callable[..., Any]

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can act as other users; run it with sudo"
)


# --- conflicts ------------------------------------------------------------------------------------------


def test_entry_changed_meanwhile(alone: Path) -> None:
    """It refuses a change of an entry that another has changed since, and names the entry."""
    path = alone / "archive.json"
    add(path, "one", "two")
    archive = opened(path)
    plan = [changing(entry, replace(entry, url="https://example.org"), NOW) for entry in archive.entries]
    tag(path, "x", 2)
    before = path.read_bytes()

    with pytest.raises(ChangedMeanwhileError, match=r"^entry 2 changed meanwhile, so nothing was written"):
        archive.commit([change for change in plan if change])

    assert path.read_bytes() == before
    assert recorded(path) == [1, 2]


def test_entry_removed_meanwhile(alone: Path) -> None:
    """It refuses to remove entries that another has removed."""
    path = alone / "archive.json"
    add(path, "one", "two", "three")
    archive = opened(path)
    plan = [removing(entry) for entry in archive.entries]
    remove(path, 1, 3)

    with pytest.raises(ChangedMeanwhileError, match=r"^entries 1, 3 changed meanwhile"):
        archive.commit(plan)

    assert titles(path) == {2: "two"}


def test_other_entry_changed_meanwhile(alone: Path) -> None:
    """It takes a newer revision alone for no conflict."""
    path = alone / "archive.json"
    add(path, "one", "two")
    archive = opened(path)
    one = archive.entries[0]
    tag(path, "x", 2)
    add(path, "three")

    archive.commit([removing(one), adding(Entry(title="four"), NOW)])

    assert titles(path) == {2: "two", 3: "three", 4: "four"}


def test_file_replaced_during_the_commit(
    alone: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with exit code 3 when an editor saved the file meanwhile, and leaves what the editor saved."""
    from newsarchive.store.file.history import History

    path = alone / "archive.json"
    add(path, "one")
    theirs = path.read_bytes().replace(b'"one"', b'"their title"')
    append = History.append

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        added = append(*arguments, **options)
        path.with_name("new").write_bytes(theirs)
        path.with_name("new").replace(path)
        return added

    monkeypatch.setattr(History, "append", meanwhile)
    result = invoke("tag", "+x", "--all")

    assert result.code == 3
    assert f"{path} changed meanwhile, so nothing was written" in result.err
    assert path.read_bytes() == theirs
    assert recorded(path) == [1]


def test_folder_beside_removed_during_the_commit(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes back no record of another commit that came in between when its own fails."""
    from newsarchive.store.file.history import History

    path = alone / "archive.json"
    add(path, "one")
    append = History.append

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        added = append(*arguments, **options)
        monkeypatch.setattr(History, "append", append)
        shutil.rmtree(alone / ".newsarchive")
        add(path, "of another", command="another")
        return added

    monkeypatch.setattr(History, "append", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        add(path, "mine")

    assert [record.command for record in opened(path).records()] == ["another"]
    assert titles(path) == {1: "one", 2: "of another"}


def test_file_removed_during_the_commit(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not bring a file back that someone took away meanwhile."""
    from newsarchive.store.file import tables

    path = alone / "archive.json"
    add(path, "one")
    real = tables.apply_changes

    def meanwhile(*arguments: Any) -> Any:
        path.unlink()
        return real(*arguments)

    monkeypatch.setattr(tables, "apply_changes", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        add(path, "two")

    assert not path.exists()


def test_file_created_during_the_commit(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not write over a file that came into being while it prepared the first revision."""
    from newsarchive.store.file import tables

    path = alone / "archive.json"
    real = tables.apply_changes

    def meanwhile(*arguments: Any) -> Any:
        path.write_bytes(b"of another")
        return real(*arguments)

    monkeypatch.setattr(tables, "apply_changes", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        add(path, "one")

    assert path.read_bytes() == b"of another"


# --- the previous revision ------------------------------------------------------------------------------


def test_previous_revision(alone: Path) -> None:
    """It keeps the revision before the present one, byte by byte, as a file of its own."""
    path = alone / "archive.json"
    add(path, "one")
    first = path.read_bytes()

    add(path, "two")

    previous = beside(path) / "previous.json"
    assert previous.read_bytes() == first
    assert not previous.samefile(path)
    assert path.stat().st_nlink == previous.stat().st_nlink == 1


def test_crash_before_the_rename(alone: Path) -> None:
    """It separates archive and previous revision that a crash left as one file, without a word."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    (beside(path) / "previous.json").unlink()
    (beside(path) / "previous.json").hardlink_to(path)
    second = path.read_bytes()
    said: list[str] = []

    add(path, "three", say=said.append)

    assert said == []
    assert (beside(path) / "previous.json").read_bytes() == second
    assert path.stat().st_nlink == 1


def test_hard_linked_archive(alone: Path) -> None:
    """It says that another name of the file keeps the old revision."""
    path = alone / "archive.json"
    add(path, "one")
    (alone / "second-name.json").hardlink_to(path)
    said: list[str] = []

    add(path, "two", say=said.append)

    assert said == [f"note: {path} has other hard links; they keep the old revision"]
    assert titles(alone / "second-name.json") == {1: "one"}


def test_symbolic_link(alone: Path) -> None:
    """It writes to the file behind a symbolic link, which stays one."""
    path = alone / "data" / "news.json"
    path.parent.mkdir()
    add(path, "one")
    link = alone / "archive.json"
    link.symlink_to(path)

    add(link, "two")

    assert link.is_symlink()
    assert titles(path) == {1: "one", 2: "two"}
    assert not (alone / ".newsarchive").exists()


def test_dead_neighbour(alone: Path) -> None:
    """It removes what killed writers left and nothing that belongs to an archive with a similar name."""
    path = alone / "archive.json"
    add(path, "one")
    suffix = "-4711-0123abcd.newsarchive-tmp"
    for name in (f".archive.json{suffix}", f".archive.json-2{suffix}", f".archive.json.bak{suffix}"):
        (alone / name).write_bytes(b"half")
    (beside(path) / f".previous.json{suffix}").write_bytes(b"half")

    add(path, "two")

    assert leftovers(alone) == [f".archive.json-2{suffix}", f".archive.json.bak{suffix}"]


# --- modes, groups, users -------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_mode_is_kept(alone: Path, mode: int) -> None:
    """It leaves the archive as open as it was, and what is beside it no more open than that."""
    path = alone / "archive.json"
    add(path, "one")
    path.chmod(mode)

    add(path, "two")
    add(path, "three")

    files = (path, beside(path) / "previous.json", beside(path) / "history.jsonl")
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [mode] * 3


@needs_root
def test_owner_and_group_are_kept(alone: Path) -> None:
    """It does not lock an archive's owner out when root writes to it."""
    path = alone / "archive.json"
    add(path, "one")
    os.chown(path, 4001, 4002)

    add(path, "two")

    for file in (path, beside(path) / "history.jsonl"):
        assert (file.stat().st_uid, file.stat().st_gid) == (4001, 4002)


def _as_user(user: int, group: int, work: Callable[[], object]) -> str:
    """Do the work as another user, in a forked process; return what the failure said, nothing without one."""
    answer, question = os.pipe()

    def changed_user() -> None:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
        os.umask(0o022)
        try:
            work()
        except CannotSaveError as error:
            os.write(question, str(error).encode())

    assert in_child(changed_user) == 0
    os.close(question)
    with open(answer, encoding="utf-8") as file:
        return file.read()


@pytest.fixture
def shared() -> Iterator[Path]:
    """Make a folder that a group of people share."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer, "news")
        folder.mkdir()
        os.chown(folder, 4001, 4002)
        folder.chmod(0o2770)
        add(folder / "warm-up.json", "one")  # loads modules that another user may not be able to read
        yield folder


@needs_root
def test_shared_folder(shared: Path) -> None:
    """It lets the members of a group write in turn to the archive in their folder."""
    path = shared / "archive.json"
    shutil.rmtree(shared / ".newsarchive")
    assert _as_user(4001, 4002, lambda: step(path)) == ""
    path.chmod(0o660)

    answers = [_as_user(user, 4002, lambda: step(path)) for user in (4001, 4003, 4001, 4003)]

    assert answers == [""] * 4
    assert state(path) == expected(5)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


def test_read_only_file(alone: Path, invoke: Invoke) -> None:
    """It leaves a file alone that is marked read-only, although renaming over it would be allowed."""
    path = alone / "archive.json"
    add(path, "one")
    path.chmod(0o444)
    before = path.read_bytes()

    result = invoke("tag", "+x", "--all")

    assert (result.code, result.out) == (4, "")
    assert result.err.endswith(f"cannot save {path}: the file is read-only; nothing was changed\n")
    assert path.read_bytes() == before
    assert recorded(path) == [1]


@needs_root
def test_read_only_folder(shared: Path) -> None:
    """It says why an archive cannot be saved in a folder that is closed to the user."""
    path = shared / "archive.json"
    step(path)
    path.chmod(0o666)
    shared.chmod(0o755)
    before = path.read_bytes()

    answer = _as_user(4003, 4003, lambda: step(path))

    assert answer.startswith(f"cannot save {path}: ")
    assert answer.endswith("permission denied; nothing was changed")
    assert path.read_bytes() == before


def test_missing_folder(alone: Path) -> None:
    """It does not make folders for an archive."""
    with pytest.raises(CannotSaveError, match="its folder does not exist"):
        add(alone / "no" / "archive.json", "one")

    assert list(alone.iterdir()) == []


def test_file_where_the_folder_should_be(alone: Path) -> None:
    """It says so when there is something else in the place of its own folder."""
    (alone / ".newsarchive").write_bytes(b"")

    with pytest.raises(CannotSaveError, match="file exists; nothing was changed"):
        add(alone / "archive.json", "one")

    assert list(all_files(alone)) == [".newsarchive"]


def test_folder_beside_is_kept_out_of_git(alone: Path) -> None:
    """It makes git ignore what lies beside the archive."""
    add(alone / "archive.json", "one")

    assert (alone / ".newsarchive" / ".gitignore").read_bytes() == b"*\n"


def test_everything_beside_is_gone(alone: Path) -> None:
    """It goes on where the folder beside the archive was deleted."""
    path = alone / "archive.json"
    add(path, "one")
    shutil.rmtree(alone / ".newsarchive")

    add(path, "two")

    assert titles(path) == {1: "one", 2: "two"}
    assert (revision_of(path), recorded(path)) == (2, [2])


# --- network file systems -------------------------------------------------------------------------------

MOUNTS = """\
22 1 252:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 22 0:32 / /srv/news rw,nosuid shared:9 master:2 - nfs4 server:/news rw,vers=4.2
41 22 0:40 / /mnt/with\\040blank rw - fuse.sshfs someone@host: rw
"""


@pytest.mark.parametrize(
    ("device", "kind"), [("252:0", "ext4"), ("0:32", "nfs4"), ("0:40", "fuse.sshfs"), ("0:99", None)]
)
def test_kind_of_file_system(device: str, kind: str | None) -> None:
    """It finds the kind of a file system in the kernel's list of mounts."""
    assert kind_of_device(device, MOUNTS) == kind


def test_note_on_a_network_file_system(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It warns who keeps an archive where locks may fail."""
    path = alone / "archive.json"
    said: list[str] = []
    monkeypatch.setattr("newsarchive.store.file.store.network_file_system", lambda _folder: "nfs4")

    add(path, "one", say=said.append)

    assert said == [f"note: {path} is on a network file system (nfs4), where locks may fail"]


def test_no_note_on_a_local_disk(alone: Path) -> None:
    """It has nothing to say about an ordinary write."""
    said: list[str] = []

    add(alone / "archive.json", "one", say=said.append, now=LATER)
    add(alone / "archive.json", "two", say=said.append, now=LATER)

    assert said == []
