"""One run of the program: its streams, its flags, the archive it works on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import typer

from newsarchive.cli.options import GlobalFlags
from newsarchive.config import Location, locate
from newsarchive.console import Streams, wants_colour
from newsarchive.dates.local import local_time

if TYPE_CHECKING:
    from newsarchive.archive import Archive

_Flags = TypeVar("_Flags")

_INDEXING: Final = "NEWSARCHIVE_INDEX"
"""Set to `wait`, a command builds an index itself that is missing, and no process goes on when it is done."""


def _utc_now() -> datetime:
    from newsarchive.archive import utc_now  # spares start-up: help needs no archive

    return utc_now()


class Session(NamedTuple):
    """What every command works with, built once from the process's surroundings."""

    streams: Streams
    environ: Mapping[str, str]
    folder: Path
    arguments: Sequence[str]
    opened: list[Archive]
    """The archive, once a command has asked for it; one at most."""
    clock: Callable[[], datetime] = _utc_now
    globals: GlobalFlags = GlobalFlags()
    shared: Mapping[Callable[..., Any], Any] = MappingProxyType({})

    def for_command(self, flags: GlobalFlags, shared: Mapping[Callable[..., Any], Any]) -> Session:
        """Return the session of the command that runs."""
        colour = wants_colour(self.environ, no_color=flags.no_color)
        streams = self.streams._replace(colour=colour, quiet=flags.quiet, as_jsonl=flags.notes == "jsonl")
        return self._replace(streams=streams, globals=flags, shared=shared)

    def flags(self, option_set: Callable[..., _Flags]) -> _Flags:
        """Return the value object of a set of options that the command shares."""
        found: _Flags = self.shared[option_set]
        return found

    @property
    def today(self) -> date:
        """Today where the user sits."""
        return local_time(self.clock()).date()

    @property
    def location(self) -> Location:
        """Where the archive is."""
        return locate(self.globals.archive, self.environ, self.folder)

    @property
    def archive(self) -> Archive:
        """The archive to work on."""
        if not self.opened:
            from newsarchive.archive import Archive  # spares start-up

            archive = Archive(
                self.location.place,
                command=self.command_line,
                user=_storable(self.environ.get("USER") or self.environ.get("LOGNAME") or ""),
                clock=self.clock,
                lock_timeout=self.globals.lock_timeout,
                offline=self.globals.offline,
                say=self.streams.say,
                watch=self._watched,
                may_build_apart=self.environ.get(_INDEXING) != "wait",
            )
            self.opened.append(archive)
        return self.opened[0]

    def look_again(self) -> Archive:
        """Return the archive as it is now, and not as the command has read it before."""
        self.opened.clear()
        return self.archive

    def _watched(self, ids: Sequence[int]) -> Iterable[int]:
        from newsarchive.cli.progress import watched  # spares start-up: threads

        return watched(ids, self.streams, "building the search index", total=len(ids))

    @property
    def command_line(self) -> str:
        """The command as it was typed."""
        from shlex import join  # spares start-up

        return _storable(join(["newsarchive", *self.arguments]))


def _storable(text: str) -> str:
    r"""Write bytes that were no text when the program started as `\udcff`: UTF-8 has no form for them."""
    return text.encode(errors="backslashreplace").decode()


def session_of(context: typer.Context) -> Session:
    """Return the session of a command's context."""
    session: Session = context.obj
    return session
