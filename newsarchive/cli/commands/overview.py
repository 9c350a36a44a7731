"""`newsarchive` alone: which archive this is and what can be done with it."""

from typing import Final

import typer

from newsarchive.archive import Archive
from newsarchive.cli.session import Session, session_of
from newsarchive.config import VARIABLE
from newsarchive.errors import NoArchiveError
from newsarchive.render.words import counted
from newsarchive.selection import Selection
from newsarchive.text.visible import visible

EXAMPLES = ()

_TRY: Final = """
  newsarchive list                   the entries, newest first
  newsarchive search WORDS           find some, in spite of spelling
  newsarchive show {number:<18}one of them, whole
  newsarchive add --title TEXT       add one
  newsarchive --help                 all commands
"""
_FILL: Final = """
  newsarchive add --title TEXT       add an entry
  newsarchive import FILE            bring in a page, a feed, a table, a folder of posts
  newsarchive --help                 all commands
"""
_START: Final = """
  newsarchive init                   start one here
  newsarchive init FOLDER            start one there
  newsarchive -a FILE list           look into one that is elsewhere
  newsarchive --help                 all commands
"""


def run(context: typer.Context) -> None:
    """Say which archive this is, or how to start one."""
    session = session_of(context)
    try:
        told = _there(session.archive)
    except NoArchiveError:
        told = _nowhere(session)
    session.streams.write(told)


def _there(archive: Archive) -> str:
    newest = archive.page(Selection(limit=1))
    told = [counted(newest.total, "entry")]
    path = visible(str(archive.place))
    if not newest.total:
        return f"{path}: no entries yet\n{_FILL}"
    [last] = newest.entries
    [first] = archive.page(Selection(sort="date", limit=1)).entries
    if last.date is None:
        told.append("none with a date")
    elif first.date == last.date:
        told.append(f"of {last.date}")
    else:
        told.append(f"from {first.date} to {last.date}")
    return f"{path}: {', '.join(told)}\n{_TRY.format(number=last.known_id)}"


def _nowhere(session: Session) -> str:
    path = visible(str(session.location.place))
    if session.globals.archive or session.environ.get(VARIABLE):
        return f"There is no archive at {path}.\n{_START}"
    return f"There is no archive in {visible(str(session.folder))} nor in a folder above it.\n{_START}"
