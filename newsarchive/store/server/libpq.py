"""libpq, PostgreSQL's own library, called where it lies.

psycopg brings it along, and is not run itself: importing it, or only `psycopg.pq`, takes longer than most commands
have. What is called here has been the same since PostgreSQL 14.
"""

from __future__ import annotations

import ctypes
import os
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Mapping, Sequence
from ctypes import POINTER, c_char_p, c_int, c_void_p
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_FAILED: Final = (5, 7)
"""`PGRES_BAD_RESPONSE` and `PGRES_FATAL_ERROR`."""
_END: Final = 10
"""`PGRES_PIPELINE_SYNC`."""

_FUNCTIONS: Final[Mapping[str, tuple[Any, ...]]] = {
    "PQclear": (None, c_void_p),
    "PQconnectdbParams": (c_void_p, POINTER(c_char_p), POINTER(c_char_p), c_int),
    "PQconninfoFree": (None, c_void_p),
    "PQconninfoParse": (c_void_p, c_char_p, POINTER(c_void_p)),
    "PQconsumeInput": (c_int, c_void_p),
    "PQenterPipelineMode": (c_int, c_void_p),
    "PQerrorMessage": (c_char_p, c_void_p),
    "PQexitPipelineMode": (c_int, c_void_p),
    "PQfinish": (None, c_void_p),
    "PQfreemem": (None, c_void_p),
    "PQgetResult": (c_void_p, c_void_p),
    "PQgetvalue": (c_char_p, c_void_p, c_int, c_int),
    "PQisBusy": (c_int, c_void_p),
    "PQnfields": (c_int, c_void_p),
    "PQnotifies": (c_void_p, c_void_p),
    "PQntuples": (c_int, c_void_p),
    "PQpipelineSync": (c_int, c_void_p),
    "PQresultErrorField": (c_char_p, c_void_p, c_int),
    "PQresultErrorMessage": (c_char_p, c_void_p),
    "PQresultStatus": (c_int, c_void_p),
    "PQsendQuery": (c_int, c_void_p, c_char_p),
    "PQsendQueryParams": (
        *(c_int, c_void_p, c_char_p, c_int, c_void_p),
        *(POINTER(c_char_p), c_void_p, c_void_p, c_int),
    ),
    "PQsetNoticeProcessor": (c_void_p, c_void_p, ctypes.CFUNCTYPE(None, c_void_p, c_char_p), c_void_p),
    "PQsocket": (c_int, c_void_p),
    "PQstatus": (c_int, c_void_p),
}
"""What each function returns and takes."""


class BadTargetError(Exception):
    """What should be connected to is nothing that libpq can read."""


class NoLibraryError(Exception):
    """psycopg is not installed; or it is, and libpq cannot be loaded, for the reason that is told."""


class BrokenError(Exception):
    """There is no connection, or none any more."""


class Result:
    """What a statement has led to; it is to be cleared."""

    def __init__(self, library: Any, result: int) -> None:
        self._library = library
        self._result = result

    @property
    def has_failed(self) -> bool:
        """Whether the server has refused the statement."""
        status: int = self._library.PQresultStatus(self._result)
        return status in _FAILED

    @property
    def is_end(self) -> bool:
        """Whether nothing follows of a statement that was sent with others."""
        status: int = self._library.PQresultStatus(self._result)
        return status == _END

    def error(self, field: str = "") -> bytes:
        """Return a field of an error, of which libpq names one by a letter; the whole message without one."""
        if field:
            found: bytes | None = self._library.PQresultErrorField(self._result, ord(field))
        else:
            found = self._library.PQresultErrorMessage(self._result)
        return found or b""

    def rows(self) -> list[tuple[bytes, ...]]:
        """Return the rows as texts; NULL is an empty one."""
        value, result = self._library.PQgetvalue, self._result
        columns = range(self._library.PQnfields(result))
        rows = range(self._library.PQntuples(result))
        return [tuple([value(result, row, column) for column in columns]) for row in rows]

    def clear(self) -> None:
        """Give back its memory."""
        self._library.PQclear(self._result)


class Connection:
    """A connection. Raises NoLibraryError, BadTargetError and BrokenError."""

    def __init__(self, target: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Connect to a URI or what else libpq takes, which is read after the options `before`."""
        self._library = library = load()
        self._connection: int | None = None
        self._owner = os.getpid()
        wanted = target.encode(errors="surrogateescape")
        _check(library, wanted)
        options = {
            **{name.encode(): value.encode() for name, value in before.items()},
            b"dbname": wanted,
            **{name.encode(): value.encode() for name, value in after.items()},
        }
        names, values = _strings(options), _strings(options.values())
        self._connection = _in_a_thread(lambda: library.PQconnectdbParams(names, values, 1))
        if not self.is_good:
            message = self.error()
            self.finish()
            raise BrokenError(message)
        library.PQsetNoticeProcessor(self._connection, _DEAF, None)

    @property
    def is_good(self) -> bool:
        """Whether it is there, as far as is known."""
        status: int = self._library.PQstatus(self._connection)
        return status == 0

    @property
    def socket(self) -> int:
        """The descriptor by which one can wait for the server."""
        descriptor: int = self._library.PQsocket(self._connection)
        return descriptor

    def error(self) -> str:
        """Return what went wrong last, in libpq's words."""
        message: bytes = self._library.PQerrorMessage(self._connection)
        return message.decode(errors="replace")

    def send(self, script: bytes) -> None:
        """Send any number of statements."""
        self._check(self._library.PQsendQuery(self._connection, script))

    def send_at_once(self, questions: Sequence[tuple[bytes, Sequence[bytes | None]]]) -> None:
        """Send statements, each with texts for its parameters; each has its results, and an end of its own."""
        self._check(self._library.PQenterPipelineMode(self._connection))
        for statement, values in questions:
            given = (c_char_p * len(values))(*values)
            sent = self._library.PQsendQueryParams(
                self._connection, statement, len(values), None, given, None, None, 0
            )
            self._check(sent)
            self._check(self._library.PQpipelineSync(self._connection))

    def end_of_answers(self) -> None:
        """Be ready for a script after all results of what was sent at once."""
        self._check(self._library.PQexitPipelineMode(self._connection))

    def take_in(self) -> None:
        """Read what has come."""
        self._check(self._library.PQconsumeInput(self._connection))

    @property
    def is_busy(self) -> bool:
        """Whether the next result has not wholly come."""
        return bool(self._library.PQisBusy(self._connection))

    def result(self) -> Result | None:
        """Return the next result of what was sent; None after the last."""
        found = self._library.PQgetResult(self._connection)
        return Result(self._library, found) if found else None

    def take_announcement(self) -> bool:
        """Forget an announcement of another session; return whether there was one."""
        found = self._library.PQnotifies(self._connection)
        if found:
            self._library.PQfreemem(found)
        return bool(found)

    def finish(self) -> None:
        """End it."""
        connection, self._connection = self._connection, None
        if connection:
            self._library.PQfinish(connection)

    def __del__(self) -> None:
        """End what nobody needs any more; a process that was forked off leaves it to the first one."""
        if getattr(self, "_owner", None) == os.getpid():
            self.finish()

    def _check(self, done: int) -> None:
        if not done:
            raise BrokenError(self.error())


def _hear(_: object, message: bytes) -> None:
    """Leave unsaid what the server notes by the way; libpq would print it."""


_DEAF: Final = ctypes.CFUNCTYPE(None, c_void_p, c_char_p)(_hear)


def _in_a_thread(connect: Callable[[], int | None]) -> int | None:
    """Return what `connect` returns: Python hears of no signal while C waits, but while it waits for a thread."""
    made: list[int | None] = []
    is_over = allocate_lock()
    is_over.acquire()

    def run() -> None:
        try:
            made.append(connect())
        finally:
            is_over.release()

    start_new_thread(run, ())
    is_over.acquire()
    return made[0]


def _check(library: Any, target: bytes) -> None:
    """Make sure that libpq can read what is to be connected to. Raises BadTargetError."""
    message = c_void_p()
    options = library.PQconninfoParse(target, ctypes.byref(message))
    if options:
        library.PQconninfoFree(options)
        return
    text = ctypes.string_at(message.value) if message.value else b"out of memory"
    library.PQfreemem(message)
    raise BadTargetError(text.decode(errors="replace"))


def _strings(texts: Any) -> Any:
    """Return an array of texts as C has it."""
    return (c_char_p * (len(texts) + 1))(*texts, None)


@cache
def load() -> Any:
    """Return libpq: that of psycopg's binary package, else the system's, as psycopg itself chooses.

    Raises NoLibraryError.
    """
    try:
        library = ctypes.CDLL(_path())
        for name, (returns, *takes) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = returns, takes
    except (OSError, AttributeError) as error:  # not for this machine, or older
        raise NoLibraryError(str(error)) from error
    return library


def _path() -> str:
    if find_spec("psycopg") is None:
        raise NoLibraryError
    binary = find_spec("psycopg_binary")
    for folder in binary.submodule_search_locations or () if binary is not None else ():
        package = Path(folder)
        for brought in (package.with_name("psycopg_binary.libs"), package / ".dylibs"):
            for path in brought.glob("libpq[-.]*"):
                return str(path)
    from ctypes.util import find_library  # spares start-up: it loads what starts processes

    name = find_library("pq")
    if name is None:
        raise NoLibraryError("it was not found")
    return name
