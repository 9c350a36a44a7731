"""The lines of an archive on a server, fetched when they are asked for: a few one by one, more all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

_FEW: Final = 8
"""So many lines are fetched one by one; whoever asks for more goes through all."""

Lines = Mapping[int, Any]


class ServerLines(Mapping[int, Any]):
    """The lines of one revision, by id.

    `count` is their number, `fetch` returns some of them, `fetch_all` each one.
    """

    def __init__(
        self, count: int, fetch: Callable[[list[int]], Lines], fetch_all: Callable[[], Lines]
    ) -> None:
        self._count = count
        self._fetch = fetch
        self._fetch_all = fetch_all
        self._known: dict[int, Any] = {}
        self._asked = 0
        self._all: Lines | None = None

    def __getitem__(self, entry_id: int) -> Any:
        line = self._found(entry_id)
        if line is None:
            raise KeyError(entry_id)
        return line

    def __contains__(self, entry_id: object) -> bool:
        return isinstance(entry_id, int) and self._found(entry_id) is not None

    def __iter__(self) -> Iterator[int]:
        return iter(self._whole())

    def __len__(self) -> int:
        return self._count

    def _found(self, entry_id: int) -> Any:
        if self._all is None and entry_id not in self._known and self._asked < _FEW:
            self._asked += 1
            self._known[entry_id] = self._fetch([entry_id]).get(entry_id)
        if entry_id in self._known:
            return self._known[entry_id]
        return self._whole().get(entry_id)

    def _whole(self) -> Lines:
        if self._all is None:
            self._all = self._fetch_all()
        return self._all
