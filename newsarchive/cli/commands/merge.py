"""`newsarchive merge`: another copy of the archive, taken in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from newsarchive.changes import Change
from newsarchive.cli.command import shares
from newsarchive.cli.editor import edited
from newsarchive.cli.options import writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.config import is_address, place_of
from newsarchive.copies import Merge
from newsarchive.differences import ABSENT
from newsarchive.disk import read_bytes, reason_of
from newsarchive.errors import (
    BadOptionError,
    CannotSaveError,
    ChangedMeanwhileError,
    MergeConflictError,
    join_some,
)
from newsarchive.git import merge_versions, plan_resolving
from newsarchive.planning.editing import buffer_of, plan_buffer
from newsarchive.planning.merging import Clash, Prefer, merged_entries
from newsarchive.planning.relations import on_both_sides
from newsarchive.store.file.reading import MOST_BYTES
from newsarchive.store.server.address import Address

EXAMPLES = (
    "newsarchive merge 'archive (conflicted copy).json' --dry-run",
    "newsarchive merge colleague.json --theirs",
    "newsarchive merge --ours",
)

_MOST_SHOWN = 60
"""Characters of a value in a conflict."""


@shares(writing)
def run(
    context: typer.Context,
    copies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COPY]",
            help="The other one, a file or an address; none for a conflict that git left in this file.",
        ),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="FILE", help="The revision that both copies come from.")
    ] = None,
    ours: Annotated[bool, typer.Option("--ours", help="In a conflict keep what is here.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="In a conflict take what the copy has.")] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Open the conflicts in your editor.")] = False,
    git: Annotated[
        bool,
        typer.Option(
            "--git", help="Merge the files BASE OURS THEIRS for git, which names them so: %O %A %B."
        ),
    ] = False,
) -> None:
    """Take in what another copy of the archive has.

    That may be a colleague's file, the conflicted copy of a sync tool, or an archive on a server. What was
    changed in one copy alone is taken from there; tags, languages and relations are sets. Where both gave one id,
    the copy's entry gets a new one. A field that was changed in both is a conflict: it is listed, and nothing is
    written unless --ours, --theirs or --edit says what becomes of it.
    """
    session = session_of(context)
    if ours + theirs + edit > 1:
        raise BadOptionError("--ours, --theirs and --edit exclude each other")
    if git:
        _merge_for_git(copies or (), session.clock())
        return
    if len(copies or ()) > 1:
        raise BadOptionError("name one copy; merge the others one after the other")
    prefer: Prefer | None = "theirs" if theirs else "ours" if ours else None
    if copies:
        known = None if base is None else _place(session, base)
        planned = partial(session.archive.plan_merge, _place(session, copies[0]), base=known, prefer=prefer)
    else:
        planned = partial(_resolving, session, prefer)
    merge = planned()
    _tell(session, merge)
    if not merge.plan.clashes or prefer or (session.flags(writing).dry_run and not edit):
        for sentence in map(sentence_of, merge.plan.clashes):
            session.streams.say(f"note: {sentence}")
        flags = session.flags(writing)
        carry_out_plan(session, _plan_of(merge), lambda: _plan_of(planned()), flags, ask="many")
    elif edit:
        _edit(session, merge)
    else:
        raise MergeConflictError([*map(sentence_of, merge.plan.clashes)])


def _place(session: Session, name: str) -> Path | Address:
    return place_of(name, session.environ, session.folder, typed=True)


def _resolving(session: Session, prefer: Prefer | None) -> Merge:
    """Plan to merge the two sides of a conflict that git left in the archive's own file.

    Raises BadOptionError where there is none.
    """
    path = session.location.file
    if path is None:
        raise BadOptionError(
            f"name a copy, a file or an address; {session.location.place} is on a server, out of reach of git"
        )
    found = plan_resolving(path, read_bytes(path, most=MOST_BYTES), prefer, session.clock())
    if found is None:
        raise BadOptionError(f"name a copy; {path} has no conflict markers of git that could be resolved")
    ours, merge = found
    session.archive.take_for(ours)
    return merge


def _merge_for_git(names: Sequence[str], now: datetime) -> None:
    """Merge for git, into the second file. Raises MergeConflictError, with git's marks in the file."""
    if len(names) != 3:
        raise BadOptionError("--git takes three files: newsarchive merge --git BASE OURS THEIRS")
    if any(map(is_address, names)):  # which is not repeated, as there may be a password in it
        raise BadOptionError(
            "git merges files; `newsarchive merge COPY -a ADDRESS` takes a copy into an archive on a server"
        )
    base, ours, theirs = map(Path, names)
    merged = merge_versions(base, ours, theirs, now)
    try:
        ours.write_bytes(merged.data)
    except OSError as error:
        raise CannotSaveError(ours, reason_of(error)) from error
    if merged.clashes:
        raise MergeConflictError([*map(sentence_of, merged.clashes)], in_file=True)


def _plan_of(merge: Merge, changes: Sequence[Change] | None = None) -> Planned:
    changes = merge.plan.changes if changes is None else changes
    added = sum(change.before is None for change in changes)
    removed = sum(change.after is None for change in changes)
    told = {"added": added, "changed": len(changes) - added - removed, "removed": removed}
    what = ", ".join(f"{count:,} {name}" for name, count in told.items() if count)
    return Planned(changes, f"Merged: {what or 'nothing new'}", merges=merge.merged)


def _tell(session: Session, merge: Merge) -> None:
    """Say what a person should know before anything is decided."""
    if merge.base is None:
        session.streams.say(
            "note: what the two copies have in common cannot be told, so each field that differs is a conflict, "
            "and nothing is removed; --base FILE names the revision that both come from"
        )
    elif merge.base.doubtful:
        entries = join_some(sorted(merge.base.doubtful))
        session.streams.say(f"note: what was changed in both copies may be told of in {entries} too often")
    for theirs, number in merge.plan.renumbered.items():
        session.streams.say(
            f"note: the copy's entry {theirs} becomes entry {number}: both copies gave that id"
        )


# --- conflicts --------------------------------------------------------------------------------------------


def sentence_of(clash: Clash) -> str:
    """Say what two copies made of a field."""
    if clash.field == "entry":
        return f"entry {clash.id} was {clash.ours} here and {clash.theirs} in the copy"
    was = "" if clash.base is None else f" (was {_shown(clash.base)})"
    return (
        f"entry {clash.id}, {clash.field}: {_shown(clash.ours)} here, {_shown(clash.theirs)} in the copy{was}"
    )


def _shown(value: Any) -> str:
    text = "nothing" if value in (None, ABSENT) else repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _edit(session: Session, merge: Merge) -> None:
    """Let the user decide on each conflict in the merged entries; what a copy removed is kept for that."""
    if not session.streams.can_ask:
        raise BadOptionError("--edit needs a terminal; elsewhere use --ours or --theirs")
    entries = merged_entries(merge.ours.entries, merge.plan.changes)
    ids = list(dict.fromkeys(clash.id for clash in merge.plan.clashes if clash.id in entries))
    chosen = [entries[entry_id] for entry_id in ids]
    buffer = buffer_of(chosen)
    buffer = buffer._replace(text=_with_conflicts(buffer.text, buffer.mark, merge.plan.clashes))
    for clash in merge.plan.clashes:
        if clash.id not in entries:
            session.streams.say(f"note: {sentence_of(clash)}; it stays removed")
    with edited(
        session,
        buffer.text,
        lambda text: plan_buffer(buffer, text, chosen, session.clock(), entries.__contains__),
        of=f"merge {ids}",
    ) as planned:
        changes, warnings = planned
        for warning in warnings:
            session.streams.say(f"note: {warning}")
        changes = on_both_sides(changes, entries.get, session.clock())
        decided = {change.id: change.after for change in changes}
        final = [change._replace(after=decided.pop(change.id, change.after)) for change in merge.plan.changes]
        final += [Change(n, merge.ours.entries[n], after) for n, after in decided.items() if n is not None]
        _save(session, _plan_of(merge, final))


def _save(session: Session, planned: Planned) -> None:
    def again() -> Planned:
        raise ChangedMeanwhileError("the archive")

    carry_out_plan(session, planned, again, session.flags(writing))


def _with_conflicts(text: str, mark: str, clashes: Sequence[Clash]) -> str:
    """Write beside the fields in conflict what the copy has there, as comments."""
    lines = text.split("\n")
    for place in range(len(lines) - 1, -1, -1):
        for clash in _of_mark(lines[place], mark, clashes):
            lines.insert(place + 2, f"# {clash.field} in the copy: {_one_line(clash.theirs)}")
    return "\n".join(lines)


def _of_mark(line: str, mark: str, clashes: Sequence[Clash]) -> Iterator[Clash]:
    for clash in clashes:
        if line == f"{mark} entry {clash.id} {mark}":
            yield clash


def _one_line(value: Any) -> str:
    from newsarchive.formats.codec import dumps  # spares start-up: only for a conflict

    return "nothing" if value in (None, ABSENT) else dumps(value).decode()
