"""`newsarchive queries remove`: forget a saved query."""

from typing import Annotated

import typer

from newsarchive.cli.session import session_of
from newsarchive.errors import UnknownQueryError
from newsarchive.query.saved import normal_name, write_queries

EXAMPLES = ("newsarchive queries remove saigas",)


def run(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="The names of saved queries.")],
) -> None:
    """Forget saved queries; what they were is said, so that they can be saved again."""
    session = session_of(context)
    archive = session.archive
    known, wanted = dict(archive.saved_queries), [normal_name(name) for name in names]
    for name in wanted:
        if name not in known:
            raise UnknownQueryError(name)
    write_queries(archive.queries_file, {name: text for name, text in known.items() if name not in wanted})
    for name in dict.fromkeys(wanted):
        session.streams.say(f"Removed @{name}, which was: {known[name]}")
