"""`newsarchive show`: whole entries."""

from collections.abc import Mapping, Sequence

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import reading, selection
from newsarchive.cli.output import chosen_format, emit, say_count
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.entry import Entry, plain_form
from newsarchive.errors import UnknownIdsError
from newsarchive.render.entries import print_whole

EXAMPLES = (
    "newsarchive show 7",
    "newsarchive show 3,7-9 --json",
    "newsarchive show 'title:\"snow leopard\"'",
)


@shares(selection, reading, words="ID...|QUERY...")
def run(context: typer.Context) -> None:
    """Show whole entries.

    Words that are all numbers or ranges are ids, anything else is a query.
    """
    session = session_of(context)
    flags, how = session.flags(selection), session.flags(reading)
    form = chosen_format(how)
    chosen = selection_from(session, flags, how, numbers="ids")

    shown, total = session.archive.page(chosen)
    missing = session.archive.missing(chosen)

    emit(
        session,
        form,
        [entry.known_id for entry in shown],
        lambda: map(plain_form, shown),
        lambda: print_whole(shown, session.streams, _titles(session, shown)),
    )
    if missing:
        raise UnknownIdsError(missing)
    say_count(session, len(shown), total, offset=how.offset)


def _titles(session: Session, entries: Sequence[Entry]) -> Mapping[int, str]:
    """Return the titles of what these entries are related to."""
    ids = {relation.id for entry in entries for relation in entry.relations}
    return {other.known_id: other.title for other in session.archive.entries_with(ids)} if ids else {}
