"""`newsarchive relations list`: pairs of related entries."""

from typing import Annotated

import typer

from newsarchive.archive import Archive
from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection
from newsarchive.cli.output import write_rows
from newsarchive.cli.relating import chosen_kind
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.entry import TIES, Entry
from newsarchive.errors import UnknownIdsError
from newsarchive.planning.relations import Tie, ties
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive relations",
    "newsarchive relations list 7 --json",
    "newsarchive relations list date:2019 --as translation",
)

_COLUMNS = (
    Column("Id", "cyan", right=True),
    Column("Kind"),
    Column("Other", "cyan", right=True),
    Column("Title", ratio=1),
    Column("Other's title", ratio=1),
)
_KEYS = ("id", "kind", "other", "titles", "languages", "mutual")


@shares(selection, counting, words="[ID...|QUERY...]")
def run(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="translation, follow-up, same-story or different-story."),
    ] = None,
) -> None:
    """List pairs of related entries, of which the selection has at least one.

    Words that are all numbers or ranges are ids. Different stories, which `duplicates dismiss` knows of, are listed
    when that kind is asked for.
    """
    session = session_of(context)
    flags, form = session.flags(selection), session.flags(counting)
    kinds = TIES if kind is None else (chosen_kind(kind, verdicts=True),)
    archive = session.archive
    chosen = selection_from(session, flags, numbers="ids")
    wanted = {entry.known_id for entry in archive.select(chosen)} if flags.given else None

    found = [
        tie
        for tie in ties(archive.related(), kinds)
        if wanted is None or not wanted.isdisjoint((tie.id, tie.other))
    ]

    if form == TABLE:
        Grid(_COLUMNS, [_row(archive, tie) for tie in found]).print(session.streams)
    else:
        write_rows(session, form, (_plain(archive, tie) for tie in found), _KEYS)
    session.streams.say(counted(len(found), "relation"))
    if missing := archive.missing(chosen):
        raise UnknownIdsError(missing)


def _row(archive: Archive, tie: Tie) -> list[str]:
    titles = (entry.title if entry else "(not in the archive)" for entry in _ends(archive, tie))
    return [str(tie.id), tie.kind, str(tie.other), *titles]


def _plain(archive: Archive, tie: Tie) -> dict[str, object]:
    ends = _ends(archive, tie)
    titles = [entry and entry.title for entry in ends]
    languages = [entry and list(entry.languages) for entry in ends]
    values = (tie.id, tie.kind, tie.other, titles, languages, tie.is_mutual)
    return dict(zip(_KEYS, values, strict=True))


def _ends(archive: Archive, tie: Tie) -> list[Entry | None]:
    """Return the two entries of a tie, as far as they are there."""
    return [archive.snapshot.find(one) for one in (tie.id, tie.other)]
