"""What the commands share that give tags new names, or none, wherever they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newsarchive.changes import Operation
from newsarchive.cli.options import WritingFlags
from newsarchive.cli.session import Session
from newsarchive.cli.writing import carry_out
from newsarchive.errors import BadTagError, BadThesaurusError, UnknownTagError
from newsarchive.planning.renaming import BELOW, plan_renaming, tags_named
from newsarchive.query.tree import Or, Query, TagTerm
from newsarchive.render.words import counted
from newsarchive.selection import Selection


def named_in_use(session: Session, names: Sequence[str], target: str | None = None) -> list[str]:
    """Return the tags in use that are named; others that mean the same are pointed at and left alone.

    `target` is the name that they are to get, which is no other one.

    Raises UnknownTagError for a name that no entry has.
    """
    in_use = session.archive.tags()
    found: list[str] = []
    for name in names:
        tags = tags_named(name, in_use)
        if not tags:
            raise UnknownTagError(name, _meant(session, name))
        found += tags
    for name in names:
        _note_neighbours(session, name, [tag for tag in in_use if tag != target and tag not in found])
    return list(dict.fromkeys(found))


def give_names(
    session: Session, names: Mapping[str, str | None], flags: WritingFlags, done: str
) -> Operation | None:
    """Give tags new names, or none, in every entry, as one operation. `done` says so, as in "Renamed a to b"."""
    terms = tuple(TagTerm(tag) for tag in names)
    entries = session.archive.select(Selection(Query("", terms[0] if len(terms) == 1 else Or(terms))))
    changes = plan_renaming(entries, names, session.clock())
    return carry_out(session, changes, flags, done=f"{done} in {counted(len(changes), 'entry')}", ask="many")


def note_united(session: Session, names: Iterable[str], into: Iterable[str]) -> None:
    """Say which of the new names are in use already by entries of their own."""
    old, in_use = set(names), session.archive.tags()
    for tag in sorted(set(into)):
        if tag in in_use and tag not in old:
            session.streams.say(
                f"note: {tag!r} is in use already; the tags become one, which only undo parts again"
            )


def _note_neighbours(session: Session, name: str, in_use: Iterable[str]) -> None:
    """Point at tags in use that mean the same, and at those below, neither of which the name takes along."""
    if name.endswith(BELOW):
        return
    if same := sorted(_aliases(session, name).intersection(in_use)):
        session.streams.say(
            f"note: {', '.join(map(repr, same))} means the same as {name!r} and stays as it is"
        )
    if below := [tag for tag in in_use if tag.startswith(f"{name}/")]:
        session.streams.say(
            f"note: {counted(len(below), 'tag')} below {name!r} stay as they are; '{name}{BELOW}' names those"
        )


def _meant(session: Session, name: str) -> str | None:
    """Return the tag in use that a name which is none may mean: another name of it, or a misspelling."""
    if same := sorted(_aliases(session, name).intersection(session.archive.tags())):
        return same[0]
    return session.archive.meant_tag(name.removesuffix(BELOW))


def _aliases(session: Session, name: str) -> frozenset[str]:
    """Return the tags of the same concept; a faulty thesaurus keeps nobody from renaming."""
    try:
        return session.archive.thesaurus.tag_aliases(name)
    except (BadThesaurusError, BadTagError):
        return frozenset()
