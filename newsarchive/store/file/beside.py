"""What lies beside an archive, in `.newsarchive/<archive name>/`."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from newsarchive.access import Access, check_trusted, open_plain
from newsarchive.disk import free_path, reason_of
from newsarchive.errors import CannotReadError, CannotSaveError

FOLDER_NAME: Final = ".newsarchive"
_REPLACED: Final = "replaced-"
_HISTORY: Final = "history.jsonl"


class Beside(msgspec.Struct, frozen=True):
    """The paths that belong to one archive; `archive` is the real file, symbolic links resolved."""

    archive: Path

    @classmethod
    def of(cls, path: Path | str) -> Beside:
        """Follow links from `path` to the file itself, so that all its names share one lock."""
        return cls(Path(os.path.realpath(path)))

    @property
    def folder(self) -> Path:
        """The archive's own folder."""
        return self.archive.parent / FOLDER_NAME / self.archive.name

    @property
    def lock(self) -> Path:
        """The file that writers lock; it is never removed."""
        return self.folder / "lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock."""
        return self.folder / "holder"

    @property
    def previous(self) -> Path:
        """The revision before the present one."""
        return self.folder / "previous.json"

    @property
    def has_previous(self) -> bool:
        """Whether there is a previous revision. Raises CannotReadError."""
        try:
            return self.previous.exists()
        except OSError as error:
            raise CannotReadError(self.previous, reason_of(error)) from error

    @property
    def history(self) -> Path:
        """The log of operations."""
        return self.folder / _HISTORY

    @property
    def written(self) -> Path:
        """Which file the last commit made; without it, the file is read whole."""
        return self.folder / "written"

    @property
    def index(self) -> Path:
        """The search index; it can be deleted at any time."""
        return self.folder / "index.sqlite3"

    @property
    def has_index(self) -> bool:
        """Whether there is a search index, as far as can be seen: no failing disk keeps the archive from it.

        What else has its name is none: to open a pipe would wait for ever, and a link may lead anywhere.
        """
        return is_sound(self.index)

    def replaced(self, now: datetime) -> Path:
        """Return a name that is free for a damaged archive that is put aside."""
        return free_path(self.folder, f"{_REPLACED}{now:%Y%m%dT%H%M%S}", ".json")

    def with_old_text(self) -> list[Path]:
        """Return the files beside the archive, other than the history, that may hold removed text."""
        found = [*self.folder.glob(f"*{self.index.name}*"), *self.folder.glob(f"{_REPLACED}*.json")]
        return [path for path in found if not path.is_dir()]

    def make(self) -> None:
        """Create the folder, open to those who may write to the archive's own folder, and keep it out of git.

        Raises CannotSaveError.
        """
        try:
            if self.folder.is_dir():
                check_folders(self.folder)
                return
            _make_like_parent(self.folder.parent)
            _check_made(self.folder.parent)
            with contextlib.suppress(FileExistsError), open(self.folder.parent / ".gitignore", "x") as file:
                file.write("*\n")
            _make_like_parent(self.folder)
            _check_made(self.folder)
        except OSError as error:
            raise CannotSaveError(self.archive, f"{self.folder}: {reason_of(error)}") from error


def _make_like_parent(folder: Path) -> None:
    """Create a folder with the group and the access list of the one it is in; the world may not write."""
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir():
            return
        raise
    if os.name == "posix":
        _open_like_parent(folder)


def _open_like_parent(folder: Path) -> None:
    parent = folder.parent.stat()
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        above, given = Access.of(folder.parent), Access.of(descriptor)
        mode = above.mode & 0o775 | 0o700
        # What the folder above hands down to new ones goes before what it has itself.
        Access(mode, given.uid, above.gid, given.acl or above.acl).give_to(descriptor)
        status = os.fstat(descriptor)
        if status.st_gid == parent.st_gid and parent.st_mode & stat.S_ISGID:
            os.fchmod(descriptor, status.st_mode & 0o7777 | stat.S_ISGID)
    finally:
        os.close(descriptor)


# --- opening what lies there ------------------------------------------------------------------------------


def open_beside(path: Path, flags: int = os.O_RDONLY) -> int:
    """Open one of an archive's files beside it.

    Raises OSError, also for what is no file itself, such as a link or a pipe, and for what somebody has put
    there who may not write to the archive's folder.
    """
    check_folders(path.parent)
    descriptor = open_plain(path, flags)
    try:
        check_trusted(path, os.fstat(descriptor), path.parent.stat())
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def check_folders(folder: Path) -> None:
    """Make sure that the folder beside an archive was made by someone trusted. Raises OSError."""
    for made in (folder.parent, folder):
        _check_made(made)


def _check_made(folder: Path) -> None:
    above = folder.parent.stat()
    check_trusted(folder, folder.lstat(), above)
    check_trusted(folder, folder.stat(), above)


def refusal(error: OSError) -> str:
    """Say why the system refused, and what opens a colleague's file that is more closed than the archive."""
    opening = "; its owner opens it with any command, such as newsarchive list"
    return reason_of(error) + (opening if error.errno == errno.EACCES else "")


def is_sound(path: Path) -> bool:
    """Whether one of the files beside an archive is there and may be opened as such."""
    try:
        os.close(open_beside(path))
    except OSError:
        return False
    return True


def follow_archive(beside: Beside) -> None:
    """Give the files that hold the archive's text the archive's access, should that have changed since.

    So they are closed when it was closed; and once it was opened to colleagues, these can write as soon as its
    owner has run any command. What is another user's is brought into line by their next one.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        access = Access.of(beside.archive)
        if access.mode & stat.S_IWGRP:
            with contextlib.suppress(OSError):
                _open_to_writers(beside)
        for path in (beside.history, beside.previous, beside.index):
            with contextlib.suppress(OSError):
                _follow(path, access)


def _follow(path: Path, access: Access) -> None:
    if Access.of(path)._replace(uid=access.uid) == access:
        return
    descriptor = open_beside(path)
    try:
        present = Access.of(descriptor)
        # Writers need no other file of their colleagues': they replace the previous revision and the index.
        is_log = path.name == _HISTORY and is_log_of_user(descriptor)
        is_opened = access.uid == os.geteuid() and is_log
        if is_opened or present.is_wider_than(access):
            (access if is_opened else access.narrowed(present.mode)).give_to(descriptor)
    finally:
        os.close(descriptor)


def is_log_of_user(descriptor: int) -> bool:
    """Whether an open file is the user's history or a new one, and no other file of theirs put in its place."""
    if os.name != "posix":
        return True
    status = os.fstat(descriptor)
    if status.st_nlink != 1 or status.st_uid != os.geteuid():
        return False
    return status.st_size == 0 or _holds_operations(descriptor)


def check_log(path: Path, descriptor: int) -> None:
    """Make sure that an open file may be added to as a history: a hard link may be any file's. Raises OSError."""
    status = os.fstat(descriptor)
    if status.st_nlink > 1 and not _holds_operations(descriptor):
        raise OSError(errno.EINVAL, "it is another name of a file that is no history", str(path))


def _holds_operations(descriptor: int) -> bool:
    os.lseek(descriptor, 0, os.SEEK_SET)
    beginning = os.read(descriptor, 1 << 12)
    return any(key in beginning for key in (b'"operation"', b'{"next_id"'))


def _open_to_writers(beside: Beside) -> None:
    """Let who may write to the archive and to its folder write beside it, too, where that is the user's to give."""
    above = beside.archive.parent.stat()
    if not above.st_mode & stat.S_IWGRP or above.st_mode & stat.S_IWOTH:
        return
    if beside.lock.lstat().st_uid != os.geteuid():
        return  # without a lock of the user's, the folder may be another one of theirs that was given this name
    for folder in (beside.folder.parent, beside.folder):
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            return
        is_open = status.st_gid == above.st_gid and status.st_mode & stat.S_IWGRP
        if not is_open and status.st_uid == os.geteuid():
            _open_like_parent(folder)
    let_colleagues_lock(beside)


def let_colleagues_lock(beside: Beside) -> None:
    """Open the lock to all who may write to its folder.

    It holds nothing; and were it as closed as the archive, nobody else could write once its owner has opened
    that, until the owner's next command. A colleague's lock cannot be opened further, nor need it be.
    """
    with contextlib.suppress(OSError):
        access = Access.of(beside.folder).narrowed(0o666)
        descriptor = open_beside(beside.lock, os.O_RDWR)
        try:
            if Access.of(descriptor) != access:
                access._replace(uid=Access.of(descriptor).uid).give_to(descriptor)
        finally:
            os.close(descriptor)
