"""What every writing command does with its planned changes: show, ask, commit, say how to undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, Literal

from newsarchive.changes import Change, Operation
from newsarchive.cli.options import WritingFlags
from newsarchive.cli.session import Session
from newsarchive.errors import BadOptionError, BadThesaurusError, ConfirmationNeededError
from newsarchive.planning.tagging import similar_tag
from newsarchive.render.changes import change_grid
from newsarchive.render.words import counted

MANY: Final = 10
"""More changes than this are many."""

_SHOWN: Final = 20

Ask = Literal["never", "many", "always"]
"""When a person is asked first: off a terminal, `many` is not asked and `always` needs --yes."""


def carry_out(
    session: Session,
    changes: Sequence[Change],
    flags: WritingFlags,
    *,
    done: str,
    ask: Ask = "never",
    undoes: Sequence[int] = (),
    partly: Sequence[int] = (),
) -> Operation | None:
    """Commit the changes unless they are only to be shown, or a person says no.

    `done` says what happened, as in "Tagged 37 of 41 entries". Returns None when nothing was written.
    Raises ConfirmationNeededError where a question must be asked and nobody is there to answer.
    """
    if flags.dry_run:
        change_grid(changes).print(session.streams)
        session.streams.say(f"{counted(len(changes), 'change')} planned; nothing was written")
        return None
    if changes and not _confirmed(session, changes, flags, ask):
        session.streams.say("Nothing was changed")
        return None
    is_new = not session.archive.exists
    operation = session.archive.commit(changes, undoes=undoes, partly=partly)
    if operation is None:
        session.streams.say(f"{done}; nothing was changed")
        return None
    session.streams.say(f"{done} (operation {operation.number}). Undo: newsarchive undo {operation.number}")
    _say_where(session, is_new=is_new)
    return operation


def accepted(session: Session, changes: Sequence[Change]) -> list[Change]:
    """Show the changes one by one, and return those that a person accepts: y, n, a for all that are left, q for none.

    Raises BadOptionError where nobody is there to answer.
    """
    if not session.streams.can_ask:
        raise BadOptionError("--ask needs a terminal")
    taken: list[Change] = []
    for place, change in enumerate(changes):
        change_grid([change]).print(session.streams.talking())
        answer = session.streams.choose(f"({place + 1}/{len(changes)}) Change it? y, n, all, quit", "ynaq")
        if answer == "a":
            return [*taken, *changes[place:]]
        if answer == "q":
            break
        if answer == "y":
            taken.append(change)
    return taken


def agreed(session: Session, flags: WritingFlags, command: str, what: str) -> bool:
    """Whether to do what has no list of changes: `what` it is, as in "Forget 3 operations".

    Says so in a dry run. Raises ConfirmationNeededError where nobody is there to answer.
    """
    if flags.dry_run:
        session.streams.say(f"Would {what[0].lower()}{what[1:]}; nothing was written")
        return False
    if flags.yes:
        return True
    if not session.streams.can_ask:
        raise ConfirmationNeededError(command)
    if session.streams.ask(f"{what}?"):
        return True
    session.streams.say("Nothing was changed")
    return False


def _confirmed(session: Session, changes: Sequence[Change], flags: WritingFlags, ask: Ask) -> bool:
    """Show what is planned and ask, where there is something to ask."""
    if flags.yes or ask == "never" or (ask == "many" and len(changes) <= MANY):
        return True
    if not session.streams.can_ask:
        if ask == "always":
            raise ConfirmationNeededError(session.arguments[0] if session.arguments else "this command")
        return True
    change_grid(changes[:_SHOWN]).print(session.streams.talking())
    if len(changes) > _SHOWN:
        session.streams.say(f"and {len(changes) - _SHOWN:,} more")
    are_removals = all(change.after is None for change in changes)
    return session.streams.ask(f"{'Remove' if are_removals else 'Change'} {counted(len(changes), 'entry')}?")


def note_new_tags(session: Session, tags: Sequence[str]) -> None:
    """Point at tags that no entry has yet where one in use means the same or is spelt nearly so."""
    known = sorted(session.archive.tags()) if tags and session.archive.exists else []
    for tag in tags if known else ():
        if tag in known:
            continue
        if same := _other_name(session, tag, known):
            session.streams.say(f"note: {tag!r} is another name of the tag {same!r}")
        elif similar := similar_tag(tag, known):
            session.streams.say(f"note: {tag!r} is a new tag; there is {similar!r} already")


def known_aliases(session: Session) -> Callable[[str], Collection[str]]:
    """Return what gives the names of a tag; a faulty thesaurus keeps nobody from tagging."""
    try:
        return session.archive.thesaurus.tag_aliases
    except BadThesaurusError:
        return lambda tag: (tag,)


def _other_name(session: Session, tag: str, known: Sequence[str]) -> str | None:
    """Return the tag in use that is the same concept."""
    aliases = known_aliases(session)(tag)
    return next((other for other in known if other in aliases), None)


def _say_where(session: Session, *, is_new: bool) -> None:
    """Name the archive where that is not plain: it is new, or was found in a folder above."""
    location = session.location
    if is_new:
        session.streams.say(f"Started the archive {location.path}")
    elif location.in_parent:
        session.streams.say(f"In {location.path}")
