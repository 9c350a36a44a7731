"""`newsarchive edit`: change entries in an editor, or field by field."""

from collections.abc import Sequence
from typing import Annotated

import typer

from newsarchive.changes import Change
from newsarchive.cli.command import shares
from newsarchive.cli.editor import edited
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selected_for_writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import carry_out
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.planning.editing import buffer_of, parse_assignments, plan_assignments, plan_buffer, rebased
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive edit 7",
    "newsarchive edit is:undated --set date=2018",
    "newsarchive edit 3,7-9 --unset url --dry-run",
)

_Texts = list[str] | None


@shares(selection, everything, writing, words="ID...|QUERY...")
def run(
    context: typer.Context,
    set_: Annotated[
        _Texts, typer.Option("--set", metavar="FIELD=VALUE", help="Give a field this value.")
    ] = None,
    unset: Annotated[_Texts, typer.Option("--unset", metavar="FIELD", help="Empty a field.")] = None,
) -> None:
    """Change entries in $EDITOR as front-matter documents, or field by field.

    Words that are all numbers or ranges are ids. In the editor, a document that is taken out of the text is
    left as it is; faults are shown and the editor opens again. Fields: title, date, summary, body, url,
    source, languages, tags, and extra.NAME.
    """
    session = session_of(context)
    assignments = parse_assignments(set_ or (), unset or (), today=session.today)
    entries = selected_for_writing(
        session, session.flags(selection), "edit", everything=session.flags(everything), numbers="ids"
    )

    if assignments:
        changes, warnings = plan_assignments(entries, assignments, session.clock())
        _carry_out(session, changes, warnings, len(entries))
    elif session.streams.can_ask:
        _edit(session, entries)
    else:
        raise BadOptionError("an editor needs a terminal; elsewhere use --set FIELD=VALUE or --unset FIELD")


def _edit(session: Session, entries: Sequence[Entry]) -> None:
    """Let the user edit the entries, and change what they have become by then."""
    buffer = buffer_of(entries)
    with edited(
        session, buffer.text, lambda text: plan_buffer(buffer, text, entries, session.clock())
    ) as planned:
        changes, warnings = planned
        snapshot = session.look_again().snapshot
        present = {n: snapshot.entry(n) for n, _, _ in changes if n is not None and n in snapshot.lines}
        changes, notes = rebased(changes, present, session.clock())
        _carry_out(session, changes, (*warnings, *notes), len(entries))


def _carry_out(session: Session, changes: Sequence[Change], warnings: Sequence[str], selected: int) -> None:
    for warning in warnings:
        session.streams.say(f"note: {warning}")
    done = f"Changed {len(changes):,} of {counted(selected, 'entry')}"
    carry_out(session, changes, session.flags(writing), done=done)
