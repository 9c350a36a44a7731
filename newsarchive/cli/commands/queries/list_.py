"""`newsarchive queries list`: the saved queries."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting
from newsarchive.cli.output import write_rows
from newsarchive.cli.session import session_of
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted

EXAMPLES = ("newsarchive queries", "newsarchive queries --json")

_COLUMNS = (Column("Name", "cyan"), Column("Query", ratio=1))


@shares(counting)
def run(context: typer.Context) -> None:
    """List the saved queries, in the order of their file."""
    session = session_of(context)
    form = session.flags(counting)

    queries = session.archive.saved_queries

    if form == TABLE:
        Grid(_COLUMNS, [[f"@{name}", query] for name, query in queries.items()]).print(session.streams)
    else:
        rows = ({"name": name, "query": query} for name, query in queries.items())
        write_rows(session, form, rows, ("name", "query"))
    if not queries:
        session.streams.say("no query is saved; `newsarchive queries add NAME QUERY` saves one")
    elif session.streams.out_is_terminal:
        session.streams.say(counted(len(queries), "query"))
