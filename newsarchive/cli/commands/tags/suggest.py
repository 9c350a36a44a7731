"""`newsarchive tags suggest`: tags that entries may lack, as lines that `tags apply` reads."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Annotated, Any

import typer

from newsarchive.archive import Archive
from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, not_negative, selection
from newsarchive.cli.output import write_rows
from newsarchive.cli.selecting import parsed_alone, selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.entry import Entry
from newsarchive.errors import BadQueryError, BadTagError, OwnFileError
from newsarchive.intake import normalise_tag
from newsarchive.planning.suggesting.features import Features
from newsarchive.planning.suggesting.learning import Learned, Learner
from newsarchive.planning.suggesting.suggest import Known, Suggestion, line_of, suggestions
from newsarchive.query.saved import line_of_key, read_table
from newsarchive.render.words import counted
from newsarchive.selection import Selection

EXAMPLES = (
    "newsarchive tags suggest",
    "newsarchive tags suggest is:untagged --limit 10",
    "newsarchive tags suggest | newsarchive tags apply -",
)

_NEIGHBOURS = 300
_HELD = 4_000
"""Entries of which is kept what they are about, some 7 kB each."""
_KEYS = ("id", "tag", "score", "evidence")


@shares(selection, counting)
def run(
    context: typer.Context,
    most: Annotated[
        int, typer.Option(metavar="N", callback=not_negative, help="At most N tags for an entry.")
    ] = 5,
    limit: Annotated[
        int, typer.Option(metavar="N", callback=not_negative, help="Look at N entries only; 0 is all.")
    ] = 0,
    min_score: Annotated[
        float, typer.Option(metavar="SCORE", callback=not_negative, help="Leave out what scores less.")
    ] = 0.0,
    explain: Annotated[bool, typer.Option("--explain", help="Show the score of each as well.")] = False,
) -> None:
    """Suggest tags for the selected entries, a line each with what speaks for it.

    Names of species, states and bodies in the text; the rules in `rules.toml` beside the archive, lines
    `"tag" = "query"`; and how similar stories are tagged. Nothing is written: look the lines over, and pipe them to
    `tags apply -`.
    """
    session = session_of(context)
    form = session.flags(counting)
    chosen = selection_from(session, session.flags(selection), limit=limit)

    entries = session.archive.page(chosen).entries
    known = _known(session)
    found = (one for entry in entries for one in suggestions(entry, known, most=most, min_score=min_score))

    if form == TABLE:
        count = _write_lines(session, found, explain=explain)
        session.streams.say(f"{counted(count, 'suggestion')} for {counted(len(entries), 'entry')}")
    else:
        write_rows(session, form, map(_plain, found), _KEYS)


def _write_lines(session: Session, found: Iterator[Suggestion], *, explain: bool) -> int:
    count = 0
    for count, one in enumerate(found, 1):  # noqa: B007 - counted on the way
        score = f"   ({one.score:.2f})" if explain else ""
        session.streams.write(f"{line_of(one)}{score}\n")
    return count


def _plain(suggestion: Suggestion) -> Mapping[str, Any]:
    return {**suggestion._asdict(), "evidence": list(suggestion.evidence)}


def _known(session: Session) -> Known:
    archive = session.archive
    return Known(archive.thesaurus, _rules(session), _learning(archive), archive.tags())


def _learning(archive: Archive) -> Callable[[Entry], Mapping[str, Learned]]:
    """Return what tells of an entry how similar ones are tagged; a small archive is looked through once."""
    if not archive.is_large:
        return Learner(archive.entries).learned

    held: dict[int, Features] = {}

    def features_of(entry: Entry) -> Features:
        """Return what an entry is about: most are neighbours of many."""
        found = held.get(entry.known_id)
        if found is None:
            if len(held) >= _HELD:
                held.clear()
            found = held[entry.known_id] = Features(entry)
        return found

    def learned(entry: Entry) -> Mapping[str, Learned]:
        return Learner(archive.similar(entry, _NEIGHBOURS), features_of).learned(entry)

    return learned


def _rules(session: Session) -> Mapping[str, Collection[int]]:
    """Return the ids that each rule of the maintainer's own selects. Raises OwnFileError."""
    archive = session.archive
    path = archive.own_file("rules.toml")
    text, table = read_table(path)
    rules = {}
    for key, query in table.items():
        line = line_of_key(text, key)
        try:
            tag = normalise_tag(key)
            parsed = parsed_alone(session, query, lambda: archive.saved_queries)
        except BadTagError as error:
            raise OwnFileError(path, str(error), line, 1) from None
        except BadQueryError as error:
            column = text.split("\n")[line - 1].find(query) + error.position + 1
            raise OwnFileError(path, error.reason, line, max(1, column)) from None
        rules[tag] = {entry.known_id for entry in archive.select(Selection(parsed))}
    return rules
