"""What lies beside an archive, in `.newsarchive/<archive name>/`."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from newsarchive.access import Access, check_trusted, open_plain
from newsarchive.disk import reason_of
from newsarchive.errors import CannotReadError, CannotSaveError

FOLDER_NAME: Final = ".newsarchive"
_REPLACED: Final = "replaced-"


@dataclass(frozen=True, slots=True)
class Beside:
    """The paths that belong to one archive; `archive` is the real file, symbolic links resolved."""

    archive: Path

    @classmethod
    def of(cls, path: Path) -> Beside:
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
        return self.folder / "history.jsonl"

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
        stem = f"{_REPLACED}{now:%Y%m%dT%H%M%S}"
        path, number = self.folder / f"{stem}.json", 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}.json"
        return path

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
    if os.name != "posix":
        return
    parent = folder.parent.stat()
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
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


def is_sound(path: Path) -> bool:
    """Whether one of the files beside an archive is there and may be opened as such."""
    try:
        os.close(open_beside(path))
    except OSError:
        return False
    return True


def close_as_archive(beside: Beside) -> None:
    """Close the files that hold the archive's text to those to whom the archive was closed since.

    What cannot be closed is another user's, who does so with their next command.
    """
    for path in (beside.history, beside.previous, beside.index):
        with contextlib.suppress(OSError):
            access = Access.of(beside.archive)
            if not Access.of(path).is_wider_than(access):
                continue
            descriptor = open_beside(path)
            try:
                access.narrowed(Access.of(descriptor).mode).give_to(descriptor)
            finally:
                os.close(descriptor)
