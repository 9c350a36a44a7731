"""`newsarchive history prune`: forget old operations, so that removed text leaves for good."""

from typing import Annotated

import typer

from newsarchive.archive import Archive
from newsarchive.cli.command import shares
from newsarchive.cli.options import not_negative, writing
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import agreed
from newsarchive.errors import CannotReadError
from newsarchive.render.words import counted

EXAMPLES = ("newsarchive history prune --keep 100 --yes",)


@shares(writing)
def run(
    context: typer.Context,
    keep: Annotated[
        int, typer.Option(metavar="N", callback=not_negative, help="How many operations to keep.")
    ],
) -> None:
    """Forget all but the newest operations, for good.

    The previous revision, which `newsarchive restore` would bring back, and the search index go as well, on a
    server this machine's copy. What was removed can then no longer be brought back, and is gone from the disk as
    far as this program can see to it. This cannot be undone.
    """
    session = session_of(context)
    flags = session.flags(writing)
    archive = session.archive
    gone = max(0, _number(archive) - keep)
    rest = ", the previous revision and the search index" if archive.file else " and this machine's copy"
    what = f"Forget {counted(gone, 'operation')}{rest} for good"
    if not agreed(session, flags, "history prune", what):
        return

    gone = archive.prune_history(keep)

    session.streams.say(f"Forgot {counted(gone, 'operation')}{rest}")


def _number(archive: Archive) -> int:
    """Return how many operations there are; where some cannot be read, how many there may be."""
    try:
        return len(archive.records())
    except CannotReadError:
        return archive.snapshot.meta.revision
