"""`newsarchive restore`: the previous revision in the place of a damaged file."""

from typing import Annotated

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

EXAMPLES = (
    "newsarchive restore --dry-run",
    "newsarchive restore --yes",
)


@shares(writing)
def run(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Also when the archive is not damaged.")] = False,
) -> None:
    """Bring back the previous revision of a damaged archive.

    The present file is put aside beside the history, whatever it holds. For an archive that is not damaged,
    `newsarchive undo` is the way back.
    """
    session = session_of(context)
    flags = session.flags(writing)
    if not force:
        _refuse_when_sound(session)
    previous = session.archive.previous()
    if previous is None:
        raise NothingToRestoreError(session.archive.path)
    what = f"revision {previous.meta.revision} with {counted(previous.meta.count, 'entry')}"
    if not agreed(session, flags, "restore", f"Bring back {what}"):
        return

    restored = session.archive.restore()

    meta, kept = restored.snapshot.meta, restored.kept
    aside = f"; the file that was there is now {kept}" if kept else ""
    session.streams.say(f"Brought back revision {meta.revision} with {counted(meta.count, 'entry')}{aside}")
    for record in restored.lost:
        session.streams.say(f"Lost with it: operation {record.number}, {record.command}")


def _refuse_when_sound(session: Session) -> None:
    try:
        revision = session.archive.snapshot.meta.revision
    except (DamagedArchiveError, NoArchiveError):
        return
    raise BadOptionError(
        f"{session.archive.path} is not damaged (revision {revision}); "
        "`newsarchive undo` takes back the last operation, --force restores all the same"
    )
