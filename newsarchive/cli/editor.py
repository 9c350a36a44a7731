"""The user's editor on a text, until what they saved can be understood and is dealt with."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shlex import split
from typing import TypeVar

from newsarchive.cli.session import Session
from newsarchive.disk import discard, reason_of
from newsarchive.errors import BadOptionError, BadValueError, CannotReadError, NoEditorError, UsageError

_Understood = TypeVar("_Understood")


@contextlib.contextmanager
def edited(session: Session, text: str, understand: Callable[[str], _Understood]) -> Iterator[_Understood]:
    """Let the user edit `text`, and hand out what `understand` makes of what they saved.

    When it raises UsageError the fault is shown and the editor opens again on the user's text, unless that is
    still the text as it was. Whatever goes wrong then or within the `with` leaves what was typed in a file,
    which a note of the exception names: nothing typed is lost. Raises NoEditorError when neither $VISUAL nor
    $EDITOR is set, BadOptionError when the editor fails or the user gives up.
    """
    command = _command(session)
    path = _file_of(text)
    try:
        yield _understood(session, command, path, understand)
    except BaseException as ending:  # an interrupt loses nothing either
        if _holds(path, text):
            discard(path)
        else:
            ending.add_note(f"`{session.command_line}` starts again; your text is in {path}")
        raise
    discard(path)


def _understood(
    session: Session, command: Sequence[str], path: Path, understand: Callable[[str], _Understood]
) -> _Understood:
    before = path.read_bytes()
    while True:
        _run(command, path)
        try:
            return understand(_text_in(path))
        except UsageError as error:
            if path.read_bytes() == before:
                raise
            session.streams.complain(str(error))
        if not session.streams.ask("Edit again?", default=True):
            raise BadOptionError("nothing was changed")


def _text_in(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault = f"is not UTF-8: byte 0x{error.object[error.start]:02x}"
        raise BadValueError("the text", fault) from error
    except OSError as error:
        raise CannotReadError(path, reason_of(error)) from error


def _holds(path: Path, text: str) -> bool:
    """Whether nothing but `text` is in the file, or the editor took it away."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return True


def _file_of(text: str) -> Path:
    """Write the text into a file that is nobody else's to read."""
    descriptor, name = tempfile.mkstemp(prefix="newsarchive-", suffix=".md")
    with open(descriptor, "wb") as file:
        file.write(text.encode())
    return Path(name)


def _command(session: Session) -> list[str]:
    editor = session.environ.get("VISUAL") or session.environ.get("EDITOR")
    if not editor:
        raise NoEditorError
    try:
        return split(editor, posix=os.name == "posix")
    except ValueError as error:
        raise BadOptionError(f"the editor {editor!r} cannot be started: {error}") from error


def _run(command: Sequence[str], path: Path) -> None:
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise BadOptionError(f"the editor {command[0]!r} cannot be started: {reason_of(error)}") from error
    if done.returncode:
        raise BadOptionError(
            f"the editor {command[0]!r} ended with exit code {done.returncode}; nothing was changed"
        )
