"""`newsarchive tags rename`: give a tag another name wherever it is."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.renaming import give_names, named_in_use, note_united
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import note_new_tags
from newsarchive.planning.renaming import new_names
from newsarchive.text.tags import normal_tag

EXAMPLES = (
    "newsarchive tags rename sayga species/saiga",
    "newsarchive tags rename 'species/*' 'taxa/*' --dry-run",
)


@shares(writing)
def run(
    context: typer.Context,
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A tag in use, or species/* for those below one.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
) -> None:
    """Give a tag another name in every entry that has it.

    Onto a name in use it unites the two. Other names of the same concept are pointed at and left alone.
    """
    session = session_of(context)
    named_in_use(session, [old], normal_tag(new))
    names = {tag: name for tag, name in new_names(old, new, session.archive.tags()).items() if tag != name}

    note_united(session, names, names.values())
    note_new_tags(session, [*dict.fromkeys(names.values())])
    give_names(session, names, session.flags(writing), f"Renamed {old} to {new}")
