"""Where the archive of a file is: its folder, and the one beside it that belongs to the archive."""

from __future__ import annotations

from pathlib import Path

from newsarchive.access import Access
from newsarchive.store.file.beside import Beside, follow_archive
from newsarchive.store.file.reading import fingerprint_at
from newsarchive.store.snapshot import Fingerprint


class FileHome:
    """The surroundings of an archive's file; see `base.Home`."""

    def __init__(self, beside: Beside) -> None:
        self.beside = beside

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.beside.archive.name

    @property
    def size(self) -> int:
        """The bytes of the file."""
        try:
            return self.beside.archive.stat().st_size
        except OSError:
            return 0

    def present(self) -> Fingerprint | None:
        """Return the fingerprint of the file that is there now."""
        return fingerprint_at(self.beside.archive)

    def own_file(self, name: str) -> Path:
        """Return the path of a file beside the archive's."""
        return self.beside.archive.with_name(name)

    always_indexes = False

    def changes_since(self, state: str) -> None:
        """Return nothing: a file does not tell what was changed in it."""
        del state

    @property
    def index(self) -> Path:
        """The search index."""
        return self.beside.index

    @property
    def has_index(self) -> bool:
        """Whether there is a search index, as far as can be seen."""
        return self.beside.has_index

    def tend(self) -> None:
        """Give the files that hold the archive's text the archive's access."""
        follow_archive(self.beside)

    def make(self) -> None:
        """Make the archive's own folder. Raises CannotSaveError."""
        self.beside.make()

    def access(self) -> Access:
        """Return the access of the archive's file. Raises OSError."""
        return Access.of(self.beside.archive)

    def pruned(self) -> int:
        """Return which file the history is; 0 if there is none."""
        try:
            return self.beside.history.stat().st_ino
        except FileNotFoundError:
            return 0
