"""`newsarchive open`: an entry's address in the browser."""

from typing import Annotated

import typer

from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError, NoAddressError, UnknownIdsError

EXAMPLES = ("newsarchive open 7",)


def run(
    context: typer.Context, id_: Annotated[int, typer.Argument(metavar="ID", help="The entry's id.")]
) -> None:
    """Open an entry's address in the browser."""
    session = session_of(context)
    archive = session.archive
    if id_ not in archive.snapshot.lines:
        raise UnknownIdsError([id_])
    url = archive.snapshot.entry(id_).url
    if not url:
        raise NoAddressError(id_)
    if not url.casefold().startswith(("http://", "https://")):
        raise BadOptionError(f"entry {id_} has the address {url!r}, and only http and https are opened")
    session.streams.say(f"opening {url}")
    typer.launch(url)
