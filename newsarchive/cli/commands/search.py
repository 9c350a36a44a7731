"""`newsarchive search`: find entries in spite of spelling, best first."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, ranked_reading, selection
from newsarchive.cli.output import chosen_format, emit, say_count
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.entry import FIELDS, plain_form
from newsarchive.errors import BadOptionError
from newsarchive.query.spelling import did_you_mean
from newsarchive.render.grid import Grid, print_grids
from newsarchive.render.hits import group_grid, guesses, hit_grid, score_grid
from newsarchive.search.fields import TEXT_FIELDS, Reach
from newsarchive.search.ranking import Hit, Result

EXAMPLES = (
    'newsarchive search "snow lepard"',
    "newsarchive search Межнев",
    "newsarchive search saiga date:2016..2020 -draft --explain",
    "newsarchive search mezhnev --in title --fuzzy off",
)

LIMIT: Final = 20


@shares(selection, ranked_reading)
def run(
    context: typer.Context,
    in_: Annotated[
        str | None,
        typer.Option("--in", metavar="FIELDS", help=f"Bare words only in these of {','.join(TEXT_FIELDS)}."),
    ] = None,
    fuzzy: Annotated[
        str, typer.Option(metavar="on|off", help="off: only words as they are spelt, in either script.")
    ] = "on",
    explain: Annotated[bool, typer.Option("--explain", help="Say why each entry matched.")] = False,
) -> None:
    """Find entries in spite of spelling, best first.

    Bare words are wanted: any may be missing, misspelt, inflected or in the other script. Phrases, fields,
    -x and what stands under AND, OR or in parentheses are required.
    """
    session = session_of(context)
    flags, how = session.flags(selection), session.flags(ranked_reading)
    if not flags.given:
        raise BadOptionError("search for what? `newsarchive list` lists everything")
    form = chosen_format(how)
    if explain and form != TABLE:
        raise BadOptionError("--explain goes with the table; the `matches` of json say why as well")
    reach = Reach(_fields(in_), _is_on(fuzzy))
    chosen = selection_from(session, flags, how, pasted=True, limit=LIMIT)

    result = session.archive.search(chosen, reach)

    emit(
        session,
        form,
        [hit.entry.known_id for hit in result.hits],
        lambda: map(_plain, result.hits),
        lambda: print_grids(_grids(result, explain=explain), session.streams),
        columns=(*FIELDS, "score", "matches"),
    )
    for note in _notes(result, _dated(session, flags.words)) if result.hits else ():
        session.streams.say(note)
    say_count(session, len(result.hits), result.total, offset=how.offset, offers_search=False)


def _dated(session: Session, words: Sequence[str]) -> tuple[str, str] | None:
    """Return a date among the words as it is typed, and how it is asked for; most have no year in them."""
    typed = " ".join(words)
    if not ("19" in typed or "20" in typed) or not re.search(r"(?:19|20)\d\d", typed):
        return None
    from newsarchive.cli.advice import date_among  # spares start-up

    return date_among(words, session.today)


def _notes(result: Result, dated: tuple[str, str] | None) -> Iterator[str]:
    """Yield how the query was relaxed, and what is to be said of dates and of words that are in no entry."""
    yield from result.notes
    typed, hint = dated or ("", "")
    if typed:
        yield f"note: {typed} is looked for as {'words' if ' ' in typed else 'a word'}; {hint}"
    words = re.findall(r"\w+", typed) if typed else []
    yield from guesses([group for group in result.groups if group.typed not in words])


def _fields(names: str | None) -> tuple[str, ...]:
    """Return the fields that are named, in their own order; all when none is."""
    if names is None:
        return TEXT_FIELDS
    chosen = {_field(name.strip().casefold()) for name in names.split(",") if name.strip()}
    if not chosen:
        raise BadOptionError(f"--in needs one of {', '.join(TEXT_FIELDS)}")
    return tuple(field for field in TEXT_FIELDS if field in chosen)


def _field(name: str) -> str:
    """Return the field of this name, which the selection language calls `tag` where it means one."""
    field = "tags" if name == "tag" else name
    if field in TEXT_FIELDS:
        return field
    meant = did_you_mean(field, TEXT_FIELDS)
    hint = f"did you mean {meant!r}?" if meant else f"choose {', '.join(TEXT_FIELDS)}"
    raise BadOptionError(f"--in: {name!r} is no field with text; {hint}")


def _is_on(value: str) -> bool:
    word = value.strip().casefold()
    if word not in ("on", "off"):
        raise BadOptionError(f"--fuzzy is on or off, not {value!r}")
    return word == "on"


def _grids(result: Result, *, explain: bool) -> list[Grid]:
    grids = [hit_grid(result.hits)]
    return [*grids, group_grid(result.groups), score_grid(result.hits)] if explain else grids


def _plain(hit: Hit) -> dict[str, Any]:
    """Return the entry's own form, with the score and what matched."""
    matches = [
        {"field": match.field, "start": match.start, "end": match.end, "reason": match.reason}
        for match in hit.matches
    ]
    return {**plain_form(hit.entry), "score": hit.score, "matches": matches}
