"""`newsarchive duplicates merge`: make one entry of several."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.naming import entries_named
from newsarchive.cli.options import writing
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.errors import BadOptionError
from newsarchive.planning.uniting import left_behind, plan_uniting
from newsarchive.render.words import enumerated

EXAMPLES = (
    "newsarchive duplicates merge 3 4 --dry-run",
    "newsarchive duplicates merge 3 4 9 --yes",
)


@shares(writing)
def run(
    context: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The id of the entry that stays.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Ids of those that go into it.")],
) -> None:
    """Unite entries in one: tags, languages, relations, and the fields that it lacks.

    The others are removed; `show` and --id find the one that is kept by their ids. Asks on a terminal and needs
    --yes elsewhere.
    """
    session = session_of(context)

    def plan() -> Planned:
        kept, *gone = entries_named(session, [keep, *others])
        if not gone:
            raise BadOptionError("name the entry that stays and another one, by their ids")
        related = session.archive.related_to([other.known_id for other in gone])
        changes = plan_uniting(kept, gone, related, session.clock())
        ids = enumerated([str(other.known_id) for other in gone])
        return Planned(changes, f"Merged {ids} into {kept.known_id}")

    planned = plan()
    kept, *gone = entries_named(session, [keep, *others])
    for other in gone:
        if names := left_behind(kept, other):
            session.streams.say(
                f"note: entry {kept.known_id} keeps its own {enumerated(names)}; "
                f"those of {other.known_id} go with it"
            )
    carry_out_plan(session, planned, plan, session.flags(writing), ask="always")
