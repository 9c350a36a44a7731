"""`newsarchive tags load`: bring back the tags that were dumped."""

from typing import Annotated

import typer

from newsarchive.cli.batching import read_lines, tag_by_lines
from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.session import session_of
from newsarchive.planning.batches import Line, replacing

EXAMPLES = (
    "newsarchive tags load tags.txt --dry-run",
    "newsarchive tags load tags.txt --accumulate",
)


@shares(writing)
def run(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `tags dump` wrote; - reads stdin.")],
    accumulate: Annotated[
        bool, typer.Option("--accumulate", help="Add these tags, and take none away.")
    ] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Do what can be read although some lines have faults.")
    ] = False,
) -> None:
    """Give entries exactly the tags that a file says, as `tags dump` wrote it.

    Entries that no line selects keep their tags. It is one operation.
    """

    def as_tagged(line: Line) -> Line:
        return line if accumulate else replacing(line)

    session = session_of(context)
    lines, faults = read_lines(session, file, needs_tags=False)
    tag_by_lines(session, lines, faults, session.flags(writing), keep_going=keep_going, as_tagged=as_tagged)
