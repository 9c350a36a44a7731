"""`newsarchive remove`: take entries out of the archive."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selector
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.planning.relations import plan_removal
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive remove 7",
    "newsarchive remove tag:draft --dry-run",
    "newsarchive remove 3,7-9 --yes",
)


@shares(selection, everything, writing, words="ID...|QUERY...")
def run(context: typer.Context) -> None:
    """Remove entries; it can be undone.

    Those that stay lose their relations to them. Asks on a terminal and needs --yes elsewhere. Words that are all
    numbers or ranges are ids. The text is kept in the history until `newsarchive history prune`.
    """
    session = session_of(context)
    select = selector(
        session, session.flags(selection), "remove", everything=session.flags(everything), numbers="ids"
    )

    def plan() -> Planned:
        entries = select()
        gone = {entry.known_id for entry in entries}
        tied = [entry for entry in session.archive.related_to(gone) if entry.id not in gone]
        changes = plan_removal(entries, tied, session.clock())
        also = f"; {counted(len(tied), 'entry')} lost a relation" if tied else ""
        return Planned(changes, f"Removed {counted(len(entries), 'entry')}{also}")

    carry_out_plan(session, plan(), plan, session.flags(writing), ask="always")
