"""`newsarchive restore`: the last good revision in the place of a damaged file."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import agreed
from newsarchive.errors import (
    BadOptionError,
    DamagedArchiveError,
    NoArchiveError,
    NothingToRestoreError,
)
from newsarchive.render.words import counted
from newsarchive.store.record import Record

EXAMPLES = (
    "newsarchive restore --dry-run",
    "newsarchive restore --yes",
)


@shares(writing)
def run(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Also when the archive is not damaged.")] = False,
) -> None:
    """Bring back the last good revision of a damaged archive.

    It is put together from the previous revision and the operations that the history has after it.
    The present file is put aside beside the history, whatever it holds. For an archive that is not damaged,
    `newsarchive undo` is the way back.
    """
    session = session_of(context)
    flags = session.flags(writing)
    if not force:
        _refuse_when_sound(session)
    found = session.archive.recoverable()
    if found is None:
        raise NothingToRestoreError(str(session.archive.place))
    what = f"revision {found.meta.revision} with {counted(found.meta.count, 'entry')}"
    if not agreed(session, flags, "restore", f"Bring back {what}"):
        return

    restored = session.archive.restore()

    meta, kept = restored.found.meta, restored.kept
    aside = f"; the file that was there is now {kept}" if kept else ""
    session.streams.say(f"Brought back revision {meta.revision} with {counted(meta.count, 'entry')}{aside}")
    _say_operations(session, "Carried out again", restored.found.replayed)
    _say_operations(session, "Lost with it", restored.found.lost)


_SHOWN: Final = 5


def _say_operations(session: Session, what: str, records: Sequence[Record]) -> None:
    for record in records[:_SHOWN]:
        session.streams.say(f"{what}: operation {record.number}, {record.command}")
    if len(records) > _SHOWN:
        session.streams.say(f"and {len(records) - _SHOWN:,} more, up to operation {records[-1].number}")


def _refuse_when_sound(session: Session) -> None:
    try:
        revision = session.archive.snapshot.meta.revision
    except (DamagedArchiveError, NoArchiveError):
        return
    raise BadOptionError(
        f"{session.archive.place} is not damaged (revision {revision}); "
        "`newsarchive undo` takes back the last operation, --force restores all the same"
    )
