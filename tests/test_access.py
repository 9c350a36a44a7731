"""Rights: nobody is let in to whom the archive is closed, and nothing that a stranger planted is trusted."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import struct
import subprocess
import tempfile
from pathlib import Path

import pytest

NEEDS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files that belong to others")
STRANGER = 54_321
COLLEAGUE = 54_322
OWNER = 54_323
GROUP = 54_300


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def beside(archive):
    return archive.parent / ".newsarchive" / archive.name


# --- what was planted -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["history.jsonl", "lock", "holder", "previous.json", "index.sqlite3", "written"]
)
def test_a_link_beside_the_archive_is_not_followed(archive, invoke, name):
    """It neither writes to what a planted link leads to, nor gives it the archive's mode."""
    victim = archive.parent / "victim"
    victim.write_text("mine\n")
    victim.chmod(0o640)
    (beside(archive) / name).unlink(missing_ok=True)
    (beside(archive) / name).symlink_to(victim)
    archive.chmod(0o666)

    result = invoke("tag", "+new", "id:1")

    assert (victim.read_text(), mode_of(victim)) == ("mine\n", 0o640)
    assert result.code in (0, 4)
    if name in ("history.jsonl", "lock"):
        assert (result.code, name in result.err, "symbolic link" in result.err) == (4, True, True)
        assert invoke("list", "tag:new", "--format", "ids").out == ""


@pytest.mark.parametrize(
    "name", ["history.jsonl", "lock", "holder", "previous.json", "index.sqlite3", "written"]
)
def test_a_pipe_beside_the_archive_is_not_waited_for(archive, program, name):
    """It ends at once, whatever has become a pipe, and says which."""
    (beside(archive) / name).unlink(missing_ok=True)
    os.mkfifo(beside(archive) / name)

    for command in (("tag", "+new", "id:1"), ("history",), ("undo", "--dry-run"), ("search", "saiga")):
        result = program(*command)
        assert result.code in (0, 1, 4), (command, result)
        assert "Traceback" not in result.err


def test_a_pipe_as_thesaurus_is_not_waited_for(archive, program):
    """It says that the user's thesaurus is no file."""
    os.mkfifo("thesaurus.toml")

    result = program("thesaurus", "list")

    assert result.code == 4
    assert "thesaurus.toml" in result.err


@pytest.mark.parametrize("is_linked", [True, False])
def test_another_file_in_place_of_the_history_is_not_opened(archive, invoke, is_linked):
    """It gives a private file that has become the history no right of the archive's, and adds to no hard link."""
    history, victim = beside(archive) / "history.jsonl", archive.parent / "victim"
    victim.write_text("mine\n")
    victim.chmod(0o600)
    history.unlink()
    (os.link if is_linked else os.rename)(victim, history)
    archive.chmod(0o644)

    result = invoke("tag", "+new", "id:1")

    assert mode_of(history) == 0o600
    assert history.read_text().startswith("mine\n")
    assert result.code == (4 if is_linked else 0)
    assert ("another name of a file that is no history" in result.err) == is_linked
    assert (victim.exists() and victim.read_text()) == ("mine\n" if is_linked else False)


def test_a_history_with_a_second_name_goes_on(archive, invoke):
    """It adds to a history that a backup by hard links keeps, too."""
    os.link(beside(archive) / "history.jsonl", "kept.jsonl")

    assert invoke("tag", "+new", "id:1").code == 0
    assert invoke("undo").code == 0


@NEEDS_ROOT
def test_a_history_of_a_stranger_is_refused(archive, invoke):
    """It names a file that belongs to somebody who may not write here, and writes nothing."""
    history = beside(archive) / "history.jsonl"
    os.chown(history, STRANGER, STRANGER)
    before = archive.read_bytes()

    result = invoke("tag", "+new", "id:1")

    assert result.code == 4
    assert f"belongs to another user (number {STRANGER})" in result.err
    assert archive.read_bytes() == before


@NEEDS_ROOT
def test_a_folder_of_a_stranger_is_refused(alone, invoke):
    """It puts nothing into a folder .newsarchive that somebody made before, where everybody may."""
    alone.chmod(0o1777)
    planted = alone / ".newsarchive"
    planted.mkdir()
    os.chown(planted, STRANGER, STRANGER)

    result = invoke("add", "--title", "Secret")

    assert result.code == 4
    assert "belongs to another user" in result.err
    assert list(planted.iterdir()) == []


# --- what others may do -----------------------------------------------------------------------------------


def test_closing_the_archive_closes_what_lies_beside_it(large, invoke):
    """It takes the rights from index, history and previous revision with the next command, even one that reads."""
    large.chmod(0o644)
    invoke("tag", "+new", "id:1")
    invoke("tag", "+newer", "id:1")
    invoke("search", "saiga")
    files = [beside(large) / name for name in ("index.sqlite3", "history.jsonl", "previous.json")]
    assert [mode_of(file) for file in files] == [0o644] * 3

    large.chmod(0o600)
    invoke("search", "saiga")

    assert [mode_of(file) for file in files] == [0o600] * 3


def access_list(*entries):
    """Write an access list in the kernel's form: (tag, rights, id) each; see acl(5)."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


USER_OBJ, USER, GROUP_OBJ, MASK, OTHER, NO_ID = 0x01, 0x02, 0x04, 0x10, 0x20, 0xFFFFFFFF
LIST = access_list(
    (USER_OBJ, 6, NO_ID), (USER, 4, COLLEAGUE), (GROUP_OBJ, 0, NO_ID), (MASK, 4, NO_ID), (OTHER, 0, NO_ID)
)


def set_list(path, value):
    try:
        os.setxattr(path, "system.posix_acl_access", value)
    except OSError:
        pytest.skip("this file system has no access lists")


def test_access_lists_are_kept(archive, invoke):
    """It gives a new revision, the history and the previous one the very access list, and the group no right."""
    set_list(archive, LIST)

    assert invoke("tag", "+new", "id:1").code == 0
    assert invoke("tag", "+newer", "id:1").code == 0

    for path in (archive, beside(archive) / "history.jsonl", beside(archive) / "previous.json"):
        assert os.getxattr(path, "system.posix_acl_access") == LIST, path


def test_an_inherited_access_list_opens_nothing(archive, invoke):
    """It gives no new file rights that the archive has not, though the folder hands some down."""
    archive.chmod(0o640)
    try:
        os.setxattr(archive.parent, "system.posix_acl_default", LIST)
    except OSError:
        pytest.skip("this file system has no access lists")

    assert invoke("tag", "+new", "id:1").code == 0

    assert mode_of(archive) == 0o640
    with pytest.raises(OSError, match="No data"):
        os.getxattr(archive, "system.posix_acl_access")


@contextlib.contextmanager
def acting_as(user):
    """Be another member of the group for a while; what the program imports must have been loaded before."""
    groups, group = os.getgroups(), os.getegid()
    os.setgroups([])
    os.setegid(GROUP)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


@pytest.fixture
def shared(archive, invoke, monkeypatch):
    """Make an archive of `OWNER` in a folder of the group, all of it private as yet, with a history of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "archive.json"
        path.write_bytes(archive.read_bytes())
        for made in (folder, path):
            os.chown(made, OWNER, GROUP)
        folder.chmod(0o755)
        path.chmod(0o600)
        for command in (("tag", "+warm", "id:1"), ("list",), ("undo",)):
            invoke(*command)
        monkeypatch.chdir(folder)
        with acting_as(OWNER):
            assert invoke("tag", "+first", "id:1").code == 0
            assert invoke("tag", "+second", "id:1").code == 0
        yield path
        monkeypatch.undo()


@NEEDS_ROOT
@pytest.mark.parametrize("command", [("list",), ("tag", "+third", "id:1")])
def test_a_colleague_writes_once_the_archive_was_opened(shared, invoke, command):
    """It lets them write after the owner's chmod and next command, even one that reads, and the owner after them."""
    assert mode_of(beside(shared) / "history.jsonl") == 0o600
    with acting_as(OWNER):
        shared.chmod(0o664)
        shared.parent.chmod(0o2775)
        assert invoke(*command).code == 0

    with acting_as(COLLEAGUE):
        assert invoke("tag", "+theirs", "id:2").code == 0
        assert invoke("undo").code == 0
        assert invoke("tag", "+theirs", "id:2").code == 0
    with acting_as(OWNER):
        assert invoke("tag", "+ours", "id:2").code == 0
        assert invoke("list", "tag:theirs", "tag:ours", "--format", "ids").out == "2\n"


@NEEDS_ROOT
def test_a_colleague_writes_to_a_large_archive(shared, large_original, tmp_path, invoke):
    """It lets them search and write beside an index that is the owner's."""
    content = large_original.read_bytes()
    (tmp_path / "large.json").write_bytes(content)
    for command in (("search", "saiga"), ("tag", "+warm", "id:1"), ("list", "tag:warm")):
        assert invoke(*command, "--archive", str(tmp_path / "large.json")).code == 0
    with acting_as(OWNER):
        shared.write_bytes(content)
        for command in (("search", "saiga"), ("tag", "+first", "id:1")):
            assert invoke(*command).code == 0
        assert (beside(shared) / "index.sqlite3").exists()
        shared.chmod(0o664)
        shared.parent.chmod(0o775)
        assert invoke("list", "--limit", "1").code == 0

    with acting_as(COLLEAGUE):
        assert invoke("search", "saiga").code == 0
        assert invoke("tag", "+theirs", "id:2").code == 0
        assert invoke("list", "tag:theirs", "--format", "ids").out == "2\n"


@NEEDS_ROOT
def test_a_colleague_is_told_what_the_owner_has_to_do(shared, invoke):
    """It says in one line how what lies beside is opened, and writes nothing."""
    with acting_as(OWNER):
        shared.parent.chmod(0o775)
        invoke("list")
        shared.chmod(0o664)
    before = shared.read_bytes()

    with acting_as(COLLEAGUE):
        result = invoke("tag", "+theirs", "id:2")

    assert result.code == 4
    assert "its owner opens it with any command" in result.err
    assert shared.read_bytes() == before


@NEEDS_ROOT
def test_a_reader_opens_nothing_that_is_private(shared, invoke):
    """It leaves history and folders closed while the archive is, and a file that is no history."""
    secret = shared.parent / "secret"
    secret.write_text("{}")
    os.chown(secret, OWNER, GROUP)
    secret.chmod(0o600)
    with acting_as(OWNER):
        shared.parent.chmod(0o775)
        assert invoke("list").code == 0
        assert mode_of(beside(shared) / "history.jsonl") == 0o600
        assert mode_of(beside(shared)) == 0o755
        shared.chmod(0o664)
        history = beside(shared) / "history.jsonl"
        kept = history.rename(shared.parent / "kept")
        os.link(kept, history)
        assert invoke("list").code == 0
        assert mode_of(history) == 0o600
        history.unlink()
        secret.rename(history)
        assert invoke("list").code == 0
        assert mode_of(history) == 0o600


# --- exports ----------------------------------------------------------------------------------------------


def test_an_export_goes_through_a_pipe(archive, invoke):
    """It writes into a named pipe that is there, and leaves it one."""
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        result = invoke("export", "--format", "json", "-o", "pipe")
        out = reader.communicate()[0]

    assert result.code == 0
    assert len(json.loads(out)) == 10
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


def test_an_export_goes_to_a_device(archive, program):
    """It writes to /dev/null and to standard output by its name, and needs no --force for that."""
    assert program("export", "--format", "json", "-o", "/dev/null").code == 0

    result = program("export", "--format", "json", "-o", "/dev/stdout")

    assert result.code == 0
    assert len(json.loads(result.out)) == 10
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_an_export_to_a_full_device_says_so(archive, program):
    """It ends with 4 and one line."""
    result = program("export", "--format", "json", "-o", "/dev/full")

    assert result.code == 4
    assert "no space left" in result.err


def test_an_export_follows_a_link(archive, invoke):
    """It replaces the file that a link leads to, keeps its mode, and leaves the link."""
    Path("real.json").write_text("old")
    Path("real.json").chmod(0o600)
    Path("link.json").symlink_to("real.json")

    assert invoke("export", "-o", "link.json").code == 2
    assert invoke("export", "-o", "link.json", "--force").code == 0

    assert Path("link.json").is_symlink()
    assert len(json.loads(Path("real.json").read_text())) == 10
    assert mode_of(Path("real.json")) == 0o600


def test_an_export_follows_a_link_that_leads_to_no_file_yet(archive, invoke):
    """It makes the file."""
    Path("link.json").symlink_to("real.json")

    assert invoke("export", "-o", "link.json").code == 0
    assert len(json.loads(Path("real.json").read_text())) == 10
    assert Path("link.json").is_symlink()
