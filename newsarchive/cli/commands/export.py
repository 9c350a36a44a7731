"""`newsarchive export`: the selected entries in another format."""

import functools
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from newsarchive.cli.citing import Citing
from newsarchive.cli.command import shares
from newsarchive.cli.folders import save_folder
from newsarchive.cli.options import ReadingFlags, not_negative, selection
from newsarchive.cli.output import cut, in_contract_order, named_fields, say_count
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.config import expanded, is_address
from newsarchive.disk import reason_of, replacing, would_overwrite
from newsarchive.entry import plain_form
from newsarchive.errors import BadOptionError, CannotSaveError, WouldOverwriteError, join_some
from newsarchive.formats.base import (
    CitingWriter,
    FolderWriter,
    RelatingWriter,
    Row,
    Writer,
    WriterOptions,
)
from newsarchive.formats.registry import by_suffix, names, takes, taking, writer
from newsarchive.render.words import counted
from newsarchive.text.clean import clean_line

EXAMPLES = (
    "newsarchive export > all.json",
    "newsarchive export tag:saiga -o saiga.csv --fields title,date,url",
    "newsarchive export date:2018.. --format markdown -o posts/",
    "newsarchive export --limit 20 -o feed.rss --link https://www.cms.int/cami",
)

_FLAGS: Final = {"self_link": "--self"}
"""What the options of writers are called here, where it is not their own name."""


def document(
    fields: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Only these fields, such as title,date,url.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What a feed or page is called.")] = None,
    link: Annotated[
        str | None, typer.Option(metavar="URL", help="The site a feed or page belongs to; RSS asks for it.")
    ] = None,
    self_: Annotated[
        str | None, typer.Option("--self", metavar="URL", help="Where the feed or page will be found.")
    ] = None,
    feed: Annotated[str | None, typer.Option(metavar="URL", help="The feed that a page announces.")] = None,
) -> WriterOptions:
    """Collect what is said of the output as a whole. Raises BadOptionError."""
    return WriterOptions(
        fields=None if fields is None else in_contract_order(named_fields(fields)),
        title=None if title is None else clean_line(title, field="--title")[0].strip(),
        link=_address("--link", link),
        self_link=_address("--self", self_),
        feed=_address("--feed", feed),
    )


def _address(flag: str, url: str | None) -> str | None:
    if url is not None and not re.fullmatch(r'(?i)https?://[^\s"<>\\^`{|}]+', url):
        raise BadOptionError(f"{flag} {url!r} is no address that begins with http:// or https://")
    return url


@shares(selection, document)
def run(
    context: typer.Context,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file, a folder, or - for stdout.")
    ] = "-",
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help=f"{', '.join(names('writer'))}. [default: json]"),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for Excel: for reading, not for import.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    sort: Annotated[str | None, typer.Option(metavar="KEYS", help="Order. [default: date-]")] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", callback=not_negative, show_default=False, help="At most N entries.")
    ] = 0,
    offset: Annotated[
        int,
        typer.Option(metavar="N", callback=not_negative, show_default=False, help="Leave out the first N."),
    ] = 0,
) -> None:
    """Write the selected entries in another format.

    The name of the file says which, unless --format does. The same archive gives the same bytes. What json,
    jsonl, csv and markdown write comes back the same through `newsarchive import`.
    """
    session = session_of(context)
    flags = session.flags(selection)
    form = _format(session, format_, output, excel=excel)
    format_writer = _writer(form, session.flags(document))
    chosen = selection_from(session, flags, ReadingFlags(sort, limit, offset), numbers="refused")

    shown, count, total = session.archive.rows(chosen)

    if isinstance(format_writer, RelatingWriter):
        format_writer.relate(_finder(session))
    citing = None
    if isinstance(format_writer, CitingWriter):
        citing = Citing(session, None if output == "-" else session.folder / expanded(output), format_writer)
        shown = citing.noting(shown)
    if output == "-":
        with session.streams.data() as out:
            format_writer.write(shown, out)
    else:
        path = session.folder / expanded(output)
        try:
            archive = session.archive.file
            if archive is not None and path.exists() and path.samefile(archive):
                raise BadOptionError(f"{output} is the archive itself; export to another file")
            _save(session, path, shown, format_writer, force=force)
        except OSError as error:  # a name that is too long, a folder that may not be entered
            raise CannotSaveError(path, reason_of(error)) from error
        session.streams.say(f"Wrote {counted(count, 'entry')} to {output} ({form})")
    if citing is not None:
        citing.finish()
    if form == "rss" and session.flags(document).link is None:
        session.streams.say("note: readers of RSS expect --link URL, the site that the feed belongs to")
    if not total and flags.given:
        say_count(session, count, total)
    elif count < total and not limit:
        session.streams.say(cut(count, counted(total, "entry"), offset))


def _format(session: Session, form: str | None, output: str, *, excel: bool) -> str:
    """Choose the format: --format, else what the name of the file says, else json."""
    if is_address(output):  # which is not repeated, as there may be a password in it
        raise BadOptionError("--output is a file; `newsarchive copy FROM TO` makes an archive on a server")
    if form is None:
        form = "json" if output == "-" else by_suffix(Path(output)) or ""
    if excel and form in ("", "csv"):
        form = "excel"
    elif excel:
        raise BadOptionError("--excel goes with csv")
    if not form and (output.endswith("/") or _is_folder(session.folder / expanded(output))):
        form = "markdown"
    if output.endswith("/") and form != "markdown":
        raise BadOptionError(f"{output} is a folder, and {form} is one file; name that")
    if not form:
        raise BadOptionError(
            f"the name {output!r} does not say which format; add --format: {', '.join(names('writer'))}"
        )
    return form


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what cannot be looked at cannot be written either, and that will say why
        return False


def _writer(form: str, options: WriterOptions) -> Writer:
    """Make the writer of a format. Raises BadOptionError for options that it would not heed."""
    made = writer(form, options)
    for name, value in options._asdict().items():
        if value is not None and name not in takes(form):
            flag = _FLAGS.get(name, f"--{name}")
            raise BadOptionError(f"{flag} goes with {', '.join(taking(name))}, not with {form}")
    return made


def _finder(session: Session) -> Callable[[int], Row | None]:
    """Return what finds the row of an entry by its id."""

    @functools.lru_cache(maxsize=1_000)
    def row_of(entry_id: int) -> Row | None:
        entry = session.archive.snapshot.find(entry_id)
        return None if entry is None else plain_form(entry)

    return row_of


def _save(session: Session, path: Path, rows: Iterable[Row], format_writer: Writer, *, force: bool) -> None:
    is_folder = path.is_dir() or not path.suffix
    if isinstance(format_writer, FolderWriter) and is_folder:
        kept = save_folder(path, rows, format_writer, force=force)
        if kept.removed:
            session.streams.say(f"Removed what is written no more: {join_some(kept.removed)}")
        if kept.left:
            session.streams.say(
                f"note: written before and not now: {join_some(kept.left)}; --force removes those that nobody changed"
            )
        return
    if path.is_dir():
        raise BadOptionError(f"{path} is a folder, and this format is one file")
    if not force and would_overwrite(path):
        raise WouldOverwriteError(path)
    with replacing(path) as out:
        format_writer.write(rows, out)
