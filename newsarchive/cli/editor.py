"""The user's editor on a text, until what they saved can be understood and is dealt with."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shlex import split
from typing import Final, NamedTuple, TypeVar

from newsarchive.access import open_plain
from newsarchive.cli.session import Session
from newsarchive.dates.local import local_time
from newsarchive.disk import discard, reason_of
from newsarchive.errors import BadOptionError, BadValueError, CannotReadError, NoEditorError, UsageError

_Understood = TypeVar("_Understood")


_AT_ONCE: Final = 1.0
"""Seconds in which nobody reads a text, let alone changes it: the editor has handed it to a window of its own."""


@contextlib.contextmanager
def edited(
    session: Session, text: str, understand: Callable[[str], _Understood], *, of: str
) -> Iterator[_Understood]:
    """Let the user edit `text`, and hand out what `understand` makes of what they saved; `of` says whose text it is.

    When it raises UsageError the fault is shown and the editor opens again on the user's text, unless that is
    still the text as it was. Whatever goes wrong then or within the `with` leaves what was typed in a file,
    which a note of the exception names: nothing typed is lost. So does an editor that returns at once; what is
    saved into the file later is what the next call for the same text begins with, and named by one for a text that
    is another now. Raises NoEditorError when
    neither $VISUAL nor $EDITOR is set, BadOptionError when the editor fails or the user gives up.
    """
    command = _command(session)
    drafts = Drafts(str(session.location.place), of, text)
    for older in drafts.outdated():
        session.streams.say(
            f"note: unsaved text of {_saved_at(older)} is left in {older}: what it began with has changed since"
        )
    path = drafts.left()
    if path is not None:
        session.streams.say(f"note: unsaved text of {_saved_at(path)} is opened ({path})")
    path = path or drafts.new()
    before = path.read_bytes()
    started = time.monotonic()
    try:
        yield _understood(session, command, path, understand)
    except BaseException as ending:  # an interrupt loses nothing either
        is_refused = isinstance(ending, UsageError) and not isinstance(ending, BadOptionError)
        if is_refused and _is_still_open(session, command, path, before, started):
            pass
        elif _holds(path, text):
            discard(path)
        else:
            ending.add_note(f"`{session.command_line}` starts again; your text is in {path}")
        raise
    if not _is_still_open(session, command, path, before, started):
        discard(path)


def _is_still_open(
    session: Session, command: Sequence[str], path: Path, before: bytes, started: float
) -> bool:
    """Whether the editor returned at once and left the text as it was; the user is then told what to do."""
    if time.monotonic() - started > _AT_ONCE or not path.exists() or path.read_bytes() != before:
        return False
    session.streams.say(
        f"note: the editor {command[0]!r} returned at once, and the text is as it was. If it is open in a window "
        f"now, save there and run `{session.command_line}` again, which finds the text ({path}); an option such as "
        "--wait makes it wait: EDITOR='code --wait'"
    )
    return True


def _saved_at(path: Path) -> str:
    saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"{local_time(saved):%H:%M}"


class Drafts(NamedTuple):
    """The files for a text that is to be edited in an archive, the ones that earlier calls left among them.

    Their names tell what is edited, and which text they began with, both as a digest.
    """

    archive: str
    of: str
    text: str

    @property
    def _subject(self) -> str:
        subject = f"{self.archive}\0{self.of}"
        return f"newsarchive-{_digest(subject.encode(errors='replace'))}"

    @property
    def _stem(self) -> str:
        return f"{self._subject}-{_digest(self.text.encode())}"

    def new(self) -> Path:
        """Write the text into a file that is nobody else's to read."""
        descriptor, name = tempfile.mkstemp(prefix=f"{self._stem}-{os.getpid()}-", suffix=".md")
        with open(descriptor, "wb") as file:
            file.write(self.text.encode())
        return Path(name)

    def left(self) -> Path | None:
        """Return the newest file that an earlier call left, and that was changed since; None without any."""
        found = [path for path in self._left() if path.name.startswith(f"{self._stem}-")]
        return max(found, key=lambda path: path.stat().st_mtime, default=None)

    def outdated(self) -> list[Path]:
        """Return the files that were changed, and that began with another text than is to be edited now."""
        return [path for path in self._left() if not path.name.startswith(f"{self._stem}-")]

    def _left(self) -> list[Path]:
        return sorted(filter(_is_left, Path(tempfile.gettempdir()).glob(f"{self._subject}-*-*-*.md")))


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=8).hexdigest()


def _is_left(path: Path) -> bool:
    """Whether the user has changed the text in a file since it was begun, and no call waits for its editor."""
    _, _, began, process, *_ = path.name.split("-")
    try:
        with open(open_plain(path), "rb") as file:
            is_mine = os.name != "posix" or os.fstat(file.fileno()).st_uid == os.geteuid()
            is_changed = is_mine and _digest(file.read()) != began
    except OSError:
        return False
    return is_changed and not _is_running(process)


def _is_running(process: str) -> bool:
    """Whether the call that made a file is still waiting for its editor."""
    try:
        os.kill(int(process), 0)
    except (OSError, ValueError):
        return False
    return int(process) != os.getpid()


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
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the text
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


def _command(session: Session) -> list[str]:
    editor = session.environ.get("VISUAL") or session.environ.get("EDITOR")
    if not editor:
        raise NoEditorError(session.arguments[0])
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
