"""Save in a database, and find out what became of it where the server's acknowledgement was lost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple, TypeVar

from newsarchive.errors import CannotSaveError, LockedError, StorageError, UncertainError
from newsarchive.store.server.address import Address
from newsarchive.store.server.link import DURABLY, Link, LostError, Question, RefusedError, Row, Value
from newsarchive.store.server.reading import STATE, State, checked_state, digits
from newsarchive.store.server.view import View
from newsarchive.store.signals import signals_held

_PATIENCE: Final = 30.0
"""Seconds in which a server that has gone away may come back, or another one take its place."""

_GLANCE: Final = 2_000
"""Milliseconds for each look whether something is there: the transaction that was cut off may still be waiting."""

_TRIES: Final = 50
_FEW: Final = 3
_LONGEST: Final = 0.64
"""Seconds between two tries, at most."""

_AGAIN: Final = ("40001", "40P01")
"""Codes of transactions that others stood in the way of; nothing was done, and they may be tried again."""

READ_ONLY: Final = ("25006", "0A000")
"""Codes of servers that take no changes, such as standbys."""
_KEY: Final = "SELECT key FROM newsarchive.operations WHERE archive = $1 AND number = $2"
_LOCK: Final = "SELECT 1 FROM newsarchive.archives WHERE name = $1 FOR UPDATE"

_Done = TypeVar("_Done")


class Ask:
    """Asks the server, for as long as somebody has patience."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def __call__(self, statement: str, *values: Value) -> list[Row]:
        """Return the rows of a statement. Raises what `Link.ask` raises."""
        return self._link.ask_all([(statement, *values)], _PATIENCE)[0]


class Sign(NamedTuple):
    """By what one can see that a transaction was carried out.

    `is_there` looks, in a transaction in which the archive stays as it is; it returns None where nothing tells, and
    `changed` says why. `what` was to be saved, `look` says where a person would see it; `look_then` where nothing
    tells.
    """

    is_there: Callable[[Ask, State], bool | None]
    what: str
    look: str = "look into `newsarchive history`"
    changed: str = "somebody has written to it since"
    look_then: str = ""
    """Where empty, `look`."""


class Sent(NamedTuple):
    """What is made only where it is not there yet, so that it can be sent again where the answer was lost.

    `what` is to be saved, `done` says that it was, `look` says where a person would see it.
    """

    what: str
    done: str
    look: str = "see what `newsarchive list` says"


def sign_of_operation(number: int, key: str) -> Sign:
    """Return the sign of an operation: its key, in the history or as that of the newest one."""

    def is_there(ask: Ask, state: State) -> bool | None:
        if found := ask(_KEY, state.id, number):
            return digits(found[0][0]) == key
        if state.meta.revision <= number:  # it would be the newest
            return state.stamp == key
        return None  # it would be one of those that were forgotten

    changed, look_then = "somebody has forgotten operations since", "look at the entries"
    return Sign(is_there, f"operation {number}", changed=changed, look_then=look_then)


class Saver:
    """Carries out transactions on one archive until the server has acknowledged them, or they cannot be."""

    def __init__(self, link: Link, address: Address, view: View, note: Callable[[str], None]) -> None:
        """`note` is told what was done, in words, before a signal that was held back can end the program."""
        self._link = link
        self._address = address
        self._view = view
        self._note = note
        self._unsure: Sent | None = None

    def until_done(self, attempt: Callable[[], _Done], passing: Collection[str] = ()) -> _Done:
        """Return what `attempt` returns, which is called until it does not fail for a reason that passes.

        Such are a connection that was lost before anything was saved, and others who stood in the way, also while
        something was read for a plan; codes of the server that may pass, too, can be told.
        """
        self._unsure = None
        lost: float | None = None
        tried, pause = 0, 0.01
        while tried < _TRIES:
            try:
                return attempt()
            except (LostError, RefusedError, LockedError, StorageError) as error:
                if isinstance(cause := _cause(error), LostError):  # for these the time is limited
                    lost = lost or time.monotonic()
                else:
                    tried += 1
                if not self._passes(cause, lost, passing if tried <= _FEW else ()):
                    raise self._given_up(error) from error.__cause__
            finally:
                self._view.forget()
            time.sleep(pause * os.urandom(1)[0] / 255)
            pause = min(_LONGEST, 2 * pause)
        raise self._given_up(CannotSaveError(str(self._address), "others write to it all the time"))

    def begin(self, script: str = "") -> None:
        """Begin a transaction of one's own that `send` will end, with a script.

        It may have to wait for what others do, or for a transaction that was cut off. Raises what `Link.run` raises.
        """
        self._link.run(f"SELECT {DURABLY}; BEGIN; {script}", _PATIENCE)

    def send(self, sent: Sent, *questions: Question) -> None:
        """Ask what makes something and saves it, and note that it is done; signals wait for the answer.

        Where that is lost, nobody knows until another attempt has looked. Raises what `Link.ask_all` raises.
        """
        with signals_held():
            try:
                self._link.ask_all(questions, _PATIENCE)
            except LostError:
                self._unsure = sent
                self._note_doubt(sent.what)
                raise
            self.found(sent.done)

    def found(self, done: str | None) -> None:
        """Note that somebody has looked what became of what was sent, and what is `done` if it was carried out."""
        self._unsure = None
        if done is not None:
            self._note(done)

    def save(self, sign: Sign, done: Callable[[], None], rest: Iterable[Question] = ()) -> None:
        """End a transaction with COMMIT, and call `done` once it is certain that it is carried out.

        `rest` is asked together with COMMIT. Raises LostError when it is certain that nothing was saved,
        UncertainError when no server answers that could know, and what `Link.ask_all` raises.
        """
        with signals_held():
            try:
                self._link.ask_all([*rest, ("COMMIT",)], _PATIENCE)
            except LostError as error:
                if not self._is_there(sign, error):
                    raise
            done()

    def _is_there(self, sign: Sign, lost: LostError) -> bool:
        """Look whether something is there whose acknowledgement was lost. Raises UncertainError."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                found = self._look(sign)
            except (LostError, RefusedError) as error:
                self._link.close()
                if time.monotonic() > deadline:
                    raise self._uncertain(sign.what, str(lost), sign.look) from error
                time.sleep(0.2)
            else:
                if found is None:
                    raise self._uncertain(sign.what, f"{lost}; {sign.changed}", sign.look_then or sign.look)
                return found

    def _look(self, sign: Sign) -> bool | None:
        """Look once.

        The lock on the archive's row is given only when the transaction is over that was cut off. What is seen then
        is committed, but perhaps not on a standby that has to have it: that is what the last COMMIT waits for.
        """
        ask = Ask(self._link)
        self._link.run(
            f"SET statement_timeout = {_GLANCE}; BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", _PATIENCE
        )
        ask(_LOCK, self._address.archive)
        [row] = ask(STATE, self._address.archive)
        found = sign.is_there(ask, checked_state(row, self._address))
        self._link.ask_all([(f"SELECT {DURABLY}",), ("COMMIT",)], _PATIENCE)
        return found

    def _uncertain(self, what: str, reason: str, look: str) -> UncertainError:
        self._note_doubt(what)
        return UncertainError(str(self._address), what, reason, look)

    def _note_doubt(self, what: str) -> None:
        self._note(f"whether {what} is saved is not known")

    def _passes(self, cause: Exception | None, lost: float | None, passing: Collection[str]) -> bool:
        """Whether the reason for which something failed may be gone another time."""
        if isinstance(cause, LostError):
            return self._link.was_open and lost is not None and time.monotonic() < lost + _PATIENCE
        return isinstance(cause, RefusedError) and cause.code in (*_AGAIN, *passing)

    def _given_up(self, error: Exception) -> Exception:
        """Say what an error means to who writes; others are told as for reading."""
        if self._unsure is not None:
            what, _, look = self._unsure
            return self._uncertain(what, str(_cause(error) or error), look)
        if not isinstance(error, RefusedError):
            return error
        if error.code in READ_ONLY:
            return CannotSaveError(
                str(self._address),
                "this server takes no changes, as a standby does; name the primary, or all of them with "
                "target_session_attrs=read-write",
            )
        if error.code.startswith(("53", "54", "58")):
            return CannotSaveError(str(self._address), str(error))
        return error


def _cause(error: Exception) -> Exception | None:
    """Return what an error of the connection was before it was told plainly."""
    if isinstance(error, UncertainError):
        return None
    if isinstance(error, LostError | RefusedError):
        return error
    return error.__cause__ if isinstance(error.__cause__, Exception) else None
