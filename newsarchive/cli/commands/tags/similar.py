"""`newsarchive tags similar`: tags that look alike, with the command that makes one of them."""

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting
from newsarchive.cli.output import write_rows
from newsarchive.cli.session import session_of
from newsarchive.planning.likeness import Likeness, look_alikes
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted
from newsarchive.selection import Selection

EXAMPLES = (
    "newsarchive tags similar",
    "newsarchive tags similar --json",
)

_COLUMNS = (
    Column("Tag", "blue"),
    Column("Entries", right=True),
    Column("Like", "blue"),
    Column("Entries", right=True),
    Column("They", ratio=1),
    Column("Command"),
)
_KEYS = ("tag", "like", "entries", "like_entries", "evidence", "mend")


@shares(counting)
def run(context: typer.Context) -> None:
    """List tags that look alike, each pair with what speaks for it.

    Slips, other case, script, separators, order, endings, and names of one thing. Each pair comes with the
    command that makes one of them; nothing is changed.
    """
    session = session_of(context)
    form = session.flags(counting)
    thesaurus = session.archive.thesaurus

    counts, _ = session.archive.tag_counts(Selection())
    pairs = look_alikes(counts, thesaurus.tag_aliases, lambda tag: thesaurus.for_tag(tag) is not None)

    if form == TABLE:
        Grid(_COLUMNS, list(map(_row, pairs))).print(session.streams)
    else:
        write_rows(session, form, ({**pair._asdict(), "mend": pair.mend} for pair in pairs), _KEYS)
    session.streams.say(f"{counted(len(pairs), 'pair')} of {counted(len(counts), 'tag')}")


def _row(pair: Likeness) -> list[str]:
    return [pair.tag, f"{pair.entries:,}", pair.like, f"{pair.like_entries:,}", pair.evidence, pair.mend]
