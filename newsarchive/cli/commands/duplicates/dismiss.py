"""`newsarchive duplicates dismiss`: two entries are no duplicates."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.naming import entries_named
from newsarchive.cli.options import writing
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import carry_out
from newsarchive.errors import BadOptionError
from newsarchive.planning.uniting import plan_dismissal

EXAMPLES = ("newsarchive duplicates dismiss 3 4",)


@shares(writing)
def run(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help="The id of an entry.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The id of another.")],
) -> None:
    """Remember that two entries are different stories.

    They are not listed again. It is kept in both as the relation different-story.
    """
    session = session_of(context)
    entries = entries_named(session, [one, other])
    if len(entries) != 2:
        raise BadOptionError("name two different entries, by their ids")
    changes = plan_dismissal(entries[0], entries[1], session.clock())
    done = f"{entries[0].id} and {entries[1].id} are different stories"
    carry_out(session, changes, session.flags(writing), done=done)
