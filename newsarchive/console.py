"""The two streams: stdout is data, stderr is talk; and the Rich consoles over them."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, TextIO

from newsarchive.disk import read_up_to, reason_of
from newsarchive.errors import CannotReadError, OutputError
from newsarchive.text.visible import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

STDIN: Final = "standard input"
_COMPLAINT: Final = "newsarchive:"
_NOTE: Final = "note:"
_FIRST_WORDS: Final = {_COMPLAINT: "\x1b[1;31m", _NOTE: "\x1b[1;33m"}
"""How the terminal draws the words that errors and notes begin with: bold red, bold yellow."""

_PLAIN: Final = "\x1b[0m"
_USUAL_WIDTH: Final = 80  # of terminals that do not know their own
_YES: Final = frozenset({"y", "yes", "д", "да", "o", "oui", "s", "sí", "si"})


class Streams(NamedTuple):
    """Standard input, output and error, and how to talk on them."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    colour: bool
    quiet: bool = False
    as_jsonl: bool = False
    """Whether what is said is for a program: an object a line."""

    @property
    def out_is_terminal(self) -> bool:
        """Whether a person reads the data directly."""
        return _is_terminal(self.stdout)

    @property
    def can_ask(self) -> bool:
        """Whether a person can be asked: both the question and the answer need a terminal."""
        return _is_terminal(self.stdin) and _is_terminal(self.stderr) and not self.as_jsonl

    def say(self, message: str, **facts: object) -> None:
        """Say something on stderr that is not an error; --quiet silences it. `facts` are for programs."""
        if self.quiet:
            return
        if self.as_jsonl:
            is_note = message.startswith(_NOTE)
            self._tell("note" if is_note else "info", message.removeprefix(_NOTE).strip(), facts)
        else:
            self._talk(message)

    def complain(self, message: str, **facts: object) -> None:
        """Say what went wrong. `facts` are for programs."""
        if self.as_jsonl:
            self._tell("error", message, facts)
        else:
            self._talk(f"{_COMPLAINT} {message}")

    def _tell(self, level: str, text: str, facts: Mapping[str, object]) -> None:
        """Tell a program, in ASCII: whatever its encoding, it gets the text as it is."""
        from json import dumps  # spares start-up

        self._put(dumps({"level": level, "text": text, **facts}))

    def _talk(self, message: str) -> None:
        self._put(self._laid_out(visible(message, multiline=True)))

    def _put(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError, AttributeError):  # a closed stderr hides no exit code
            self.stderr.write(line + "\n")
            self.stderr.flush()

    def _laid_out(self, message: str) -> str:
        """Break a message at blanks where a terminal is too narrow, and let its first word stand out."""
        if not _is_terminal(self.stderr):
            return message
        columns = os.get_terminal_size(self.stderr.fileno()).columns or _USUAL_WIDTH
        if 2 * len(message) > columns:  # no letter is wider than two columns
            from newsarchive.text.wrapping import wrapped  # spares start-up

            message = wrapped(message, columns)
        first, blank, rest = message.partition(" ")
        colour = _FIRST_WORDS.get(first) if self.colour else None
        return f"{colour}{first}{_PLAIN}{blank}{rest}" if colour else message

    def talking(self) -> Streams:
        """Return streams that write to stderr, for a table that belongs to a question."""
        return self._replace(stdout=self.stderr)

    def ask(self, question: str, *, default: bool = False) -> bool:
        """Ask a yes-or-no question on stderr; Enter means `default`, the end of the input no."""
        self.stderr.write(f"{visible(question)} {'[Y/n]' if default else '[y/N]'} ")
        self.stderr.flush()
        answer = self.stdin.readline()
        if not answer.endswith("\n"):
            self.stderr.write("\n")  # the end of the input leaves the cursor behind the question
        return answer.strip().casefold() in _YES or (default and answer.isspace())

    def choose(self, question: str, answers: str) -> str:
        """Ask on stderr for one of these letters until one is given; the end of the input gives the last."""
        while True:
            self.stderr.write(f"{visible(question)} [{','.join(answers)}] ")
            self.stderr.flush()
            line = self.stdin.readline()
            answer = line.strip().casefold()[:1]
            if answer and answer in answers:
                return answer
            if not line.endswith("\n"):
                self.stderr.write("\n")
                return answers[-1]

    def read(self, most: int) -> bytes:
        """Read at most `most` bytes of stdin, and one more to tell that there are more.

        Raises CannotReadError.
        """
        if self.stdin is None:
            raise CannotReadError(STDIN, "it is closed")
        try:
            return read_up_to(self.stdin.buffer, most + 1)
        except OSError as error:
            raise CannotReadError(STDIN, reason_of(error)) from error

    def write(self, text: str) -> None:
        """Write text to stdout; what its encoding lacks is escaped.

        Raises what `data` raises.
        """
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        with self._bytes() as out:
            out.write(text.encode(encoding, "backslashreplace"))

    @contextlib.contextmanager
    def data(self) -> Iterator[BinaryIO]:
        """Open stdout for the bytes of a machine format; a terminal gets them without what would steer it.

        Raises OutputError; a reader that closed the pipe raises BrokenPipeError.
        """
        if not self.out_is_terminal:
            with self._bytes() as out:
                yield out
            return
        collected = io.BytesIO()
        yield collected
        lines = collected.getvalue().decode().replace("\r\n", "\n")
        self.write(visible(lines, multiline=True))

    @contextlib.contextmanager
    def _bytes(self) -> Iterator[BinaryIO]:
        """Open stdout for bytes, and see them through to the reader."""
        if self.stdout is None:
            raise OutputError("it is closed")
        try:
            self.stdout.flush()
            yield self.stdout.buffer
            self.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(reason_of(error)) from error

    def show(self, *renderables: RenderableType) -> None:
        """Write tables, panels and other things of Rich to the terminal."""
        console = self._console()
        with console.capture() as captured:
            for renderable in renderables:
                console.print(renderable)
        self.write(captured.get())

    def _console(self) -> Console:
        """Return a console for which text is never markup."""
        from rich.console import Console  # spares start-up

        return Console(
            file=self.stdout,
            force_terminal=True,
            color_system="auto" if self.colour else None,
            no_color=not self.colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def wants_colour(environ: Mapping[str, str], *, no_color: bool) -> bool:
    """Say whether colours are welcome: --no-color, a non-empty NO_COLOR and a dumb terminal say no."""
    return not (no_color or environ.get("NO_COLOR") or environ.get("TERM") == "dumb")


def standard_streams(*, colour: bool, quiet: bool, as_jsonl: bool = False) -> Streams:
    """Return the process's own streams, made safe for what their encoding lacks."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Streams(sys.stdin, sys.stdout, sys.stderr, colour, quiet, as_jsonl)


def abandon_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush cannot fail."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
