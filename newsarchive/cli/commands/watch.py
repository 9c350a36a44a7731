"""`newsarchive watch`: new and changed entries, as they come."""

import time
from typing import Annotated, Final

import typer

from newsarchive.archive import Archive
from newsarchive.cli.command import shares
from newsarchive.cli.options import ReadingFlags, selection
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.entry import Entry, plain_form
from newsarchive.errors import BadOptionError, UnreachableError
from newsarchive.planning.following import touched
from newsarchive.selection import Selection
from newsarchive.text.visible import visible

EXAMPLES = (
    "newsarchive watch --for 1",
    "newsarchive watch tag:saiga --after 0 --format jsonl --for 1",
)

_FORMS: Final = ("lines", "jsonl")
_PAUSE: Final = 2.0
"""Seconds until a server that is away is asked again."""


@shares(selection)
def run(
    context: typer.Context,
    after: Annotated[
        int | None,
        typer.Option(metavar="N", help="Begin after operation N, to go on where another watch ended."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help="lines or jsonl.")] = "lines",
    seconds: Annotated[
        float | None, typer.Option("--for", metavar="SECONDS", help="End after so long; else at Ctrl-C.")
    ] = None,
) -> None:
    """Print the selected entries that are added or changed, as it happens.

    A line each: `new` or `changed`, the id, the date, the title. As jsonl they are the objects of `list`. A server
    tells of each commit at once; a file is looked at every second. After a connection was lost, what was missed
    comes first.
    """
    session = session_of(context)
    if format_ not in _FORMS:
        raise BadOptionError(f"--format {format_!r} is unknown; choose {' or '.join(_FORMS)}")
    chosen = selection_from(session, session.flags(selection), ReadingFlags())
    archive = session.archive
    done = archive.snapshot.meta.revision if after is None else after
    deadline = None if seconds is None else time.monotonic() + seconds
    is_away = False
    while True:
        try:
            done = _print_news(session, archive, chosen, done, as_jsonl=format_ == "jsonl")
            is_away = False
            left = 60.0 if deadline is None else deadline - time.monotonic()
            if left <= 0:
                return
            archive.wait(min(left, 60.0))
        except UnreachableError as error:
            if session.globals.offline or (deadline is not None and time.monotonic() > deadline):
                raise
            if not is_away:
                session.streams.say(f"note: {error.reason}; waiting for the server")
            is_away = True
            time.sleep(_PAUSE)


def _print_news(session: Session, archive: Archive, chosen: Selection, done: int, *, as_jsonl: bool) -> int:
    """Print what was added or changed after operation `done`; return the operation that is the newest now."""
    records = archive.records_after(done)
    if not records:
        return done
    news = touched(records)
    for entry in archive.matching(chosen, news):
        session.streams.write(_line(entry, is_new=news[entry.known_id].is_new, as_jsonl=as_jsonl))
    return records[-1].number


def _line(entry: Entry, *, is_new: bool, as_jsonl: bool) -> str:
    if as_jsonl:
        from newsarchive.formats.codec import dumps  # spares start-up

        return dumps(plain_form(entry)).decode() + "\n"
    what = "new" if is_new else "changed"
    return f"{what:7}  {entry.known_id:>4}  {entry.date or ''!s:10}  {visible(entry.title)}\n"
