"""`newsarchive copy`: a whole archive, from a file to a server or back."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, writing
from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive copy archive.json backup.json",
    "newsarchive copy archive.json postgresql:///news",
)


@shares(writing)
def run(
    context: typer.Context,
    origin: Annotated[str, typer.Argument(metavar="FROM", help="The archive to copy: a file or an address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where to; an archive there must be empty.")],
) -> None:
    """Copy an archive with its ids and its history, to a server for example.

    FROM is not changed. The copy is read again and compared with it: entries, ids and history are equal to the
    byte, or the command fails.
    """
    session = session_of(context)
    flags = session.flags(writing)
    if flags.format != TABLE:
        raise BadOptionError(f"`copy` has no list of changes to show as {flags.format}")
    if session.globals.archive:
        raise BadOptionError("`copy` takes both archives as its words; leave -a out")
    one = session._replace(globals=session.globals._replace(archive=origin), opened=[])
    other = session._replace(globals=session.globals._replace(archive=target))
    if flags.dry_run:
        count = counted(one.archive.snapshot.meta.count, "entry")
        session.streams.say(f"Would copy {count} to {other.location.place}; nothing was written")
        return
    doubt = one.archive.doubt()
    copied = one.archive.copy_to(other.archive)
    if doubt is not None:
        session.streams.say(f"note: {doubt}; the copy has no history of before")
    what = f"{counted(copied.entries, 'entry')} and {counted(copied.operations, 'operation')}"
    session.streams.say(
        f"Copied {what} to {other.location.place}; both were compared, and are equal to the byte"
    )
