"""`newsarchive edit`: change entries in an editor, field by field, by an expression, or from a corrected table."""

from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple

import typer

from newsarchive.changes import Change, by_id
from newsarchive.cli.command import shares
from newsarchive.cli.editor import edited
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selector
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import Planned, accepted, carry_out, carry_out_plan, note_dates
from newsarchive.config import expanded
from newsarchive.disk import read_bytes
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError, CannotReadError, StaleRowsError
from newsarchive.intake import MAX_TEXT
from newsarchive.planning.editing import buffer_of, parse_assignments, plan_assignments, plan_buffer
from newsarchive.planning.replanning import rebased
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive edit 7",
    "newsarchive edit is:undated --set date=2018",
    "newsarchive edit 3,7-9 --unset url --dry-run",
    "newsarchive edit --all --replace title '/Mid-?term/Midterm/' --dry-run",
    "newsarchive edit --from corrected.csv --dry-run",
)

_Texts = list[str] | None


@shares(selection, everything, writing, words="ID...|QUERY...")
def run(
    context: typer.Context,
    set_: Annotated[
        _Texts,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="Give a field this value; @FILE is what a file holds."
        ),
    ] = None,
    unset: Annotated[_Texts, typer.Option("--unset", metavar="FIELD", help="Empty a field.")] = None,
    replace: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--replace", metavar="FIELD /OLD/NEW/", help="Replace what an expression finds in a text."
        ),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Take over the cells of a CSV that differ.")
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Accept or refuse change by change.")] = False,
) -> None:
    r"""Change entries in $EDITOR as front-matter documents, or field by field.

    Words that are all numbers or ranges are ids. In the editor, a document that is taken out of the text is
    left as it is; faults are shown and the editor opens again. Fields: title, date, summary, body, url,
    source, languages, tags, and extra.NAME.

    In /OLD/NEW/, OLD is a regular expression, NEW may hold its groups as \1, and any sign may stand for /.
    --from takes what `export -o FILE.csv` wrote, or any CSV with a column id.
    """
    session = session_of(context)
    if sum([bool(set_ or unset), replace is not None, from_ is not None]) > 1:
        raise BadOptionError("--set and --unset, --replace, and --from do not go together")
    if from_ is not None:
        _take_over(session, from_, ask=ask)
        return
    values = [_value_from_file(session, text) for text in set_ or ()]
    assignments = parse_assignments(values, unset or (), today=session.today)
    replacement = None
    if replace is not None:
        from newsarchive.planning.replacing import parse_replacement, plan_replacement  # spares start-up

        replacement = parse_replacement(*replace)
    select = selector(
        session, session.flags(selection), "edit", everything=session.flags(everything), numbers="ids"
    )

    def plan() -> _Plan:
        entries = select()
        if replacement is not None:
            return _Plan(plan_replacement(entries, replacement, session.clock()), (), len(entries))
        return _Plan(*plan_assignments(entries, assignments, session.clock()), len(entries))

    if replacement is not None or assignments:
        _carry_out(session, plan(), ask=ask, again=plan)
    elif session.streams.can_ask:
        _edit(session, select(), ask=ask)
    else:
        select()
        raise BadOptionError("an editor needs a terminal; elsewhere use --set FIELD=VALUE or --unset FIELD")


class _Plan(NamedTuple):
    """Changes, what is to be said of them beforehand, of how many entries they are, and how many are of others."""

    changes: Sequence[Change]
    warnings: Sequence[str]
    selected: int
    tied: int = 0

    @property
    def planned(self) -> Planned:
        """The plan, with what to say when it is carried out."""
        done = f"Changed {len(self.changes) - self.tied:,} of {counted(self.selected, 'entry')}"
        others = f" and the relations of {counted(self.tied, 'other')}" if self.tied else ""
        return Planned(self.changes, f"{done}{others}")


def _value_from_file(session: Session, text: str) -> str:
    """Return an assignment with what a file holds in place of @FILE; @@ stands for an @ that is one."""
    field, equals, value = text.partition("=")
    if value.startswith("@@"):
        return f"{field}={value[1:]}"
    if not equals or not value.startswith("@"):
        return text
    data = _read(session, value[1:], most=MAX_TEXT)
    try:
        return f"{field}={data.decode('utf-8-sig').rstrip()}"
    except UnicodeDecodeError:
        raise CannotReadError(value[1:], "it is not UTF-8") from None


def _read(session: Session, name: str, *, most: int) -> bytes:
    return (
        session.streams.read(most) if name == "-" else read_bytes(session.folder / expanded(name), most=most)
    )


def _take_over(session: Session, name: str, *, ask: bool) -> None:
    """Change what differs in a table from the entries that its rows name."""
    from newsarchive.formats.base import MAX_SOURCE, Source  # spares start-up
    from newsarchive.formats.reading.tables.csv_ import cells_by_name
    from newsarchive.planning.sheets import Row, plan_sheet

    if session.flags(selection).given:
        raise BadOptionError("--from takes the ids of its rows; leave the query out")
    source = Source(name, _read(session, name, most=MAX_SOURCE))
    rows = [Row(line, cells) for line, cells in cells_by_name(source)]
    plan = plan_sheet(rows, by_id(session.archive.entries), session.today, session.clock())
    _carry_out(session, _Plan(plan.changes, plan.notes, len(rows)), ask=ask)
    if plan.stale:
        raise StaleRowsError(plan.stale)


def _edit(session: Session, entries: Sequence[Entry], *, ask: bool) -> None:
    """Let the user edit the entries, and change what they have become by then."""
    buffer = buffer_of(entries)
    of = f"edit {[entry.id for entry in entries]}"
    ids = session.archive.snapshot.lines

    def understand(text: str) -> tuple[list[Change], tuple[str, ...]]:
        return plan_buffer(buffer, text, entries, session.clock(), lambda number: number in ids)

    with edited(session, buffer.text, understand, of=of) as planned:
        changes, warnings = planned
        snapshot = session.look_again().snapshot
        present = {n: snapshot.entry(n) for n, _, _ in changes if n is not None and n in snapshot.lines}
        again = rebased(changes, present, session.clock())
        notes = (f"entry {n} changed meanwhile in other fields; both changes are kept" for n in again.ids)
        _carry_out(session, _Plan(again.changes, (*warnings, *notes), len(entries)), ask=ask)


def _carry_out(
    session: Session, plan: _Plan, *, ask: bool = False, again: Callable[[], _Plan] | None = None
) -> None:
    """Carry a plan out; what a person accepted change by change is not planned `again` from the query."""
    for warning in plan.warnings:
        session.streams.say(f"note: {warning}")
    note_dates(session, plan.changes)
    flags = session.flags(writing)
    if ask and not flags.dry_run:
        plan = plan._replace(changes=accepted(session, plan.changes))
        again = None
    if again is None:
        plan = _with_others(session, plan)
        carry_out(session, plan.changes, flags, done=plan.planned.done)
    else:
        carry_out_plan(session, plan.planned, lambda: again().planned, flags)


def _with_others(session: Session, plan: _Plan) -> _Plan:
    """Add what the entries are to have that the changed ones are related to from now on, or no more."""
    from newsarchive.planning.relations import on_both_sides  # spares start-up

    changes = on_both_sides(plan.changes, session.archive.snapshot.find, session.clock())
    return plan._replace(changes=changes, tied=len(changes) - len(plan.changes))
