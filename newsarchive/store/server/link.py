"""A connection to a PostgreSQL server, by libpq: texts go in and come out as bytes.

What is sent here is text and numbers, and entries must come back to the byte.
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from newsarchive.errors import NoDriverError
from newsarchive.store.server.address import Address
from newsarchive.store.server.libpq import BadTargetError, BrokenError, Connection, NoLibraryError, Result

Row = tuple[bytes, ...]
Value = str | bytes | int | None | Sequence[int] | Sequence[bytes]

_DEFAULTS: Final = {
    "connect_timeout": "10",
    "tcp_user_timeout": "15000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "fallback_application_name": "newsarchive",
}
"""A server that has gone away is noticed in seconds, not in hours. What the address says goes before."""

_LOST: Final = ("08", "57P")
"""Beginnings of the codes by which a server says that it ends the connection."""


_NO_TEXT: Final = "22021"

DURABLY: Final = """
set_config('statement_timeout', '0', false),
CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
THEN set_config('synchronous_commit', 'on', false) END
"""
"""What a session selects for which the server may not acknowledge what it does not have for sure.

Settings of the server or the role could let it do so. A `statement_timeout` would, too: it ends a COMMIT's waiting
for a standby, and the server then says that all is well.
"""


class LostError(Exception):
    """There is no connection, or none any more."""


class RefusedError(Exception):
    """The server has refused a statement: `code` is SQL's own for why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


Question = tuple[str, *tuple[Value, ...]]
"""A statement, and the values of its parameters."""


class Link:
    """A connection that is made when something is first asked."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connection: Connection | None = None
        self.was_open = False
        """Whether there ever was a connection."""

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._connection is not None

    def ask(self, statement: str, *values: Value) -> list[Row]:
        """Return the rows of a statement, as texts in UTF-8.

        Raises LostError, RefusedError, and NoDriverError.
        """
        return self.ask_all([(statement, *values)])[0]

    def ask_all(self, questions: Iterable[Question], patience: float | None = None) -> list[list[Row]]:
        """Return the rows of each of several statements, which are sent at once: one round trip.

        Each is carried out as if it was asked alone; in a transaction the server refuses those after one that has
        failed. Raises what `ask` raises for the first that fails, and LostError too when there is no answer for
        `patience` seconds.
        """
        asked = [(statement.encode(), [_text(value) for value in values]) for statement, *values in questions]
        connection = self._open()
        self._try(lambda: connection.send_at_once(asked))
        answers: list[list[Row]] = []
        refused: RefusedError | None = None
        ends = 0
        while ends < len(asked):
            result = self._next(connection, patience)
            if result is None:  # between two statements
                continue
            if result.is_end:
                ends += 1
            else:
                refused = refused or self._refusal(connection, result)
                answers.append(result.rows())
            result.clear()
        self._try(connection.end_of_answers)
        if refused is not None:
            raise refused
        return answers

    def run(self, script: str, patience: float | None = None) -> list[Row]:
        """Carry out any number of statements; return the rows of the last one. Raises what `ask_all` raises."""
        connection = self._open()
        self._try(lambda: connection.send(script.encode()))
        rows: list[Row] = []
        refused: RefusedError | None = None
        while (result := self._next(connection, patience)) is not None:
            refused = refused or self._refusal(connection, result)
            rows = result.rows()
            result.clear()
        if refused is not None:
            raise refused
        return rows

    def wait(self, seconds: float) -> None:
        """Wait for an announcement, at most so long; none that came by then is waited for again. Raises LostError."""
        connection = self._open()
        if not _announced(connection):
            select.select([connection.socket], [], [], seconds)
            self._try(connection.take_in)
            _announced(connection)

    def close(self) -> None:
        """End the connection, and with it a transaction that is not committed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.finish()

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = _connected(self._address)
            self.was_open = True
        return self._connection

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except BrokenError as error:
            self.close()
            raise LostError(_sentence(str(error))) from error

    def _next(self, connection: Connection, patience: float | None) -> Result | None:
        """Return the next result, in a way that a signal can interrupt."""
        while connection.is_busy:
            if not select.select([connection.socket], [], [], patience)[0]:
                self.close()
                raise LostError(f"no answer for {patience:g} s")
            self._try(connection.take_in)
        return connection.result()

    def _refusal(self, connection: Connection, result: Result) -> RefusedError | None:
        """Return what the server says against a statement, None if nothing. Raises LostError."""
        if not result.has_failed:
            return None
        code = _decoded(result.error("C"))
        message = _decoded(result.error("M")) or _sentence(_decoded(result.error()))
        if not connection.is_good or code.startswith(_LOST) or not code:
            result.clear()
            self.close()
            raise LostError(message)
        return RefusedError(code, message)


def _announced(connection: Connection) -> bool:
    """Take what other sessions have announced; return whether there was anything."""
    is_anything = False
    while connection.take_announcement():
        is_anything = True
    return is_anything


def _keep_streams() -> None:
    """Let no connection take the place of a standard stream that is closed: what is printed would be sent."""
    while (free := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(free)


def _connected(address: Address) -> Connection:
    _keep_streams()
    try:
        return Connection(address.target, _DEFAULTS, {"client_encoding": "UTF8"})
    except NoLibraryError as error:
        raise NoDriverError(str(address), str(error)) from None
    except BadTargetError as error:
        raise RefusedError("08001", _sentence(str(error))) from error
    except BrokenError as error:
        raise LostError(_sentence(str(error))) from error


def _decoded(text: bytes) -> str:
    return text.decode(errors="replace")


def _sentence(message: str) -> str:
    """Write a message of libpq, which may have several lines, in one."""
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    return "; ".join(lines).removesuffix(".")


def _text(value: Value) -> bytes | None:
    """Write a value as PostgreSQL reads it. Raises RefusedError for what would be cut off."""
    if value is None or isinstance(value, int):
        return value if value is None else b"%d" % value
    if isinstance(value, str):
        text = value.encode(errors="backslashreplace")
    else:
        text = value if isinstance(value, bytes) else b"{" + b",".join(map(_element, value)) + b"}"
    if b"\0" in text:
        raise RefusedError(_NO_TEXT, "PostgreSQL keeps no text in which there is a NUL")
    return text


def _element(value: int | bytes) -> bytes:
    if isinstance(value, int):
        return b"%d" % value
    return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
