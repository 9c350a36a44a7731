"""What every writing command does with its planned changes: show, ask, commit, say how to undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, Literal, NamedTuple

from newsarchive.changes import Change, Intent, Merged, Operation
from newsarchive.cli.options import TABLE, WritingFlags
from newsarchive.cli.output import write_rows
from newsarchive.cli.session import Session
from newsarchive.dates.doubt import TOMORROW, doubt
from newsarchive.errors import BadOptionError, BadThesaurusError, ConfirmationNeededError
from newsarchive.planning.replanning import are_alike, clashes, rebased, refuse
from newsarchive.planning.tagging import SimilarTags
from newsarchive.render.changes import PLAIN_CHANGE, change_grid, plain_change
from newsarchive.render.words import counted

MANY: Final = 10
"""More changes than this are many."""

_SHOWN: Final = 20

Ask = Literal["never", "many", "always"]
"""When a person is asked first: off a terminal, `many` is not asked and `always` needs --yes."""


class Planned(NamedTuple):
    """A plan: the changes, and what to say of them once they are made, as in "Tagged 37 of 41 entries".

    For `undoes` and `partly` see `changes.Operation`.
    """

    changes: Sequence[Change]
    done: str
    undoes: Sequence[int] = ()
    partly: Sequence[int] = ()
    merges: Merged | None = None


def carry_out(
    session: Session,
    changes: Sequence[Change],
    flags: WritingFlags,
    *,
    done: str,
    ask: Ask = "never",
) -> Operation | None:
    """Commit changes as `carry_out_plan` does; those of others meanwhile are kept where fields are other ones."""
    planned = Planned(changes, done)

    def again() -> Planned:
        snapshot = session.archive.snapshot
        ids = [change.id for change in changes if change.id is not None and change.id in snapshot.lines]
        present = {entry_id: snapshot.entry(entry_id) for entry_id in ids}
        return planned._replace(changes=rebased(changes, present, session.clock()).changes)

    return carry_out_plan(session, planned, again, flags, ask=ask)


def carry_out_plan(
    session: Session,
    planned: Planned,
    again: Callable[[], Planned],
    flags: WritingFlags,
    *,
    ask: Ask = "never",
) -> Operation | None:
    """Commit what is planned unless it is only to be shown, or a person says no.

    When the archive has changed since it was read, `again` plans anew from what it is then: a plan that a person
    agreed to and that came out otherwise is shown again. Returns None when nothing was written. Raises
    FieldsChangedError for a field that the plan was to change and somebody else has changed meanwhile, and
    ConfirmationNeededError where a question must be asked and nobody is there to answer.
    """
    if flags.dry_run:
        show_plan(session, planned.changes, flags.format)
        return None
    while True:
        asks = bool(planned.changes) and _asks(session, planned.changes, flags, ask)
        if asks and not _confirmed(session, planned.changes):
            session.streams.say("Nothing was changed")
            return None
        is_new = not session.archive.exists
        if not is_new and planned.changes and (doubt := session.archive.doubt()):
            session.streams.say(f"note: {doubt}")
        attempt = _Attempt(planned, again, is_binding=asks)
        try:
            operation = session.archive.commit(
                planned.changes,
                undoes=planned.undoes,
                partly=planned.partly,
                merges=planned.merges,
                again=attempt.plan,
            )
        except _PlanChangedError as changed:
            session.streams.say("The archive was changed meanwhile. What is planned now:")
            planned = changed.planned
            continue
        break
    done = attempt.planned.done
    if operation is None:
        session.streams.say(f"{done}; nothing was changed")
        return None
    way_back = f". Undo: newsarchive undo {operation.number}" if operation.changes else ""
    said = f"{done} (operation {operation.number}){way_back}"
    session.streams.say(said, operation=operation.number, ids=[change.id for change in operation.changes])
    _say_where(session, is_new=is_new)
    return operation


def show_plan(session: Session, changes: Sequence[Change], form: str = TABLE) -> None:
    """Show what would be written: to a person, or as an object for each change to a program."""
    if form == TABLE:
        change_grid(changes).print(session.streams)
    else:
        write_rows(session, form, map(plain_change, changes), PLAIN_CHANGE)
    session.streams.say(f"{counted(len(changes), 'change')} planned; nothing was written")


class _PlanChangedError(Exception):
    """What a person agreed to has come out otherwise."""

    def __init__(self, planned: Planned) -> None:
        super().__init__(planned)
        self.planned = planned


class _Attempt:
    """One try to commit a plan, which is made anew under the lock where it has to be."""

    def __init__(self, planned: Planned, again: Callable[[], Planned], *, is_binding: bool) -> None:
        self.planned = planned
        self._again = again
        self._is_binding = is_binding

    def plan(self) -> Intent:
        """Plan anew."""
        before, self.planned = self.planned, self._again()
        refuse([*clashes(before.changes, self.planned.changes)])
        if self._is_binding and not are_alike(before.changes, self.planned.changes):
            raise _PlanChangedError(self.planned)
        planned = self.planned
        return Intent(planned.changes, planned.undoes, planned.partly, planned.merges)


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
    if flags.format != TABLE:
        raise BadOptionError(f"`{command}` has no list of changes to show as {flags.format}")
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


def _asks(session: Session, changes: Sequence[Change], flags: WritingFlags, ask: Ask) -> bool:
    """Whether there is something to ask, and somebody to answer."""
    if flags.yes or ask == "never" or (ask == "many" and len(changes) <= MANY):
        return False
    if not session.streams.can_ask and ask == "always":
        raise ConfirmationNeededError(session.arguments[0] if session.arguments else "this command")
    return session.streams.can_ask


def _confirmed(session: Session, changes: Sequence[Change]) -> bool:
    """Show what is planned and ask."""
    change_grid(changes[:_SHOWN]).print(session.streams.talking())
    if len(changes) > _SHOWN:
        session.streams.say(f"and {len(changes) - _SHOWN:,} more")
    gone = sum(change.after is None for change in changes)
    kept = len(changes) - gone
    steps = [f"remove {counted(gone, 'entry')}"] if gone else []
    steps += [f"change {kept:,}" if gone else f"change {counted(kept, 'entry')}"] if kept else []
    asked = " and ".join(steps)
    return session.streams.ask(f"{asked[0].upper()}{asked[1:]}?")


def note_dates(session: Session, changes: Sequence[Change]) -> None:
    """Point at dates that entries are to get and stories hardly have, each date once."""
    new = [
        change.after.date
        for change in changes
        if change.after and not (change.before and change.before.date == change.after.date)
    ]
    for when in dict.fromkeys(new):
        if doubtful := doubt(when, session.today, ahead=TOMORROW):
            session.streams.say(f"note: {doubtful}")


def note_new_tags(session: Session, tags: Sequence[str]) -> None:
    """Point at tags that no entry has yet where one in use means the same or is spelt nearly so."""
    known = frozenset(session.archive.tags() if tags and session.archive.exists else ())
    new = [tag for tag in tags if tag not in known] if known else []
    if not new:
        return
    similar_tags = SimilarTags(known)
    aliases = known_aliases(session)
    for tag in new:
        if same := min(known.intersection(aliases(tag)), default=None):
            session.streams.say(f"note: {tag!r} is another name of the tag {same!r}")
        elif similar := similar_tags.like(tag):
            session.streams.say(f"note: {tag!r} is a new tag; there is {similar!r} already")


def known_aliases(session: Session) -> Callable[[str], Collection[str]]:
    """Return what gives the names of a tag; a faulty thesaurus keeps nobody from tagging."""
    try:
        return session.archive.thesaurus.tag_aliases
    except BadThesaurusError:
        return lambda tag: (tag,)


def _say_where(session: Session, *, is_new: bool) -> None:
    """Name the archive where that is not plain: it is new, or was found in a folder above."""
    location = session.location
    if is_new:
        session.streams.say(f"Started the archive {location.place}")
    elif location.in_parent:
        session.streams.say(f"In {location.place}")
