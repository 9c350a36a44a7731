"""`newsarchive remove`: take entries out of the archive."""

import typer

from newsarchive.changes import removing
from newsarchive.cli.command import shares
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selector
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive remove 7",
    "newsarchive remove tag:draft --dry-run",
    "newsarchive remove 3,7-9 --yes",
)


@shares(selection, everything, writing, words="ID...|QUERY...")
def run(context: typer.Context) -> None:
    """Remove entries; it can be undone.

    Asks on a terminal and needs --yes elsewhere. Words that are all numbers or ranges are ids. The text is
    kept in the history until `newsarchive history prune`.
    """
    session = session_of(context)
    select = selector(
        session, session.flags(selection), "remove", everything=session.flags(everything), numbers="ids"
    )

    def plan() -> Planned:
        changes = [removing(entry) for entry in select()]
        return Planned(changes, f"Removed {counted(len(changes), 'entry')}")

    carry_out_plan(session, plan(), plan, session.flags(writing), ask="always")
