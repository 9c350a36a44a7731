"""`newsarchive history show`: what an operation changed."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting
from newsarchive.cli.output import write_rows
from newsarchive.cli.session import session_of
from newsarchive.dates.local import local_time
from newsarchive.errors import UnknownOperationError
from newsarchive.render.changes import recorded_grid
from newsarchive.render.words import counted
from newsarchive.store.record import RecordedChange

EXAMPLES = (
    "newsarchive history show 1",
    "newsarchive history show 1 --json",
)

_KEYS = ("id", "kind", "before", "after")


@shares(counting)
def run(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="OPERATION", help="Its number in `newsarchive history`.")],
) -> None:
    """Show what an operation changed, entry by entry.

    The machine formats have the fields that changed, before and after.
    """
    session = session_of(context)
    form, archive = session.flags(counting), session.archive
    record = next((one for one in archive.newest_records() if one.number == number), None)
    if record is None:
        raise UnknownOperationError(number)

    def title_of(change: RecordedChange) -> str:
        """Return the title that the operation left or took, else the one that the entry has now."""
        known = {**change.before, **change.after}.get("title")
        if known is None and change.id in archive.snapshot.lines:
            return archive.snapshot.entry(change.id).title
        return str(known or "(removed since)")

    if form == TABLE:
        recorded_grid(record.changes, title_of).print(session.streams)
    else:
        rows = ({key: getattr(change, key) for key in _KEYS} for change in record.changes)
        write_rows(session, form, rows, _KEYS)
    when = f"{local_time(record.time):%Y-%m-%d %H:%M}"
    by = f" by {record.user}" if record.user else ""
    session.streams.say(
        f"Operation {number}, {when}{by}: {record.command}; {counted(len(record.changes), 'entry')}"
    )
