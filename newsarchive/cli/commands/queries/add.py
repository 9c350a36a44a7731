"""`newsarchive queries add`: save a query under a name."""

from typing import Annotated

import typer

from newsarchive.cli.selecting import parsed_alone
from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError
from newsarchive.query.saved import SIGN, normal_name, write_queries

EXAMPLES = (
    "newsarchive queries add recent date:-1y..",
    "newsarchive queries add saigas 'saiga OR tag:species/saiga' --force",
)


def run(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name; @NAME stands for it in any query.")],
    words: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What it stands for.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the query of this name.")] = False,
) -> None:
    """Save a query under a name.

    It is read once now, so that what is saved can be understood; relative dates count from the day it is used.
    """
    session = session_of(context)
    archive, text = session.archive, " ".join(words).strip()
    known, named = dict(archive.saved_queries), normal_name(name)
    if known.get(named, text) != text and not force:
        raise BadOptionError(f"@{named} is {known[named]!r} already; --force replaces it")
    parsed_alone(session, f"{SIGN}{named}", lambda: known | {named: text})
    write_queries(archive.queries_file, known | {named: text})
    session.streams.say(f"Saved @{named}: {text}")
