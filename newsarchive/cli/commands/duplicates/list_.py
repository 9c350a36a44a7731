"""`newsarchive duplicates list`: pairs of entries that may be one story."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection
from newsarchive.cli.output import write_rows
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.planning.duplicates import Finder, Pair
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive duplicates",
    "newsarchive duplicates date:2019 --json",
)

_COLUMNS = (
    Column("Id", "cyan", right=True),
    Column("Other", "cyan", right=True),
    Column("Score", right=True),
    Column("Days", right=True),
    Column("Titles", ratio=3),
    Column("They have", ratio=2),
)
_KEYS = (*Pair._fields, "titles")


@shares(selection, counting)
def run(context: typer.Context) -> None:
    """List pairs of entries that may be one story, the surest first.

    Exact ones have the same address, or title, date and language; near ones share text that few entries have.
    Each has a score, the days between them and the names in both. With a query, one of the two must match it.
    """
    session = session_of(context)
    flags, form = session.flags(selection), session.flags(counting)
    archive = session.archive
    wanted = None
    if flags.given:
        wanted = {entry.known_id for entry in archive.select(selection_from(session, flags))}

    entry_of, ids = archive.snapshot.entry, sorted(archive.snapshot.lines)
    pairs = Finder(ids, entry_of).pairs(lambda entry_id: wanted is None or entry_id in wanted)

    titles = [[entry_of(one).title for one in (pair.id, pair.other)] for pair in pairs]
    if form == TABLE:
        Grid(_COLUMNS, list(map(_row, pairs, titles))).print(session.streams)
    else:
        rows = ({**pair._asdict(), "titles": both} for pair, both in zip(pairs, titles, strict=True))
        write_rows(session, form, rows, _KEYS)
    session.streams.say(f"{counted(len(pairs), 'pair')} among {counted(len(ids), 'entry')}")


def _row(pair: Pair, titles: list[str]) -> list[str]:
    days = "" if pair.days is None else f"{pair.days:,}"
    shown = titles[0] if titles[0] == titles[1] else " ≈ ".join(titles)
    reason = "; ".join([pair.reason, *([", ".join(pair.names)] if pair.names else [])])
    return [str(pair.id), str(pair.other), f"{pair.score:.2f}", days, shown, reason]
