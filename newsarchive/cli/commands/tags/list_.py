"""`newsarchive tags list`: tags with the number of their entries."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection
from newsarchive.cli.output import say_count, write_rows
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive tags",
    "newsarchive tags list date:2018.. --json",
)

_COLUMNS = (Column("Tag", "blue"), Column("Entries", right=True))


@shares(selection, counting)
def run(context: typer.Context) -> None:
    """List tags with the number of the selected entries, most frequent first."""
    session = session_of(context)
    form = session.flags(counting)
    chosen = selection_from(session, session.flags(selection))

    counts, untagged = session.archive.tag_counts(chosen)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    if form == TABLE:
        Grid(_COLUMNS, [[tag, f"{count:,}"] for tag, count in ranked]).print(session.streams)
    else:
        rows = ({"tag": tag, "entries": count} for tag, count in ranked)
        write_rows(session, form, rows, ("tag", "entries"))
    if ranked or untagged:
        session.streams.say(f"{counted(len(ranked), 'tag')}, {counted(untagged, 'entry')} without one")
    else:
        say_count(session, 0, 0)
