"""Where an archive on a server is, seen from this machine: the folder of its index, and of the user's own files."""

from __future__ import annotations

import os
from pathlib import Path

from newsarchive.access import Access
from newsarchive.disk import reason_of
from newsarchive.errors import CannotSaveError, StorageError
from newsarchive.store.base import Changes
from newsarchive.store.server.address import Address
from newsarchive.store.server.view import View
from newsarchive.store.snapshot import Fingerprint


class ServerHome:
    """The surroundings of an archive on a server; see `base.Home`."""

    beside = None
    always_indexes = True

    def __init__(self, address: Address, view: View) -> None:
        self._address = address
        self._view = view

    @property
    def name(self) -> str:
        """The address."""
        return str(self._address)

    @property
    def size(self) -> int:
        """The bytes of the lines."""
        try:
            state = self._view.present()
        except StorageError:
            return 0
        return state.size if state is not None else 0

    def present(self) -> Fingerprint | None:
        """Return what tells the revision that is seen from all others."""
        state = self._view.present()
        return state.fingerprint if state is not None else None

    def changes_since(self, state: str) -> Changes | None:
        """Return what was changed since an older state."""
        return self._view.changes_since(state)

    def own_file(self, name: str) -> Path:
        """Return the path of a file in the user's folder of settings for this archive."""
        return self._address.own / name

    @property
    def index(self) -> Path:
        """The search index, in the user's folder of what can be made again."""
        return self._address.cache / "index.sqlite3"

    @property
    def has_index(self) -> bool:
        """Whether there is a search index; what else has its name, such as a link, is none."""
        return self.index.is_file() and not self.index.is_symlink()

    def tend(self) -> None:
        """Do nothing: all is the user's own."""

    def make(self) -> None:
        """Make the folder of the index, for the user alone. Raises CannotSaveError."""
        try:
            self._address.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotSaveError(self._address.cache, reason_of(error)) from error
        self._view.remember()

    def access(self) -> Access:
        """Return the access of the user alone."""
        return Access(0o600, os.geteuid(), os.getegid(), b"")

    def pruned(self) -> int:
        """Return up to which operation all are forgotten."""
        state = self._view.present()
        return state.pruned if state is not None else 0
