"""`newsarchive tags remove`: take tags away wherever they are."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.renaming import give_names, named_in_use
from newsarchive.cli.session import session_of

EXAMPLES = (
    "newsarchive tags remove draft todo",
    "newsarchive tags remove 'import/*' --dry-run",
)


@shares(writing)
def run(
    context: typer.Context,
    tags: Annotated[
        list[str], typer.Argument(metavar="TAG...", help="Tags in use; import/* is those below one.")
    ],
) -> None:
    """Take tags away from every entry that has them; the entries stay."""
    session = session_of(context)
    names = dict.fromkeys(named_in_use(session, tags))

    give_names(session, names, session.flags(writing), f"Removed {', '.join(tags)}")
