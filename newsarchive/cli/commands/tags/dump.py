"""`newsarchive tags dump`: the tags of each entry, as lines that `tags load` reads."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import selection
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.planning.batches import dumped
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive tags dump > tags.txt",
    "newsarchive tags dump date:2019..",
)


@shares(selection)
def run(context: typer.Context) -> None:
    """Write the tags of each selected entry, a line an entry, by id.

    Such as `+saiga -- id:7   # its title`. An entry without a tag has a line too, so that `tags load` brings
    back exactly what was there.
    """
    session = session_of(context)
    chosen = selection_from(session, session.flags(selection))

    entries = sorted(session.archive.select(chosen), key=lambda entry: entry.known_id)

    session.streams.write("".join(f"{dumped(entry)}\n" for entry in entries))
    if session.streams.out_is_terminal:
        session.streams.say(counted(len(entries), "entry"))
