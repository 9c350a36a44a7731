"""The user's editor on a text, until what they saved can be understood."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from shlex import split
from typing import TypeVar

from newsarchive.cli.session import Session
from newsarchive.disk import discard, reason_of
from newsarchive.errors import BadOptionError, NoEditorError, UsageError

_Understood = TypeVar("_Understood")


def edit_until_sound(session: Session, text: str, understand: Callable[[str], _Understood]) -> _Understood:
    """Let the user edit `text`, and return what `understand` makes of what they saved.

    When it raises UsageError the fault is shown and the editor opens again on the user's text. Whoever gives
    up finds the text in the file that the message names: nothing typed is lost. Raises NoEditorError when
    neither $VISUAL nor $EDITOR is set, BadOptionError when the editor fails or the user gives up.
    """
    command = _command(session)
    descriptor, name = tempfile.mkstemp(prefix="newsarchive-", suffix=".md", text=True)
    path = Path(name)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    while True:
        _run(command, path)
        try:
            understood = understand(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            fault = f"the text is not UTF-8: byte 0x{error.object[error.start]:02x}"
        except UsageError as error:
            fault = str(error)
        else:
            discard(path)
            return understood
        session.streams.complain(fault)
        if not session.streams.ask("Edit again?"):
            raise BadOptionError(f"nothing was changed; your text is in {path}")


def _command(session: Session) -> list[str]:
    editor = session.environ.get("VISUAL") or session.environ.get("EDITOR")
    if not editor:
        raise NoEditorError
    try:
        return split(editor, posix=os.name == "posix")
    except ValueError as error:
        raise BadOptionError(f"the editor {editor!r} cannot be started: {error}") from error


def _run(command: list[str], path: Path) -> None:
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise BadOptionError(f"the editor {command[0]!r} cannot be started: {reason_of(error)}") from error
    if done.returncode:
        raise BadOptionError(
            f"the editor {command[0]!r} ended with exit code {done.returncode}; nothing was changed; "
            f"the text is in {path}"
        )
