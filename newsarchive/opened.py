"""An archive that is open: the revision that was read, and the user's own files beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsarchive.entry import Entry
from newsarchive.errors import NoArchiveError, join_some
from newsarchive.store.snapshot import Fingerprint, Snapshot

if TYPE_CHECKING:
    from newsarchive.store.base import Store
    from newsarchive.thesaurus.thesaurus import Thesaurus


LARGE: Final = 150_000
"""Bytes of an archive from which on looking into an index is faster than reading it."""


class Opened:
    """Reads one archive, from whichever store. What it read stays as it was until it is told to forget."""

    def __init__(self, store: Store, say: Callable[[str], None]) -> None:
        self._store = store
        self._say = say
        self._has_told = False
        self._read_from: list[Fingerprint | None] = []
        """The state that was read first since the last commit: what a plan is made on."""

    @cached_property
    def snapshot(self) -> Snapshot:
        """The revision that was read; once said when someone edited the file by hand since the last commit.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """
        self._note_reading()
        snapshot = self._store.read(self._kept)
        if snapshot.edited_by_hand:
            self._tell_of_hand_edit(snapshot.meta.revision, snapshot.meta.count)
        if snapshot.leftovers:
            self._say(f"note: the next write leaves out what has no place: {join_some(snapshot.leftovers)}")
        return snapshot

    def _kept(self, state: Fingerprint) -> Mapping[int, Any] | None:
        """Return the lines of a state where something but the store has them."""
        return None

    def _tell_of_hand_edit(self, revision: int, count: int) -> None:
        """Say it once."""
        if not self._has_told:
            self._has_told = True
            self._say(
                f"note: {self._store.home.name} was changed by hand since revision {revision}; "
                f"all {count:,} entries are valid"
            )

    @cached_property
    def entries(self) -> list[Entry]:
        """Every entry, by id."""
        return self.snapshot.entries()

    @property
    def exists(self) -> bool:
        """Whether there is an archive to read."""
        try:
            return self.snapshot is not None
        except NoArchiveError:
            return False

    @property
    def is_new(self) -> bool:
        """Whether the archive never held an entry, so that ids of an import can be kept."""
        return self.next_id == 1

    @property
    def next_id(self) -> int:
        """The id that the next added entry gets."""
        return max(self.snapshot.meta.next_id, self._store.history.next_id) if self.exists else 1

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The concepts that come with the program, and those of `thesaurus.toml` beside the archive.

        Raises BadThesaurusError.
        """
        from newsarchive.thesaurus.thesaurus import Thesaurus  # spares start-up

        return Thesaurus.load(self.own_file("thesaurus.toml"))

    def own_file(self, name: str) -> Path:
        """Return where the user's own file of this name lies, which need not be there."""
        return self._store.home.own_file(name)

    @property
    def queries_file(self) -> Path:
        """The file of the saved queries, which need not be there."""
        return self.own_file("queries.toml")

    @cached_property
    def saved_queries(self) -> Mapping[str, str]:
        """The saved queries by name. Raises OwnFileError."""
        from newsarchive.query.saved import read_queries  # spares start-up

        return read_queries(self.queries_file)

    def _tag_aliases(self, tag: str) -> Collection[str]:
        return self.thesaurus.tag_aliases(tag)

    @property
    def is_large(self) -> bool:
        """Whether an index is worth it, and looking through all entries is not."""
        return self._store.home.size >= LARGE

    def _note_reading(self) -> None:
        if not self._read_from:
            self._read_from.append(self._store.home.present())

    def _forget(self) -> None:
        self._read_from.clear()
        for name in ("snapshot", "entries"):
            self.__dict__.pop(name, None)
