"""`newsarchive list`: the selection, newest first."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import reading, selection
from newsarchive.cli.output import chosen_format, default_limit, emit, say_count
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.entry import plain_form
from newsarchive.render.entries import entry_grid

EXAMPLES = (
    "newsarchive list",
    "newsarchive list tag:mongolia date:2018.. -draft",
    "newsarchive list date:2018..2019 --json",
)


@shares(selection, reading)
def run(context: typer.Context) -> None:
    """List the selected entries, newest first.

    Words must all occur in an entry, exactly but for case and accents; `word*` takes every ending.
    """
    session = session_of(context)
    flags, how = session.flags(selection), session.flags(reading)
    form = chosen_format(how)
    chosen = selection_from(session, flags, how, limit=default_limit(session, how))

    shown, total = session.archive.page(chosen)

    emit(
        session,
        form,
        [entry.known_id for entry in shown],
        lambda: map(plain_form, shown),
        lambda: entry_grid(shown).print(session.streams),
    )
    say_count(session, len(shown), total, offset=how.offset)
