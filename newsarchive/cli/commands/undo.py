"""`newsarchive undo`: take operations back."""

from collections.abc import Sequence
from typing import Annotated

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.dates.moments import parse_moment
from newsarchive.errors import BadOptionError, join_some
from newsarchive.planning.undoing import UndoPlan, Wanted
from newsarchive.query.ids import parse_ids
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive undo",
    "newsarchive undo 2 1 --dry-run",
    "newsarchive undo 1..25",
    'newsarchive undo --since "2 hours ago"',
)


@shares(writing)
def run(
    context: typer.Context,
    operations: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OPERATION]...", help="Their numbers in the history: 7, 10..25."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="All since then: 2 hours ago, 14:30, yesterday, a date."),
    ] = None,
    skip_conflicts: Annotated[
        bool, typer.Option("--skip-conflicts", help="Leave what was changed again since, take back the rest.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite newer changes too.")] = False,
) -> None:
    """Take operations back, the newest one unless told, in one operation.

    What they did is taken back and nothing else: tags that others gave and fields that others set since stay.
    An entry comes back as it was, the time of its last change too. An undo is an operation itself: taking it
    back is a redo.
    """
    session = session_of(context)
    if operations and since is not None:
        raise BadOptionError("name operations or --since, not both")
    if force and skip_conflicts:
        raise BadOptionError(
            "--skip-conflicts leaves newer changes and --force overwrites them: give one of them"
        )
    wanted = _wanted(session, operations or (), since)

    def planned() -> Planned:
        plan = session.archive.plan_undo(wanted, force=force, skip_conflicts=skip_conflicts)
        _tell(session, plan, force=force)
        done = f"Took back {_named(plan)}, {counted(len(plan.changes), 'entry')}"
        return Planned(plan.changes, done, plan.undoes, plan.partly)

    carry_out_plan(session, planned(), planned, session.flags(writing))


def _wanted(session: Session, words: Sequence[str], since: str | None) -> Wanted:
    if since is not None:
        return Wanted(since=parse_moment(since, now=session.clock()))
    if not words:
        return Wanted()
    try:
        return Wanted(parse_ids(" ".join(words)).ranges)
    except BadOptionError:
        raise BadOptionError(
            f"{' '.join(words)[:80]!r} names no operation; write 7, 4 3 2 or 10..25"
        ) from None


def _named(plan: UndoPlan) -> str:
    if len(plan.records) == 1:
        return f"`{plan.records[0].command}`, operation {plan.records[0].number}"
    return f"{counted(len(plan.records), 'operation')} ({join_some(plan.undoes)})"


def _tell(session: Session, plan: UndoPlan, *, force: bool) -> None:
    for note in plan.notes:
        session.streams.say(f"note: {note}")
    for conflict in plan.conflicts:
        session.streams.say(f"{'overwritten' if force else 'left as it is'}: {conflict}")
