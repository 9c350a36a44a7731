"""A way to a server on which answers are lost: what stands between a command and its server."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from threading import Thread
from typing import Literal

_NAME = ".s.PGSQL.5432"
_SIZE = 1 << 16
_MOST = 20
"""Seconds in which a server answers."""

Outcome = Literal["carried out", "not carried out"]


class Proxy:
    """Passes on what is said, until a client sends `statement`: then that connection is lost.

    The server has then `carried out` what it was told, and said so with the words `answer`; or it has never heard of
    it. `meanwhile` is called before the client can notice. Where `is_last`, nobody gets through any more.
    """

    def __init__(
        self,
        server: Path,
        folder: Path,
        outcome: Outcome,
        *,
        statement: bytes = b"COMMIT",
        answer: bytes = b"COMMIT\0",
        meanwhile: Callable[[], object] = lambda: None,
        is_last: bool = False,
    ) -> None:
        self.folder = folder
        self.lost = 0
        self._server = server / _NAME
        self._outcome, self._statement, self._answer = outcome, statement, answer
        self._meanwhile = meanwhile
        self._is_last = is_last
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / _NAME))
        self._door.listen()
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # the door is shut
            while True:
                client, _ = self._door.accept()
                Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(str(self._server))
            server.settimeout(_MOST)
            said = b""
            while True:
                ready, _, _ = select([client, server], [], [])
                if server in ready:
                    data = server.recv(_SIZE)
                    client.sendall(data)
                else:
                    data = client.recv(_SIZE)
                    said = said[-len(self._statement) :] + data
                    if not self.lost and self._statement in said:
                        self._lose(server, data)
                        return
                    server.sendall(data)
                if not data:
                    return

    def _lose(self, server: socket.socket, data: bytes) -> None:
        self.lost += 1
        if self._is_last:
            self.shut()
        if self._outcome == "carried out":
            server.sendall(data)
            answered = b""
            while self._answer not in answered:
                answered += server.recv(_SIZE) or self._answer
        server.close()
        self._meanwhile()

    def shut(self) -> None:
        """Let nobody through."""
        (self.folder / _NAME).unlink(missing_ok=True)
        with suppress(OSError):  # it is shut already
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


@contextmanager
def proxy(server: Path, outcome: Outcome, **options: object) -> Iterator[Proxy]:
    """Stand before the server whose socket is in a folder, in another folder."""
    with tempfile.TemporaryDirectory(prefix="newsarchive-lossy-") as folder:
        found = Proxy(server, Path(folder), outcome, **options)  # type: ignore[arg-type]
        try:
            yield found
        finally:
            found.shut()
