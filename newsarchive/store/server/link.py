"""A connection to a PostgreSQL server, by psycopg's own door to libpq: texts go in and come out as bytes.

What is sent here is text and numbers, and entries must come back to the byte.
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from newsarchive.errors import NoDriverError
from newsarchive.store.server.address import Address
from newsarchive.store.server.libpq import errors, load

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult

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


_FAILED: Final = (5, 7)
"""`PGRES_BAD_RESPONSE` and `PGRES_FATAL_ERROR` of libpq; of a connection 0 is `CONNECTION_OK`."""


class LostError(Exception):
    """There is no connection, or none any more."""


class RefusedError(Exception):
    """The server has refused a statement: `code` is SQL's own for why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Link:
    """A connection that is made when something is first asked."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connection: PGconn | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._connection is not None

    def ask(self, statement: str, *values: Value) -> list[Row]:
        """Return the rows of a statement, as texts in UTF-8.

        Raises LostError, RefusedError, and NoDriverError.
        """
        connection = self._open()
        given = [_text(value) for value in values]
        self._try(lambda: connection.send_query_params(statement.encode(), given))
        return _rows(self._results(connection))

    def run(self, script: str, patience: float | None = None) -> list[Row]:
        """Carry out any number of statements; return the rows of the last one.

        Raises what `ask` raises, LostError too when there is no answer for `patience` seconds.
        """
        connection = self._open()
        self._try(lambda: connection.send_query(script.encode()))
        return _rows(self._results(connection, patience))

    def wait(self, seconds: float) -> None:
        """Wait for an announcement, at most so long; none that came by then is waited for again. Raises LostError."""
        connection = self._open()
        if not _announced(connection):
            select.select([connection.socket], [], [], seconds)
            self._try(connection.consume_input)
            _announced(connection)

    def close(self) -> None:
        """End the connection, and with it a transaction that is not committed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.finish()

    def _open(self) -> PGconn:
        if self._connection is None:
            self._connection = _connected(self._address)
        return self._connection

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except errors().OperationalError as error:
            self.close()
            raise LostError(_sentence(str(error))) from error

    def _results(self, connection: PGconn, patience: float | None = None) -> PGresult | None:
        """Take what comes, in a way that a signal can interrupt; return the last result."""
        last = None
        while True:
            self._try(connection.flush)
            while connection.is_busy():
                if not select.select([connection.socket], [], [], patience)[0]:
                    self.close()
                    raise LostError(f"no answer for {patience:g} s")
                self._try(connection.consume_input)
            result = connection.get_result()
            if result is None:
                return last
            if result.status in _FAILED:
                self._refuse(connection, result)
            last = result

    def _refuse(self, connection: PGconn, result: PGresult) -> None:
        code = _field(result, "SQLSTATE")
        message = _field(result, "MESSAGE_PRIMARY") or _sentence(_decoded(result.error_message))
        if connection.status != 0 or code.startswith(_LOST) or not code:
            self.close()
            raise LostError(message)
        while connection.get_result() is not None:
            pass
        raise RefusedError(code, message)


def _announced(connection: PGconn) -> bool:
    """Take what other sessions have announced; return whether there was anything."""
    is_anything = False
    while connection.notifies() is not None:
        is_anything = True
    return is_anything


def _keep_streams() -> None:
    """Let no connection take the place of a standard stream that is closed: what is printed would be sent."""
    while (free := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(free)


def _connected(address: Address) -> PGconn:
    try:
        pq = load()
    except ImportError:
        raise NoDriverError(str(address)) from None
    try:
        given = {
            option.keyword.decode(): option.val.decode()
            for option in pq.Conninfo.parse(address.target.encode(errors="surrogateescape"))
            if option.val is not None
        }
    except errors().Error as error:
        raise RefusedError("08001", _sentence(str(error))) from error
    wanted = _DEFAULTS | given | {"client_encoding": "UTF8"}
    pairs = (f"{name}='{_escaped(value)}'" for name, value in wanted.items())
    _keep_streams()
    connection: PGconn = pq.PGconn.connect(" ".join(pairs).encode())
    if connection.status != 0:
        reason = _sentence(connection.get_error_message())
        connection.finish()
        raise LostError(reason)
    connection.notice_handler = None
    return connection


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _field(result: PGresult, name: str) -> str:
    return _decoded(result.error_field(load().DiagnosticField[name]) or b"")


def _decoded(text: bytes) -> str:
    return text.decode(errors="replace")


def _sentence(message: str) -> str:
    """Write a message of libpq, which may have several lines, in one."""
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    return "; ".join(lines).removesuffix(".")


def _rows(result: PGresult | None) -> list[Row]:
    if result is None:
        return []
    columns = range(result.nfields)
    value = result.get_value
    return [tuple(value(row, column) or b"" for column in columns) for row in range(result.ntuples)]


def _text(value: Value) -> bytes | None:
    """Write a value as PostgreSQL reads it."""
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode(errors="backslashreplace")
    if isinstance(value, int):
        return b"%d" % value
    return b"{" + b",".join(_element(one) for one in value) + b"}"


def _element(value: int | bytes) -> bytes:
    if isinstance(value, int):
        return b"%d" % value
    return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
