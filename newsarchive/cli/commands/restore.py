"""`newsarchive restore`: the last good revision in the place of a damaged one."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from newsarchive.changes import Change
from newsarchive.cli.command import shares
from newsarchive.cli.options import WritingFlags, writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import agreed
from newsarchive.entry import Entry
from newsarchive.errors import (
    BadOptionError,
    DamagedArchiveError,
    NoArchiveError,
    NothingToRestoreError,
)
from newsarchive.render.changes import change_grid
from newsarchive.render.words import counted
from newsarchive.store.base import Recoverable
from newsarchive.store.lines import entry_of
from newsarchive.store.record import Record

EXAMPLES = (
    "newsarchive restore --dry-run",
    "newsarchive restore --yes",
)


@shares(writing)
def run(
    context: typer.Context,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Also a file that is not damaged; on a server also what is not certain."
        ),
    ] = False,
) -> None:
    """Bring back the last good revision of a damaged archive.

    It is put together from the previous revision and the operations that the history has after it, on a server
    from the history alone. The present file, or the entries that something else wrote into the database, are put
    aside, whatever they hold. For an archive that is not damaged, `newsarchive undo` is the way back.
    """
    session = session_of(context)
    flags = session.flags(writing)
    file = session.archive.file
    if file is not None and not force:
        _refuse_when_sound(session)
    found = session.archive.recoverable()
    if found is None and file is None:
        _refuse_sound_database(session, force=force)
    if found is None:
        raise NothingToRestoreError(file or str(session.archive.place))
    if found.uncertain and not force:
        session.archive.examine()
    _show(session, found, flags)
    if not agreed(session, flags, "restore", f"Bring back {_named(found)}"):
        return

    restored = session.archive.restore(force=force)

    kept = restored.kept
    what = "file that was there is now" if file else "entries that were there are now in"
    aside = f"; the {what} {kept}" if kept else ""
    session.streams.say(f"Brought back {_named(restored.found)}{aside}")
    _say_operations(session, "Carried out again", restored.found.replayed)
    _say_operations(session, "Lost with it", restored.found.lost)


_SHOWN: Final = 5
_MOST_SHOWN: Final = 20


def _named(found: Recoverable) -> str:
    known = "what is known of " if found.uncertain else ""
    return f"{known}revision {found.meta.revision} with {counted(found.meta.count, 'entry')}"


def _say_operations(session: Session, what: str, records: Sequence[Record]) -> None:
    for record in records[:_SHOWN]:
        session.streams.say(f"{what}: operation {record.number}, {record.command}")
    if len(records) > _SHOWN:
        session.streams.say(f"and {len(records) - _SHOWN:,} more, up to operation {records[-1].number}")


def _show(session: Session, found: Recoverable, flags: WritingFlags) -> None:
    """Show what becomes of the entries in a database, which are changed one by one."""
    for sentence in found.uncertain:
        session.streams.say(f"note: {sentence}")
    changes: list[Change] = []
    for wrong in found.wrong:
        before, after = _entry(wrong.found, wrong.id), _entry(wrong.right, wrong.id)
        changes += [] if before is after is None else [Change(wrong.id, before, after)]
        if wrong.found is not None and before is None:
            session.streams.say(f"note: entry {wrong.id} cannot be read as it is")
    streams = session.streams if flags.dry_run else session.streams.talking()
    if changes and (flags.dry_run or not flags.yes):
        change_grid(changes[:_MOST_SHOWN]).print(streams)
    if len(changes) > _MOST_SHOWN:
        session.streams.say(f"and {len(changes) - _MOST_SHOWN:,} more")


def _entry(line: bytes | None, entry_id: int) -> Entry | None:
    try:
        return None if line is None else entry_of(line, entry_id)
    except ValueError:
        return None


def _refuse_when_sound(session: Session) -> None:
    try:
        revision = session.archive.snapshot.meta.revision
    except (DamagedArchiveError, NoArchiveError):
        return
    raise BadOptionError(
        f"{session.archive.place} is not damaged (revision {revision}); "
        "`newsarchive undo` takes back the last operation, --force restores all the same"
    )


def _refuse_sound_database(session: Session, *, force: bool) -> None:
    session.archive.examine()  # its history may be damaged, which nothing here brings back
    rest = "; a server keeps no previous revision that --force could go back to" if force else ""
    raise BadOptionError(
        f"{session.archive.place} is not damaged (revision {session.archive.snapshot.meta.revision}){rest}; "
        "`newsarchive undo` takes back the last operation"
    )
