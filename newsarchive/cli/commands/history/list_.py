"""`newsarchive history list`: what was done to the archive."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, reading, selection
from newsarchive.cli.output import TERMINAL_ROWS, chosen_format, cut, emit
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.dates.local import local_time
from newsarchive.entry import format_instant
from newsarchive.errors import BadOptionError
from newsarchive.planning.undoing import undone_operations
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted
from newsarchive.store.history import Record

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


_FIELDS = ("operation", "time", "command", "user", "entries", "undoes", "undone")


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
    everything = archive.records()
    records = archive.records_touching(chosen) if flags.given else everything
    undone = undone_operations(everything)
    end = chosen.offset + chosen.limit if chosen.limit else None
    shown = records[::-1][chosen.offset : end]

    emit(
        session,
        form,
        [record.number for record in shown],
        lambda: _plain(shown, undone),
        lambda: Grid(_COLUMNS, [_row(record, undone) for record in shown]).print(session.streams),
        columns=_FIELDS,
    )
    if len(shown) < len(records):
        session.streams.say(cut(len(shown), counted(len(records), "operation"), how.offset))
    if not records:
        session.streams.say("no operation is recorded" + (" for these entries" if flags.given else ""))


def _row(record: Record, undone: frozenset[int]) -> list[str]:
    command = record.command
    if record.undoes is not None and str(record.undoes) not in command.split():
        command += f" (of {record.undoes})"
    if record.number in undone:
        command += "  (undone)"
    time = f"{local_time(record.time):%Y-%m-%d %H:%M}"
    return [str(record.number), time, str(len(record.changes)), record.user, command]


def _plain(records: Sequence[Record], undone: frozenset[int]) -> Iterator[Mapping[str, Any]]:
    for record in records:
        yield {
            "operation": record.number,
            "time": format_instant(record.time),
            "command": record.command,
            "user": record.user,
            "entries": [change.id for change in record.changes],
            "undoes": record.undoes,
            "undone": record.number in undone,
        }
