"""Copies of one archive: read with what is known of how they came about, in whichever file or database they lie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from newsarchive.changes import Merged, by_id
from newsarchive.errors import CannotReadError, NotAnArchiveError, StorageError
from newsarchive.planning.common import common_base, may_come_from, unsure
from newsarchive.planning.merging import MergePlan, Prefer, plan_merge
from newsarchive.planning.parting import (
    Base,
    Copy,
    are_relatives,
    new_names,
    revision_name,
)
from newsarchive.store.base import Operations, Store
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.history import History
from newsarchive.store.file.reading import parse, read_file, read_previous
from newsarchive.store.file.recovery import committed
from newsarchive.store.record import Record
from newsarchive.store.schemas import digest_in
from newsarchive.store.snapshot import Fingerprint, Snapshot


def snapshot_of(path: Path) -> Snapshot:
    """Read a file that is to be merged. Raises CannotReadError, and NotAnArchiveError for what is none."""
    try:
        data, fingerprint = read_file(path)
    except FileNotFoundError:
        raise CannotReadError(path, "it is not there") from None
    return snapshot_from(path, data, fingerprint)


def snapshot_from(path: Path, data: bytes, fingerprint: Fingerprint = (0, 0, 0, 0)) -> Snapshot:
    """Take a text apart that is that of an archive. Raises NotAnArchiveError."""
    try:
        return parse(path, data, fingerprint)
    except Fault as fault:
        raise NotAnArchiveError(path, fault.place, fault.reason) from None


class Side(NamedTuple):
    """An archive as it was read, and where more is known of it: its history, and what lies beside a file."""

    snapshot: Snapshot
    history: Operations
    beside: Beside | None = None


def side_of(store: Store, snapshot: Snapshot | None = None) -> Side:
    """Return an archive as a side of a merge, `snapshot` or what is there. Raises what `Store.read` raises."""
    return Side(snapshot or store.read(), store.history, store.home.beside)


def side_in_file(snapshot: Snapshot) -> Side:
    """Return an archive that was read from a file, or would be in one, as a side of a merge."""
    beside = Beside.of(Path(snapshot.path))
    return Side(snapshot, History(beside.history), beside)


def copy_of(side: Side, *others: Beside) -> Copy:
    """Return what is known of one side of a merge, by the first history that knows how it came about.

    That of a file is looked for beside it, then beside the `others`, where a tool that keeps folders alike may
    have put theirs under another name.
    """
    snapshot = side.snapshot
    meta, entries = snapshot.meta, by_id(snapshot.entries())
    content = digest_in(meta.schema, snapshot.lines)
    histories = [side.history, *(_histories(others) if side.beside is not None else ())]
    records = next(filter(None, (_led_to(history, snapshot) for history in histories)), [])
    before = entries if content == meta.digest else None
    if before is None and side.beside is not None and meta.digest:
        found = committed(side.beside, meta)
        before = None if found is None else by_id(found.entries())
    next_id = max(meta.next_id, _next_id(side.history))
    return Copy(entries, meta.revision, meta.digest, next_id, records, before, content)


def _next_id(history: Operations) -> int:
    """Return the id below which all were given, by revisions that were dropped since, too."""
    try:
        return history.next_id
    except CannotReadError:
        return 0


def _histories(others: tuple[Beside, ...]) -> Iterator[History]:
    for other in others:
        yield from map(History, sorted(other.folder.glob("history*.jsonl")))


def _led_to(history: Operations, snapshot: Snapshot) -> list[Record]:
    try:
        return [*history.newest_first(snapshot.meta.revision, snapshot.meta.digest or None)]
    except CannotReadError:
        return []


def base_of(ours: Copy, theirs: Copy, beside: Beside | None) -> Base | None:
    """Return where two copies parted: by their histories, else the previous revision of a file if that may be it."""
    base = common_base(ours, theirs)
    if base is None and beside is not None and (previous := read_previous(beside)) is not None:
        entries = by_id(previous.entries())
        if theirs.comes_from(revision_name(previous.meta.revision, previous.meta.digest)):
            base = Base(entries)
        elif may_come_from(entries, theirs):
            base = Base(entries, doubtful=unsure(entries, theirs), is_guess=True)
    return base


def check_relatives(path: Path | str, ours: Copy, theirs: Copy, base: Base | None) -> None:
    """Make sure that `path` is a copy of this archive. Raises NotAnArchiveError."""
    if not are_relatives(ours, theirs, *([base.entries] if base else ())):
        raise NotAnArchiveError(
            path, "", "it has no entry in common with this archive, so it is no copy of it"
        )


def is_copy(present: Side, path: Path) -> bool:
    """Whether a file is another copy of the archive, and not the archive itself."""
    beside = present.beside
    try:
        with open(path, "rb") as file:
            if not file.read(len(_BEGINNING) + 3).lstrip(b"\xef\xbb\xbf").startswith(_BEGINNING):
                return False
        there = snapshot_of(path)
    except (OSError, StorageError):
        return False
    if beside is not None and path.samefile(beside.archive):
        return False
    return are_relatives(*_copies(present, side_in_file(there)))


def _copies(ours: Side, theirs: Side) -> tuple[Copy, Copy]:
    return copy_of(ours), copy_of(theirs, *([ours.beside] if ours.beside is not None else ()))


_BEGINNING = b'{"meta":'


class Merge(NamedTuple):
    """A planned merge, its sides, and what the two have in common; None where that cannot be told."""

    plan: MergePlan
    ours: Copy
    theirs: Copy
    base: Base | None

    @property
    def merged(self) -> Merged:
        """What a commit notes of it."""
        return Merged(new_names(self.ours, self.theirs), self.plan.next_id)


def plan_with(
    present: Side,
    other: Side,
    now: datetime,
    *,
    base: Snapshot | None = None,
    prefer: Prefer | None = None,
) -> Merge:
    """Plan to take in what another copy has, since `base` where that is said.

    Raises CannotReadError, and NotAnArchiveError for what is no copy of the present one.
    """
    ours, theirs = _copies(present, other)
    common = base_of(ours, theirs, present.beside) if base is None else Base(by_id(base.entries()))
    check_relatives(other.snapshot.path, ours, theirs, common)
    plan = plan_merge(ours, theirs, common, now, prefer=prefer)
    return Merge(plan, ours, theirs, common)
