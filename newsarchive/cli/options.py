"""Options that several commands share, each set with the value object that commands receive.

Annotations are evaluated here and in the modules of commands, not kept as text: Typer would compile each one.
"""

from typing import Annotated, Final, NamedTuple

import typer

from newsarchive import __version__
from newsarchive.errors import BadOptionError

TABLE: Final = "table"
MACHINE: Final = ("json", "jsonl", "csv", "tsv")
"""The forms for programs that every command has."""


class GlobalFlags(NamedTuple):
    """Options of every command, before or after its name."""

    archive: str | None = None
    lock_timeout: float = 10.0
    quiet: bool = False
    no_color: bool = False
    debug: bool = False
    notes: str = "text"
    offline: bool = False


def _print_version(context: typer.Context, wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        context.obj.streams.write(f"newsarchive {__version__}\n")
        raise typer.Exit


def not_negative(number: float | None) -> float | None:
    """Refuse what is less than 0, or is no number; Typer's own `min` spells out the range in each help."""
    if number is not None and not number >= 0:
        raise typer.BadParameter(f"{number:g} is less than 0")
    return number


def global_flags(
    archive: Annotated[
        str | None, typer.Option("--archive", "-a", metavar="FILE", help="The archive to work on.")
    ] = None,
    lock_timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            callback=not_negative,
            help="How long to wait for another writer. [default: 10]",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and counts on stderr.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    notes: Annotated[
        str | None,
        typer.Option(
            "--notes", metavar="FORM", help="Notes and errors on stderr as text or jsonl. [default: text]"
        ),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Read this machine's copy of an archive on a server.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version and exit."),
    ] = False,
) -> GlobalFlags:
    """Collect the options of every command."""
    del version
    if notes not in (None, "text", "jsonl"):
        raise BadOptionError(f"--notes {notes!r} is unknown; choose text or jsonl")
    timeout = 10.0 if lock_timeout is None else lock_timeout
    return GlobalFlags(archive, timeout, quiet, no_color, debug, notes or "text", offline)


class SelectionFlags(NamedTuple):
    """The words and options that select entries."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    languages: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    ids_from: str | None = None
    fiscal_year: str | None = None

    @property
    def given(self) -> bool:
        """Whether anything was asked for."""
        named = (self.tags, self.since, self.until, self.languages, self.ids, self.ids_from)
        return any(word.strip() for word in self.words) or any(value for value in named)


_Texts = list[str] | None
_QUERY = 'Words, "phrases", word*, tag:saiga, date:2018.., -not, OR.'


def selection(
    words: Annotated[_Texts, typer.Argument(metavar="[QUERY]...", help=_QUERY)] = None,
    tag: Annotated[_Texts, typer.Option("--tag", metavar="TAG", help="Only entries with this tag.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Dated then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Dated then or earlier.")] = None,
    lang: Annotated[_Texts, typer.Option("--lang", metavar="CODE", help="In this language: en, ru …")] = None,
    id_: Annotated[_Texts, typer.Option("--id", metavar="IDS", help="These ids: 3,7-9.")] = None,
    ids_from: Annotated[
        str | None, typer.Option(metavar="FILE", help="Ids from a file, one a line; - reads stdin.")
    ] = None,
    fiscal_year: Annotated[
        str | None, typer.Option(metavar="MONTH", help="When fiscal years begin, for date:FY2020Q1.")
    ] = None,
) -> SelectionFlags:
    """Collect what selects entries."""
    texts = (tuple(given or ()) for given in (words, tag, lang, id_))
    words_, tags, languages, ids = texts
    return SelectionFlags(words_, tags, since, until, languages, ids, ids_from, fiscal_year)


class ReadingFlags(NamedTuple):
    """How much of a selection is shown, in which order and form."""

    sort: str | None = None
    limit: int | None = None
    offset: int = 0
    format: str | None = None


_Limit = Annotated[
    int | None, typer.Option(metavar="N", callback=not_negative, help="At most N entries; 0 is all.")
]
_Offset = Annotated[
    int, typer.Option(metavar="N", callback=not_negative, show_default=False, help="Leave out the first N.")
]
_Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="table (unless told), json, jsonl, csv, tsv, ids."),
]
_Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def reading(
    sort: Annotated[
        str | None, typer.Option(metavar="KEYS", help="Order: date-,title. [default: date-]")
    ] = None,
    limit: _Limit = None,
    offset: _Offset = 0,
    format_: _Format = None,
    json: _Json = False,
) -> ReadingFlags:
    """Collect how much is shown, in which order and form."""
    return ReadingFlags(sort, limit, offset, "json" if json else format_)


def ranked_reading(
    sort: Annotated[str | None, typer.Option(hidden=True)] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", callback=not_negative, help="At most N entries; 0 is all. [default: 20]"),
    ] = None,
    offset: _Offset = 0,
    format_: _Format = None,
    json: _Json = False,
) -> ReadingFlags:
    """Collect how much is shown and in which form; raises BadOptionError for an order, which is the rank."""
    if sort is not None:
        raise BadOptionError("search sorts by relevance; `newsarchive list --sort` sorts otherwise")
    return ReadingFlags(None, limit, offset, "json" if json else format_)


def counting(
    format_: Annotated[
        str, typer.Option("--format", metavar="NAME", help="table, json, jsonl, csv or tsv.")
    ] = TABLE,
    json: _Json = False,
) -> str:
    """Collect the form in which counts are shown. Raises BadOptionError for an unknown one."""
    name = "json" if json else format_
    if name not in (TABLE, *MACHINE):
        raise BadOptionError(f"--format {name!r} is unknown; choose {TABLE}, {', '.join(MACHINE)}")
    return name


class WritingFlags(NamedTuple):
    """How a write is confirmed."""

    dry_run: bool = False
    yes: bool = False
    format: str = TABLE
    """Of the changes that --dry-run shows."""


PLAN_FORMATS: Final = (TABLE, "json", "jsonl")


def writing(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    plan_format: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Of what --dry-run shows: table, json, jsonl."),
    ] = None,
    plan_as_json: Annotated[
        bool, typer.Option("--json", help="With --dry-run, show the changes as JSON.")
    ] = False,
) -> WritingFlags:
    """Collect how a write is confirmed; raises BadOptionError for a form of a plan that is not to be shown."""
    form = plan_format or ("json" if plan_as_json else None)
    if form is not None and not dry_run:
        raise BadOptionError("the form is one of what --dry-run shows: add --dry-run")
    if form is not None and form not in PLAN_FORMATS:
        raise BadOptionError(f"--format {form!r} is unknown; choose {', '.join(PLAN_FORMATS)}")
    return WritingFlags(dry_run, bool(yes), form or TABLE)


def everything(
    all_: Annotated[bool, typer.Option("--all", help="Every entry, when no query is given.")] = False,
) -> bool:
    """Say whether every entry is meant."""
    return all_
