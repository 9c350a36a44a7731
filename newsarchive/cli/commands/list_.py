"""`newsarchive list`: the selection, newest first."""

from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import reading, selection
from newsarchive.cli.output import (
    chosen_format,
    default_limit,
    emit,
    in_contract_order,
    named_fields,
    say_count,
)
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.entry import FIELDS, plain_form
from newsarchive.render.entries import entry_grid

EXAMPLES = (
    "newsarchive list",
    "newsarchive list tag:mongolia date:2018.. -draft",
    "newsarchive list date:2018..2019 --json",
    "newsarchive list is:untagged --fields id,title,url",
)


@shares(selection, reading)
def run(
    context: typer.Context,
    fields: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Only these fields, such as id,date,title.")
    ] = None,
) -> None:
    """List the selected entries, newest first.

    Words must all occur in an entry, exactly but for case and accents; `word*` takes every ending.
    """
    session = session_of(context)
    flags, how = session.flags(selection), session.flags(reading)
    form = chosen_format(how)
    chosen = selection_from(session, flags, how, limit=default_limit(session, how))

    names = () if fields is None else named_fields(fields)

    shown, total = session.archive.page(chosen)

    emit(
        session,
        form,
        [entry.known_id for entry in shown],
        lambda: map(plain_form, shown),
        lambda: entry_grid(shown, names).print(session.streams),
        columns=in_contract_order(names) or FIELDS,
    )
    say_count(session, len(shown), total, offset=how.offset)
