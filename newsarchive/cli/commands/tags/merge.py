"""`newsarchive tags merge`: make one tag of several."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.renaming import give_names, named_in_use
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import note_new_tags
from newsarchive.intake import normalise_tag

EXAMPLES = (
    "newsarchive tags merge saigas sayga --into species/saiga",
    "newsarchive tags merge 'press/*' --into press --dry-run",
)


@shares(writing)
def run(
    context: typer.Context,
    tags: Annotated[
        list[str], typer.Argument(metavar="TAG...", help="Tags in use; press/* is those below one.")
    ],
    into: Annotated[str, typer.Option("--into", metavar="TAG", help="The tag that takes their place.")],
) -> None:
    """Make one tag of several, in every entry that has one of them."""
    session = session_of(context)
    target = normalise_tag(into)
    names = dict.fromkeys((tag for tag in named_in_use(session, tags, target) if tag != target), target)

    note_new_tags(session, [target])
    give_names(session, names, session.flags(writing), f"Merged {', '.join(tags)} into {target}")
