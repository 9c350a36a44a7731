"""`newsarchive undo`: take an operation back."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import carry_out
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive undo",
    "newsarchive undo 2 --dry-run",
)


@shares(writing)
def run(
    context: typer.Context,
    operation: Annotated[
        int | None, typer.Argument(metavar="[OPERATION]", help="Its number in the history.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite newer changes too.")] = False,
) -> None:
    """Take back an operation, the newest one unless told.

    Everything comes back as it was, the time of the last change too. An undo is an operation itself:
    taking it back is a redo.
    """
    session = session_of(context)

    plan = session.archive.plan_undo(operation, force=force)

    number = plan.record.number
    done = f"Took back `{plan.record.command}`, operation {number}, {counted(len(plan.changes), 'entry')}"
    carry_out(session, plan.changes, session.flags(writing), done=done, undoes=number)
