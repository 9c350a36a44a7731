"""Values of a large JSON document, of which no more is kept than their places: each is read when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from newsarchive.formats.base import Source
from newsarchive.formats.changing import State, changed, check_unchanged
from newsarchive.formats.codec import BadJsonError, loads, loads_quickly

LARGE: Final = 1 << 20
"""Bytes of a document, or of a part of one, that is not held."""


class LargeArray:
    """The values of an array of a document; read anew each time they are gone through.

    Raises SourceError when the source is another one than it was.
    """

    def __init__(self, values: Values) -> None:
        self._values = values

    def __iter__(self) -> Iterator[Any]:
        for data in self._values:
            yield self._values.loaded(data)

    def __len__(self) -> int:
        return len(self._values)


class LargeObject:
    """The members of an object of a document, whose keys differ; read as the values of a LargeArray are."""

    def __init__(self, members: Values) -> None:
        self._members = members

    def items(self) -> Iterator[tuple[str, Any]]:
        """Yield the keys with their values."""
        for data in self._members:
            ((key, value),) = self._members.loaded(b"{%b}" % data).items()
            yield key, value


def plain(value: Any) -> Any:
    """Return a JSON value with lists and objects for what is large in it."""
    if isinstance(value, LargeArray):
        return [*value]
    if isinstance(value, list):
        return [plain(one) for one in value]
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


class Values:
    """Where the values of a source stand that are neighbours."""

    def __init__(self, source: Source, state: State) -> None:
        self._source = source
        self._state = state
        self._starts = array("q")
        self._stops = array("q")

    def add(self, start: int, stop: int) -> None:
        """Note where one more value starts and stops."""
        self._starts.append(start)
        self._stops.append(stop)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[bytes]:
        check_unchanged(self._source, self._state)
        data = self._source.data if self._source.whole is None else self._source.whole
        if isinstance(data, Path):
            with data.open("rb", buffering=LARGE) as file:
                yield from self._read(file)
        else:
            yield from (data[start:stop] for start, stop in zip(self._starts, self._stops, strict=True))
        check_unchanged(self._source, self._state)

    def _read(self, file: BinaryIO) -> Iterator[bytes]:
        for start, stop in zip(self._starts, self._stops, strict=True):
            file.seek(start)
            yield file.read(stop - start)

    def loaded(self, data: bytes) -> Any:
        """Return a value that was found to be one. Raises SourceError when it is none any more."""
        value = loads_quickly(data)
        if value is not None:
            return value
        try:
            return loads(data.decode())
        except (BadJsonError, UnicodeDecodeError):
            raise changed(self._source.name) from None
