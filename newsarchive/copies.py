"""Copies of one archive: read with what is known of how they came about, whichever file they lie in."""

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
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.history import History
from newsarchive.store.file.reading import parse, read_file, read_previous
from newsarchive.store.file.recovery import committed
from newsarchive.store.file.schemas import digest_in
from newsarchive.store.record import Record
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


def copy_of(snapshot: Snapshot, beside: Beside, *others: Beside) -> Copy:
    """Return one side of a merge, with the first history that knows how it came about.

    A history is looked for beside the file, then beside the `others`, where a tool that keeps folders alike may
    have put theirs under another name.
    """
    meta, entries = snapshot.meta, by_id(snapshot.entries())
    content = digest_in(meta.schema, snapshot.lines)
    records = next(filter(None, (_led_to(path, snapshot) for path in _histories(beside, others))), [])
    before = entries if content == meta.digest else None
    if before is None and meta.digest and (found := committed(beside, meta)) is not None:
        before = by_id(found.entries())
    next_id = max(meta.next_id, _next_id(beside))
    return Copy(entries, meta.revision, meta.digest, next_id, records, before, content)


def _next_id(beside: Beside) -> int:
    """Return the id below which all were given, by revisions that were dropped since, too."""
    try:
        return History(beside.history).next_id
    except CannotReadError:
        return 0


def _histories(beside: Beside, others: tuple[Beside, ...]) -> Iterator[Path]:
    yield beside.history
    for other in others:
        yield from sorted(other.folder.glob("history*.jsonl"))


def _led_to(path: Path, snapshot: Snapshot) -> list[Record]:
    try:
        return [*History(path).newest_first(snapshot.meta.revision, snapshot.meta.digest or None)]
    except CannotReadError:
        return []


def base_of(ours: Copy, theirs: Copy, beside: Beside) -> Base | None:
    """Return where two copies parted: by their histories, else the previous revision if that may be it."""
    base = common_base(ours, theirs)
    if base is None and (previous := read_previous(beside)) is not None:
        entries = by_id(previous.entries())
        if theirs.comes_from(revision_name(previous.meta.revision, previous.meta.digest)):
            base = Base(entries)
        elif may_come_from(entries, theirs):
            base = Base(entries, doubtful=unsure(entries, theirs), is_guess=True)
    return base


def check_relatives(path: Path | str, ours: Copy, theirs: Copy, base: Base | None) -> None:
    """Make sure that a file is a copy of this archive. Raises NotAnArchiveError."""
    if not are_relatives(ours, theirs, *([base.entries] if base else ())):
        raise NotAnArchiveError(
            path, "", "it has no entry in common with this archive, so it is no copy of it"
        )


def is_copy(present: Snapshot, beside: Beside, path: Path) -> bool:
    """Whether a file is another copy of the archive, and not the archive itself."""
    try:
        with open(path, "rb") as file:
            if not file.read(len(_BEGINNING) + 3).lstrip(b"\xef\xbb\xbf").startswith(_BEGINNING):
                return False
        there = snapshot_of(path)
    except (OSError, StorageError):
        return False
    if path.samefile(beside.archive):
        return False
    return are_relatives(copy_of(present, beside), copy_of(there, Beside.of(path), beside))


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
    present: Snapshot,
    beside: Beside,
    other: Path | Snapshot,
    now: datetime,
    *,
    base: Path | Snapshot | None = None,
    prefer: Prefer | None = None,
) -> Merge:
    """Plan to take in what another copy has.

    Raises CannotReadError, and NotAnArchiveError for what is no archive or no copy of the present one.
    """
    there = snapshot_of(other) if isinstance(other, Path) else other
    ours, theirs = copy_of(present, beside), copy_of(there, Beside.of(there.path), beside)
    if base is None:
        common = base_of(ours, theirs, beside)
    else:
        known = snapshot_of(base) if isinstance(base, Path) else base
        common = Base(by_id(known.entries()))
    check_relatives(there.path, ours, theirs, common)
    plan = plan_merge(ours, theirs, common, now, prefer=prefer)
    return Merge(plan, ours, theirs, common)
