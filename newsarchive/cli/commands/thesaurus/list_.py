"""`newsarchive thesaurus list`: the concepts behind synonyms."""

from typing import Annotated

import typer

from newsarchive.cli.session import session_of
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted
from newsarchive.text.fold import fold

EXAMPLES = (
    "newsarchive thesaurus",
    "newsarchive thesaurus list species",
)

_COLUMNS = (
    Column("Concept", "cyan", ratio=1),
    Column("English", "bold", ratio=1),
    Column("Russian", ratio=1),
    Column("Other names", ratio=2),
)


def run(
    context: typer.Context,
    part: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Only concepts with this in a name.", show_default=False)
    ] = "",
) -> None:
    """List the concepts whose names mean the same to search and to tags.

    A file `thesaurus.toml` beside the archive adds concepts and names of your own; docs/thesaurus.md describes
    it.
    """
    session = session_of(context)
    wanted = fold(part)

    concepts = [
        concept
        for concept in session.archive.thesaurus.concepts.values()
        if any(wanted in fold(text) for text in (concept.id, *(label.text for label in concept.names)))
    ]

    rows = []
    for concept in concepts:
        shown = (concept.preferred("en"), concept.preferred("ru"))
        others = dict.fromkeys(label.text for label in concept.names if label.text not in shown)
        rows.append([concept.id, *shown, ", ".join(others)])
    Grid(_COLUMNS, rows).print(session.streams)
    session.streams.say(counted(len(concepts), "concept"))
