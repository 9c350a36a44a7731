"""`newsarchive stats`: how many entries there are by year, month, tag, language and source."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection
from newsarchive.cli.output import say_count, write_rows
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError
from newsarchive.planning.tallies import Tally
from newsarchive.render.tallies import print_tallies
from newsarchive.search.kinds import KINDS

EXAMPLES = (
    "newsarchive stats",
    "newsarchive stats lang:ru --by year",
    "newsarchive stats --by tag,language --format csv",
)

_DEFAULT: Final = "year,language,tag"


@shares(selection, counting)
def run(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", metavar="KINDS", help=f"{', '.join(KINDS)}.")] = _DEFAULT,
) -> None:
    """Count the selected entries by year, month, tag, language or source.

    An entry with two tags counts for both. The machine formats name what has no value null.
    """
    session = session_of(context)
    kinds = _kinds(by)
    form = session.flags(counting)
    flags = session.flags(selection)
    chosen = selection_from(session, flags)

    counted, total = session.archive.tallies(chosen, kinds)

    if form == TABLE:
        print_tallies(counted, session.streams)
    else:
        write_rows(session, form, (tally._asdict() for tally in counted), Tally._fields)
    say_count(session, total, total)


def _kinds(text: str) -> Sequence[str]:
    kinds = [kind.strip().casefold() for kind in text.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise BadOptionError(f"--by {text[:40]!r}: choose one or more of {', '.join(KINDS)}")
    return tuple(dict.fromkeys(kinds))
