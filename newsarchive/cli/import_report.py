"""What an import tells: on stderr to a person, and with --report an object a line to a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

from newsarchive.cli.options import writing
from newsarchive.cli.session import Session
from newsarchive.config import expanded
from newsarchive.disk import reason_of, replacing, would_overwrite
from newsarchive.errors import (
    BadOptionError,
    CannotSaveError,
    NothingReadError,
    SourceError,
    StorageError,
    WouldOverwriteError,
)
from newsarchive.formats.base import DRAFT, Source
from newsarchive.formats.reading.sources import is_one_of
from newsarchive.planning.outcomes import TRANSLATION_OF, Fate, Outcome
from newsarchive.render.words import counted, enumerated

STDOUT: Final = "-"

_NO_ITEMS: Final = ("noted", "left-out")

_MOST_NOTES: Final = 20
"""On stderr; the report holds them all."""


# --- to a person ------------------------------------------------------------------------------------------


def tell(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Name each item that failed or was put right; those that were skipped are only counted.

    A program hears of each item that was not taken, and every note.
    """
    if session.streams.as_jsonl:
        _tell_program(session, outcomes)
        return
    told = 0
    for outcome in outcomes:
        if outcome.outcome == "failed":
            session.streams.complain(f"{outcome.place}: {outcome.reason}")
        for note in outcome.notes:
            told += 1
            if told <= _MOST_NOTES:
                session.streams.say(f"note: {outcome.place}: {note}")
    if told > _MOST_NOTES:
        session.streams.say(f"and {counted(told - _MOST_NOTES, 'more note')}; --report FILE holds them all")


def _tell_program(session: Session, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        facts = {"place": outcome.place, "outcome": outcome.outcome, "id": outcome.id}
        if outcome.outcome not in ("added", "updated", "unchanged", "noted"):
            tell = session.streams.complain if outcome.outcome == "failed" else session.streams.say
            tell(f"{outcome.place}: {outcome.reason}", **facts)
        for note in outcome.notes:
            session.streams.say(f"note: {outcome.place}: {note}", **facts)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Say what became of all items, most important first."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    fates = [fate for fate in get_args(Fate) if fate not in _NO_ITEMS]
    told = [f"{fate} {counts[fate]:,}" for fate in fates if counts[fate] or fate == "added"]
    items = sum(counts[fate] for fate in fates)
    summed = f"{', '.join(told).capitalize()} of {counted(items, 'item')}{_translated(outcomes)}"
    if items and counts["skipped"] == items:
        are_there = "that is there already" if items == 1 else "that are there already"
        summed = f"{summed} {are_there} (--on-duplicate update takes what changed)"
    return f"{summed}; {rest}" if (rest := left_out(outcomes)) else summed


def _translated(outcomes: Sequence[Outcome]) -> str:
    """Say how many entries were added as translations, as in `, 2 are translations of others`; empty if none."""
    count = sum((outcome.reason or "").startswith(TRANSLATION_OF) for outcome in outcomes)
    return (
        f", {count:,} {'is a translation' if count == 1 else 'are translations'} of others" if count else ""
    )


def left_out(outcomes: Sequence[Outcome]) -> str:
    """Say what the sources hold besides their items, as in `left out 3 drafts and 12 pictures`; empty if nothing."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.outcome == "left-out":
            counts[outcome.reason or ""] += outcome.number or 0
    told = [
        counted(count, what) + (" (--drafts takes them in)" if what == DRAFT else "")
        for what, count in counts.items()
    ]
    return f"left out {enumerated(told)}" if told else ""


def failure(
    outcomes: Sequence[Outcome], *, missing: int, nothing_written: bool
) -> SourceError | NothingReadError | None:
    """Return the error of an import in which items failed: how many, and why; None when none did.

    `missing` counts the sources that could not be read at all.
    """
    items = [outcome for outcome in outcomes if outcome.outcome not in _NO_ITEMS]
    failed = [outcome for outcome in items if outcome.outcome == "failed"]
    if not failed:
        return None
    twins = sum(outcome.id is not None for outcome in failed)
    unread = len(failed) - twins
    told = _told(len(items), unread, twins, missing) + (", so nothing was written" if nothing_written else "")
    return NothingReadError(told) if missing or unread == len(items) else SourceError("", told)


def _told(items: int, unread: int, twins: int, missing: int) -> str:
    """Say how many items failed, and whether they could not be read or are there already."""
    if unread == items:
        return "nothing could be read"
    there = f"{'is' if twins == 1 else 'are'} there already"
    if not unread:
        return f"{twins:,} of {counted(items, 'item')} {there}"
    told = f"{unread:,} of {counted(items, 'item')} could not be read"
    if missing:
        told += f", {counted(missing, 'whole source')} among them"
    return f"{told}, {twins:,} {there}" if twins else told


def held_back(outcome: Outcome) -> Outcome:
    """Return the outcome of an item in an import that was given up because of others."""
    if outcome.outcome not in ("added", "updated"):
        return outcome
    return outcome._replace(outcome="skipped", reason="other items failed, so nothing was written", id=None)


# --- to a program -----------------------------------------------------------------------------------------


class Report:
    """Where --report wants the account of every item; nowhere when `name` is None.

    The constructor raises UsageError for what cannot be done, before anything is read: a file that is there
    already without `force`, one in the place of the archive.
    """

    def __init__(self, session: Session, name: str | None, *, force: bool) -> None:
        self._session = session
        self._name = name
        self._path: Path | None = None
        if name is None and force:
            raise BadOptionError("--force overwrites the file of --report, and there is no --report")
        if name == STDOUT and session.flags(writing).dry_run:
            raise BadOptionError("--report - and --dry-run both write to stdout; name a file for the report")
        if name not in (None, STDOUT):
            self._path = session.folder / expanded(str(name))
            if (fault := _fault_of(self._path, session.location.file)) is not None:
                raise BadOptionError(f"--report {name}: {fault}")
            if not force and would_overwrite(self._path):
                raise WouldOverwriteError(self._path)

    def refuse_as_source(self, sources: Sequence[Source]) -> None:
        """Raise BadOptionError when the report would overwrite one of the sources."""
        if self._path is not None and any(is_one_of(sources, self._path)):
            raise BadOptionError(f"--report {self._name}: this file is one of the sources; name another one")

    def write(self, sources: Sequence[str], outcomes: Sequence[Outcome]) -> None:
        """Write what became of the items, and in which source each one was.

        Raises StorageError.
        """
        if self._name is None:
            return
        lines = _lines(sources, outcomes)
        if self._path is None:
            with self._session.streams.data() as out:
                out.writelines(lines)
            return
        try:
            with replacing(self._path) as out:
                out.writelines(lines)
        except CannotSaveError as error:
            reason = f"the report cannot be saved to {self._path}: {error.reason}; the import itself is done"
            raise StorageError(reason) from error


def _fault_of(path: Path, archive: Path | None) -> str | None:
    """Say why no report can be at a path, as far as that shows."""
    try:
        if archive is not None and path.resolve() == archive.resolve():
            return "this is the archive itself; name another file"
        if path.is_dir():
            return "this is a folder; name a file"
        return None if path.parent.is_dir() else f"there is no folder {path.parent}"
    except OSError as error:  # a name that is too long
        return reason_of(error)


def _lines(sources: Sequence[str], outcomes: Sequence[Outcome]) -> Iterator[bytes]:
    from newsarchive.formats.codec import dumps  # spares start-up: msgspec

    for source, outcome in zip(sources, outcomes, strict=True):
        told = {"source": source, **outcome._asdict(), "notes": list(outcome.notes)}
        number = told.pop("number")
        yield dumps(told if number is None else {**told, "count": number}) + b"\n"
