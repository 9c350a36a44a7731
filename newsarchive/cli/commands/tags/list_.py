"""`newsarchive tags list`: tags with the number of their entries."""

from collections.abc import Mapping

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection
from newsarchive.cli.output import say_count, write_rows
from newsarchive.cli.selecting import selection_from, side_by_side
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import known_aliases
from newsarchive.planning.tagging import names_of_one_thing
from newsarchive.query.tree import And, Query, TagTerm
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted
from newsarchive.selection import Selection

EXAMPLES = (
    "newsarchive tags",
    "newsarchive tags list date:2018.. --json",
)

_COLUMNS = (Column("Tag", "blue"), Column("Entries", right=True))


@shares(selection, counting)
def run(context: typer.Context) -> None:
    """List tags with the number of the selected entries, most frequent first."""
    session = session_of(context)
    form = session.flags(counting)
    chosen = selection_from(session, session.flags(selection))

    counts, untagged = session.archive.tag_counts(chosen)
    counts = _as_selected(session, chosen, counts)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    if form == TABLE:
        Grid(_COLUMNS, [[tag, f"{count:,}"] for tag, count in ranked]).print(session.streams)
    else:
        rows = ({"tag": tag, "entries": count} for tag, count in ranked)
        write_rows(session, form, rows, ("tag", "entries"))
    if ranked or untagged:
        session.streams.say(f"{counted(len(ranked), 'tag')}, {counted(untagged, 'entry')} without one")
    else:
        say_count(session, 0, 0)


def _as_selected(session: Session, chosen: Selection, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Count for each tag what `tag:` selects by it, which is also what goes by another name of the same."""
    result = dict(counts)
    for names in names_of_one_thing(counts, known_aliases(session)) if len(counts) > 1 else ():
        nodes = (TagTerm(names[0]), *side_by_side(chosen.query.root))
        total = session.archive.page(Selection(Query("", And(nodes)), limit=1)).total
        result.update(dict.fromkeys(names, total))
        session.streams.say(f"note: {' and '.join(map(repr, names))} mean the same; each counts all of it")
    return result
