"""`newsarchive open`: an entry's address in the browser."""

from typing import Annotated

import typer

from newsarchive.cli.naming import entries_named
from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError, NoAddressError

EXAMPLES = ("newsarchive open 7",)


def run(
    context: typer.Context, id_: Annotated[int, typer.Argument(metavar="ID", help="The entry's id.")]
) -> None:
    """Open an entry's address in the browser."""
    session = session_of(context)
    (entry,) = entries_named(session, [str(id_)], follow=True)
    url = entry.url
    if not url:
        raise NoAddressError(entry.known_id)
    if not url.casefold().startswith(("http://", "https://")):
        raise BadOptionError(f"entry {entry.id} has the address {url!r}, and only http and https are opened")
    session.streams.say(f"opening {url}")
    typer.launch(url)
