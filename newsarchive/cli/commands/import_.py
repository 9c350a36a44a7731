"""`newsarchive import`: many entries from files, folders and stdin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote as quoted
from typing import Annotated, Final, cast, get_args

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.hints import hints_from
from newsarchive.cli.import_report import Report, failure, held_back, summary, tell
from newsarchive.cli.options import writing
from newsarchive.cli.progress import watched
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import Planned, carry_out_plan
from newsarchive.config import expanded, is_address
from newsarchive.errors import BadOptionError, NothingReadError, SourceError
from newsarchive.formats.base import (
    MAX_OWN_SOURCE,
    STANDARD_INPUT,
    Fault,
    Found,
    Hints,
    LeftOut,
    Remark,
    Source,
)
from newsarchive.formats.reading.sources import is_one_of, sources_at, with_format
from newsarchive.formats.registry import reader
from newsarchive.planning.importing import OnDuplicate, plan_import
from newsarchive.planning.outcomes import ImportPlan
from newsarchive.store.snapshot import collector_paused

EXAMPLES = (
    "newsarchive import news-page.txt",
    "newsarchive import posts/ more.csv --on-duplicate update --dry-run",
    "newsarchive import old.csv --map Kop=title --date-order dmy --report log.jsonl",
    "newsarchive export -a old.json | newsarchive import -",
)

_CHOICES: Final = get_args(OnDuplicate)
_Texts = list[str] | None


@shares(writing)
def run(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, - for stdin.")],
    format_: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Their format; found out unless given.")
    ] = None,
    on_duplicate: Annotated[
        str, typer.Option(metavar="WHAT", help=f"For a story that is there: {', '.join(_CHOICES)}.")
    ] = "skip",
    map_: Annotated[
        _Texts, typer.Option("--map", metavar="NAME=FIELD", help="The field that a key or column holds.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(metavar="ORDER", help="How to read 02/03/2016: dmy, mdy or ymd.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="The encoding of their text: cp1251, mac_roman …")
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Take in what was never published, too.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing unless every item is read.")
    ] = False,
    report: Annotated[
        str | None, typer.Option(metavar="FILE", help="Say in JSONL what became of each item; - to stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the report that is there.")] = False,
) -> None:
    """Bring in entries from files, folders or stdin, in one operation.

    A story is there already when its address is, or its title with its date and language; what tells it in
    another language is added and related to it. Items that cannot be read are named and do not keep the others
    out; the exit code is then 6, and 7 when nothing could be read or a source is not there.
    """
    session = session_of(context)
    if on_duplicate not in _CHOICES:
        raise BadOptionError(f"--on-duplicate {on_duplicate!r} is unknown; choose {', '.join(_CHOICES)}")
    if not all(sources):
        raise BadOptionError("a source is empty; name a file, a folder, or - for stdin")
    if any(map(is_address, sources)):  # which is not repeated, as there may be a password in it
        raise BadOptionError(
            "an archive on a server is no source; `newsarchive merge ADDRESS` takes in a copy of this archive, "
            "`newsarchive export -a ADDRESS -o FILE` writes what can be imported"
        )
    account = Report(session, report, force=force)
    hints = hints_from(map_ or (), date_order, encoding)._replace(drafts=drafts)
    if on_duplicate == "update":
        _name_merge(session, sources)
    found = _Reading(session, account, sources, format_, hints)
    is_whole = strict or on_duplicate == "error"
    plan = _plan(session, found, cast(OnDuplicate, on_duplicate))
    tell(session, plan.outcomes)

    def checked(plan: ImportPlan) -> Planned:
        failed = _failure(found, plan, is_whole=is_whole)
        if failed and is_whole:
            account.write(found.names, list(map(held_back, plan.outcomes)))
            raise failed
        return Planned(plan.changes, summary(plan.outcomes))

    def again() -> Planned:
        """Compare with what others have added meanwhile: they may have brought in the same stories."""
        nonlocal plan
        told = {failed.place for failed in plan.outcomes if failed.outcome == "failed"}
        plan = _plan(session, found, cast(OnDuplicate, on_duplicate))
        # The sources may be other ones by now, or gone.
        tell(session, [one for one in plan.outcomes if one.outcome == "failed" and one.place not in told])
        return checked(plan)

    first = checked(plan)
    flags = session.flags(writing)
    if flags.dry_run and any(outcome.outcome not in ("added", "noted") for outcome in plan.outcomes):
        told = summary(plan.outcomes)
        session.streams.say(f"Without --dry-run: {told[0].lower()}{told[1:]}")
    with collector_paused():  # all there is of a large import would be walked over again and again
        carry_out_plan(session, first, again, flags)
    account.write(found.names, plan.outcomes)
    if failed := _failure(found, plan, is_whole=is_whole):
        raise failed


def _name_merge(session: Session, names: Sequence[str]) -> None:
    """Point at `merge` where another copy of the archive is imported to update it: rows know no changes."""
    if not session.archive.exists:
        return
    for name in names:
        if name != STANDARD_INPUT and session.archive.has_copy_at(session.folder / expanded(name)):
            session.streams.say(
                f"note: {name} is another copy of this archive; `newsarchive merge {quoted(name)}` takes in "
                "what was changed there, removals too"
            )


_MANY: Final = 20
"""So many sources show how far an import is; of fewer each may take long."""


class _Reading:
    """What all sources hold, read each time it is gone through; a source that cannot be read is one fault."""

    def __init__(
        self, session: Session, account: Report, names: Sequence[str], form: str | None, hints: Hints
    ) -> None:
        self._session = session
        self._sources = list(_sources(session, account, names))
        self._form = form
        self._hints = hints
        self.names: list[str] = []
        """Of each item, the source that it is from."""
        self.missing = 0
        """The sources that could not be read at all."""

    def __iter__(self) -> Iterator[Found]:
        """Yield it, and show how far it is: by the sources, or by the items where the sources are few."""
        self.names.clear()
        self.missing = 0
        streams = self._session.streams
        if len(self._sources) < _MANY:
            return watched(self._found(self._sources), streams, "Reading")
        return self._found(watched(self._sources, streams, "Reading", total=len(self._sources)))

    def _found(self, sources: Iterable[Source | Fault | Remark | LeftOut]) -> Iterator[Found]:
        for source in sources:
            if isinstance(source, Source):
                read, form = (source, self._form) if self._form else with_format(source)
                for one in reader(form).read(read._replace(hints=self._hints)):
                    self.names.append(source.name)
                    yield one
            else:
                self.names.append(source.place)
                self.missing += isinstance(source, Fault)
                yield source


def _plan(session: Session, found: Iterable[Found], on_duplicate: OnDuplicate) -> ImportPlan:
    archive = session.archive
    with collector_paused():  # most of what is made stays
        return plan_import(
            found,
            archive.snapshot if archive.exists else [],
            on_duplicate=on_duplicate,
            now=session.clock(),
            keep_ids=archive.is_new,
            next_id=archive.next_id,
        )


def _failure(found: _Reading, plan: ImportPlan, *, is_whole: bool) -> SourceError | NothingReadError | None:
    return failure(plan.outcomes, missing=found.missing, nothing_written=is_whole)


def _sources(
    session: Session, account: Report, names: Sequence[str]
) -> Iterator[Source | Fault | Remark | LeftOut]:
    for name in names:
        try:
            if re.match(r"(?i)(?:https?|ftp)://", name):
                raise SourceError(name, "addresses are not fetched; save the page and import the file")
            if name == STANDARD_INPUT:
                yield Source(STANDARD_INPUT, session.streams.read(MAX_OWN_SOURCE))
                continue
            found = sources_at(expanded(name))
            readable = [source for source in found if isinstance(source, Source)]
            account.refuse_as_source(readable)
            archive = session.archive.file
            are_archive = iter([] if archive is None else is_one_of(readable, archive))
            for source in found:
                if isinstance(source, Source) and next(are_archive, False):
                    yield Remark(source.name, "is the archive itself, and is left out")
                else:
                    yield source
        except SourceError as error:
            yield Fault(error.place, error.reason)
