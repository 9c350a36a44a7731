"""What an archive needs of the store that keeps it, whichever that is: reading, committing, the history."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from newsarchive.store.snapshot import Fingerprint, Kept, Meta, Snapshot, nothing_kept

if TYPE_CHECKING:
    from newsarchive.access import Access
    from newsarchive.changes import Intent, Operation
    from newsarchive.store.file.beside import Beside
    from newsarchive.store.lines import Outline
    from newsarchive.store.record import Record


class Writer(NamedTuple):
    """Who writes and how: for the history, for the lock, and for what a person should hear meanwhile."""

    command: str
    user: str
    clock: Callable[[], datetime]
    lock_timeout: float
    say: Callable[[str], None]


class Again(NamedTuple):
    """How to plan again: `planned_on` is the state that the first plan was made on, None for no archive."""

    planned_on: Fingerprint | None
    plan: Callable[[Snapshot], Intent]


class Wrong(NamedTuple):
    """An entry in a database that is not as the last revision has it: the lines, None where there is none."""

    id: int
    found: bytes | None
    right: bytes | None


class Recoverable(Protocol):
    """The last good revision, and how it comes about.

    Of a file, `replayed` are the operations that are carried out anew for it, and `lost` those that cannot be. Of a
    database, `wrong` are the entries that are mended; `uncertain` are sentences on what nothing tells of.
    """

    @property
    def meta(self) -> Meta:
        """What it says of itself."""

    @property
    def replayed(self) -> Sequence[Record]:
        """Operations, oldest first."""

    @property
    def lost(self) -> Sequence[Record]:
        """Operations, oldest first."""

    @property
    def wrong(self) -> Sequence[Wrong]:
        """Entries, by id."""

    @property
    def uncertain(self) -> Sequence[str]:
        """Sentences without a full stop."""


class Restored(NamedTuple):
    """What was brought back, and the file in which what was there is put aside."""

    found: Recoverable
    kept: Path | None


Step = tuple[Fingerprint | None, Fingerprint | None]
"""The state that a commit found and the one that it left."""


class Changes(NamedTuple):
    """The lines that were changed up to a revision, None for those that are gone."""

    revision: int
    lines: Mapping[int, Any]


class Whole(NamedTuple):
    """An archive with all that it has: the revision, the id that comes next, and the operations, oldest first."""

    snapshot: Snapshot
    next_id: int
    records: Sequence[Record]


class Store(Protocol):
    """Keeps one archive. Its heart is `read` and `commit`; either leaves all as it was when it raises."""

    done: str | None
    """What was done, in words, known even when a signal that was held back ends the program next."""
    step: Step
    """Of the last commit."""

    @property
    def home(self) -> Home:
        """Where it keeps the archive."""

    @property
    def history(self) -> Operations:
        """The operations."""

    def read(self, kept: Kept = nothing_kept) -> Snapshot:
        """Read the present revision, whose lines may be `kept` on this machine already.

        Raises NoArchiveError, CannotReadError or DamagedArchiveError.
        """

    def outlines(self, day: str, page: str | None) -> Iterable[tuple[int, Outline]] | None:
        """Return outlines of the entries with this date, or with `page` in the address, and perhaps of others.

        Returns None where all entries are at hand. Raises what `read` raises.
        """

    def tags(self) -> Collection[str] | None:
        """Return every tag in use; None where all entries are at hand. Raises what `read` raises."""

    def commit(self, intent: Intent, writer: Writer, again: Again | None = None) -> Operation | None:
        """Make the changes the archive's next revision, durably.

        When the archive is no longer the one that they were planned on, `again` is called with what it is now,
        while nobody else can write, and returns what to do instead. Returns None when there is nothing to change.
        Raises ChangedMeanwhileError when an entry is no longer what its change's `before` says or its id was
        given meanwhile, CannotSaveError, LockedError, and what `read` and `again` raise.
        """

    def start(self, writer: Writer) -> bool:
        """Make an empty archive where there is none, revision 0; return whether that was needed.

        Raises CannotSaveError, ChangedMeanwhileError, LockedError, and what `read` raises.
        """

    def give_roles(self, writer: Writer) -> list[str]:
        """Make roles by which rights on the archive are given, and return their names.

        Raises BadOptionError where the system's own rights are all there is, and LockedError.
        """

    def wait(self, seen: Fingerprint | None, seconds: float) -> None:
        """Return when the archive may be another one than was `seen`, or after so long; it is then read anew.

        Raises UnreachableError.
        """

    def take_over(self, whole: Whole, writer: Writer) -> None:
        """Become a copy of another archive, its history included.

        Raises NotEmptyError when there is more than an empty archive, CannotSaveError, LockedError.
        """

    def take_for(self, snapshot: Snapshot) -> Snapshot:
        """Take `snapshot` for the present revision, which cannot be read; the next commit replaces it."""

    def examine(self, kept: Kept = nothing_kept) -> None:
        """Make sure that the entries are those of the revision, as far as reading them does not tell.

        Raises DamagedArchiveError, and what `read` raises.
        """

    def recoverable(self, kept: Kept = nothing_kept) -> Recoverable | None:
        """Return what `restore` would bring back, if anything is kept that is sound."""

    def restore(self, writer: Writer, kept: Kept = nothing_kept, *, force: bool = False) -> Restored:
        """Bring back the last good revision; with `force` also one of which not all is certain.

        Raises NothingToRestoreError, DamagedArchiveError, CannotSaveError, LockedError.
        """

    def prune(self, keep: int, writer: Writer) -> int:
        """Forget all but the newest `keep` operations, and all else that may hold removed text.

        Returns how many operations are gone. Raises CannotSaveError, LockedError, and what `read` raises.
        """


class Operations(Protocol):
    """The operations that led to an archive's revisions. Each method raises CannotReadError."""

    @property
    def next_id(self) -> int:
        """The id that comes next for all that were ever given; 0 if none."""

    def newest_first(self, revision: int, digest: str | None = None) -> Iterator[Record]:
        """Yield the operations that led to a revision; without a digest the numbers alone tell."""

    def knows(self, meta: Meta) -> bool:
        """Whether the operation that made a revision is here; nothing recorded at all is no reason to doubt."""


class Home(Protocol):
    """Where an archive is: what its index lies beside and has to agree with."""

    @property
    def name(self) -> str:
        """What to call the archive in a sentence."""

    @property
    def beside(self) -> Beside | None:
        """What lies beside the archive's file, where it has one."""

    @property
    def size(self) -> int:
        """The archive's bytes, as far as they can be told in a moment; else 0, as reading says what is wrong."""

    def present(self) -> Fingerprint | None:
        """Return the state that the archive is in now, which tells it from all others; None if that fails."""

    def own_file(self, name: str) -> Path:
        """Return where the user's own file of this name lies, such as their thesaurus; it need not be there."""

    @property
    def always_indexes(self) -> bool:
        """Whether an index is worth it for a small archive, too: reading the archive itself takes a network."""

    def changes_since(self, state: str) -> Changes | None:
        """Return what was changed since an older state, written as the index has it; None if it cannot be told."""

    @property
    def index(self) -> Path:
        """The search index; it can be deleted at any time."""

    @property
    def has_index(self) -> bool:
        """Whether there is a search index that may be opened."""

    def tend(self) -> None:
        """Bring what is kept there in line with the archive, before it is read."""

    def make(self) -> None:
        """Make room for an index. Raises CannotSaveError."""

    def access(self) -> Access:
        """Return who may read the index. Raises OSError."""

    def pruned(self) -> int:
        """Return what is another number once text was forgotten that an index begun before may hold.

        Raises OSError.
        """
