"""`newsarchive init`: an archive of one's own."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from newsarchive.cli.command import shares
from newsarchive.cli.options import GlobalFlags, writing
from newsarchive.cli.registry import command_named
from newsarchive.cli.session import Session, session_of
from newsarchive.config import FILE_NAME, VARIABLE, expanded, is_address, locate
from newsarchive.disk import reason_of
from newsarchive.errors import BadOptionError, CannotSaveError, StorageError
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive init",
    "newsarchive init news --import news-page.txt --import posts/",
    "newsarchive init --git",
)

_NEXT: Final = """\
What next:
  newsarchive add --title "A headline" --date today
  newsarchive import FILE       a page, a feed, a table, a folder of posts
  newsarchive search WORDS      in spite of spelling"""

_Texts = list[str] | None


@shares(writing)
def run(
    context: typer.Context,
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="[FOLDER]", help="Where; made if need be. Here unless given. Or a server: postgresql://…"
        ),
    ] = None,
    sources: Annotated[
        _Texts,
        typer.Option("--import", metavar="SOURCE", help="Bring this in at once; may be given again."),
    ] = None,
    git: Annotated[
        bool,
        typer.Option("--git", help="Make git merge the archive by its entries, where there is one, too."),
    ] = False,
    roles: Annotated[
        bool,
        typer.Option("--roles", help="On a server: make roles for readers, writers and maintainers, too."),
    ] = False,
) -> None:
    """Start an empty archive in a folder.

    Where there is one already, nothing is changed. Commands in the folder and below it find it by themselves.
    A database on a server gets the tables that it needs.
    """
    session = session_of(context)
    if (named := _address(session, folder)) is not None:
        _start_on_server(context, named, sources or (), git=git, roles=roles)
        return
    if roles:
        raise BadOptionError("--roles is for an archive on a server; give rights on a file with chmod")
    path = _path(session, folder)
    session = session._replace(globals=session.globals._replace(archive=str(path)))
    if _is_there(session):
        _leave(session, sources or ())
        _set_up_git(session, path, wanted=git)
        return
    if not _wanted(session, path):
        session.streams.say("Nothing was changed")
        return
    is_dry_run = session.flags(writing).dry_run
    if not is_dry_run:
        _make(path.parent)
    if sources:
        _import(context, str(path), sources)
    elif is_dry_run:
        session.streams.say(f"Would start the archive {path}; nothing was written")
    elif session.archive.start():
        session.streams.say(f"Started the archive {path}")
    else:  # another process was faster
        _leave(session, ())
        return
    _set_up_git(session, path, wanted=git)
    if not is_dry_run:
        session.streams.say(_NEXT if _is_found(session, path) else f"{_NEXT}\nfor which add -a {path}")


def _address(session: Session, folder: str | None) -> GlobalFlags | None:
    """Return the flags by which an archive on a server is found, where one is named; None for a file."""
    flags = session.globals
    if folder is not None and is_address(folder):
        if flags.archive:
            raise BadOptionError(f"-a and {folder} both say where; leave one out")
        return flags._replace(archive=folder)
    return flags if folder is None and session.location.file is None else None


def _start_on_server(
    context: typer.Context, named: GlobalFlags, sources: Sequence[str], *, git: bool, roles: bool
) -> None:
    session = session_of(context)._replace(globals=named)
    place = session.location.place
    if git:
        raise BadOptionError(
            "--git is for an archive in a file; on a server all write to one, and `newsarchive merge COPY` "
            "takes in what a file has"
        )
    if session.flags(writing).dry_run:
        session.streams.say(f"Would start the archive {place}; nothing was written")
        return
    is_new = session.archive.start()
    if is_new:
        session.streams.say(f"Started the archive {place}")
    elif not roles:
        _leave(session, sources)
    if roles:
        _give_roles(session)
    if not is_new:
        return
    if sources:
        _import(context, named.archive, sources)
    is_found = session.location == locate(None, session.environ, session.folder)
    session.streams.say(_NEXT if is_found else f"{_NEXT}\nfor which add -a '{place}', or set ${VARIABLE}")


def _give_roles(session: Session) -> None:
    names = session.archive.give_roles()
    session.streams.say(
        f"Rights are given by the roles {', '.join(names)}, such as GRANT {names[1]} TO somebody"
    )


def _set_up_git(session: Session, path: Path, *, wanted: bool) -> None:
    if wanted and session.flags(writing).dry_run:
        session.streams.say("Would make git merge the archive by its entries; nothing was written")
    elif wanted:
        from newsarchive.git import set_up  # spares start-up: processes

        for sentence in set_up(Path(os.path.realpath(path))):
            session.streams.say(f"{sentence[0].upper()}{sentence[1:]}")


def _path(session: Session, folder: str | None) -> Path:
    """Return where the archive is to be. Raises BadOptionError for a file where a folder should be."""
    named = session.globals.archive
    if folder is None:
        named = named or session.environ.get(VARIABLE)
        return session.folder / (expanded(named) if named else FILE_NAME)
    if named:
        raise BadOptionError(f"-a {named} and the folder {folder} both say where; leave one out")
    path = session.folder / expanded(folder)
    try:
        is_file = path.exists() and not path.is_dir()
    except OSError as error:  # a name that is too long
        raise CannotSaveError(path, reason_of(error)) from error
    if is_file:
        raise BadOptionError(f"{folder} is a file; name a folder, and with --import what is to be brought in")
    return Path(os.path.normpath(path / FILE_NAME))


def _is_there(session: Session) -> bool:
    """Whether there is an archive to read. Raises what reading raises for another file of that name."""
    try:
        return session.archive.exists
    except StorageError as error:
        error.add_note("to start an archive elsewhere name another folder, or another file with -a")
        raise


def _leave(session: Session, sources: Sequence[str]) -> None:
    count = counted(session.archive.snapshot.meta.count, "entry")
    rest = f"; `newsarchive import` brings in {' '.join(sources)}" if sources else ""
    session.streams.say(
        f"{session.location.place} is an archive already, with {count}; nothing was changed{rest}"
    )


def _wanted(session: Session, path: Path) -> bool:
    """Say that the folder belongs to another archive; ask a person whether it is to have its own."""
    above = locate(None, {}, path.parent)
    if not above.in_parent:
        return True
    session.streams.say(
        f"note: {path.parent} is below the archive {above.place}, which commands there find now; "
        "they will find the new one instead"
    )
    flags = session.flags(writing)
    if flags.yes or flags.dry_run or not session.streams.can_ask:
        return True
    return session.streams.ask("Start a second archive?")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotSaveError(folder, reason_of(error)) from error


def _import(context: typer.Context, archive: str | None, sources: Sequence[str]) -> None:
    """Run `import` on the sources as if it had been called, which starts the archive itself."""
    command = command_named("import")
    dry_run = ["--dry-run"] if session_of(context).flags(writing).dry_run else []
    named = ["--archive", archive] if archive else []
    arguments = [*named, *dry_run, "--", *sources]
    with command.make_context("import", arguments, parent=context) as inner:
        command.invoke(inner)


def _is_found(session: Session, path: Path) -> bool:
    """Whether commands find the archive without being told where it is, from its folder at least."""
    named = session.environ.get(VARIABLE)
    return path.name == FILE_NAME if not named else session.folder / expanded(named) == path
