"""`newsarchive relations remove`: entries are related to each other no more."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.naming import entries_named
from newsarchive.cli.options import writing
from newsarchive.cli.relating import chosen_kind
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import carry_out
from newsarchive.entry import TIES
from newsarchive.errors import BadOptionError
from newsarchive.planning.relations import plan_parting
from newsarchive.render.words import enumerated

EXAMPLES = (
    "newsarchive relations remove 3 4",
    "newsarchive relations remove 3 4 --as different-story",
)


@shares(writing)
def run(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="The ids of two or more.")],
    kind: Annotated[
        str | None, typer.Option("--as", metavar="KIND", help="Only relations of this kind.")
    ] = None,
) -> None:
    """Take away the relations that entries have to each other.

    All kinds but different-story, which is the verdict of `duplicates dismiss` and is taken back when it is named.
    """
    session = session_of(context)
    entries = entries_named(session, ids, follow=True)
    if len(entries) < 2:
        raise BadOptionError("name two different entries or more, by their ids")
    kinds = TIES if kind is None else (chosen_kind(kind, verdicts=True),)

    changes = plan_parting(entries, kinds, session.clock())

    named = enumerated([str(entry.known_id) for entry in entries])
    what = "related" if kind is None else f"related as {kind}"
    done = f"{named} are {what} no more" if changes else f"{named} are not {what}"
    carry_out(session, changes, session.flags(writing), done=done)
