"""`newsarchive tags apply`: many taggings at once, from a file of lines."""

from typing import Annotated

import typer

from newsarchive.cli.batching import read_lines, tag_by_lines
from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.session import session_of

EXAMPLES = (
    "newsarchive tags apply rules.txt --dry-run",
    "newsarchive tags suggest | newsarchive tags apply -",
)


@shares(writing)
def run(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of such lines; - reads stdin.")],
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Do what can be read although some lines have faults.")
    ] = False,
) -> None:
    """Tag by lines such as `+saiga -draft -- date:2019.. horn*   # a comment`.

    All are read before anything is done, and each is asked of the archive as it was before the first one. They
    are one operation, which one undo takes back.
    """
    session = session_of(context)
    lines, faults = read_lines(session, file, needs_tags=True)
    tag_by_lines(session, lines, faults, session.flags(writing), keep_going=keep_going)
