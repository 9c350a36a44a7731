"""What lies beside an archive, in `.newsarchive/<archive name>/`."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from newsarchive.disk import reason_of
from newsarchive.errors import CannotSaveError

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

        What else has its name is none: to open a pipe would wait for ever.
        """
        return os.path.isfile(self.index)  # noqa: PTH113 - Path.is_file raises what this takes for no

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
                return
            _make_like_parent(self.folder.parent)
            with contextlib.suppress(FileExistsError), open(self.folder.parent / ".gitignore", "x") as file:
                file.write("*\n")
            _make_like_parent(self.folder)
        except OSError as error:
            raise CannotSaveError(self.archive, f"{self.folder}: {reason_of(error)}") from error


def _make_like_parent(folder: Path) -> None:
    """Create a folder with the group of the one it is in and the group's rights; the world may not write."""
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir():
            return
        raise
    if os.name != "posix":
        return
    parent = folder.parent.stat()
    with contextlib.suppress(PermissionError):
        os.chown(folder, -1, parent.st_gid)
    if folder.stat().st_gid == parent.st_gid:
        folder.chmod(parent.st_mode & 0o2775 | 0o700)
