"""Read the present revision; where that fails, say what can be brought back."""

from __future__ import annotations

from newsarchive.errors import DamagedArchiveError, NoArchiveError
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.reading import parse, read_file
from newsarchive.store.snapshot import Snapshot


def read_snapshot(beside: Beside) -> Snapshot:
    """Read the present revision.

    Readers take no lock: writers only rename whole files into place. Raises NoArchiveError when there is no
    file, CannotReadError when it cannot be opened, and DamagedArchiveError when it is not a sound archive.
    """
    archive = beside.archive
    try:
        data, fingerprint = read_file(archive)
    except FileNotFoundError:
        if beside.has_previous or _was_changed(beside):
            remedy = f"{_remedy(beside)}; to start anew, remove {beside.folder}"
            raise DamagedArchiveError(
                archive, "", "the archive is gone, but its history is there", remedy
            ) from None
        raise NoArchiveError(archive) from None
    try:
        return parse(archive, data, fingerprint)
    except Fault as fault:
        raise DamagedArchiveError(
            archive, fault.place, fault.reason, fault.remedy or _remedy(beside)
        ) from None


def _was_changed(beside: Beside) -> bool:
    """Whether there was a second revision; one operation alone may have failed before there was any."""
    from newsarchive.store.file.history import History  # spares start-up: the archive is gone

    newest = History(beside.history).newest()
    return newest is not None and newest.number > 1


def _remedy(beside: Beside) -> str:
    """Say what can be done for an archive that cannot be read."""
    from newsarchive.store.file.recovery import recover  # spares start-up: the archive is damaged

    recovered = recover(beside)
    if recovered is None:
        return "no previous revision is kept: mend the file or put back a copy of your own"
    meta = recovered.meta
    noun = "entry" if meta.count == 1 else "entries"
    return f"`newsarchive restore` brings back revision {meta.revision} with {meta.count:,} {noun}"
