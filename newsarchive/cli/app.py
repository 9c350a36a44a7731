"""The program: one gate through which every failure becomes a line on stderr and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import typer
from typer._click.exceptions import NoSuchOption
from typer.core import TyperGroup
from typer.exceptions import TyperException

from newsarchive.cli.registry import root
from newsarchive.cli.session import Session
from newsarchive.console import abandon_stdout, standard_streams, wants_colour
from newsarchive.errors import CannotReadError, NewsArchiveError, OutputError

INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

_PLAIN: Final = {"a valid int": "a whole number", "a valid float": "a number"}
"""What Typer calls in the words of programmers."""


class Terminated(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def main() -> NoReturn:
    """Run the program with the process's own arguments and streams."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    sys.exit(run(sys.argv[1:]))


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(number)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    if shell := os.environ.get("_NEWSARCHIVE_COMPLETE"):
        from newsarchive.cli.shells import reply  # spares start-up

        return reply(shell, arguments)
    colour = wants_colour(os.environ, no_color="--no-color" in arguments)
    streams = standard_streams(colour=colour, quiet=False, as_jsonl=_wants_jsonl(arguments))
    try:
        folder = Path.cwd()
    except OSError as error:
        streams.complain(str(CannotReadError("the current folder", str(error.strerror).lower())))
        return CannotReadError.exit_code
    session = Session(streams, os.environ, folder, tuple(arguments), [])
    try:
        return _invoke(root(), session)
    except BrokenPipeError:
        abandon_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt as ending:
        return _interrupted(session, ending, INTERRUPTED)
    except Terminated as ending:
        return _interrupted(session, ending, ending.exit_code)
    except NewsArchiveError as error:
        streams.complain(_with_notes(_sentence_of(error, session), error), exit_code=error.exit_code)
        if "--debug" in arguments:
            from traceback import format_exc  # spares start-up

            streams.say(format_exc())
        return error.exit_code


def _wants_jsonl(arguments: Sequence[str]) -> bool:
    """Whether --notes jsonl was given: errors of the command line itself are told so, too."""
    return "--notes=jsonl" in arguments or ("--notes", "jsonl") in pairwise(arguments)


def _sentence_of(error: NewsArchiveError, session: Session) -> str:
    """Return what went wrong; where the answer was lost, and not the change itself, that as well."""
    done = session.opened[0].done if session.opened else None
    return f"{error}; {done}" if done and isinstance(error, OutputError) else str(error)


def _invoke(group: TyperGroup, session: Session) -> int:
    """Parse and run; usage faults that Typer finds are told in the same form as ours."""
    try:
        with group.make_context("newsarchive", list(session.arguments), obj=session) as context:
            group.invoke(context)
        return 0
    except typer.Exit as ending:
        return ending.exit_code
    except TyperException as fault:
        place = getattr(fault, "ctx", None)
        hint = f"\n  see {place.command_path} --help" if place is not None else ""
        session.streams.complain(f"{_told(fault, session.arguments)}{hint}", exit_code=fault.exit_code)
        return fault.exit_code


def _told(fault: TyperException, arguments: Sequence[str]) -> str:
    """Return Typer's sentence as ours are written."""
    if isinstance(fault, NoSuchOption):
        hint = _option_meant(fault, arguments)
        return f"no option {fault.option_name}{f'; {hint}' if hint else ''}"
    message = fault.format_message().removesuffix(".")
    for jargon, plain in _PLAIN.items():
        message = message.replace(jargon, plain)
    return message[:1].lower() + message[1:]


def _option_meant(fault: NoSuchOption, arguments: Sequence[str]) -> str:
    """Say what to write instead of an option that is not there; empty when nobody knows."""
    from difflib import get_close_matches  # spares start-up

    from newsarchive.cli.advice import instead_of

    if fault.ctx is not None:
        command = fault.ctx.command
        asks_for = " ".join(command.collect_usage_pieces(fault.ctx))
        if hint := instead_of(fault.option_name, str(command.name), asks_for, arguments):
            return hint
    close = get_close_matches(fault.option_name, fault.possibilities or (), 1, 0.75)
    return f"did you mean {close[0]}?" if close else ""


def _interrupted(session: Session, ending: BaseException, exit_code: int) -> int:
    """Say whether the interrupted command had done something to the archive."""
    done = session.opened[0].done if session.opened else None
    sentence = _with_notes(f"interrupted; {done or 'nothing was changed'}", ending)
    session.streams.complain(sentence, exit_code=exit_code)
    return exit_code


def _with_notes(sentence: str, error: BaseException) -> str:
    """Add what was noted on the way up, a line each."""
    return "\n  ".join([sentence, *getattr(error, "__notes__", ())])


if __name__ == "__main__":
    main()
