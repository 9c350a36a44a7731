"""`newsarchive history list`: what was done to the archive."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, reading, selection
from newsarchive.cli.output import TERMINAL_ROWS, chosen_format, cut, emit
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.dates.local import local_time
from newsarchive.entry import format_instant
from newsarchive.errors import BadOptionError, join_some
from newsarchive.planning.undoing import standing
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted
from newsarchive.store.record import Record

EXAMPLES = (
    "newsarchive history",
    "newsarchive history list id:7",
    "newsarchive history --json",
)

_COLUMNS = (
    Column("Operation", "cyan", right=True),
    Column("Time", "green"),
    Column("Entries", right=True),
    Column("User", "magenta", optional=True),
    Column("Command", ratio=1),
)


_FIELDS = ("operation", "time", "command", "user", "entries", "undoes", "undone", "undone_in_part")


@shares(selection, reading)
def run(context: typer.Context) -> None:
    """List the operations that touched the selected entries, newest first.

    Entries that were removed since are looked through as well. `newsarchive undo N` takes operation N back.
    """
    session = session_of(context)
    flags, how = session.flags(selection), session.flags(reading)
    form = chosen_format(how)
    if how.sort is not None:
        raise BadOptionError("history goes by time, the newest first, and has no --sort")
    on_screen = session.streams.out_is_terminal and form == TABLE
    chosen = selection_from(session, flags, how, limit=TERMINAL_ROWS if on_screen else 0)

    archive = session.archive
    if (doubt := archive.doubt()) is not None:
        session.streams.say(f"note: {doubt}")
    touches = archive.touching(chosen) if flags.given else lambda _: True
    found = (one for one in standing(archive.newest_records()) if touches(one[0]))
    passed_over = sum(1 for _ in islice(found, chosen.offset))
    shown = [*islice(found, chosen.limit or None)]
    has_more = next(found, None) is not None

    emit(
        session,
        form,
        [record.number for record, _ in shown],
        lambda: map(_plain, shown),
        lambda: Grid(_COLUMNS, list(map(_row, shown))).print(session.streams),
        columns=_FIELDS,
    )
    if has_more:
        session.streams.say(f"{counted(len(shown), 'operation')}; there are more; --limit 0 shows all")
    if passed_over and not shown:
        session.streams.say(cut(0, counted(passed_over, "operation"), chosen.offset))
    elif not shown:
        session.streams.say("no operation is recorded" + (" for these entries" if flags.given else ""))


_Shown = tuple[Record, Record | None]
"""An operation, and the one that took it back."""


def _row(one: _Shown) -> list[str]:
    record, by = one
    command = record.command
    if record.undoes and not {*map(str, record.undoes)} <= {*command.split()}:
        command += f" (of {join_some(record.undoes)})"
    if by is not None:
        command += "  (undone in part)" if record.number in by.partly else "  (undone)"
    time = f"{local_time(record.time):%Y-%m-%d %H:%M}"
    return [str(record.number), time, str(record.count), record.user, command]


def _plain(one: _Shown) -> Mapping[str, Any]:
    record, by = one
    return {
        "operation": record.number,
        "time": format_instant(record.time),
        "command": record.command,
        "user": record.user,
        "entries": list(record.ids),
        "undoes": list(record.undoes),
        "undone": by is not None,
        "undone_in_part": by is not None and record.number in by.partly,
    }
