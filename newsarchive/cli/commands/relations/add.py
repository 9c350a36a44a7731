"""`newsarchive relations add`: entries are related to each other."""

from collections.abc import Sequence
from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.naming import entries_named
from newsarchive.cli.options import writing
from newsarchive.cli.relating import chosen_kind, groups_in, note_others, note_same_language
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import carry_out
from newsarchive.errors import BadBatchError, BadOptionError, SomeLinesError
from newsarchive.planning.relations import Group, plan_ties
from newsarchive.render.words import counted, enumerated

EXAMPLES = (
    "newsarchive relations add 3 4 --as follow-up",
    "newsarchive relations add 7 8 9 --as translation --dry-run",
    "newsarchive relations add --from related.txt",
)


@shares(writing)
def run(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The ids of two or more.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--as", metavar="KIND", help="translation, follow-up or same-story.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Lines such as `translation 3 4   # why`; - is stdin."),
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Do what can be read although some lines have faults.")
    ] = False,
) -> None:
    """Relate entries, each to all others that are named with it.

    It is kept on both sides; removing an entry takes it away from the others. `duplicates` lists them no more.
    """
    session = session_of(context)
    faults: Sequence[str] = ()
    if source is not None:
        if ids or kind is not None:
            raise BadOptionError("--from goes without ids and without --as: its lines say both")
        groups, faults = groups_in(session, source)
    else:
        groups = [Group(chosen_kind(kind), entries_named(session, ids or (), follow=True) if ids else ())]
        if len(groups[0].entries) < 2:
            raise BadOptionError("name two different entries or more, by their ids")
    if faults and not keep_going:
        raise BadBatchError(faults)
    for fault in faults:
        session.streams.complain(fault)

    changes = plan_ties(groups, session.clock())

    note_same_language(session, groups)
    note_others(session, groups)
    carry_out(session, changes, session.flags(writing), done=_done(groups), ask="many")
    if faults:
        raise SomeLinesError(len(faults))


def _done(groups: Sequence[Group]) -> str:
    """Say what was done, as in "Related 3 and 4 as translation"."""
    if len(groups) == 1:
        ids = enumerated([str(entry.known_id) for entry in groups[0].entries])
        return f"Related {ids} as {groups[0].kind}"
    count = len({entry.known_id for group in groups for entry in group.entries})
    return f"Related {counted(count, 'entry')} by {counted(len(groups), 'line')}"
