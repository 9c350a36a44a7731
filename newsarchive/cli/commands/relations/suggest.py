"""`newsarchive relations suggest`: entries that may be translations of each other."""

from bisect import bisect
from collections.abc import Callable, Collection
from typing import Annotated

import typer

from newsarchive.archive import Archive
from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, not_negative, selection
from newsarchive.cli.output import write_rows
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import session_of
from newsarchive.entry import Entry
from newsarchive.planning.translating.finder import LEAST, Finder, Suggestion, line_of
from newsarchive.planning.translating.space import NEAR
from newsarchive.planning.translating.traits import address_in_all_languages
from newsarchive.render.words import counted
from newsarchive.store.lines import date_of

EXAMPLES = (
    "newsarchive relations suggest",
    "newsarchive relations suggest is:untranslated lang:ru --json",
    "newsarchive relations suggest | newsarchive relations add --from -",
)

_KEYS = (*Suggestion._fields, "titles")


@shares(selection, counting, words="[ID...|QUERY...]")
def run(
    context: typer.Context,
    min_score: Annotated[
        float, typer.Option(metavar="SCORE", callback=not_negative, help="Leave out what scores less.")
    ] = LEAST,
) -> None:
    """Suggest which entries are translations of each other, a line each.

    They are in different languages, within a month, and share names, numbers and things that the thesaurus knows, far
    more than others do; or they have one address but for the language. Nothing is written: look the lines over, and
    pipe them to `relations add --from -`. With a query, one of the two must match it.
    """
    session = session_of(context)
    flags, form = session.flags(selection), session.flags(counting)
    archive = session.archive
    entry_of = archive.snapshot.entry
    wanted = archive.select(selection_from(session, flags, numbers="ids")) if flags.given else None
    ids = sorted(archive.snapshot.lines) if wanted is None else _around(archive, wanted)
    asked = None if wanted is None else {entry.known_id for entry in wanted}

    found = Finder(map(entry_of, ids), archive.thesaurus).suggestions(
        lambda entry_id: asked is None or entry_id in asked, entry_of, min_score=min_score
    )

    if form == TABLE:
        session.streams.write("".join(f"{line_of(one)}\n" for one in found))
    else:
        write_rows(session, form, (_plain(one, entry_of) for one in found), _KEYS)
    session.streams.say(f"{counted(len(found), 'suggestion')} among {counted(len(ids), 'entry')}")


def _around(archive: Archive, wanted: Collection[Entry]) -> list[int]:
    """Return the ids of what can be a translation of the wanted entries, and of what can be one of that."""
    if any(entry.date is None for entry in wanted):
        return sorted(archive.snapshot.lines)
    days = sorted(entry.date.start.toordinal() for entry in wanted if entry.date)
    addresses = {address_in_all_languages(entry.url) for entry in wanted if entry.url}
    ties = dict(archive.snapshot.related())
    related = {relation.id for entry in wanted for relation in entry.relations}
    related |= {relation.id for entry_id in related for relation in ties.get(entry_id, ())}
    found = []
    for entry_id, outline in archive.snapshot.outlines():
        date = date_of(outline)
        is_near = date is None or _distance(days, date.start.toordinal()) <= 2 * NEAR
        if (
            is_near
            or entry_id in related
            or (outline.url and address_in_all_languages(outline.url) in addresses)
        ):
            found.append(entry_id)
    return sorted(found)


def _distance(days: list[int], day: int) -> int:
    place = bisect(days, day)
    return min((abs(day - other) for other in days[max(0, place - 1) : place + 1]), default=2 * NEAR + 1)


def _plain(suggestion: Suggestion, entry_of: Callable[[int], Entry]) -> dict[str, object]:
    titles = [entry_of(one).title for one in (suggestion.id, suggestion.other)]
    return {**suggestion._asdict(), "evidence": list(suggestion.evidence), "titles": titles}
