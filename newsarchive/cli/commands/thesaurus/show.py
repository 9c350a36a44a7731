"""`newsarchive thesaurus show`: one concept with all its names."""

from collections.abc import Iterator
from typing import Annotated

import typer

from newsarchive.cli.session import session_of
from newsarchive.errors import UnknownTermError
from newsarchive.render.grid import Column, Grid
from newsarchive.thesaurus.concepts import Concept
from newsarchive.thesaurus.thesaurus import Thesaurus

EXAMPLES = (
    'newsarchive thesaurus show "snow leopard"',
    "newsarchive thesaurus show КМВ",
)

_COLUMNS = (Column("Concept", "cyan"), Column("What"), Column("Language", "magenta"), Column("Name", ratio=1))


def run(
    context: typer.Context,
    term: Annotated[list[str], typer.Argument(metavar="TERM...", help="A name, in any language, or a tag.")],
) -> None:
    """Show what a term stands for: its names, what is broader and narrower."""
    session = session_of(context)
    thesaurus = session.archive.thesaurus
    wanted = " ".join(term)

    concepts = thesaurus.find(wanted)

    if not concepts:
        raise UnknownTermError(wanted)
    rows = [list(row) for concept in concepts for row in _rows(concept, thesaurus)]
    Grid(_COLUMNS, rows).print(session.streams)


def _rows(concept: Concept, thesaurus: Thesaurus) -> Iterator[tuple[str, str, str, str]]:
    for label in concept.labels:
        yield concept.id, label.kind, label.language, label.text
    for broader in concept.broader:
        yield concept.id, "broader", "", broader
    for narrower in thesaurus.narrower(concept):
        yield concept.id, "narrower", "", narrower.id
